"""Does a folder of files give one outcome for each of them, whatever they are?"""

import gzip
import os
import socket
import unicodedata
from datetime import UTC, datetime

import pytest

from corpus.errors import UnreadableInput
from corpus.readers import read_items, read_pages
from corpus.values import Page, Problem

HTML = b"<!doctype html><html><title>Bread</title><p>The bakery opened again.</p></html>"


def pages(path):
    return [item for item in read_items(path) if isinstance(item, Page)]


def problems(path):
    return [item for item in read_items(path) if isinstance(item, Problem)]


def only(items):
    (item,) = items
    return item


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_files_come_in_the_order_of_their_names(tmp_path):
    write(tmp_path / "in", {"b.html": HTML, "a/2.htm": HTML, "a/1.xhtml": HTML, "c": HTML})
    assert [page.url for page in pages(tmp_path / "in")] == [
        "file:///in/a/1.xhtml",
        "file:///in/a/2.htm",
        "file:///in/b.html",
        "file:///in/c",
    ]


def test_without_a_table_a_page_was_captured_when_its_file_was_written(tmp_path):
    write(tmp_path, {"a.html": HTML})
    os.utime(tmp_path / "a.html", (1_402_564_200, 1_402_564_200))
    page = only(pages(tmp_path))
    assert page.captured == datetime(2014, 6, 12, 9, 10, tzinfo=UTC)
    assert (page.content, page.content_type) == (HTML, "text/html")


def test_the_address_of_a_file_tells_nothing_of_this_machine(tmp_path):
    write(tmp_path / "saved", {"a b.html": HTML})
    assert only(pages(tmp_path / "saved")).url == "file:///saved/a%20b.html"
    assert only(pages(tmp_path / "saved" / "a b.html")).url == "file:///saved/a%20b.html"


def test_the_table_gives_address_time_and_type(tmp_path):
    table = (
        "file,url,captured,content_type\n"
        "a.html,https://example.org/a,2014-06-12T09:30:00+03:00,text/html; charset=windows-1256\n"
        "b.html,https://example.org/b,20140613101500,\n"
        "sub/c.html,https://example.org/c,2014-06-14,\n"
    )
    write(tmp_path, {"pages.csv": table, "a.html": HTML, "b.html": HTML, "sub/c.html": HTML})
    found = list(read_items(tmp_path))
    assert [(page.url, page.captured.isoformat(), page.content_type) for page in found] == [
        ("https://example.org/a", "2014-06-12T06:30:00+00:00", "text/html; charset=windows-1256"),
        ("https://example.org/b", "2014-06-13T10:15:00+00:00", "text/html"),
        ("https://example.org/c", "2014-06-14T00:00:00+00:00", "text/html"),
    ]


def test_a_table_in_a_folder_below_speaks_of_the_files_beside_it(tmp_path):
    table = "file,url\na.html,https://example.org/below\n"
    write(tmp_path, {"a.html": HTML, "below/pages.csv": table, "below/a.html": HTML})
    assert [page.url for page in pages(tmp_path)][1] == "https://example.org/below"
    assert problems(tmp_path) == []


def test_one_file_alone_uses_the_table_beside_it(tmp_path):
    table = "file,url\na.html,https://example.org/a\nb.html,https://example.org/b\n"
    write(tmp_path, {"pages.csv": table, "a.html": HTML, "b.html": HTML})
    found = only(read_items(tmp_path / "b.html"))
    assert found.url == "https://example.org/b"


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path):
    table = "\ufefffile;url\r\n2014\\a.html;https://example.org/a\r\n"
    write(tmp_path, {"pages.csv": table, "2014/a.html": HTML})
    assert only(read_items(tmp_path)).url == "https://example.org/a"


def test_a_table_finds_its_file_in_either_form_of_unicode(tmp_path):
    name = "آذار.html"
    assert unicodedata.normalize("NFD", name) != name
    table = f"file,url\n{name},https://example.org/a\n"
    write(tmp_path, {"pages.csv": table, unicodedata.normalize("NFD", name): HTML})
    assert only(read_items(tmp_path)).url == "https://example.org/a"


