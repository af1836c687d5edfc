"""How does input become records? Real folders, the real readers, extraction in real children."""

import gzip
import json
import os
import zlib
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from corpus import (
    Archive,
    ArchiveError,
    ImportProgress,
    Page,
    Problem,
    UnreadableInput,
    import_pages,
    retry_quarantine,
)
from corpus.importing import import_items
from corpus.sandbox import Sandbox
from search_app.cli import main

TOWNS = ["دير الزور", "الميادين", "حلب", "حمص", "إدلب", "الرقة", "حماة", "درعا"]


def article(town, number=0):
    """A page with a menu, an article of its own words, and a footer. In Arabic: children would load
    the model that tells Latin languages apart, and need twice the time."""
    text = "".join(
        f"<p>قال سكان الحي إن {thing} في {town} عاد إلى العمل في اليوم {number}، بعد عام كامل.</p>"
        for thing in ("الجسر القديم", "مدرسة البنات", "مطحنة القمح", "موقف الحافلات", "المشفى")
    )
    return (
        f"<html><head><title>عودة في {town} {number}</title></head><body>"
        "<nav><ul><li><a href=/>الرئيسية</a></li><li><a href=/about/>من نحن</a></li></ul></nav>"
        f"<article><h1>عودة في {town} {number}</h1>{text}</article>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    )


def save(folder, *rows):
    """A folder of pages with its table; a row is (file, url, captured, html)."""
    folder.mkdir(exist_ok=True)
    lines = ["file,url,captured,content_type"]
    for file, url, captured, html in rows:
        (folder / file).write_text(html, "utf-8")
        lines.append(f"{file},{url},{captured},text/html")
    (folder / "pages.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def eight_pages(folder):
    return save(
        folder,
        *[
            (f"{n}.html", f"https://news.example/{n}/", f"2014-06-1{n}T08:00:00Z", article(town, n))
            for n, town in enumerate(TOWNS)
        ],
    )


def folder_bytes(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def adds_up(report):
    assert sum(count for _, count in report.kinds) == (
        report.imported + report.duplicate + report.not_article
    )
    said_why = report.not_article + report.quarantined + report.skipped
    assert sum(count for _, count in report.reasons) == said_why
    return report


def test_a_folder_becomes_records_with_their_provenance(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    with Archive(tmp_path / "var") as archive:
        report = adds_up(import_pages(archive, [pages]))
        records = list(archive.records())
        assert (report.imported, report.total) == (8, 8)
        assert [record.url for record in records] == [
            f"https://news.example/{n}/" for n in range(8)
        ]
        assert "الجسر القديم في حمص عاد" in records[3].text
        assert records[3].provenance.captured == datetime(2014, 6, 13, 8, tzinfo=UTC)
        original = archive.original(records[3].provenance.sha256)
        assert original == (pages / "3.html").read_bytes()
        assert archive.verify() == []


def test_one_path_may_be_given_as_it_is(tmp_path):
    with Archive(tmp_path / "var") as archive:
        assert import_pages(archive, eight_pages(tmp_path / "pages")).imported == 8


def test_a_page_saved_six_times_is_one_record_with_six_captures(tmp_path):
    rows = [
        (f"{n}.html", "https://news.example/a/", f"2014-06-1{n}T08:00:00Z", article("حمص"))
        for n in range(6)
    ]
    with Archive(tmp_path / "var") as archive:
        report = import_pages(archive, [save(tmp_path / "pages", *rows)])
        (record,) = archive.records()
        assert (report.imported, report.duplicate) == (1, 5)
        assert record.captures == len(archive.captures(record.id)) == 6


def test_a_changed_page_keeps_its_id_and_its_old_version(tmp_path):
    old = ("a.html", "https://news.example/a/", "2014-06-10T08:00:00Z", article("حمص", 1))
    new = ("b.html", "https://news.example/a/", "2015-01-01T08:00:00Z", article("حمص", 2))
    with Archive(tmp_path / "var") as archive:
        import_pages(archive, [save(tmp_path / "first", old)])
        (before,) = archive.records()
        assert import_pages(archive, [save(tmp_path / "second", new)]).imported == 1
        (after,) = archive.records()
        assert after.id == before.id
        assert ("اليوم 1" in before.text, "اليوم 2" in after.text) == (True, True)
        assert [v.text for v in archive.versions(after.id)] == [before.text, after.text]


def test_importing_twice_finds_only_duplicates_and_changes_nothing(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    with Archive(tmp_path / "var") as archive:
        import_pages(archive, [pages])
        digest = archive.digest()
        report = import_pages(archive, [pages])
        assert (report.duplicate, report.total, report.run) == (8, 8, 2)
        assert archive.digest() == digest
        assert archive.counts()["captures"] == 8


def test_what_cannot_be_read_is_counted_with_its_reason_and_the_rest_goes_on(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    whole = gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" * 50)
    (pages / "cut.warc.gz").write_bytes(whole[: len(whole) // 2])
    (pages / "empty.html").write_bytes(b"")
    os.mkfifo(pages / "pipe.html")
    with Archive(tmp_path / "var") as archive:
        first = adds_up(import_pages(archive, [pages]))
        assert first.imported == 8
        assert first.quarantined + first.skipped + first.not_article >= 3
        held = archive.quarantine()
        assert any("cut.warc.gz" in item.where for item in held)
        second = adds_up(import_pages(archive, [pages]))
        assert second.duplicate == 8
        assert second.reasons == first.reasons
        assert archive.quarantine() == held


def test_a_fault_of_a_file_leaves_the_quarantine_when_the_whole_file_comes(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    record = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://news.example/w/\r\n"
        b"WARC-Date: 2014-06-12T08:00:00Z\r\nContent-Type: text/html\r\n"
        b"Content-Length: %d\r\n\r\n%s"
    )
    html = article("حمص", 9).encode()
    whole = gzip.compress(record % (len(html), html) + b"\r\n\r\n")
    (pages / "a, b.warc.gz").write_bytes(whole[: len(whole) // 2])
    (pages / "other.warc").write_bytes(b"no WARC")
    table = (pages / "pages.csv").read_text()
    (pages / "pages.csv").write_text(table + "gone.html,https://news.example/gone/,,\n")
    with Archive(tmp_path / "var") as archive:
        import_pages(archive, [pages])
        assert {item.where.rpartition(", ")[0] or item.where for item in archive.quarantine()} == {
            "pages/a, b.warc.gz",
            "pages/other.warc",
            "pages/pages.csv",
        }
        (pages / "a, b.warc.gz").write_bytes(whole)
        import_pages(archive, [pages / "a, b.warc.gz"])
        assert [item.where for item in archive.quarantine() if "a, b" in item.where] == []
        assert any(record.url == "https://news.example/w/" for record in archive.records())
        (pages / "pages.csv").write_text(table)
        import_pages(archive, [pages])
        assert {item.where.split(", ")[0] for item in archive.quarantine()} == {"pages/other.warc"}


def test_a_stopped_import_takes_no_fault_back(tmp_path):
    """What a table names and is not there is known at the end of the folder."""
    pages = eight_pages(tmp_path / "pages")
    table = (pages / "pages.csv").read_text()
    (pages / "pages.csv").write_text(table + "gone.html,https://news.example/gone/,,\n")
    asked = iter([False] * 4)
    with Archive(tmp_path / "var") as archive:
        import_pages(archive, [pages])
        held = archive.quarantine()
        import_pages(archive, [pages], stop=lambda: next(asked, True))
        assert archive.quarantine() == held != []


def test_the_report_tells_kinds_samples_and_sites(tmp_path):
    feed = ("f.html", "https://news.example/feed/", "2014-06-10T08:00:00Z", "<rss></rss>")
    late = ("b.html", "https://news.example/1/", "2015-01-01T08:00:00Z", article("حمص", 22))
    letters = article("إدلب", 30).replace("<head>", "<head><meta charset=iso-8859-1>")
    lies = ("c.html", "https://hill.example/", "2015-01-01T08:00:00Z", letters)
    with Archive(tmp_path / "var") as archive:
        items = []
        first = adds_up(import_pages(archive, eight_pages(tmp_path / "pages")))
        report = adds_up(
            import_pages(archive, [save(tmp_path / "x", feed, late, lies)], on_item=items.append)
        )
    assert [item.title for item in first.samples] == [f"عودة في {TOWNS[n]} {n}" for n in range(3)]
    assert (report.imported, report.changed, report.not_article) == (2, 1, 1)
    assert report.kinds == (("article", 2), ("feed", 1))
    assert {(item.where, item.outcome, item.kind) for item in report.samples} == {
        ("https://news.example/1/", "changed", "article"),
        ("https://hill.example/", "new", "article"),
        ("https://news.example/feed/", "not_article", "feed"),
    }
    assert [(site.name, site.new, site.changed, site.repaired) for site in report.sites] == [
        ("hill.example", 1, 0, 1),
        ("news.example", 0, 1, 0),
    ]
    assert {item.why for item in items if item.outcome == "changed"} == {
        "the page says something else than before"
    }


def test_a_path_that_is_not_there_stops_everything_before_it_begins(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    with Archive(tmp_path / "var") as archive:
        with pytest.raises(UnreadableInput):
            import_pages(archive, [pages, tmp_path / "nowhere"])
        assert archive.counts()["imports"] == 0


def test_progress_tells_what_is_stored(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    with Archive(tmp_path / "var") as archive:
        seen = []

        def look(progress):
            seen.append((progress, archive.counts()["captures"]))

        import_pages(archive, [pages], on_progress=look)
        assert all(progress.done == stored for progress, stored in seen)
        assert seen[-1] == (ImportProgress(done=8, total=None, quarantined=0, part=1.0), 8)


def test_a_stopped_import_goes_on_where_it_was(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    asked = iter([False, False, False, True])
    with Archive(tmp_path / "var") as archive, Archive(tmp_path / "undisturbed") as undisturbed:
        report = import_pages(archive, [pages], stop=lambda: next(asked))
        assert report.imported == 3
        assert import_pages(archive, [pages]).imported == 5
        import_pages(undisturbed, [pages])
        assert archive.digest() == undisturbed.digest()


def test_a_dry_run_counts_the_same_and_leaves_no_trace(tmp_path):
    first = save(
        tmp_path / "first",
        ("a.html", "https://news.example/a/", "2014-06-10T08:00:00Z", article("حمص", 1)),
    )
    pages = eight_pages(tmp_path / "pages")
    save(
        tmp_path / "pages" / "more",
        ("a.html", "https://news.example/a/", "2014-06-10T08:00:00Z", article("حمص", 1)),
        ("b.html", "https://news.example/a/", "2014-06-11T08:00:00Z", article("حمص", 2)),
        ("c.html", "https://news.example/a/", "2014-06-12T08:00:00Z", article("حمص", 2)),
    )
    (pages / "empty.html").write_bytes(b"")
    with Archive(tmp_path / "var") as archive:
        import_pages(archive, [first])
    before = folder_bytes(tmp_path / "var")
    with Archive(tmp_path / "var") as archive:
        digest = archive.digest()
        dry = import_pages(archive, [pages], dry_run=True)
        assert (archive.digest(), archive.counts()["imports"]) == (digest, 1)
    assert folder_bytes(tmp_path / "var") == before
    with Archive(tmp_path / "var") as archive:
        assert import_pages(archive, [pages]) == dry
        assert (dry.imported, dry.duplicate) == (9, 2)


def test_two_imports_at_once_the_second_is_told_who_runs(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    refused = []
    with Archive(tmp_path / "var") as archive, Archive(tmp_path / "var") as other:

        def try_another(progress):
            with pytest.raises(ArchiveError) as caught:
                import_pages(other, [pages])
            refused.append(str(caught.value))

        assert import_pages(archive, [pages], on_progress=try_another).imported == 8
        assert import_pages(other, [pages]).duplicate == 8
    assert f"Another import is running (process {os.getpid()})" in refused[0]


def test_hostile_pages_go_to_quarantine_and_may_be_tried_again(tmp_path, monkeypatch):
    (tmp_path / "rules.py").write_text(
        "import threading\n"
        "from corpus import extract\n"
        "def early(page):\n"
        "    if 'حلب'.encode() in page.content:\n"
        "        threading.Event().wait()\n"
        "    if 'حمص'.encode() in page.content:\n"
        "        parts = [bytearray(2**24) for _ in range(1000)]\n"
        "    return extract(page)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    june = datetime(2014, 6, 12, tzinfo=UTC)
    items = [
        Page(f"https://news.example/{town.lower()}/", article(town).encode(), june)
        for town in TOWNS[:5]
    ]
    items.append(Problem("crawl.warc.gz, byte 812", "cut off in the middle"))
    with Archive(tmp_path / "var") as archive:
        report = adds_up(
            import_items(archive, items, Sandbox("rules:early", seconds=2, memory=2**28))
        )
        assert (report.imported, report.quarantined) == (3, 3)
        held = archive.quarantine()
        assert [item.where for item in held[:2]] == [items[2].url, items[3].url]
        assert "longer than 2 s" in held[0].reason
        assert "memory" in held[1].reason
        assert archive.original(held[0].sha256) == items[2].content
        again = adds_up(retry_quarantine(archive))
        assert (again.imported, again.quarantined) == (2, 1)
        assert [item.where for item in archive.quarantine()] == ["crawl.warc.gz, byte 812"]
        assert len(list(archive.records())) == 5


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_shell_imports_lists_and_releases(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    (pages / "empty.warc").write_bytes(b"WARC/1.0\r\nContent-Length: no number\r\n\r\n")
    var = tmp_path / "var"
    dry = run("--var", var, "import", "--dry-run", "--json", pages)
    assert not var.exists()
    done = run("--var", var, "import", "--json", pages)
    assert done.exit_code == 0
    assert json.loads(done.output) == json.loads(dry.output)
    assert json.loads(done.output)["imported"] == 8
    (held,) = json.loads(run("--var", var, "quarantine", "--json").output)
    assert "released" in run("--var", var, "quarantine", "--release", held["id"]).output
    assert "0 in quarantine" in run("--var", var, "quarantine").output
    missing = run("--var", var, "quarantine", "--release", held["id"])
    assert (missing.exit_code, "Traceback" in missing.output) == (1, False)
    assert json.loads(run("--var", var, "status", "--json").output)["records"] == 8


def test_the_shell_verifies_every_byte(tmp_path):
    pages = eight_pages(tmp_path / "pages")
    var = tmp_path / "var"
    run("--var", var, "import", pages)
    assert "There is no index" in run("--var", var, "verify").output
    assert run("--var", var, "index").exit_code == 0
    assert "Whole: 8 records" in run("--var", var, "verify").output
    original = (pages / "2.html").read_bytes()
    with Archive(var) as archive:
        digest = list(archive.records())[2].provenance.sha256
        assert archive.original(digest) == original
    path = var / "archive.sqlite"
    content = bytearray(path.read_bytes())
    content[content.index(zlib.compress(original)) + 40] ^= 1
    path.write_bytes(content)
    verified = run("--var", var, "verify")
    assert verified.exit_code == 1
    assert f"original {digest} is damaged" in verified.output


def test_the_shell_tells_what_is_wrong_in_one_line(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "archive.sqlite").write_bytes(b"no database at all, but text " * 99)
    for command in (["status"], ["verify"], ["quarantine"], ["import", tmp_path]):
        told = run("--var", tmp_path / "var", *command)
        assert told.exit_code == 1
        assert told.output.startswith("Error: The archive")
        assert told.output.count("\n") == 1
