"""What does a reader ask?

`Query` is what the doors send. A parser turns its `q` into a tree of the nodes below. The tree
keeps the reader's own words; which index terms they become is decided later (`plan`).
"""

from dataclasses import dataclass
from typing import Literal

MatchMode = Literal["all", "any"]
SpellingMode = Literal["exact", "forms", "all"]
Sort = Literal["relevance", "newest", "oldest"]
WordMode = Literal["plain", "exact", "close"]  # word, =word, ~word


@dataclass(frozen=True, slots=True)
class Query:
    """One question, from any door. Dates are ISO prefixes: "2014", "2014-06", "2014-06-30"."""

    q: str = ""
    actor: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    not_actor: tuple[str, ...] = ()
    not_location: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    since: str | None = None  # inclusive
    until: str | None = None  # inclusive, to the end of the given year, month or day
    match: MatchMode = "all"
    spelling: SpellingMode = "all"
    without: tuple[str, ...] = ()  # variants that the reader took out, as shown in the chips
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed. `start` is its offset in the query."""

    text: str
    mode: WordMode = "plain"
    field: str | None = None  # "title", or None for title and text
    start: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes: in this order, next to each other, as typed."""

    text: str
    field: str | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """`word*`: at least two letters before the star."""

    text: str
    field: str | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """`left NEAR/5 right`: at most `distance` words between the two, in any order."""

    left: str
    right: str
    distance: int = 5
    start: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """`actor:…` or `location:…`: an entity by id or by any of its names."""

    facet: Literal["actor", "location"]
    value: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class And:
    """Every part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Records without the part."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """No words at all: every record, to be narrowed by filters."""


Node = Word | Phrase | Prefix | Near | Facet | And | Or | Not | Everything


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was repaired or limited. `code` is a key of the labels, `detail` the words.

    Codes: "quote-closed", "parenthesis-repaired", "operator-dropped", "lone-symbol",
    "prefix-too-short", "prefix-limited", "close-limited", "too-long", "too-many-words", "too-deep",
    "unknown-field", "unknown-entity", "date-unread", "page-limited", "only-negative".
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's tree, and what had to be repaired to read it."""

    root: Node
    notices: tuple[Notice, ...] = ()
