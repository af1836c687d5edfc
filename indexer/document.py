"""What is a record, as the index sees it?"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named at a place in a text."""

    entity: str  # id
    start: int  # offsets into the original text of `field`, end exclusive
    end: int
    text: str  # as written there
    field: str = "text"  # or "title"
    # Why this reading was chosen: "alias", "case", "context"; for people who are in no table "rule:
    # title" and so on.
    evidence: str = "alias"


@dataclass(frozen=True, slots=True)
class Document:
    """A record with its mentions. `text` and `title` are kept as they were written."""

    id: str
    title: str
    text: str
    url: str = ""
    lang: str = "und"
    published: datetime | None = None
    published_precision: str | None = None
    published_approximate: bool = False
    captured: datetime | None = None
    author: str | None = None
    source: str = ""
    tags: tuple[str, ...] = ()
    captures: int = 1
    actors: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()  # places named and the larger places that they lie in
    mentions: tuple[Mention, ...] = ()
