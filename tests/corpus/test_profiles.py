"""Are sites learned, kept and used, whatever stops an import? Real pages, real children."""

import hashlib
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import (
    Archive,
    ArchiveError,
    Page,
    Provenance,
    Record,
    Shared,
    Site,
    import_pages,
    read_again,
    relearn_site,
)
from corpus.extraction.urls import record_id
from corpus.importing import import_items
from corpus.sandbox import Sandbox
from corpus.store.database import SCHEMA
from corpus.store.profiles import SAMPLE_PAGES, rules_digest

JUNE = datetime(2014, 6, 12, tzinfo=UTC)
SLOGAN = "يعمل مكتب التوثيق في وادي الفرات بجهود المتطوعين من أبناء القرى."
PLACES = ["الجسر", "المدرسة", "المطحنة", "الموقف", "المشفى", "السوق", "البئر", "الساحة", "المخبز"]
DEEDS = ["عاد", "وصل", "توقف", "بقي", "انتقل", "رجع", "خرج", "دخل", "مضى", "جلس", "نزل"]


def article(number, slogan=SLOGAN):
    """A page with its own words, and a line that all pages of its site have."""
    words = "".join(
        f"<p>{DEEDS[(number * 7 + n) % 11]} أهل {PLACES[(number + n * 5) % 9]} رقم {number * n} إلى"
        f" {PLACES[(number * 3 + n) % 9]} بعد {number + n} يوماً من الانتظار على طريق القرية.</p>"
        for n in range(4)
    )
    return (
        f"<html><head><title>يوم {number}</title></head><body><article><h1>يوم {number}</h1>"
        f"{words}<p>{slogan}</p></article></body></html>"
    )