def test_rows_that_lead_nowhere_are_told(tmp_path):
    table = (
        "file,url,captured\na.html,https://example.org/a,yesterday\nlost.html,,\n,x,\na.html,,\n"
    )
    write(tmp_path / "in", {"pages.csv": table, "a.html": HTML})
    assert only(pages(tmp_path / "in")).url == "https://example.org/a"
    assert [(problem.where, problem.reason) for problem in problems(tmp_path / "in")] == [
        ("in/pages.csv, line 2", "no time: 'yesterday'; write 2014-06-12T09:30:00Z"),
        ("in/pages.csv, line 4", "row names no file"),
        ("in/pages.csv, line 5", "names a file a second time: a.html"),
        ("in/pages.csv, line 3", "names a file that is not there: lost.html"),
    ]


@pytest.mark.parametrize(
    "table", [b"name,url\na.html,x\n", "file,url\nا.html,x\n".encode("cp1256"), b"file,url\n\0\0"]
)
def test_an_unreadable_table_is_told_and_the_files_are_read(tmp_path, table):
    write(tmp_path / "in", {"pages.csv": table, "a.html": HTML})
    assert only(pages(tmp_path / "in")).url == "file:///in/a.html"
    assert problems(tmp_path / "in")[0].where.startswith("in/pages.csv")


def test_a_table_without_end_is_read_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.readers.table.TABLE_ROWS", 3)
    table = "file,url\na.html,https://example.org/a\n" + "a.html,\n" * 99
    write(tmp_path / "in", {"pages.csv": table, "a.html": HTML})
    assert only(pages(tmp_path / "in")).url == "https://example.org/a"
    told = [problem.reason for problem in problems(tmp_path / "in")]
    assert len(told) == 3
    assert told[-1] == "more than 3 rows: what follows is not read"


def test_a_table_of_too_many_columns_is_told_and_the_files_are_read(tmp_path):
    write(tmp_path / "in", {"pages.csv": "file" + ",x" * 2_000 + "\na.html\n", "a.html": HTML})
    assert only(pages(tmp_path / "in")).url == "file:///in/a.html"
    assert only(problems(tmp_path / "in")).reason == "table has more than 1000 columns"


def test_a_page_of_the_wayback_machine_was_captured_when_its_address_says(tmp_path):
    url = "https://web.archive.org/web/20130504101500id_/http://example.org/a"
    write(tmp_path, {"pages.csv": f"file,url\na.html,{url}\n", "a.html": HTML})
    page = only(read_items(tmp_path))
    assert (page.url, page.captured) == (url, datetime(2013, 5, 4, 10, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.php?p=12", b"\n<!-- saved -->\n<HTML><p>a</p>"),
        ("page", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html/>'),
        ("saved.xml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("utf16", "<html><p>سوريا</p></html>".encode("utf-16")),
        ("fragment.html", "<p>خبر</p>".encode("cp1256")),
    ],
)
def test_what_looks_like_html_is_a_page(tmp_path, name, content):
    write(tmp_path, {name: content})
    assert only(read_items(tmp_path)).content == content


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0JFIF", "no page: a file of another kind"),
        ("notes.txt", b"The page <html> is here", "no page: a file of another kind"),
        ("empty", b"", "no page: a file of another kind"),
        ("map.xml", b"<?xml version='1.0'?><urlset/>", "XML that is no WordPress export"),
        ("a.json", b'{"name": "package"}', "JSON that is no WordPress post"),
        ("backup.tar.zst", b"\x28\xb5\x2f\xfd more", "no page: a file of another kind"),
        ("docs.zip", b"PK\x05\x06" + bytes(18), "ZIP file without WARC files"),
    ],
)
def test_what_is_no_page_is_skipped_with_a_reason(tmp_path, name, content, reason):
    write(tmp_path, {name: content})
    found = only(read_items(tmp_path))
    assert (found.kind, found.reason) == ("skip", reason)


def test_xml_with_a_document_type_is_never_parsed(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boo"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    write(tmp_path, {"bomb.xml": bomb})
    found = only(read_items(tmp_path))
    assert (found.kind, "DTD" in found.reason) == ("quarantine", True)


def test_a_page_packed_with_gzip_is_unpacked(tmp_path):
    write(tmp_path, {"a.html.gz": gzip.compress(HTML[:20]) + gzip.compress(HTML[20:])})
    assert only(read_items(tmp_path)).content == HTML


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(b"<html>" + bytes(12_000_000)), "page larger than 10 MB"),
        (gzip.compress(HTML)[:-12], "damaged gzip file (the compressed data ends early)"),
        (gzip.compress(os.urandom(90_000))[:60_000] + bytes(9), "damaged gzip file"),
        (b"<html>" + b" " * 10_000_000, "page larger than 10 MB"),
        (b" \n", "empty file"),
    ],
)
def test_a_file_that_cannot_be_a_page_is_quarantined(tmp_path, content, reason):
    write(tmp_path, {"a.html": content})
    found = only(read_items(tmp_path))
    assert found.kind == "quarantine"
    assert found.reason.startswith(reason)


