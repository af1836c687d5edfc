"""Is the shipped sample what its sources say, and does the import read it without a fault?

The texts in scripts/sample are the gold: what a person typed there must come out of the page that
was made from it, letter for letter. This is the floor of our extraction.
"""

import csv
import importlib
import re
import sys
from datetime import datetime, time
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from corpus import SAMPLE, Archive, import_pages

ROOT = Path(__file__).parents[2]

OUTCOMES = {
    "imported": 30 + 11 + 15,  # news, old, WARC; there one note comes in two versions
    "duplicate": 6,  # five later captures of one text, and a revisit
    "not_article": 5,  # news: home, category, tag; old: its list; WARC: home
    "quarantined": 1,  # a photograph under a page's name
    "skipped": 6,  # in the WARC file: warcinfo, robots.txt, an image, two redirects, a 404
}

BOILERPLATE = (
    "Leave a Reply",
    "Related Posts",
    "About The Author",
    "Share this",
    "Read also",
    "You may also like",
    "Your email address",
    "All rights reserved",
    "Newsletter",
    "اترك تعليقا",
    "مقالات ذات صلة",
    "عن الكاتب",
    "شارك هذا",
    "اقرأ أيضا",
    "قد يعجبك",
    "الأكثر قراءة",
    "لن يتم نشر",
    "جميع الحقوق محفوظة",
    "النشرة البريدية",
)

# What README.md and docs/ search for on the sample.
SEARCHED = (
    r"\bDier Ezzor\b",
    r"\bbakery\b",
    r"\bsiege\b(\W+\w+){0,5}\W+bread\b",
    r"\bevacuat",
    r"\bthe Free Army\b",
    r"\bMayadeen\b",
    r"\bDaesh\b",
    r"(?<!\w)الباب(?!\w)",
    r"(?<!\w)الجيش الحر(?!\w)",
    r"مطار",
)


