"""What does a reader get?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.document import Mention
from indexer.query import Notice, Query


@dataclass(frozen=True, slots=True)
class Snippet:
    """A run of the record's own text. `marks` are (start, end) pairs within `text`."""

    text: str
    marks: tuple[tuple[int, int], ...]
    start: int  # offset of `text` in the record's field
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the record that answer a part of the query."""

    query: str  # the part, as typed
    text: str  # as written in the record
    kind: str  # "phrase", "exact", "form", "name", "prefix", "close"
    field: str  # "title" or "text"
    count: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why a record was found, or was not."""

    matches: tuple[Match, ...] = ()
    found: bool = False
    missing: tuple[str, ...] = ()  # parts of the query, as typed, that the record lacks
    unwanted: tuple[str, ...] = ()  # parts that it has and the query excludes


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    id: str
    title: str
    url: str
    published: datetime | None
    lang: str
    score: float
    snippets: tuple[Snippet, ...]
    why: Why
    actors: tuple[str, ...]  # entity ids
    locations: tuple[str, ...]
    title_marks: tuple[tuple[int, int], ...] = ()
    published_precision: str | None = None
    published_approximate: bool = False
    captured: datetime | None = None
    source: str = ""
    author: str | None = None
    captures: int = 1
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet. `count` is the total that one gets by choosing only this value;
    `spellings` are the words for which these records count, of an actor or a place itself, not of
    the places inside it: each with the number of records that hold it, the most frequent first."""

    id: str
    label_en: str
    label_ar: str
    count: int
    selected: bool = False
    excluded: bool = False
    spellings: tuple[tuple[str, int], ...] = ()
    by_rule: bool = False  # a person who is in no table


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the histogram: how many records match, and how many exist at all."""

    month: str  # "2014-06"
    count: int
    archived: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling. `kind`: "typed", "alias" (by table), "form" (word form), "rule"."""

    text: str
    kind: str
    records: int
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How one part of the query was read."""

    text: str  # as typed
    kind: str  # "word", "exact", "close", "phrase", "prefix", "near", "name", "facet"
    negated: bool = False
    entity: str | None = None  # id, for names and facets
    label_en: str = ""
    label_ar: str = ""
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the query was read, part by part, and what was repaired."""

    readings: tuple[Reading, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query. Totals and counts are exact."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, Sequence[FacetValue]]  # "actor", "location", "lang", "source", "year"
    histogram: tuple[Bar, ...]
    interpretation: Interpretation
    warnings: tuple[str, ...] = ()  # the notices, in English words
    undated: int = 0  # matching records without a date
    captures: int = 0  # captures behind the matching records
    generation: str = ""

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
