"""What is stored?"""

import dataclasses
import hashlib
import os
import random
import sqlite3
import sys
import threading
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from corpus import Archive, ArchiveError, Page, Problem, Provenance, Record, Removed
from corpus.extraction.urls import record_id
from corpus.store.database import SCHEMA
from corpus.store.runs import Verdict

URL = "https://archive.example/2014/06/bridge/"
TEXT = "The old bridge was opened again on Monday.\nفُتح الجسر القديم يوم الاثنين."
JUNE = datetime(2014, 6, 12, 8, 30, tzinfo=UTC)


def record(url=URL, text=TEXT, captured=JUNE, sha256="aa", extractor="1", **others):
    provenance = Provenance(url, captured, sha256, "generic", "utf-8", extractor=extractor)
    values = {"title": "The bridge", "published": datetime(2014, 6, 9)} | others
    return Record(id=record_id(url), url=url, text=text, provenance=provenance, **values)


def day(number):
    return JUNE + timedelta(days=number)


def folder_bytes(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def database(folder):
    return sqlite3.connect(folder / "archive.sqlite", isolation_level=None)


def imported(archive, *pairs, extractor="1"):
    """Items with what became of them, as an import stores them."""
    with archive.run(["here"], extractor) as run:
        for item, answer in pairs:
            run.add(item, answer)
        return run.end()


def page_and_record(content=b"<p>The old bridge</p>", **others):
    page = Page(URL, content, JUNE)
    digest = hashlib.sha256(content).hexdigest()
    return page, record(sha256=digest, **others)


def test_a_record_reads_back_as_it_was(tmp_path):
    given = record(
        author="غيث",
        published=datetime(2014, 6, 9, 20, 15, tzinfo=timezone(timedelta(hours=3))),
        published_text="٩ حزيران ٢٠١٤",
        published_precision="minute",
        modified=datetime(2014, 6, 10),
        lang="ar",
        tags=("جسور", "bridges"),
        source="archive.example",
        confidence=0.75,
        removed=(Removed("share", "شارك"), Removed("comments", "half a pair: \ud83d")),
    )
    with Archive(tmp_path) as archive:
        assert archive.add(given)
        assert list(archive.records()) == [given]
        assert archive.record(given.id) == given
        assert archive.record("0" * 16) is None


def test_what_was_stored_is_there_after_opening_again(tmp_path):
    with Archive(tmp_path / "var" / "deep") as archive:
        archive.add(record())
        digest = archive.digest()
    with Archive(tmp_path / "var" / "deep") as archive:
        assert [found.text for found in archive.records()] == [TEXT]
        assert archive.digest() == digest


def test_only_the_owner_may_look_into_it(tmp_path):
    with Archive(tmp_path / "var"):
        rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "var").iterdir()}
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert set(rights.values()) == {0o600}


def test_a_page_saved_six_times_is_one_record_with_six_captures(tmp_path):
    with Archive(tmp_path) as archive:
        new = [archive.add(record(captured=day(n), sha256=f"a{n}")) for n in range(6)]
        (found,) = archive.records()
        captures = archive.captures(found.id)
    assert new == [True, False, False, False, False, False]
    assert found.captures == 6
    assert [capture.captured for capture in captures] == [day(n) for n in range(6)]
    assert {capture.record_id for capture in captures} == {found.id}


def test_the_same_capture_again_changes_nothing(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record())
        digest = archive.digest()
        assert not archive.add(record())
        assert archive.digest() == digest
        assert archive.counts()["captures"] == 1


def test_moments_are_the_same_in_every_time_zone(tmp_path):
    damascus = timezone(timedelta(hours=3))
    with Archive(tmp_path) as archive:
        archive.add(record())
        archive.add(record(captured=JUNE.astimezone(damascus)))
        assert archive.counts()["captures"] == 1


def test_the_same_page_under_another_address_is_one_record(tmp_path):
    other = "https://archive.example/?p=81"
    with Archive(tmp_path) as archive:
        archive.add(record())
        assert not archive.add(record(other, captured=day(1)))
        (found,) = archive.records()
        assert (found.url, found.captures) == (URL, 2)
        assert {capture.url for capture in archive.captures(found.id)} == {URL, other}


def test_a_text_under_many_addresses_and_an_address_with_many_texts(tmp_path):
    with Archive(tmp_path) as archive:
        for n in range(150):
            archive.add(record(f"https://copies.example/{n}", text="One text."))
            archive.add(record("https://live.example/", text=f"Version {n}.", captured=day(n)))
        copies, live = archive.records()
        assert (copies.text, copies.captures) == ("One text.", 150)
        assert (live.text, live.captures) == ("Version 149.", 150)
        assert len(archive.versions(live.id)) == 150