def load_script(name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


make_sample = load_script("make_sample").make_sample
load = load_script("sample.texts").load
TEXTS = [text for site in ("news", "old", "bilingual") for text in load(f"{site}.toml")[1]]
NEWEST = {text.url: text for text in TEXTS}  # of two versions of a page the later one


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The report, and the records by the address of their page."""
    with Archive(tmp_path_factory.mktemp("sample") / "var") as archive:
        report = import_pages(archive, [SAMPLE])
        return report, {record.provenance.url: record for record in archive.records()}


@pytest.fixture(scope="module")
def report(imported):
    return imported[0]


@pytest.fixture(scope="module")
def records(imported):
    return imported[1]


def moment(text) -> datetime:
    """The date of the sources as a record has it: a day is its midnight."""
    if isinstance(text.published, datetime):
        return text.published
    return datetime.combine(text.published, time())


def differences(records, said, read) -> list[tuple]:
    """(file, what the page said, what was read) where they differ or nothing was read."""
    return [
        (text.file, said(text), record and read(record))
        for url, text in NEWEST.items()
        if (record := records.get(url)) is None or read(record) != said(text)
    ]


def unpacked(path: Path) -> list[tuple]:
    """The WARC records without their packing: zlib's builds differ in it."""
    with path.open("rb") as file:
        return [
            (item.rec_headers.headers, item.http_headers, item.content_stream().read())
            for item in ArchiveIterator(file)
        ]


def contents(folder: Path) -> dict[str, object]:
    return {
        path.relative_to(folder).as_posix(): (
            unpacked(path) if path.suffix == ".gz" else path.read_bytes()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_shipped_files_are_those_that_the_sources_give(tmp_path):
    make_sample(tmp_path)
    assert contents(tmp_path) == contents(SAMPLE)


def test_the_same_sources_give_the_same_bytes_each_time(tmp_path):
    make_sample(tmp_path / "first")
    make_sample(tmp_path / "second")
    for path in (tmp_path / "first").rglob("*.gz"):
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


def test_every_item_has_the_outcome_that_it_was_made_for(report):
    found = {outcome: getattr(report, outcome) for outcome in OUTCOMES}
    assert found == OUTCOMES, report.reasons


def test_no_other_records_come_of_it(records):
    assert set(records) == set(NEWEST)


def test_titles_are_those_of_the_sources(records):
    assert differences(records, lambda text: text.title, lambda record: record.title) == []


def test_texts_are_those_of_the_sources_to_the_letter(records):
    assert differences(records, lambda text: "\n".join(text.lines), lambda r: r.text) == []


def test_dates_are_those_of_the_sources(records):
    assert differences(records, moment, lambda record: record.published) == []


def test_dates_are_as_precise_as_the_page_says(records):
    def precision(text) -> str:
        return text.precision or ("minute" if isinstance(text.published, datetime) else "day")

    assert differences(records, precision, lambda record: record.published_precision) == []


def test_languages_are_those_of_the_sources(records):
    assert differences(records, lambda text: text.lang, lambda record: record.lang) == []


def test_a_page_that_was_captured_six_times_is_one_record(records):
    (text,) = (text for text in TEXTS if len(text.captured) == 6)
    assert records[text.url].captures == 6


def test_no_text_holds_boilerplate(records):
    leaks = [
        (record.url, phrase)
        for record in records.values()
        for phrase in BOILERPLATE
        if phrase.casefold() in f"{record.title}\n{record.text}".casefold()
    ]
    assert leaks == []


def test_the_pages_themselves_are_full_of_boilerplate():
    """Otherwise the test above could not fail."""
    pages = [
        path.read_bytes().decode("windows-1256" if "old" in path.parts else "utf-8", "replace")
        for path in SAMPLE.rglob("*.html")
    ] + [content.decode("utf-8", "replace") for _, _, content in unpacked(*SAMPLE.glob("*.gz"))]
    joined = "\n".join(pages).casefold()
    assert [phrase for phrase in BOILERPLATE if phrase.casefold() not in joined] == []


@pytest.mark.parametrize("pattern", SEARCHED)
def test_what_the_documents_search_for_is_there(pattern):
    assert any(re.search(pattern, f"{text.title}\n{' '.join(text.lines)}") for text in TEXTS)


def test_translations_have_the_same_blocks():
    by_key: dict[tuple[str, str], list] = {}
    for text in TEXTS:
        if text.canonical:
            by_key.setdefault((urlsplit(text.url).netloc, text.key), []).append(text)
    pairs = [pair for pair in by_key.values() if {text.lang for text in pair} == {"ar", "en"}]
    kinds = [[[block.kind for block in text.blocks] for text in pair] for pair in pairs]
    assert len(pairs) == 9
    assert [first for first, second in kinds if first != second] == []


def test_old_pages_are_no_utf_8():
    pages = [path.read_bytes() for path in sorted((SAMPLE / "old").glob("*.html"))]
    assert len(pages) == 12
    for page in pages:
        with pytest.raises(UnicodeDecodeError):
            page.decode("utf-8")
    assert sum(b"charset=utf-8" in page for page in pages) == 1


def test_every_page_of_a_folder_has_its_row():
    for folder in ("news", "old"):
        with (SAMPLE / folder / "pages.csv").open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table))
        files = {path.name for path in (SAMPLE / folder).iterdir()} - {"pages.csv"}
        assert {row["file"] for row in rows} == files


def test_hosts_are_reserved_for_examples():
    pages = [path.read_bytes() for path in SAMPLE.rglob("*.*") if path.suffix in {".html", ".csv"}]
    contents = [content for _, _, content in unpacked(*SAMPLE.glob("*.gz"))]
    hosts = set(re.findall(rb"https?://([\w.-]+)", b"\n".join(pages + contents)))
    hosts |= {urlsplit(text.url).netloc.encode() for text in TEXTS}
    assert {host for host in hosts if not host.endswith(b".example")} == {b"schema.org"}


def test_the_sample_stays_small():
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 1_500_000
