"""Does the shell stay clear, safe and short when the input, the terminal or the wish is odd?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus import Archive
from search_app.cli import main
from search_app.terminal import pace

KASHAF = str(Path(sys.executable).parent / "kashaf")
ODD = "\x1b[31m \x9b32m \x07 \u202egpj\u202c \u2067 \ud800"
ARTICLE = "<title>{0}</title><article><h1>{0}</h1><p>{1}</p></article>"
SENTENCE = "The bridge at the mill was opened again, said the people of the town. "


def run(var, *words):
    return CliRunner().invoke(main, ["--var", str(var), *words])


def in_a_process(var, *words, stdout=subprocess.PIPE, **environment):
    return subprocess.run(
        [KASHAF, "--var", str(var), *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def dangers(text):
    """The signs in a text that a terminal obeys instead of showing them."""
    return {
        c for c in text if c not in "\n\t" and (ord(c) < 32 or 127 <= ord(c) < 160 or c in TURNING)
    }


ISOLATING = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """An archive of one page whose title wants to command the terminal."""
    folder = tmp_path_factory.mktemp("odd")
    title = "Bridge &#27;[31m red \x9b32m \u202egpj\u202c [bold]x[/bold] :bridge_at_night:"
    (folder / "pages").mkdir()
    (folder / "pages" / "a.html").write_text(ARTICLE.format(title, SENTENCE * 5), "utf-8")
    assert run(folder / "var", "import", str(folder / "pages")).exit_code == 0
    assert run(folder / "var", "index").exit_code == 0
    return folder / "var"


def test_no_page_commands_the_terminal_of_who_finds_it(odd):
    done = run(odd, "search", "bridge")
    assert "[bold]x[/bold] :bridge_at_night:" in done.output
    assert "\\x1b[31m red" in done.output
    assert dangers(done.output) == set()


def test_in_json_the_text_is_exact_and_still_commands_nothing(odd):
    done = run(odd, "search", "bridge", "--json")
    assert dangers(done.output) == set()
    assert "\u202egpj\u202c" in json.loads(done.stdout)["hits"][0]["title"]


@pytest.mark.parametrize("words", [["search"], ["variants"], ["analyze"]], ids=lambda w: w[0])
def test_what_is_typed_commands_nothing_either(odd, words):
    done = run(odd, *words, ODD)
    assert done.exit_code == 0
    assert dangers(done.output) == set()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["words", "json"])
def test_output_is_utf_8_whatever_the_terminal_claims(settings, encoding, form):
    done = in_a_process(
        settings.var, "search", "Deir Ezzor", "--size", "1", *form, PYTHONIOENCODING=encoding
    )
    assert done.returncode == 0, done.stderr
    assert "دير الزور" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("at_once", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize(
    "words", [["search", "a"], ["status", "--json"], ["quarantine"]], ids=lambda words: words[0]
)
def test_output_that_cannot_be_written_is_told_in_one_line(settings, words, at_once):
    with open(os.devnull, "rb") as unwritable:  # as a full disk, on every system
        done = in_a_process(settings.var, *words, stdout=unwritable, PYTHONUNBUFFERED=at_once)
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "words",
    [["index"], ["quarantine", "--retry"], ["quarantine", "--release", "1"]],
    ids=" ".join,
)
def test_only_an_import_makes_an_archive(tmp_path, words):
    done = run(tmp_path / "none", *words)
    assert done.exit_code == 1
    assert "kashaf import" in done.stderr
    assert not (tmp_path / "none").exists()


def test_an_archive_that_may_only_be_read_is_indexed_elsewhere_in_peace(odd):
    """To build an index nothing is written into the record store."""
    before = (odd / "archive.sqlite").read_bytes()
    assert run(odd, "index").exit_code == 0
    assert (odd / "archive.sqlite").read_bytes() == before


@pytest.fixture
def held(tmp_path):
    """An archive with one item in quarantine."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").touch()
    assert run(tmp_path / "var", "import", str(tmp_path / "pages")).exit_code == 0
    return tmp_path / "var"


def test_an_import_that_quarantines_says_where_to_look(tmp_path):
    (tmp_path / "a.html").touch()
    done = run(tmp_path / "var", "import", str(tmp_path / "a.html"))
    assert "kashaf quarantine" in done.output


def test_an_import_that_finds_nothing_says_so(tmp_path):
    (tmp_path / "pages").mkdir()
    done = run(tmp_path / "var", "import", str(tmp_path / "pages"))
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "No file was found there.")


def test_a_release_is_told_in_json_too(held):
    assert json.loads(run(held, "quarantine", "--release", "1", "--json").stdout) == []
    with Archive(held, readonly=True) as archive:
        assert archive.quarantine() == []


def test_one_wish_at_a_time(held):
    assert run(held, "quarantine", "--release", "1", "--retry").exit_code == 2


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30])
def test_a_number_that_cannot_be_in_quarantine_is_told(held, number):
    done = run(held, "quarantine", f"--release={number}")
    assert done.exit_code in (1, 2)
    assert isinstance(done.exception, SystemExit)


def test_the_list_of_commands_shows_whole_sentences():
    listed = run("var", "--help").output.split("Commands:\n")[1].splitlines()
    assert [line for line in listed if not line.endswith(".")] == []
    assert all("..." not in line for line in listed)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ((0, None, None, None), "0"),
        ((1600, None, 321.4, None), "1,600, 321 a second"),
        ((1600, None, 321.4, 7.4), "1,600, 321 a second, 0:00:07 left"),
        ((1600, 4000, 321.4, 7.4), "1,600 of 4,000, 321 a second, 0:00:07 left"),
        ((3, 9, 0.5, 12.0), "3 of 9, 0.5 a second, 0:00:12 left"),
    ],
)
def test_long_work_tells_how_fast_it_goes_and_what_is_left(known, told):
    assert pace(*known) == told


def test_one_is_not_many(odd):
    assert "\n1 record\n" in run(odd, "search", "bridge").output
    assert "Whole: 1 record," in run(odd, "verify").output


def test_faults_say_what_to_do(odd, tmp_path):
    assert run(tmp_path, "import", str(odd.parent / "pages")).exit_code == 0
    done = run(tmp_path, "verify")
    assert done.stderr.startswith("Error: 1 fault. ")
    assert "kashaf index" in done.stderr


NOTHING = [
    ("brigde", [], "spelled as in the archive: bridge", "bridge"),
    ("صاثشف", [], "typed on the other keyboard: wheat", "wheat"),
    ("wheat", ["--since", "2099"], "at any date", "wheat"),
    ("wheat airport", [], "any of the words instead of all", "wheat airport"),
]


@pytest.mark.parametrize(("q", "options", "offered", "q_offered"), NOTHING)
def test_a_search_that_finds_nothing_says_what_would_find_something(
    settings, q, options, offered, q_offered
):
    done = run(settings.var, "search", q, *options)
    assert "0 records\n" in done.output
    assert f"{offered} (" in done.output


@pytest.mark.parametrize(("q", "options", "offered", "q_offered"), NOTHING)
def test_the_page_offers_the_same(look, q, options, offered, q_offered):
    since = options[-1] if options else ""
    page = look("/search", query_string={"q": q, "since": since, "ui": "en"})
    [link] = [a for a in page.select(".none li a") if offered in a.text.translate(ISOLATING)]
    found = look(link["href"])
    assert found.select_one("input[name=q]")["value"] == q_offered
    assert found.select("li.hit")
