"""Which lines in the texts are no article's?

A last look before an index is built: lines that are boilerplate headings in one of our languages
("Related Posts", "اترك تعليقا"), and lines that stand in more than two of a hundred records of a
site. What is found here is what extraction and the site's profile let through.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.extraction.boilerplate import heading_reason
from corpus.store import Archive
from corpus.values import Record

FREQUENT = 0.02  # of the records of a site
LEAST = 3  # records: twice is chance
_LONGEST = 60  # words; a longer text that repeats is a post that was published twice
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Leak:
    """A line that is probably a template's: in how many of its site's records, and one of them."""

    site: str
    text: str
    kind: Literal["heading", "repeated"]
    records: int
    of: int  # records of the site
    example: str  # URL


def find_leaks(archive: Archive, name: str) -> list[Leak]:
    """The suspicious lines in the records of one site (`site_name`), most frequent first."""
    lines: Counter[int] = Counter()  # by their hashes: the lines of all texts would fill the memory
    total = 0
    for record in _singles(archive.records_of(name)):
        total += 1
        lines.update({hash(line) for line in _lines(record.text)})
    frequent = max(LEAST, FREQUENT * total)
    headings: Counter[str] = Counter()
    found: dict[str, tuple[int, str]] = {}
    for record in _singles(archive.records_of(name)):
        for line in set(_lines(record.text)):
            if line.count(" ") < 12 and heading_reason(line):
                headings[line] += 1
            if line in headings or lines[hash(line)] >= frequent:
                found.setdefault(line, (lines[hash(line)], record.url))
    leaks = [
        Leak(name, line, "heading" if line in headings else "repeated", times, total, url)
        for line, (times, url) in found.items()
    ]
    return sorted(leaks, key=lambda leak: (-leak.records, leak.text))


def _singles(records: Iterable[Record]) -> Iterator[Record]:
    """The records without their near-copies, an article under http and https for example: what
    these share is the article. They have one title and date, and texts of about one length."""
    seen = set()
    for record in records:
        likeness = hash((record.title, record.published, len(record.text) // 200))
        if likeness not in seen:
            seen.add(likeness)
            yield record


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        line = line.strip()
        if _LETTER.search(line) and line.count(" ") < _LONGEST:
            yield line
