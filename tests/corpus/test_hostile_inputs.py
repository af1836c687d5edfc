"""Does an import go on over inputs that were made to hurt it? The whole path, with the sandbox."""

import gzip
import os
import random
import socket
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from corpus import SAMPLE, Archive, CorpusError, Page, extract, import_pages

CAPTURED = datetime(2014, 6, 12, tzinfo=UTC)
ENGLISH = "The bridge at the mill was opened again on Sunday, said the people of the town. "
PAGES = sorted([*Path(SAMPLE).rglob("*.html"), *(Path(__file__).parent / "pages").glob("*.html")])


def article(number, text=ENGLISH * 5):
    return f"<title>Bridge {number}</title><article><h1>Bridge {number}</h1><p>{text}</p></article>"


def record(body, url, headers=b"", date="2014-06-12T09:30:00Z"):
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%b\r\n%b" % (headers, body)
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(message)}\r\n"
    )
    return head.encode() + b"\r\n" + message + b"\r\n\r\n"


def imported(folder, var):
    """(outcome by the last part of where, records by title, report)."""
    items = []
    with Archive(var) as archive:
        report = import_pages(archive, [folder], on_item=items.append)
        assert archive.verify() == []
        records = {each.title: each for each in archive.records()}
    return {item.where.rpartition("/")[2]: item for item in items}, records, report


def test_a_folder_of_traps_costs_only_the_traps(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.chdir(folder)  # the path of a socket must be short
    Path("good.html").write_text(article(1))
    with open("huge.html", "wb") as huge:
        huge.truncate(100_000_000)
    Path("endless.html").symlink_to("/dev/zero")
    Path("self.html").symlink_to("self.html")
    os.mkfifo("pipe.html")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.html")
    Path(os.fsdecode(b"\xe3\xcc\xdf.html")).write_text(article(2))
    Path("\u202egpj.exe \x1b[2J.html").write_text(article("\u202eelif"))
    bomb = b"Content-Encoding: br\r\n"
    layers = brotli.compress(gzip.compress(gzip.compress(article(3).encode())))
    Path("crawl.warc").write_bytes(
        record(brotli.compress(bytes(30_000_000), quality=1), "https://a.example/", bomb)
        + record(layers, "https://b.example/", b"Content-Encoding: gzip, gzip, br\r\n")
        + record(gzip.compress(article(4).encode())[:-9], "https://c.example/")
        + record(article(5).encode(), "javascript:alert(1)")
        + record(article(6).encode(), "http://[::1")
    )
    items, records, report = imported(folder, tmp_path / "var")
    assert set(records) == {f"Bridge {n}" for n in (1, 2, 3, 5, 6, "\u202eelif")}
    assert items["huge.html"].why == "page larger than 10 MB"
    assert {items[f"{name}.html"].outcome for name in ("endless", "pipe", "socket")} == {"skipped"}
    assert (report.imported, report.quarantined, report.skipped) == (6, 4, 3)
    assert not any(set(item.where) & {"\x1b", "\n"} for item in items.values())


def test_one_text_under_many_addresses_and_one_address_of_many_texts(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    same = [record(article(1).encode(), f"https://same.example/{n}") for n in range(40)]
    other = [
        record(
            article(2, ENGLISH * 5 + f"Version {n}.").encode(),
            "https://other.example/",
            date=f"2014-06-12T09:{n // 60:02d}:{n % 60:02d}Z",
        )
        for n in range(40)
    ]
    (folder / "crawl.warc").write_bytes(b"".join(same + other))
    _, records, report = imported(folder, tmp_path / "var")
    assert report.total == 80
    with Archive(tmp_path / "var") as archive:
        assert len(archive.captures(records["Bridge 1"].id)) == 40
        assert len(archive.versions(records["Bridge 2"].id)) == 40
    assert records["Bridge 2"].text.endswith("Version 39.")


TOKENS = [
    b"<div>", b"</div>", b"<article>", b"<script>", b"<!--", b"<table><tr><td>", b"<title>", b"\0",
    b"&#xD800;", b"\xff\xfe", b"\xd8\xd9", b"<h1>", b"<frameset>", b"<a href='", b"<plaintext>",
    b"<base href='http://['>", b"<meta charset=utf-7>", b"<time datetime='0000-00-00T99:99'>",
]  # fmt: skip


def broken(content, chance):
    """A page with one to four faults: flipped bits, cuts, splices, repetitions."""
    page = bytearray(content)
    for _ in range(chance.randrange(1, 5)):
        at, fault = chance.randrange(len(page) or 1), chance.randrange(4)
        if fault == 0:
            for _ in range(min(50, len(page))):
                page[chance.randrange(len(page))] ^= 1 << chance.randrange(8)
        elif fault == 1:
            del page[at : at + chance.choice((1, 50, 5000))]
        elif fault == 2:
            page[at:at] = chance.choice(TOKENS) * chance.choice((1, 3, 1000))
        else:
            page[at:at] = page[at : at + 200] * chance.choice((2, 50))
    return bytes(page)


@pytest.mark.parametrize("seed", range(4))
def test_a_page_broken_at_random_is_a_record_or_an_error_of_ours(seed):
    chance = random.Random(seed)
    for _ in range(20):
        content = broken(chance.choice(PAGES).read_bytes(), chance)
        try:
            found = extract(Page("https://site.example/2014/a/", content, CAPTURED))
        except CorpusError as error:
            assert str(error)
        else:
            assert found.text.encode("utf-8") or found.confidence < 0.6