def test_the_same_words_about_another_day_are_another_record(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record("https://archive.example/1", published=datetime(2014, 6, 9)))
        archive.add(record("https://archive.example/2", published=datetime(2014, 6, 10)))
        assert len(list(archive.records())) == 2


def test_pages_without_text_are_not_the_same_because_their_titles_are(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record("https://archive.example/1", text="", title="صورة"))
        archive.add(record("https://archive.example/2", text="", title="صورة"))
        assert len(list(archive.records())) == 2


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record(text="Three bridges."))
        assert archive.add(record(text="Four bridges.", captured=day(1), sha256="bb"))
        (found,) = archive.records()
        versions = archive.versions(found.id)
    assert (found.id, found.text, found.captures) == (record_id(URL), "Four bridges.", 2)
    assert [version.text for version in versions] == ["Three bridges.", "Four bridges."]


def test_the_latest_capture_is_shown_in_whatever_order_they_came(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record(text="Four bridges.", captured=day(1)))
        archive.add(record(text="Three bridges.", captured=day(0)))
        assert [found.text for found in archive.records()] == ["Four bridges."]
        archive.add(record(text="Three bridges.", captured=day(2)))
        assert [found.text for found in archive.records()] == ["Three bridges."]


def test_a_late_copy_elsewhere_does_not_bring_an_old_text_back(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record(text="Three bridges."))
        archive.add(record(text="Four bridges.", captured=day(1)))
        archive.add(record("https://copy.example/", text="Three bridges.", captured=day(2)))
        (found,) = archive.records()
    assert (found.text, found.captures) == ("Four bridges.", 3)


def test_a_text_that_no_capture_says_any_more_takes_no_other_page_in(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record(text="Share this. The bridge is open."))
        archive.add(record(text="The bridge is open."))  # the same capture, read better
        archive.add(
            record("https://other.example/", "Share this. The bridge is open.", sha256="bb")
        )
        assert [found.text for found in archive.records()] == [
            "The bridge is open.",
            "Share this. The bridge is open.",
        ]


def test_the_digest_changes_exactly_when_the_records_do(tmp_path):
    chance = random.Random(19)
    with Archive(tmp_path) as archive:
        seen = {archive.digest(): []}
        for _ in range(120):
            archive.add(
                record(
                    f"https://archive.example/{chance.randrange(4)}",
                    text=chance.choice(["", "Three.", "Four.", "Five."]),
                    captured=day(chance.randrange(5)),
                    sha256=chance.choice(["aa", "bb"]),
                    extractor=chance.choice(["1", "2"]),
                    published=chance.choice([None, datetime(2014, 6, 9)]),
                )
            )
            records = list(archive.records())
            assert seen.setdefault(archive.digest(), records) == records
        assert len(seen) == len({repr(records) for records in seen.values()})
        assert archive.verify() == []


def test_records_are_read_from_one_moment(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record("https://archive.example/1", text="One."))
        archive.add(record("https://archive.example/2", text="Two."))
        stream = archive.records()
        first = next(stream)
        archive.add(record("https://archive.example/3", text="Three."))
        archive.add(record("https://archive.example/2", text="Not two.", captured=day(1)))
        assert [first.text, *(found.text for found in stream)] == ["One.", "Two."]
        assert [found.text for found in archive.records()] == ["One.", "Not two.", "Three."]


def test_any_thread_may_read(tmp_path):
    found = []
    with Archive(tmp_path) as archive:
        archive.add(record())
        reader = threading.Thread(target=lambda: found.extend(archive.records()))
        reader.start()
        reader.join()
    assert [each.text for each in found] == [TEXT]


def test_an_archive_that_eight_make_at_once_is_one_archive(tmp_path):
    def make(number):
        with Archive(tmp_path / str(number)) as archive:
            made.append(archive.counts()["records"])

    made, before = [], sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads meet at every step; 150 rounds failed nine times
    try:
        for number in range(20):
            makers = [threading.Thread(target=make, args=(number,)) for _ in range(8)]
            for maker in makers:
                maker.start()
            for maker in makers:
                maker.join()
    finally:
        sys.setswitchinterval(before)
    assert made == [0] * 160


def test_eight_writers_at_once_lose_nothing(tmp_path):
    def write(number):
        with Archive(tmp_path) as archive:
            for part in range(5):
                archive.add(record(f"https://archive.example/{number}/{part}", text=f"{number}"))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Archive(tmp_path) as archive:
        assert archive.counts()["captures"] == 40
        assert archive.counts()["records"] == 8  # each text is one record, under five addresses
        assert archive.verify() == []


def test_an_archive_that_is_only_read_writes_nothing(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record())
    before = folder_bytes(tmp_path)
    with Archive(tmp_path, readonly=True) as archive:
        assert [found.text for found in archive.records()] == [TEXT]
        assert archive.counts()["records"] == 1
        assert archive.verify() == []
        with pytest.raises(ArchiveError, match="reading only"):
            archive.add(record())
    assert folder_bytes(tmp_path) == before


