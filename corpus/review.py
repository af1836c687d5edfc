"""Which records should a person look at, and why?

Extraction tells how sure it is of a text. What it is least sure of comes first; why is told from
what the record shows: how its text was found, and what was left out without a name for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.store import Archive
from corpus.values import Record

DOUBTFUL = 0.6  # of the confidence
_MUCH = 3  # times the words of the text


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record whose text may be wrong, and what is odd about it."""

    record_id: str
    url: str
    title: str
    confidence: float
    method: str
    words: int
    why: tuple[str, ...]


def review(archive: Archive) -> list[Doubt]:
    """The records whose confidence is below DOUBTFUL, lowest first."""
    doubts = [
        Doubt(
            record.id,
            record.url,
            record.title,
            record.confidence,
            record.provenance.method,
            len(record.text.split()),
            tuple(_reasons(record)),
        )
        for record in archive.records_below(DOUBTFUL)
    ]
    return sorted(doubts, key=lambda doubt: (doubt.confidence, doubt.url))


def _reasons(record: Record) -> Iterator[str]:
    words = len(record.text.split())
    left = sum(len(cut.text.split()) for cut in record.removed if cut.reason == "other")
    if not words:
        yield "no text with media: a photo or a video?" if record.images else "no text"
    if left > max(20, _MUCH * words):
        yield f"{left} words of the page were left out without a known reason"
    if record.provenance.replaced:
        yield f"{record.provenance.replaced} letters are broken"
    if words and record.provenance.method == "generic":
        yield "no element is known to hold the article"
    elif words and record.provenance.method.startswith("container") and not left:
        yield "the page is too long to be compared with other readings"
    elif words:
        yield "the readings of the page do not agree"
