"""Are the WARC files in a WACZ read, and does a ZIP file that lies do no harm?"""

import gzip
import hashlib
import io
import json
import struct
import zipfile

import pytest

from corpus.readers import read_items
from corpus.readers.limits import ZIP_DIRECTORY_BYTES
from corpus.values import Page, Problem

HTML = b"<!doctype html><html><title>Bread</title><p>The bakery opened again.</p></html>"


def warc(body=HTML):
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "WARC-Date: 2014-06-12T09:30:00Z\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + content + b"\r\n\r\n")


def pack(files, method=zipfile.ZIP_STORED):
    """A ZIP file; `files` are pairs, since one name may come twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def sha256(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def package(files):
    """The WACZ of these files, with a datapackage.json and its digest."""
    resources = [{"path": name, "hash": sha256(content)} for name, content in files]
    data = json.dumps({"profile": "data-package", "resources": resources}).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": sha256(data)}).encode()
    return [*files, ("datapackage.json", data), ("datapackage-digest.json", digest)]


def read(tmp_path, content, name="site.wacz"):
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return list(read_items(folder / name))


def bodies(items):
    return [item.content for item in items if isinstance(item, Page)]


def told(items):
    return [(item.where, item.reason) for item in items if isinstance(item, Problem)]


def test_every_warc_file_is_read_in_subfolders_too(tmp_path):
    files = [
        ("archive/b.warc.gz", warc(HTML + b"2")),
        ("archive/a.warc", gzip.decompress(warc(HTML + b"1"))),
        ("archive/2015/c.warc.gz", warc(HTML + b"3")),
        ("indexes/index.cdx.gz", b"x"),
        ("pages/pages.jsonl", b"{}"),
    ]
    found = read(tmp_path, pack(package(files), zipfile.ZIP_DEFLATED))
    assert sorted(bodies(found)) == [HTML + b"1", HTML + b"2", HTML + b"3"]
    assert told(found) == []


def test_a_wacz_of_waczs_is_read(tmp_path):
    inner = [
        (f"{number}.wacz", pack(package([("archive/a.warc.gz", warc(HTML + b"%d" % number))])))
        for number in range(2)
    ]
    data = json.dumps({"profile": "multi-wacz-package", "resources": []}).encode()
    found = read(tmp_path, pack([*inner, ("datapackage.json", data)]))
    assert (bodies(found), told(found)) == ([HTML + b"0", HTML + b"1"], [])


def test_waczs_packed_empty_or_nested_without_end_are_told(tmp_path):
    inner = pack([("archive/a.warc.gz", warc())])
    packed = read(tmp_path, pack([("a.wacz", inner)], zipfile.ZIP_DEFLATED))
    reason = "no readable ZIP file (packed inside another ZIP file: unpack that one first)"
    assert told(packed) == [("in/site.wacz, a.wacz", reason)]
    empty = read(tmp_path, pack([("a.wacz", pack([("a.txt", b"a")]))]))
    assert told(empty) == [("in/site.wacz, a.wacz", "ZIP file without WARC files")]
    nested = read(tmp_path, pack([("c.wacz", pack([("b.wacz", pack([("a.wacz", inner)]))]))]))
    assert told(nested) == [("in/site.wacz, c.wacz, b.wacz", "WACZ files nested too deep")]


def test_a_wrong_digest_is_one_problem_and_the_pages_are_read(tmp_path):
    files = package([("archive/a.warc.gz", warc())])
    found = read(tmp_path, pack([("archive/a.warc.gz", warc(HTML + b"changed")), *files[1:]]))
    assert bodies(found) == [HTML + b"changed"]
    assert told(found) == [
        (
            "in/site.wacz, archive/a.warc.gz",
            "does not have the digest that datapackage.json states",
        )
    ]


def test_a_changed_datapackage_and_a_missing_file_are_told(tmp_path):
    files = package([("archive/a.warc.gz", warc())])
    other = package([("archive/a.warc.gz", warc()), ("archive/b.warc.gz", warc())])
    found = read(tmp_path, pack([files[0], other[2], files[2]]))
    assert bodies(found) == [HTML]
    assert told(found) == [
        ("in/site.wacz", "its datapackage.json does not have the digest that is stated"),
        ("in/site.wacz", "lacks a file that its datapackage.json names: archive/b.warc.gz"),
    ]


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b'{"resources": 5}', b'{"resources": [5]}', b"[" * 200_000, b"\xff"]
)
def test_a_datapackage_that_makes_no_sense_is_told_and_the_pages_are_read(tmp_path, data):
    found = read(tmp_path, pack([("archive/a.warc.gz", warc()), ("datapackage.json", data)]))
    assert bodies(found) == [HTML]
    ((_, reason),) = told(found)
    assert reason.startswith("its datapackage.json cannot be read")


def test_a_damaged_datapackage_costs_no_page(tmp_path):
    content = bytearray(pack([("archive/a.warc.gz", warc()), ("datapackage.json", b"{}")]))
    content[content.index(b"datapackage.json")] = 0x78
    found = read(tmp_path, bytes(content))
    assert bodies(found) == [HTML]
    ((_, reason),) = told(found)
    assert reason.startswith("its datapackage.json cannot be read")


def test_a_datapackage_of_another_form_is_no_problem(tmp_path):
    data = {"resources": [{"path": "archive/a.warc.gz", "stats": {"hash": "12", "bytes": 0}}]}
    files = [("archive/a.warc.gz", warc()), ("datapackage.json", json.dumps(data))]
    assert len(read(tmp_path, pack(files))) == 1


NAMES = [
    "../../archive/out.warc.gz",
    "/archive/root.warc.gz",
    "C:\\archive\\drive.warc.gz",
    "archive/a.warc.gz",
    "archive/A.WARC.GZ",
    "archive/line\nbreak.warc.gz",
    "archive/" + "long" * 500 + ".warc.gz",
]


def test_names_are_never_used_as_paths(tmp_path):
    link = zipfile.ZipInfo("archive/link.warc.gz")
    link.external_attr = 0o120777 << 16  # a symbolic link, were it unpacked
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in NAMES:
            archive.writestr(zipfile.ZipInfo(name), warc())
        archive.writestr(link, b"/etc/passwd")
    before = sorted(path for path in tmp_path.rglob("*"))
    found = read(tmp_path, file.getvalue())
    assert bodies(found) == [HTML] * len(NAMES)
    assert [reason for _, reason in told(found)] == ["bytes that are no record"]
    after = sorted(path for path in tmp_path.rglob("*"))
    assert set(after) - set(before) == {tmp_path / "in", tmp_path / "in" / "site.wacz"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_two_files(tmp_path):
    files = [("archive/a.warc.gz", warc(HTML + b"1")), ("archive/a.warc.gz", warc(HTML + b"2"))]
    assert bodies(read(tmp_path, pack(files))) == [HTML + b"1", HTML + b"2"]


def test_a_bomb_is_stopped_by_what_comes_out_of_it(tmp_path):
    bomb = pack([("archive/a.warc", b"WARC/1.0 " + bytes(80_000_000))], zipfile.ZIP_DEFLATED)
    found = read(tmp_path, bomb)
    assert bodies(found) == []
    assert ("in/site.wacz, archive/a.warc", "unpacks to more than 200 times its size") in told(
        found
    )


def test_entries_that_share_their_packed_bytes_are_never_unpacked(tmp_path):
    """Each of them alone would pass; together they would unpack the same bytes sixty times."""
    single = pack([("archive/a.warc", b"WARC/1.0 " + bytes(9_000_000))], zipfile.ZIP_DEFLATED)
    directory = single.index(b"PK\x01\x02")
    end = single.index(b"PK\x05\x06")
    entry = single[directory:end]
    many = single[:directory] + entry * 60
    many += b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 60, 60, len(entry) * 60, directory, 0)
    found = read(tmp_path, many)
    assert bodies(found) == []
    reasons = [reason for _, reason in told(found)]
    assert len(reasons) == 60
    assert all("shares its bytes with another entry" in reason for reason in reasons)


@pytest.mark.parametrize(("size", "expected"), [(1, []), (2**31, [HTML])])
def test_an_entry_that_lies_about_its_size_does_no_harm(tmp_path, size, expected):
    content = bytearray(pack([("archive/a.warc.gz", warc())], zipfile.ZIP_DEFLATED))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", size)
    content[22:26] = struct.pack("<I", size)
    found = read(tmp_path, bytes(content))
    assert bodies(found) == expected
    assert bool(told(found)) == (expected == [])


def test_a_flipped_byte_in_an_entry_is_told(tmp_path):
    content = bytearray(pack([("archive/a.warc.gz", warc()), ("archive/b.warc.gz", warc())]))
    content[content.index(b"\x1f\x8b") + 60] ^= 0xFF
    found = read(tmp_path, bytes(content))
    assert bodies(found) == [HTML]
    assert any(where.startswith("in/site.wacz, archive/a.warc.gz") for where, _ in told(found))


def test_an_encrypted_entry_is_told(tmp_path):
    content = bytearray(pack([("archive/a.warc.gz", warc()), ("archive/b.warc.gz", warc())]))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    found = read(tmp_path, bytes(content))
    assert bodies(found) == [HTML]
    assert "encrypted" in told(found)[0][1]


def test_too_many_entries_are_refused_before_they_are_listed(tmp_path):
    content = pack([("archive/a.warc.gz", warc())])
    end = content.index(b"PK\x05\x06")
    lying = content[: end + 12] + struct.pack("<I", ZIP_DIRECTORY_BYTES + 1) + content[end + 16 :]
    ((where, reason),) = told(read(tmp_path, lying))
    assert (where, reason) == ("in/site.wacz", "no readable ZIP file (too many entries)")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"not at all", b"PK\x05\x06"])
def test_what_is_no_zip_file_is_told(tmp_path, content):
    ((_, reason),) = told(read(tmp_path, content))
    assert reason.startswith("no readable ZIP file")


def test_every_cut_of_a_wacz_is_told(tmp_path):
    whole = pack(package([("archive/a.warc.gz", warc())]))
    for end in range(0, len(whole), 7):
        assert told(read(tmp_path, whole[:end])) != []


def test_a_wacz_without_warc_files_is_told_and_another_zip_is_skipped(tmp_path):
    content = pack([("docs/a.txt", b"a")])
    assert read(tmp_path, content, "a.wacz")[0].kind == "quarantine"
    assert read(tmp_path, content, "a.zip")[0].kind == "skip"
