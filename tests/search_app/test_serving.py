"""Does the real server start, answer, keep silent and stop?"""

import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from search_app import Settings, SettingsError, read_settings

KASHAF = str(Path(sys.executable).parent / "kashaf")
CANARY = "qanareeya7391"


def start(var, *options, **more):
    return subprocess.Popen(
        [KASHAF, "--var", str(var), "serve", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def ask(address, target, method="GET", headers=None):
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Host": "any.example"} | (headers or {})
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_stops_when_asked(tmp_path, number):
    """Before there is an index, too; then the page says what staff must do."""
    process = start(tmp_path / "var", "--port", "0")
    line = process.stdout.readline()
    assert line.startswith("Kashaf serves http://127.0.0.1:")
    answer, body = ask(line.split()[-1], "/")
    assert (answer.status, b"kashaf index" in body) == (503, True)
    process.send_signal(number)
    rest, errors = process.communicate(timeout=60)
    assert (process.returncode, rest, errors) == (0, "", "")
    assert not (tmp_path / "var").exists()


def test_a_port_in_use_is_told_in_one_line(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(settings.var, "--port", str(port))
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert output == ""
    assert errors.strip().count("\n") == 0
    assert f"127.0.0.1:{port}" in errors
    assert "--port" in errors


def test_a_long_query_is_answered_and_an_endless_one_refused(server):
    address, _ = server
    assert ask(address, "/search?q=" + quote("دير الزور " * 600))[0].status == 200
    assert ask(address, "/search?q=" + "a" * 100_000)[0].status == 414


def test_odd_requests_do_no_harm(server):
    address, _ = server
    netloc = urlsplit(address).netloc
    for target in ("//search?q=a", "/search?q=%FF%00", f"http://{netloc}/search?q=a", "/./search"):
        answer, _ = ask(address, target, headers={"Host": "evil.example"})
        assert answer.status in (200, 404)
        assert "evil.example" not in str(answer.headers)
    assert ask(address, "/search?q=a", "POST", {"Content-Length": "0"})[0].status == 405
    forged = {"SCRIPT_NAME": "/evil.example", "X-Forwarded-Prefix": "/evil.example"}
    answer, body = ask(address, "/search?q=a", headers=forged)
    assert (answer.status, b"evil.example" in body) == (200, False)
    for raw in (
        b"GET\r\n\r\n",
        b"\x00\x01\x02",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection(netloc.split(":"), timeout=60) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(4096)
    assert ask(address, "/search?q=Deir+Ezzor")[0].status == 200


def test_nothing_that_was_searched_is_written_anywhere(server, settings):
    """Number 24 of design/reader.md: no file of var and no output has the query, the address or
    the browser's name."""
    address, output = server
    agent = "Kanari-Browser/7391"
    headers = {"User-Agent": agent, "Referer": f"http://{CANARY}.example/"}
    for target in (
        f"/search?q={CANARY}",
        f"/search?q=a&actor={CANARY}&since={CANARY}",
        f"/search.json?q={CANARY}",
        f"/record/{CANARY}",
        f"/record/{0:016x}?q={CANARY}",
        f"/variants?name={CANARY}",
        f"/{CANARY}?q={CANARY}",
        f"/search?q={CANARY}{'a' * 100_000}",
    ):
        ask(address, target, headers=headers)
    ask(address, f"/search?q={CANARY}", "BREW", headers)
    written = [*settings.var.rglob("*"), output]
    texts = [path.read_bytes() for path in written if path.is_file()]
    assert len(texts) > 5
    for text in texts:
        assert CANARY.encode() not in text
        assert agent.encode() not in text
    assert b"127.0.0.1" not in output.read_bytes()


def test_the_environment_is_read_by_the_settings(monkeypatch):
    for name, value in {"KASHAF_VAR": "/x", "KASHAF_HOST": "::1", "KASHAF_PORT": "81"}.items():
        monkeypatch.setenv(name, value)
    assert read_settings() == Settings(var=Path("/x"), host="::1", port=81)
    monkeypatch.setenv("KASHAF_PORT", "eighty")
    with pytest.raises(SettingsError, match="KASHAF_PORT is 'eighty'; it must be a number"):
        read_settings()