def test_a_reader_sees_what_a_writer_stores_meanwhile(tmp_path):
    with Archive(tmp_path) as writer:
        writer.add(record())
        with Archive(tmp_path, readonly=True) as reader:
            assert reader.counts()["records"] == 1
            writer.add(record("https://archive.example/2", text="Two."))
            assert reader.counts()["records"] == 2
    with Archive(tmp_path, readonly=True) as reader:
        stream = reader.records()
        next(stream)
        with Archive(tmp_path) as writer:
            writer.add(record("https://archive.example/3", text="Three."))
        with pytest.raises(ArchiveError, match="was written while it was read"):
            list(stream)


def test_where_no_archive_is_a_reader_is_told_how_to_make_one(tmp_path):
    with pytest.raises(ArchiveError, match="kashaf import"):
        Archive(tmp_path / "nowhere", readonly=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ArchiveError, match="cannot be written: "):
        Archive(tmp_path / "file")


@pytest.mark.parametrize("kept", [0, 1, 100, 5000, 30000])
def test_a_truncated_database_is_told(tmp_path, kept):
    with Archive(tmp_path) as archive:
        archive.add(record())
    path = tmp_path / "archive.sqlite"
    path.write_bytes(path.read_bytes()[:kept])
    for readonly in (True, False):
        with pytest.raises(ArchiveError, match=r"is damaged|lost its content"):  # noqa: SIM117
            with Archive(tmp_path, readonly=readonly) as archive:
                list(archive.records())


def test_a_file_of_another_kind_is_left_alone(tmp_path):
    (tmp_path / "archive.sqlite").write_bytes(b"A letter, not a database. " * 100)
    with pytest.raises(ArchiveError, match="damaged, or no archive"):
        Archive(tmp_path)
    (tmp_path / "other").mkdir()
    other = database(tmp_path / "other")
    other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(ArchiveError, match="another program"):
        Archive(tmp_path / "other")
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipes",)]
    other.close()


def test_an_archive_of_a_newer_program_is_not_touched(tmp_path):
    Archive(tmp_path).close()
    newer = database(tmp_path)
    newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    newer.close()
    for readonly in (True, False):
        with pytest.raises(ArchiveError, match="newer Kashaf"):
            Archive(tmp_path, readonly=readonly)


def test_a_locked_database_can_be_read_and_says_why_it_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.store.database.PATIENCE", 0.0)
    with Archive(tmp_path) as archive:
        archive.add(record())
        other = database(tmp_path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="being written by another process"):
            archive.add(record(text="Other."))
        assert [found.text for found in archive.records()] == [TEXT]
        other.close()
        assert archive.add(record(text="Other."))


def test_a_flipped_bit_in_an_original_is_found_and_named(tmp_path):
    page, given = page_and_record(b"<p>" + bytes(range(256)) * 40)
    with Archive(tmp_path) as archive:
        imported(archive, (page, given))
        digest = given.provenance.sha256
        assert archive.original(digest) == page.content
        assert archive.verify() == []
    path = tmp_path / "archive.sqlite"
    content = bytearray(path.read_bytes())
    content[content.index(zlib.compress(page.content)) + 40] ^= 4
    path.write_bytes(content)
    with Archive(tmp_path) as archive:
        assert archive.verify() == [f"original {digest} is damaged (the page of record {given.id})"]
        with pytest.raises(ArchiveError, match=digest):
            archive.original(digest)
        assert [found.text for found in archive.records()] == [TEXT]


def test_a_changed_record_is_found_and_never_shown(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record())
        archive.add(record("https://archive.example/2", text="Two."))
        other = database(tmp_path)
        other.execute("UPDATE versions SET value = replace(value, 'Monday', 'Sunday')")
        other.close()
        assert archive.verify() == [f"record {record_id(URL)}: its version 1 is damaged"]
        with pytest.raises(ArchiveError, match=record_id(URL)):
            list(archive.records())


def test_what_is_missing_is_named(tmp_path):
    page, given = page_and_record()
    with Archive(tmp_path) as archive:
        imported(archive, (page, given))
        other = database(tmp_path)
        other.execute("UPDATE originals SET content = NULL")
        other.execute("DELETE FROM runs")
        other.close()
        assert archive.verify() == [
            "captures 1 refers to nothing in runs",
            f"original {given.provenance.sha256} is missing (captured at {URL})",
        ]