def save(folder, numbers, host="valley.example", slogan=SLOGAN):
    """A folder of such pages with its table."""
    folder.mkdir(exist_ok=True)
    lines = ["file,url,captured"]
    for n in numbers:
        (folder / f"{n}.html").write_text(article(n, slogan), "utf-8")
        lines.append(f"{n}.html,https://{host}/{n}/,2014-06-12T08:00:{n % 60:02d}Z")
    (folder / "pages.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def with_slogan(archive):
    return sum(SLOGAN in record.text for record in archive.records())


def contents(archive):
    return (
        [(r.url, r.text, r.removed) for r in archive.records()],
        [[v.text for v in archive.versions(r.id)] for r in archive.records()],
        archive.sites(),
        archive.digest(),
    )


@pytest.fixture(scope="module")
def twelve(tmp_path_factory):
    return save(tmp_path_factory.mktemp("twelve") / "pages", range(12))


@pytest.fixture(scope="module")
def imported_once(twelve, tmp_path_factory):
    """The folder of an archive of these pages, and what its import said of each item."""
    folder, items = tmp_path_factory.mktemp("imported"), []
    with Archive(folder) as archive:
        report = import_pages(archive, twelve, on_item=items.append)
    return folder, report, items


@pytest.fixture
def archive(imported_once, tmp_path):
    """A copy of that archive."""
    shutil.copytree(imported_once[0], tmp_path / "var")
    with Archive(tmp_path / "var") as opened:
        yield opened


def test_a_site_is_learned_at_the_end_and_its_pages_are_read_with_it(imported_once, archive):
    _, report, items = imported_once
    (status,) = archive.site_statuses()
    assert (report.imported, report.total) == (12, 12)
    assert (report.learned, report.reread, report.corrected) == (("valley.example",), 12, 12)
    assert SLOGAN in [line.text for line in status.site.lines]
    assert (status.state, status.pages, status.read, status.run) == ("learned", 12, 12, 1)
    assert with_slogan(archive) == 0
    assert archive.verify() == []
    assert [item.read for item in items] == ["first"] * 12 + ["profile"] * 12


def test_too_few_pages_teach_nothing(tmp_path):
    with Archive(tmp_path / "var") as archive:
        report = import_pages(archive, save(tmp_path / "pages", range(9)))
        assert (report.learned, archive.sites(), with_slogan(archive)) == ((), [], 9)


def test_what_was_read_with_the_same_profile_is_not_read_again(twelve, archive):
    before, items = contents(archive), []
    report = import_pages(archive, twelve, on_item=items.append)
    assert (report.duplicate, report.reread, report.learned) == (12, 0, ())
    assert contents(archive) == before
    assert {item.read for item in items} == {"known"}


def test_a_page_that_comes_later_is_read_with_the_profile_at_once(archive, tmp_path):
    report = import_pages(archive, save(tmp_path / "later", [50]))
    assert (report.imported, report.reread, report.learned) == (1, 0, ())
    assert with_slogan(archive) == 0


def test_a_site_that_has_outgrown_its_profile_is_learned_anew(archive, tmp_path):
    other = "تصل نشرة الوادي إلى قرائها في كل يوم خميس من الأسبوع."
    report = import_pages(archive, save(tmp_path / "more", range(20, 40), slogan=other))
    assert report.learned == ("valley.example",)
    assert {SLOGAN, other} <= {line.text for line in archive.sites()[0].lines}
    assert not any(other in record.text for record in archive.records())


def test_what_a_person_decided_is_never_learned_over(twelve, tmp_path):
    kept = Site("valley.example", 12, (Shared(SLOGAN, 12, keep=True),), confirmed=True)
    with Archive(tmp_path / "var") as archive:
        archive.put_site(kept, "confirmed")
        report = import_pages(archive, [twelve, save(tmp_path / "more", range(20, 60))])
        assert (report.learned, archive.sites()) == ((), [kept])
        assert with_slogan(archive) == 52


def test_a_dry_run_learns_and_reads_again_as_the_import_will(imported_once, twelve, tmp_path):
    with Archive(tmp_path) as archive:
        assert import_pages(archive, twelve, dry_run=True) == imported_once[1]
        assert (archive.sites(), archive.counts()["records"]) == ([], 0)


@pytest.mark.parametrize("asked", [3, 12, 20])
def test_an_import_stopped_at_any_stage_goes_on_and_ends_the_same(twelve, archive, tmp_path, asked):
    left = iter(range(asked))
    with Archive(tmp_path / "stopped") as stopped:
        import_pages(stopped, twelve, stop=lambda: next(left, None) is None)
        import_pages(stopped, twelve)
        assert contents(stopped) == contents(archive)


def test_a_changed_profile_reads_the_pages_concerned_and_no_others(archive, tmp_path):
    slogan = "أخبار التلة كل صباح من مكتبنا."
    report = import_pages(archive, save(tmp_path / "hill", range(60, 72), "hill.example", slogan))
    assert (report.learned, report.reread) == (("hill.example",), 12)
    assert [(each.name, each.new) for each in report.sites] == [("hill.example", 12)]
    site = archive.site("valley.example")
    archive.put_site(Site(site.name, site.pages))
    assert [(each.site.name, each.read) for each in archive.site_statuses()] == [
        ("hill.example", 12),
        ("valley.example", 0),
    ]
    report = read_again(archive)
    assert (report.total, report.reread, report.corrected) == (0, 12, 12)
    assert with_slogan(archive) == 12
    archive.put_site(site, "confirmed")
    archive.forget_site("hill.example")
    assert read_again(archive).reread == 24
    assert with_slogan(archive) == 0
    assert sum(slogan in record.text for record in archive.records()) == 12


def test_counts_and_examples_are_no_reason_to_read_again():
    site = Site("a.example", 10, (Shared("one", 9, "x"), Shared("two", 8)), container="div.a")
    same = Site("a.example", 40, (Shared("two", 38), Shared("one", 36, "y")), container="div.a")
    kept = Site("a.example", 40, (Shared("two", 38, keep=True), Shared("one", 36)))
    assert rules_digest(site) == rules_digest(same) != rules_digest(kept)
    assert rules_digest(Site("a.example", 10)) == ""


def test_a_site_can_be_learned_anew_over_what_a_person_wrote(archive):
    archive.put_site(Site("valley.example"))
    assert SLOGAN in [line.text for line in relearn_site(archive, "valley.example").lines]
    assert archive.site_statuses()[0].state == "learned"
    with pytest.raises(ArchiveError, match=r"no pages of a site nowhere\.example"):
        relearn_site(archive, "nowhere.example")
    with pytest.raises(ArchiveError, match=r"nowhere\.example"):
        archive.forget_site("nowhere.example")


def test_a_site_that_cannot_be_learned_costs_no_import(tmp_path, monkeypatch):
    (tmp_path / "rules.py").write_text("def learn(pages, name):\n    return {}[name]\n")
    monkeypatch.syspath_prepend(tmp_path)
    pages = [Page(f"https://valley.example/{n}/", article(n).encode(), JUNE) for n in range(12)]
    with Archive(tmp_path / "var") as archive:
        report = import_items(archive, pages, Sandbox(learn="rules:learn"))
        assert (report.imported, report.reread, report.learned) == (12, 0, ())
        assert report.unlearned == (
            ("valley.example", "learning failed: KeyError: 'valley.example'"),
        )
        again = import_items(archive, pages, Sandbox(learn="rules:learn"))
        assert again.unlearned == ()  # it is tried again when the site has grown


def test_what_it_learns_from_is_of_all_the_archive(tmp_path):
    pages = [Page(f"https://valley.example/{n}/", f"<p>{n}</p>".encode(), JUNE) for n in range(500)]
    with Archive(tmp_path) as archive, archive.run([], "1") as run:
        for n, page in enumerate(pages):
            digest = hashlib.sha256(page.content).hexdigest()
            source = Provenance(page.url, JUNE, digest, "generic", "utf-8")
            run.add(page, Record(record_id(page.url), page.url, f"{n}", f"{n}", source))
        run.store()
        sample = list(run.sample("valley.example"))
    assert len(sample) == len(set(sample)) == SAMPLE_PAGES
    assert {int(page.url.split("/")[-2]) // 100 for page in sample} == {0, 1, 2, 3, 4}


@pytest.fixture
def format_1(tmp_path):
    """An archive as the first Kashaf left it: a page, a post, a feed, and two in quarantine."""
    db = sqlite3.connect(tmp_path / "archive.sqlite")
    db.executescript((Path(__file__).parent / "archive_of_format_1.sql").read_text("utf-8"))
    db.close()
    return tmp_path


def test_an_archive_of_the_first_format_opens_and_goes_on(format_1, tmp_path):
    with Archive(format_1, readonly=True) as archive:
        assert (archive.sites(), archive.verify()) == ([], [])
        before, digest = list(archive.records()), archive.digest()
    with Archive(format_1) as archive:
        assert (list(archive.records()), archive.digest()) == (before, digest)
        assert len(archive.quarantine()) == 2
        assert archive.verify() == []
        report = import_pages(archive, save(tmp_path / "pages", range(12)))
        assert (report.imported, report.learned) == (12, ("valley.example",))
        assert archive.verify() == []
    db = sqlite3.connect(format_1 / "archive.sqlite")
    assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert db.execute(
        "SELECT url, site, profile, content_type FROM captures LIMIT 2"
    ).fetchall() == [
        ("https://news.example/bridge/", "news.example", "", "text/html; charset=windows-1256"),
        (
            "https://news.example/ar/well/",
            "news.example/ar",
            None,
            "application/json; type=wp-post",
        ),
    ]
    assert db.execute("SELECT site, kind FROM refusals").fetchall() == [("news.example", "feed")]
    db.close()


def test_tables_brought_up_to_date_are_those_of_a_new_archive(format_1, tmp_path):
    def columns(folder):
        with sqlite3.connect(folder / "archive.sqlite") as db:
            tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            return {
                name: sorted(row[1:] for row in db.execute(f"PRAGMA table_info({name})"))
                for (name,) in tables
            }

    Archive(format_1).close()
    Archive(tmp_path / "new").close()
    assert columns(format_1) == columns(tmp_path / "new")
