"""Which lines in the texts are no article's?

A last look before an index is built: lines that are boilerplate headings in one of our languages
("Related Posts", "اترك تعليقا"), and lines that stand in more than two of a hundred records of a
site. What is found here is what extraction and the site's profile let through.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.extraction.boilerplate import heading_reason
from corpus.store import Archive
from corpus.values import Record

FREQUENT = 0.02  # of the records of a site
LEAST = 3  # records: twice is chance
_LONGEST = 60  # words; a longer text that repeats is a post that was published twice
_SENTENCE = 3  # spaces in it, at least
_COPIED = 3  # sentences; a photo above two lines of a template is no copy of another one
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Leak:
    """A line that is probably a template's: in how many of its site's records, and one of them;
    `others`: more lines that stand in the same records."""

    site: str
    text: str
    kind: Literal["heading", "repeated"]
    records: int
    of: int  # records of the site
    example: str  # URL
    others: tuple[str, ...] = ()


def find_leaks(archive: Archive, name: str) -> list[Leak]:
    """The suspicious lines in the records of one site (`site_name`), most frequent first."""
    lines: Counter[int] = Counter()  # by their hashes: the lines of all texts would fill the memory
    total = 0
    for record in _singles(archive.records_of(name)):
        total += 1
        lines.update({hash(line) for line in _lines(record.text)})
    frequent = max(LEAST, FREQUENT * total)
    holders: defaultdict[str, list[str]] = defaultdict(list)  # URLs
    for record in _singles(archive.records_of(name)):
        for line in dict.fromkeys(_lines(record.text)):
            if lines[hash(line)] >= frequent or _is_heading(line):
                holders[line].append(record.url)
    # Lines that stand in the same records are one find: a template's box, or a copied passage.
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for line, urls in holders.items():
        groups[(line,) if _is_heading(line) else tuple(urls)].append(line)
    leaks = [
        Leak(
            name,
            first,
            "heading" if _is_heading(first) else "repeated",
            len(holders[first]),
            total,
            holders[first][0],
            tuple(others),
        )
        for first, *others in groups.values()
    ]
    return sorted(leaks, key=lambda leak: (-leak.records, leak.text))


def _is_heading(line: str) -> bool:
    return line.count(" ") < 12 and heading_reason(line) is not None


def _singles(records: Iterable[Record]) -> Iterator[Record]:
    """The records without their near-copies: what these share is the article. Copies under http and
    https have one title and date, and texts of about one length; in versions of an article more
    than half of the sentences are those of one other record."""
    seen = set()
    owners: dict[int, int] = {}  # of which record a sentence was first
    for number, record in enumerate(records):
        likeness = hash((record.title, record.published, len(record.text) // 200))
        sentences = {hash(line) for line in _lines(record.text) if line.count(" ") >= _SENTENCE}
        shared = Counter(owners[each] for each in sentences if each in owners)
        most = max(shared.values(), default=0)
        is_copy = most >= _COPIED and 2 * most > len(sentences)
        for each in sentences:
            owners.setdefault(each, number)
        if likeness not in seen and not is_copy:
            yield record
        seen.add(likeness)


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        line = line.strip()
        if _LETTER.search(line) and line.count(" ") < _LONGEST:
            yield line