def test_a_page_that_is_no_article_is_remembered(tmp_path):
    page = Page(URL, b"<ul>", JUNE)
    with Archive(tmp_path) as archive:
        imported(archive, (page, Verdict("not_article", "a list of posts")))
        with archive.run([], "1") as run:
            assert run.known(page) == Verdict("not_article", "a list of posts", "listing", True)
        with archive.run([], "2") as run:
            assert run.known(page) is None  # other rules may see it otherwise
        assert archive.counts()["not articles"] == 1
        assert archive.original(hashlib.sha256(page.content).hexdigest()) == page.content
        assert archive.verify() == []


def test_what_newer_rules_read_otherwise_is_a_new_version(tmp_path):
    page, first = page_and_record(published=None)
    second = dataclasses.replace(
        first,
        published=datetime(2014, 6, 9),
        provenance=dataclasses.replace(first.provenance, extractor="2"),
    )
    with Archive(tmp_path) as archive:
        assert imported(archive, (page, first)).imported == 1
        assert imported(archive, (page, second), extractor="2").imported == 1
        assert list(archive.records()) == [second]
        assert [version.published for version in archive.versions(first.id)] == [
            None,
            datetime(2014, 6, 9),
        ]
        assert imported(archive, (page, second), extractor="2").duplicate == 1
        report = imported(archive, (page, Verdict("not_article", "a list")), extractor="3")
        assert report.not_article == 1
        assert list(archive.records()) == []
        assert len(archive.versions(first.id)) == 2
        assert archive.verify() == []


def test_another_account_of_the_same_text_is_no_new_version(tmp_path):
    page, first = page_and_record(confidence=0.5)
    second = dataclasses.replace(
        first,
        confidence=1.0,
        removed=(Removed("template", "Our office"),),
        provenance=dataclasses.replace(first.provenance, extractor="2"),
    )
    with Archive(tmp_path) as archive:
        imported(archive, (page, first))
        assert imported(archive, (page, second), extractor="2").duplicate == 1
        assert archive.versions(first.id) == list(archive.records()) == [second]
        assert archive.verify() == []


def test_quarantine_keeps_the_bytes_and_its_numbers(tmp_path):
    page = Page(URL, b"\x00\x01", JUNE)
    no_page = Problem("crawl.warc.gz, byte 812", "cut off in the middle")
    verdicts = Verdict("quarantined", "no text"), Verdict("quarantined", no_page.reason)
    with Archive(tmp_path) as archive:
        for _ in range(2):
            report = imported(archive, (page, verdicts[0]), (no_page, verdicts[1]))
            assert report.quarantined == 2
        first, second = archive.quarantine()
        assert (first.where, first.reason, first.run) == (URL, "no text", 1)
        assert (second.where, second.sha256) == (no_page.where, None)
        assert archive.original(first.sha256) == page.content
        assert list(archive.held()) == [page, no_page]


def test_what_is_released_is_forgotten(tmp_path):
    page, given = page_and_record()
    with Archive(tmp_path) as archive:
        imported(archive, (page, Verdict("quarantined", "no text")))
        (held,) = archive.quarantine()
        archive.release(held.id)
        assert archive.quarantine() == []
        assert archive.original(held.sha256) is None
        with pytest.raises(ArchiveError, match=f"the number {held.id}"):
            archive.release(held.id)
        with archive.run([], "1") as run:
            assert run.known(page) is None
        assert imported(archive, (page, given)).imported == 1
        assert archive.verify() == []


def test_bytes_that_a_record_needs_are_not_released(tmp_path):
    page, given = page_and_record()
    with Archive(tmp_path) as archive:
        imported(archive, (page, given))
        imported(archive, (page, Verdict("quarantined", "took longer")), extractor="2")
        (held,) = archive.quarantine()
        archive.release(held.id)
        assert archive.original(held.sha256) == page.content


def test_what_can_be_read_at_last_leaves_the_quarantine(tmp_path):
    page, given = page_and_record()
    with Archive(tmp_path) as archive:
        imported(archive, (page, Verdict("quarantined", "no text")))
        imported(archive, (page, given))
        assert archive.quarantine() == []
        assert archive.counts()["records"] == 1


def test_names_that_are_no_utf8_can_be_stored(tmp_path):
    place = b"pages/\xe3\xcf\xed.html".decode("utf-8", "surrogateescape")
    with Archive(tmp_path) as archive:
        imported(archive, (Problem(place, "is empty"), Verdict("quarantined", "is empty")))
        (held,) = archive.quarantine()
    assert held.where.encode().startswith(b"pages/")


def test_one_import_at_a_time(tmp_path):
    with Archive(tmp_path) as first, Archive(tmp_path) as second:
        with first.run([], "1") as run:
            with pytest.raises(ArchiveError, match=f"process {os.getpid()}"):  # noqa: SIM117
                with second.run([], "1"):
                    pass
            run.end()
        with second.run([], "1") as run:
            run.end()
        assert first.counts()["imports"] == 2
