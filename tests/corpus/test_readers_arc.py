"""Are files of the form before WARC read, and what is wrong with them told?"""

import gzip
from datetime import UTC, datetime

import pytest

from corpus.readers import read_items
from corpus.values import Page, Problem

HTML = b"<html><title>Bread</title><p>The bakery opened again.</p></html>"
ABOUT = b"1 0 A test\nURL IP-address Archive-date Content-type Archive-length\n"
FIRST = b"filedesc://crawl.arc 0.0.0.0 20060511143000 text/plain %d\n%b\n" % (len(ABOUT), ABOUT)


def record(content, url=b"http://example.org/a", kind=b"text/html", length=None):
    length = len(content) if length is None else length
    line = b"%b 192.0.2.7 20060512081500 %b %d\n" % (url, kind, length)
    return line + content + b"\n"


def answer(body=HTML, headers=b"", status=b"200 OK", kind=b"text/html"):
    return b"HTTP/1.1 %b\r\nContent-Type: %b\r\n%b\r\n%b" % (status, kind, headers, body)


def read(tmp_path, content, name="crawl.arc"):
    (tmp_path / name).write_bytes(content)
    first, *rest = read_items(tmp_path / name)
    assert first.reason == "WARC record of type warcinfo"
    return rest


def bodies(items):
    return [item.content for item in items if isinstance(item, Page)]


def told(items):
    return [
        (item.where.partition(", ")[2], item.reason) for item in items if isinstance(item, Problem)
    ]


def test_an_arc_record_is_a_page(tmp_path):
    (page,) = read(tmp_path, FIRST + record(answer()))
    assert (page.url, page.content, page.content_type) == (
        "http://example.org/a",
        HTML,
        "text/html",
    )
    assert page.captured == datetime(2006, 5, 12, 8, 15, tzinfo=UTC)


def test_an_address_with_spaces_is_one_address(tmp_path):
    (page,) = read(tmp_path, FIRST + record(answer(), url=b"http://example.org/?q=a b c"))
    assert page.url == "http://example.org/?q=a%20b%20c"


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (answer(kind=b"image/gif"), b"image/gif", "no page: image/gif"),
        (answer(status=b"404 Gone"), b"text/html", "HTTP status 404"),
        (b"20060512 192.0.2.7", b"text/dns", "no page: text/dns"),
    ],
)
def test_what_is_no_page_is_skipped(tmp_path, content, kind, reason):
    (found,) = read(tmp_path, FIRST + record(content, kind=kind))
    assert (found.kind, found.reason) == ("skip", reason)


def test_members_packed_one_by_one_are_read_and_a_damaged_one_is_told(tmp_path):
    members = [gzip.compress(FIRST)]
    members += [gzip.compress(record(answer(HTML + b"%d" % number))) for number in range(3)]
    broken = bytearray(members[2])
    broken[len(broken) // 2] ^= 0xFF
    found = read(tmp_path, members[0] + members[1] + bytes(broken) + members[3], "crawl.arc.gz")
    assert bodies(found) == [HTML + b"0", HTML + b"2"]
    ((place, reason),) = told(found)
    assert place == f"offset {len(members[0] + members[1])}"
    assert reason.startswith("damaged gzip member")


def test_a_cut_file_is_told_with_its_offset(tmp_path):
    whole = FIRST + record(answer())
    found = read(tmp_path, whole + record(answer())[:-30])
    assert bodies(found) == [HTML]
    assert told(found) == [(f"offset {len(whole)}", "cut off")]


def test_a_last_record_is_whole_when_the_server_told_its_length(tmp_path):
    """Files whose newlines were changed on the way are shorter than their lines say."""
    content = answer(headers=b"Content-Length: %d\r\n" % len(HTML)).replace(b"\r\n", b"\n")
    found = read(tmp_path, FIRST + record(content, length=len(content) + 5))
    assert (bodies(found), told(found)) == ([HTML + b"\n"], [])


@pytest.mark.parametrize("difference", [-9, 40])
def test_a_wrong_length_is_told_and_the_records_around_are_read(tmp_path, difference):
    start = FIRST + record(answer(HTML + b"1"))
    wrong = record(answer(), length=len(answer()) + difference)
    found = read(tmp_path, start + wrong + record(answer(HTML + b"3")))
    assert bodies(found) == [HTML + b"1", HTML + b"3"]
    assert told(found)[0] == (f"offset {len(start)}", "its length is wrong")


def test_junk_between_records_is_told_and_passed_over(tmp_path):
    start = FIRST + record(answer())
    found = read(tmp_path, start + b"junk\njunk\n" + record(answer(HTML + b"2")))
    assert bodies(found) == [HTML, HTML + b"2"]
    assert told(found) == [(f"offset {len(start)}", "bytes that are no record")]


def test_a_file_without_records_is_told(tmp_path):
    (tmp_path / "a.arc").write_bytes(b"")
    (found,) = read_items(tmp_path / "a.arc")
    assert (found.kind, found.reason) == ("quarantine", "holds no record")
