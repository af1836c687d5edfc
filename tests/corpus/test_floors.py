"""Does extraction hold its floors on a small set of invented pages?

The pages in tests/corpus/floors look as real ones do, one system each; beside each lies what it
says: title, day, group, an empty line, and the text. The measures are those of the full run.
"""

import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from statistics import fmean

import pytest

from corpus.errors import NotAnArticle
from corpus.extraction import extract
from corpus.values import Page, Record

PAGES = Path(__file__).with_name("floors")
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))
LEAK = re.compile(
    r"leave a reply|email address will not|related posts|you might also like|about the author"
    r"|share this|sign up for|we use cookies|subscribe to|اترك تعليق|لن يتم نشر|ذات صلة|اقرأ أيض"
    r"|شاهد أيض|شارك|الوسوم|جميع الحقوق|إعلان$",
    re.I,
)


def read(name: str) -> Record:
    content = (PAGES / f"{name}.html").read_bytes()
    return extract(
        Page(f"https://gazette.example/{name}", content, datetime(2023, 6, 1, tzinfo=UTC))
    )


@cache
def pair(name: str) -> tuple[Record, str, str, str, str]:
    """The record, and the title, day, group and text that it should have."""
    title, day, group, _, *lines = (PAGES / f"{name}.txt").read_text("utf-8").splitlines()
    return read(name), title, day, group, "\n".join(lines)


def grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3)))


def measures(names: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the runs of four words, averages over pages."""
    pairs = [(grams(record.text), grams(text)) for record, _, _, _, text in map(pair, names)]
    both = [(got & gold).total() for got, gold in pairs]
    precision = fmean(same / got.total() for same, (got, _) in zip(both, pairs, strict=True))
    recall = fmean(same / gold.total() for same, (_, gold) in zip(both, pairs, strict=True))
    return precision, recall, 2 * precision * recall / (precision + recall)


def group(*wanted: str) -> list[str]:
    return [name for name in NAMES if pair(name)[3] in wanted]


@pytest.mark.parametrize(
    ("groups", "floor"),
    [
        (["wordpress", "short"], 0.965),
        (["general"], 0.938),
        (["arabic"], 0.99),
        (["short"], 0.97),
    ],
)
def test_the_text_of_each_group_is_above_its_floor(groups, floor):
    assert measures(group(*groups))[2] >= floor


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_half_lost(name):
    assert measures([name])[2] > 0.9


def test_boilerplate_leaks_from_none_of_the_pages_and_hardly_anything_is_lost():
    leaks = [
        (name, line)
        for name in NAMES
        for line in pair(name)[0].text.splitlines()
        if LEAK.search(line) and line not in pair(name)[4]
    ]
    assert leaks == []
    assert measures(NAMES)[1] >= 0.97


def test_every_title_and_every_day_is_exact():
    said = [(record.title, str(record.published)[:10]) for record, *_ in map(pair, NAMES)]
    assert said == [(title, day) for _, title, day, _, _ in map(pair, NAMES)]


@pytest.mark.parametrize("kind", ["attachment", "feed", "listing"])
def test_pages_that_are_no_articles_are_told_apart(kind):
    with pytest.raises(NotAnArticle) as refused:
        read(kind)
    assert refused.value.kind == kind


@pytest.mark.parametrize("name", NAMES)
def test_the_passages_are_the_text_in_the_language_of_the_page(name):
    record = pair(name)[0]
    told = chain.from_iterable(record.text[each.start : each.end] for each in record.passages)
    assert "".join(told) == record.text
    if name != "short-link":
        wanted = "ar" if "arabic" in name else "en"
        assert {each.lang for each in record.passages} == {wanted}
