"""Is every whole WARC record of a file read, and everything else told with its offset?"""

import base64
import gzip
import hashlib
import io
import zlib
from datetime import UTC, datetime

import brotli
import pytest
from fastwarc.stream_io import Lz4Writer, ZstdWriter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.readers import read_items
from corpus.values import Page, Problem

HTML = b"<!doctype html><html><title>Bread</title><p>The bakery opened again.</p></html>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def answer(body=HTML, headers=b"", status=b"200 OK", kind=b"text/html"):
    return b"HTTP/1.1 %b\r\nContent-Type: %b\r\n%b\r\n%b" % (status, kind, headers, body)


def record(content, kind="response", url="https://example.org/a", length=None, **fields):
    """One WARC record by hand; `fields` are written with hyphens, "refers_to_date" and so on."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {fields.pop('date', '2014-06-12T09:30:00Z')}",
        f"Content-Type: {fields.pop('type', 'application/http; msgtype=response')}",
        f"Content-Length: {len(content) if length is None else length}",
    ]
    lines += [f"WARC-{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def sha1(content):
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


def read(tmp_path, content, name="crawl.warc"):
    (tmp_path / name).write_bytes(content)
    return list(read_items(tmp_path / name))


def bodies(items):
    return [item.content for item in items if isinstance(item, Page)]


def told(items):
    """(place, reason) of every problem."""
    return [
        (item.where.partition(", ")[2], item.reason) for item in items if isinstance(item, Problem)
    ]


def only(items):
    (item,) = items
    return item


def write_with_warcio(packed):
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "a test"}))
    for number in range(3):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        written = writer.create_warc_record(
            f"https://example.org/{number}",
            "response",
            payload=io.BytesIO(HTML + b"%d" % number),
            length=len(HTML) + 1,
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2014-06-12T09:30:00Z"},
        )
        writer.write_request_response_pair(
            writer.create_warc_record(written.rec_headers.get_header("WARC-Target-URI"), "request"),
            written,
        )
    return file.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_what_another_library_writes_is_read_whole(tmp_path, packed):
    found = read(tmp_path, write_with_warcio(packed), "crawl.warc.gz")
    pages = [item for item in found if isinstance(item, Page)]
    assert [(page.url, page.content) for page in pages] == [
        (f"https://example.org/{number}", HTML + b"%d" % number) for number in range(3)
    ]
    assert {page.captured for page in pages} == {datetime(2014, 6, 12, 9, 30, tzinfo=UTC)}
    assert sorted(item.reason for item in found if isinstance(item, Problem)) == [
        "WARC record of type request",
        "WARC record of type request",
        "WARC record of type request",
        "WARC record of type warcinfo",
    ]


def pack_lz4(content):
    file = io.BytesIO()
    with Lz4Writer(file) as writer:
        writer.write(content)
    return file.getvalue()


def pack_zstd(content):
    file = io.BytesIO()
    with ZstdWriter(file) as writer:
        for start in range(0, len(content), 1_000_000):  # FastWARC 2.0.1 loses what is over 8 MB
            writer.write(content[start : start + 1_000_000])
    return file.getvalue()


PACKED = {"one.warc.gz": gzip.compress, "two.warc.lz4": pack_lz4, "three.warc.zst": pack_zstd}


@pytest.mark.parametrize("name", PACKED)
def test_a_file_packed_as_a_whole_is_read(tmp_path, name):
    content = record(answer()) + record(answer(HTML + b"2"))
    assert bodies(read(tmp_path, PACKED[name](content), name)) == [HTML, HTML + b"2"]


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_file_that_is_cut_off_is_told(tmp_path, name):
    content = record(answer()) + record(answer(bytes(range(256)) * 90, kind=b"image/png"))
    found = read(tmp_path, PACKED[name](content)[:-20], name)
    assert any(item.kind == "quarantine" for item in found if isinstance(item, Problem))


def test_a_cut_gzip_member_is_told_and_what_came_before_it_is_read(tmp_path):
    first, second = gzip.compress(record(answer())), gzip.compress(record(answer()))
    found = read(tmp_path, first + second[:-30])
    assert bodies(found) == [HTML]
    assert told(found) == [(f"offset {len(first)}", "the compressed data ends early")]


def test_a_damaged_gzip_member_takes_no_other_along(tmp_path):
    members = [gzip.compress(record(answer(HTML + b"%d" % number))) for number in range(3)]
    broken = bytearray(members[1])
    broken[len(broken) // 2] ^= 0xFF
    found = read(tmp_path, members[0] + bytes(broken) + members[2])
    assert bodies(found) == [HTML + b"0", HTML + b"2"]
    place, reason = only(told(found))
    assert place == f"offset {len(members[0])}"
    assert reason.startswith("damaged gzip member")


@pytest.mark.parametrize("start", [bytes(8), b"\x1f\x8b\xff\xff", b"\xff\xd8\xff\xe0"])
def test_a_packed_file_whose_first_bytes_are_damaged_is_read_from_the_next_member_on(
    tmp_path, start
):
    damaged = start + gzip.compress(record(answer()))[len(start) :]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(damaged + gzip.compress(record(answer(HTML + b"2"))))
    found = list(read_items(path))
    assert bodies(found) == [HTML + b"2"]
    assert told(found) == [("offset 0", "bytes that are no gzip member")]


def test_a_gzip_member_with_a_wrong_checksum_is_told(tmp_path):
    wrong = gzip.compress(record(answer()))[:-8] + bytes(8)
    found = read(tmp_path, wrong + gzip.compress(record(answer(HTML + b"2"))))
    assert bodies(found) == [HTML + b"2"]
    assert told(found) == [("offset 0", "damaged gzip member (incorrect data check)")]


@pytest.mark.parametrize("packed", [False, True])
def test_junk_between_records_is_told_and_passed_over(tmp_path, packed):
    pack = gzip.compress if packed else bytes
    first, second = pack(record(answer())), pack(record(answer(HTML + b"2")))
    found = read(tmp_path, first + b"\x13junk\r\njunk" * 9 + second)
    assert bodies(found) == [HTML, HTML + b"2"]
    place, reason = only(told(found))
    assert place == f"offset {len(first)}"
    assert reason == ("bytes that are no gzip member" if packed else "bytes that are no record")


def test_zeros_are_a_hole_between_members_and_padding_behind_the_last(tmp_path):
    first, second = (gzip.compress(record(answer(HTML + end))) for end in (b"1", b"2"))
    found = read(tmp_path, first + bytes(200_000) + second + bytes(200_000))
    assert bodies(found) == [HTML + b"1", HTML + b"2"]
    assert told(found) == [(f"offset {len(first)}", "zeros where a gzip member should be")]


def test_a_record_that_is_cut_off_is_told_with_its_offset(tmp_path):
    first = record(answer())
    found = read(tmp_path, first + record(answer())[:-40])
    assert bodies(found) == [HTML]
    assert told(found) == [(f"offset {len(first)}", "cut off")]


def test_a_head_that_is_cut_off_is_told_with_its_offset(tmp_path):
    first = record(answer())
    found = read(tmp_path, first + record(answer())[:60])
    assert (bodies(found), told(found)) == ([HTML], [(f"offset {len(first)}", "cut off")])


def test_missing_newlines_behind_the_last_record_are_no_damage(tmp_path):
    found = read(tmp_path, record(answer()) + record(answer()).rstrip(b"\r\n"))
    assert (bodies(found), told(found)) == ([HTML, HTML], [])


@pytest.mark.parametrize(
    ("length", "reason"),
    [
        (len(answer()) + 300, "its Content-Length reaches into the next WARC record"),
        (len(answer()) - 9, "its Content-Length is too small"),
        ("many", "its Content-Length is missing or no number"),
        ("-5", "its Content-Length is missing or no number"),
        (10**14, "larger than 64 MB"),
    ],
)
def test_a_wrong_content_length_is_told_and_the_records_around_are_read(tmp_path, length, reason):
    first, third = record(answer(HTML + b"1")), record(answer(HTML + b"3"))
    found = read(tmp_path, first + record(answer(), length=length) + third)
    assert told(found) == [(f"offset {len(first)}", reason)]
    expected = [HTML + b"1", HTML + b"3"]
    assert bodies(found) == (expected if length != 10**14 else expected[:1])


@pytest.mark.parametrize("difference", [-9, 300])
def test_a_digest_settles_a_wrong_content_length(tmp_path, difference):
    content = answer()
    lying = {"length": len(content) + difference, "Block_Digest": sha1(content)}
    found = read(tmp_path, record(content, **lying) + record(answer(HTML + b"2")))
    assert (bodies(found), told(found)) == ([HTML, HTML + b"2"], [])


def test_the_length_that_the_server_told_settles_a_wrong_content_length(tmp_path):
    content = answer(headers=b"Content-Length: %d\r\n" % len(HTML))
    found = read(tmp_path, record(content, length=len(content) + 300) + record(answer()))
    assert (bodies(found), told(found)) == ([HTML, HTML], [])


def test_a_block_with_the_wrong_digest_is_quarantined(tmp_path):
    found = read(tmp_path, record(answer(), Block_Digest=sha1(b"other")) + record(answer()))
    assert bodies(found) == [HTML]
    assert told(found) == [("offset 0", "its bytes do not have the digest that it states")]


@pytest.mark.parametrize(
    "digests",
    [
        {"Block_Digest": sha1(b"other"), "Payload_Digest": sha1(HTML)},
        {"Block_Digest": sha1(answer()), "Payload_Digest": sha1(b"other")},
        {"Block_Digest": "sha256:" + hashlib.sha256(answer()).hexdigest()},
        {"Block_Digest": "sha-1:" + hashlib.sha1(answer()).hexdigest().upper()},
        {"Block_Digest": "crc32:1234"},
        {"Payload_Digest": ""},
    ],
)
def test_one_right_digest_is_enough_and_a_strange_one_is_no_evidence(tmp_path, digests):
    assert bodies(read(tmp_path, record(answer(), **digests))) == [HTML]


def test_named_fields_without_end_are_told(tmp_path):
    endless = b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"y" * 90_000 + b"\r\n\r\n"
    found = read(tmp_path, endless + record(answer()))
    assert bodies(found) == [HTML]
    assert told(found)[0] == ("offset 0", "named fields over 65536 bytes")


def chunked(body, size=20):
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(HTML), CHUNKED),
        (chunked(HTML).replace(b"14\r\n", b"14;name=value\r\n"), CHUNKED),
        (chunked(HTML)[:-5], CHUNKED),  # the closing chunk is missing
        (chunked(HTML) + b"Checked: yes\r\n\r\n", CHUNKED),
        (HTML, CHUNKED),  # the crawler took the chunks out and kept the header
        (chunked(HTML), b""),  # and the reverse
        (chunked(gzip.compress(HTML)), CHUNKED + b"Content-Encoding: gzip\r\n"),
    ],
)
def test_chunks_are_found_by_the_bytes_not_by_the_header(tmp_path, body, headers):
    assert bodies(read(tmp_path, record(answer(body, headers)))) == [HTML]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (chunked(HTML)[:-40], "its last chunk is cut off"),
        (chunked(HTML).replace(b"\r\n14\r\n", b"\r\nXX\r\n", 1), "its chunks do not follow"),
        (b"1\na\n" * 1_000_002, "more than 1000000 chunks"),
    ],
)
def test_broken_chunks_are_told(tmp_path, body, reason):
    found = only(read(tmp_path, record(answer(body, CHUNKED))))
    assert found.reason.startswith(reason)


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(HTML), b"gzip"),
        (gzip.compress(HTML), b"x-gzip"),
        (gzip.compress(HTML), b""),
        (HTML, b"gzip"),  # unpacked by the crawler, and the header kept
        (zlib.compress(HTML), b"deflate"),
        (raw_deflate(HTML), b"deflate"),
        (HTML, b"deflate"),
        (brotli.compress(HTML), b"br"),
        (HTML, b"br"),
        (pack_zstd(HTML), b"zstd"),
        (brotli.compress(gzip.compress(gzip.compress(HTML))), b"gzip, gzip, br"),
        (HTML, b"identity"),
    ],
)
def test_packing_is_found_by_the_bytes_not_by_the_header(tmp_path, body, encoding):
    headers = b"Content-Encoding: %b\r\n" % encoding if encoding else b""
    assert bodies(read(tmp_path, record(answer(body, headers)))) == [HTML]


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(HTML)[:-20], b"gzip"),
        (brotli.compress(HTML)[:-9], b"br"),
        (b"\x00\x01 nothing at all", b"br"),
        (zlib.compress(HTML)[:-9], b"deflate"),
    ],
)
def test_a_damaged_body_is_quarantined(tmp_path, body, encoding):
    found = read(tmp_path, record(answer(body, b"Content-Encoding: %b\r\n" % encoding)))
    assert only(found).reason.startswith(f"its {encoding.decode()} body is damaged")


BOMB = b"<html>" + bytes(30_000_000)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(BOMB), b"gzip"),
        (gzip.compress(gzip.compress(BOMB)), b"gzip, gzip"),
        (brotli.compress(BOMB, quality=1), b"br"),
        (zlib.compress(BOMB), b"deflate"),
        (pack_zstd(BOMB), b"zstd"),
    ],
)
def test_a_bomb_in_a_body_is_stopped(tmp_path, body, encoding):
    content = record(answer(body, b"Content-Encoding: %b\r\n" % encoding)) + record(answer())
    found = read(tmp_path, content)
    assert (bodies(found), told(found)) == ([HTML], [("offset 0", "page larger than 10 MB")])


def test_a_body_packed_without_end_is_refused(tmp_path):
    body = HTML
    for _ in range(8):
        body = gzip.compress(body)
    assert only(read(tmp_path, record(answer(body)))).reason == "packed more than 5 times"


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_file_that_is_a_bomb_is_stopped(tmp_path, name):
    bomb = PACKED[name](b"WARC/1.0 " + bytes(150_000_000))
    assert len(bomb) < 1_000_000
    found = read(tmp_path, bomb, name)
    assert bodies(found) == []
    assert "unpacks to more than 200 times its size" in [reason for _, reason in told(found)]


def test_behind_a_gzip_bomb_reading_goes_on(tmp_path):
    bomb = gzip.compress(bytes(150_000_000))
    found = read(tmp_path, bomb + gzip.compress(record(answer())))
    assert bodies(found) == [HTML]
    assert told(found) == [("offset 0", "unpacks to more than 200 times its size")]


@pytest.mark.parametrize(
    ("content", "fields", "reason"),
    [
        (answer(status=b"404 Not Found"), {}, "HTTP status 404"),
        (answer(b"", b"Location: /b\r\n", b"301 Moved"), {}, "redirect (301)"),
        (answer(kind=b"image/png"), {}, "no page: image/png"),
        (answer(kind=b"IMAGE/\x07" + b"x" * 99), {}, "no page: image/\\x07" + "x" * 69 + "…"),
        (answer(b"User-agent: *"), {"url": "https://example.org/robots.txt"}, "robots.txt"),
        (answer(b"\x89PNG", kind=b""), {}, "no page: of no known type"),
        (answer(b""), {}, "empty body"),
        (b"GET / HTTP/1.1\r\n\r\n", {"kind": "request"}, "WARC record of type request"),
        (b"a: b", {"kind": "metadata"}, "WARC record of type metadata"),
        (b"text", {"kind": "conversion"}, "WARC record of type conversion"),
        (b"text", {"kind": "x-own"}, "WARC record of type x-own"),
        (b"20140612 127.0.0.1", {"url": "dns:a.org", "type": "text/dns"}, "no page: text/dns"),
    ],
)
def test_what_is_no_page_is_skipped_with_a_reason(tmp_path, content, fields, reason):
    found = only(read(tmp_path, record(content, **fields)))
    assert (found.kind, found.reason) == ("skip", reason)


@pytest.mark.parametrize(
    ("content", "fields", "reason"),
    [
        (b"<html>no status line</html>", {}, "no HTTP status line"),
        (answer(), {"url": ""}, "names no address (WARC-Target-URI)"),
        (answer(), {"Segment_Number": "1"}, "part of a segmented WARC record"),
        (HTML, {"kind": "continuation"}, "part of a segmented WARC record"),
    ],
)
def test_what_cannot_be_read_is_quarantined_with_its_offset(tmp_path, content, fields, reason):
    first = record(answer())
    found = read(tmp_path, first + record(content, **fields))
    assert told(found) == [(f"offset {len(first)}", reason)]
    assert found[1].kind == "quarantine"


def test_a_server_that_tells_no_type_may_have_sent_a_page(tmp_path):
    content = b"HTTP/1.0 200 OK\nServer: old\n\n" + HTML  # and no carriage returns either
    page = only(read(tmp_path, record(content)))
    assert (page.content, page.content_type) == (HTML, "text/html")


def test_the_declared_type_is_kept_as_it_was_sent(tmp_path):
    content = answer(kind=b"Text/HTML;charset=Windows-1256")
    assert only(read(tmp_path, record(content))).content_type == "Text/HTML;charset=Windows-1256"


def test_a_resource_record_is_a_page(tmp_path):
    found = read(tmp_path, record(HTML, kind="resource", type="text/html; charset=utf-8"))
    assert only(found).content == HTML


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("<https://example.org/a>", "https://example.org/a"),
        ("https://example.org/a b?c=d e", "https://example.org/a%20b?c=d%20e"),
        ("https://example.org/خبر", "https://example.org/خبر"),
        ("http://[broken/", "http://[broken/"),
    ],
)
def test_addresses_are_taken_as_crawlers_write_them(tmp_path, written, url):
    assert only(read(tmp_path, record(answer(), url=written))).url == url


@pytest.mark.parametrize(
    ("date", "captured"),
    [
        ("2014-06-12T09:30:00.123456Z", datetime(2014, 6, 12, 9, 30, 0, 123456, tzinfo=UTC)),
        ("20140612093000", datetime(2014, 6, 12, 9, 30, tzinfo=UTC)),
    ],
)
def test_the_time_of_capture_is_that_of_the_record(tmp_path, date, captured):
    assert only(read(tmp_path, record(answer(), date=date))).captured == captured


def test_a_page_of_the_wayback_machine_was_captured_when_its_address_says(tmp_path):
    url = "https://web.archive.org/web/20130504101500if_/http://example.org/a"
    page = only(read(tmp_path, record(answer(), url=url)))
    assert (page.url, page.captured) == (url, datetime(2013, 5, 4, 10, 15, tzinfo=UTC))


def test_without_a_date_the_file_tells_the_time(tmp_path):
    page = only(read(tmp_path, record(answer(), date="once")))
    assert page.captured.timestamp() == int((tmp_path / "crawl.warc").stat().st_mtime)


REVISIT = {
    "kind": "revisit",
    "date": "2015-01-01T00:00:00Z",
    "Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
}
HEAD_ONLY = answer(b"")


@pytest.mark.parametrize("content", [HEAD_ONLY, b"", answer(b"", status=b"304 Not Modified")])
def test_a_revisit_is_the_page_of_then_at_the_time_of_now(tmp_path, content):
    original = record(answer(), Payload_Digest=sha1(HTML))
    again = record(content, Payload_Digest=sha1(HTML), **REVISIT)
    first, second = read(tmp_path, original + again)
    assert first.content == second.content
    assert second.captured == datetime(2015, 1, 1, tzinfo=UTC)


def test_a_revisit_may_name_the_capture_it_means(tmp_path):
    reference = {
        "Refers_To_Target_URI": "<https://example.org/a>",
        "Refers_To_Date": "2014-06-12T09:30:00Z",
    }
    again = record(HEAD_ONLY, url="https://example.org/b", **reference, **REVISIT)
    pages = read(tmp_path, record(answer()) + again)
    assert [(page.url, page.content) for page in pages] == [
        ("https://example.org/a", HTML),
        ("https://example.org/b", HTML),
    ]


def test_a_revisit_finds_its_page_in_another_file_of_the_input(tmp_path):
    (tmp_path / "1.warc").write_bytes(record(answer(), Payload_Digest=sha1(HTML)))
    (tmp_path / "2.warc").write_bytes(record(b"", Payload_Digest=sha1(HTML), **REVISIT))
    assert bodies(read_items(tmp_path)) == [HTML, HTML]
    assert bodies(read_items(tmp_path / "1.warc", tmp_path / "2.warc")) == [HTML, HTML]


def test_a_revisit_of_a_page_that_is_not_there_is_listed_and_not_empty(tmp_path):
    found = only(read(tmp_path, record(HEAD_ONLY, Payload_Digest=sha1(b"gone"), **REVISIT)))
    assert (found.kind, found.reason) == (
        "quarantine",
        "revisit of a page that is not in this input",
    )


def test_only_the_latest_pages_are_kept_for_revisits(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.readers.revisits.REMEMBERED_BYTES", 1_500)
    texts = [HTML + b"%d" % number for number in range(4)]
    first = [record(answer(text), Payload_Digest=sha1(text)) for text in texts]
    again = [record(b"", Payload_Digest=sha1(text), **REVISIT) for text in texts]
    found = read(tmp_path, b"".join(first + again))
    assert bodies(found) == [*texts, texts[-1]]
    assert len(told(found)) == 3


def test_long_addresses_count_among_what_is_kept_for_revisits(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.readers.revisits.REMEMBERED_BYTES", 12_000)
    urls = [f"https://example.org/{'a' * 5_000}{number}" for number in range(2)]
    first = [record(answer(HTML + url.encode()), url=url, Payload_Digest=url) for url in urls]
    again = [record(b"", Payload_Digest=url, **REVISIT) for url in urls]
    assert len(bodies(read(tmp_path, b"".join(first + again)))) == 3


def test_heads_without_end_are_told_and_a_whole_one_behind_them_is_read(tmp_path):
    found = read(tmp_path, b"WARC/1.0\r\n" * 30_000 + b"A: b\r\n" + record(answer()))
    assert bodies(found) == [HTML]
    assert told(found)[0] == ("offset 0", "cut off")
    assert len(found) == 30_001


def test_a_field_may_end_with_the_name_of_a_version(tmp_path):
    assert bodies(read(tmp_path, record(answer(), conforms_to="WARC/1.0"))) == [HTML]


def test_a_file_of_nothing_but_faults_is_left_at_last(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.readers.FAULTS", 10)
    broken = b"WARC/1.0\r\n\r\n"
    found = read(tmp_path, broken * 99 + record(answer()))
    assert (len(found), bodies(found)) == (11, [])
    assert told(found)[-1] == ("", "more than 10 faults: what follows is not read")
    found = read(tmp_path, record(answer()) * 20 + broken * 15 + record(answer()))
    assert len(bodies(found)) == 21


def test_places_are_told_right_in_a_file_of_many_members(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.readers.inflate.MEMBERS", 8)
    member = gzip.compress(record(answer()))
    lost = gzip.compress(record(answer(status=b"404 Not Found")))
    found = read(tmp_path, member * 50 + lost)
    assert bodies(found) == [HTML] * 50
    assert told(found) == [(f"offset {len(member) * 50}", "HTTP status 404")]


def test_a_revisit_of_an_image_is_skipped(tmp_path):
    image = answer(b"", kind=b"image/png")
    found = only(read(tmp_path, record(image, Payload_Digest=sha1(b"gone"), **REVISIT)))
    assert (found.kind, found.reason) == ("skip", "no page: image/png")


@pytest.mark.parametrize("content", [b"", b"nothing of the kind\n" * 9_000])
def test_a_file_that_only_has_the_name_is_told(tmp_path, content):
    assert {item.kind for item in read(tmp_path, content)} == {"quarantine"}


def test_every_cut_of_a_file_is_read_up_to_the_cut_and_told(tmp_path):
    """Whatever byte is the last one: no exception, no half page, and never silence."""
    first, second = record(answer(HTML + b"1")), record(answer(HTML + b"2"))
    whole = first + second
    for end in range(1, len(whole) - 4):
        found = read(tmp_path, whole[:end])
        assert bodies(found) == ([HTML + b"1"] if end >= len(first) - 4 else [])
        if not len(first) - 4 <= end <= len(first):
            assert told(found) != []


def test_every_flipped_byte_of_a_packed_file_costs_one_record_at_most(tmp_path):
    members = [gzip.compress(record(answer(HTML + b"%d" % number))) for number in range(3)]
    whole = b"".join(members)
    for place in range(len(members[0]), len(members[0]) + len(members[1]), 3):
        broken = bytearray(whole)
        broken[place] ^= 0x55
        found = read(tmp_path, bytes(broken))
        kept = bodies(found)
        assert kept[0] == HTML + b"0" and kept[-1] == HTML + b"2"
        assert len(kept) == 3 or told(found) != []
        assert set(kept) <= {HTML + b"%d" % number for number in range(3)}