@pytest.mark.parametrize("name", ["a.warc.gz", "a.arc.gz", "a.json.gz", "a.warc", "a.wacz"])
@pytest.mark.parametrize("content", [b"", bytes(9000), b"\x1f\x8b\x00 no gzip after all"])
def test_what_claims_to_hold_pages_and_cannot_be_read_is_quarantined(tmp_path, name, content):
    write(tmp_path, {name: content})
    assert only(read_items(tmp_path)).kind == "quarantine"


def test_pipes_sockets_and_links_end_nothing(tmp_path, monkeypatch):
    write(tmp_path / "in", {"z.html": HTML, "sub/x.html": HTML})
    monkeypatch.chdir(tmp_path / "in")
    os.mkfifo("pipe.html")
    os.symlink("/dev/zero", "zero.html")
    os.symlink("loop.html", "loop.html")
    os.symlink("..", "up")
    os.symlink("gone", "dangling.html")
    os.symlink("z.html", "linked.html")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        found = list(read_items(tmp_path / "in"))
    assert [item.url for item in found if isinstance(item, Page)] == [
        "file:///in/linked.html",
        "file:///in/sub/x.html",
        "file:///in/z.html",
    ]
    told = {item.where: (item.kind, item.reason) for item in found if isinstance(item, Problem)}
    assert told == {
        "in/pipe.html": ("skip", "no file: a pipe, socket or device"),
        "in/zero.html": ("skip", "no file: a pipe, socket or device"),
        "in/socket": ("skip", "no file: a pipe, socket or device"),
        "in/up": ("skip", "link to a folder: not followed"),
        "in/dangling.html": ("quarantine", "cannot be read (No such file or directory)"),
        "in/loop.html": ("quarantine", "cannot be read (Too many levels of symbolic links)"),
    }


def test_a_folder_that_is_named_by_a_link_is_followed(tmp_path):
    write(tmp_path / "in", {"a.html": HTML})
    os.symlink(tmp_path / "in", tmp_path / "link")
    assert only(read_items(tmp_path / "link")).url == "file:///link/a.html"


def test_a_pipe_under_the_name_of_the_table_ends_nothing(tmp_path):
    write(tmp_path / "in", {"z.html": HTML})
    os.mkfifo(tmp_path / "in" / "pages.csv")
    assert [item.where for item in problems(tmp_path / "in")] == ["in/pages.csv"]
    assert only(pages(tmp_path / "in")).url == "file:///in/z.html"


def test_a_name_in_another_encoding_is_a_name_all_the_same(tmp_path):
    (tmp_path / "in").mkdir()
    name = os.fsencode(tmp_path / "in") + "/خبر.html".encode("cp1256")
    with open(name, "wb") as file:
        file.write(HTML)
    assert only(read_items(tmp_path / "in")).url == "file:///in/%CE%C8%D1.html"
    with open(name, "wb"):
        pass
    told = only(read_items(tmp_path / "in"))
    assert told.where == "in/\\udcce\\udcc8\\udcd1.html"
    assert told.where.encode()


def test_an_input_that_is_not_there_is_told_at_once(tmp_path):
    with pytest.raises(UnreadableInput, match="gone"):
        read_items(tmp_path / "gone")
    with pytest.raises(UnreadableInput, match="gone"):
        read_pages(str(tmp_path / "gone"))


def test_an_input_that_is_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableInput, match="neither a file nor a folder"):
        read_items(tmp_path / "pipe")


def test_read_pages_gives_the_pages_alone(tmp_path):
    write(tmp_path, {"a.html": HTML, "b.jpg": b"\xff\xd8", "c.html": b""})
    assert [page.content for page in read_pages(str(tmp_path))] == [HTML]


def test_an_empty_folder_holds_nothing(tmp_path):
    assert list(read_items(tmp_path)) == []
