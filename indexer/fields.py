"""Which fields does the index have?

One table: schema, planner, oracle and documents read it. A text is indexed at three levels, so that
a reader can be exact, can be generous, and can always be told which of the two found a record.
"""

from dataclasses import dataclass
from typing import Literal

from indexer.names.spelling import fold_name

Part = Literal["title", "text"]
Level = Literal["exact", "form", "name"]

# Between an entity's id and the folded spelling in the terms of the name level.
NAME_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class PostingField:
    """A field of terms with positions. `k1`, `b`: BM25; `weight`: share in a word's score."""

    name: str
    part: Part
    level: Level
    k1: float
    b: float
    weight: float


# The exact fields tell words as typed from their other forms, the name fields hold few terms, and
# a title is short by nature: there the length says little. k1 and b of the form fields are the best
# of five pairs on four test collections (nDCG@10).
POSTING_FIELDS: tuple[PostingField, ...] = (
    # exact: folded words. form: their stems. name: entity and spelling of each mention.
    PostingField("text_exact", "text", "exact", 0.9, 0.3, 1.0),
    PostingField("text_form", "text", "form", 0.9, 0.75, 1.0),
    PostingField("text_name", "text", "name", 0.9, 0.3, 1.0),
    PostingField("title_exact", "title", "exact", 0.9, 0.0, 2.0),
    PostingField("title_form", "title", "form", 0.9, 0.0, 2.0),
    PostingField("title_name", "title", "name", 0.9, 0.0, 2.0),
)

# Several values per record; each is also a term, so that a query can say actor:… inside brackets.
FACET_FIELDS: tuple[str, ...] = ("actor", "location", "lang", "source", "year")

_BY_NAME = {field.name: field for field in POSTING_FIELDS}


def name_term(entity: str, written: str) -> str:
    """The term of a mention in the name fields: its entity and its folded spelling."""
    return f"{entity}{NAME_SEPARATOR}{fold_name(written)}"


def entity_of(term: str) -> str:
    """The entity's id in a term of the name level."""
    return term.partition(NAME_SEPARATOR)[0]


def spelling_of(term: str) -> str:
    """The folded spelling in a term of the name level."""
    return term.partition(NAME_SEPARATOR)[2]


def posting_field(name: str) -> PostingField:
    """The row of a field name; KeyError for a name that is none."""
    return _BY_NAME[name]


def fields_at(level: Level, part: Part | None = None) -> tuple[PostingField, ...]:
    """The fields of one level, of one part or of both."""
    return tuple(f for f in POSTING_FIELDS if f.level == level and part in (None, f.part))
