"""Which words of a record answered which part of the query?

The planner leaves a probe for each part of the query. Held against a record's own words and
mentions they give marks for snippets and titles, and the reasons why a record was found.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from indexer.document import Document
from indexer.fields import Level, Part, name_term
from indexer.located import WordLevel, Words
from indexer.results import Match, Why

Kind = Literal["phrase", "exact", "form", "name", "prefix", "close"]


@dataclass(frozen=True, slots=True)
class Probe:
    """What to look for: for each place of a run of words, the terms that may stand there.
    `level` "name": one place, the terms are those of mentions."""

    query: str  # the part, as typed
    kind: Kind
    level: Level
    places: tuple[frozenset[str], ...]
    part: Part | None = None


class Mark(NamedTuple):
    """A run of a record's text that answers a part of the query."""

    start: int  # offsets into the original text
    end: int
    query: str
    kind: Kind


# Which reason is told when several probes mark the same words: the strictest.
_STRICTNESS: dict[Kind, int] = {
    "phrase": 0,
    "exact": 1,
    "name": 2,
    "form": 3,
    "prefix": 4,
    "close": 5,
}


def wanted_terms(probes: Sequence[Probe]) -> dict[WordLevel, set[str]]:
    """The terms that probes look for among a document's words."""
    wanted: dict[WordLevel, set[str]] = {"exact": set(), "form": set()}
    for probe in probes:
        if probe.level != "name":
            wanted[probe.level].update(*probe.places)
    return wanted


def find_marks(document: Document, part: Part, words: Words, probes: Sequence[Probe]) -> list[Mark]:
    """The marks in one part of a document, in order, none inside another."""
    found: list[Mark] = []
    for probe in probes:
        if probe.part not in (None, part):
            continue
        if probe.level == "name":
            found += _mentions(probe, document, part)
        else:
            found += _runs(probe, probe.level, words)
    return _outermost(found)


def _mentions(probe: Probe, document: Document, part: Part) -> Iterator[Mark]:
    for mention in document.mentions:
        if mention.field == part and name_term(mention.entity, mention.text) in probe.places[0]:
            yield Mark(mention.start, mention.end, probe.query, probe.kind)


def _runs(probe: Probe, level: WordLevel, words: Words) -> Iterator[Mark]:
    """Runs of words whose first, second … terms are among those of the probe."""
    runs = words.at(level, probe.places[0])
    for step, terms in enumerate(probe.places[1:], start=1):
        runs &= {place - step for place in words.at(level, terms)}
    for first in runs:
        last = first + len(probe.places) - 1
        start, end = int(words.spans[first, 0]), int(words.spans[last, 1])
        yield Mark(start, end, probe.query, probe.kind)


def _outermost(found: list[Mark]) -> list[Mark]:
    """Marks by place; of those that overlap, the longer, and of equal ones the strictest."""
    found.sort(key=lambda m: (m.start, -m.end, _STRICTNESS[m.kind]))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def explain_marks(document: Document, marks: dict[Part, list[Mark]]) -> Why:
    """The reasons, counted: title before text, strict before loose."""
    counts: Counter[tuple[str, str, Kind, Part]] = Counter(
        (mark.query, getattr(document, part)[mark.start : mark.end], mark.kind, part)
        for part, found in marks.items()
        for mark in found
    )
    order = sorted(counts, key=lambda key: (key[3] != "title", _STRICTNESS[key[2]], -counts[key]))
    matches = (Match(*key[:4], counts[key]) for key in order)
    return Why(tuple(matches), found=True)
