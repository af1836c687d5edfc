"""Which records would other tables of names read differently?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.document import Document
from indexer.ingest import Input, ingest, tagger_for
from indexer.names import Gazetteer


@dataclass(frozen=True, slots=True)
class Affected:
    """A record that would gain or lose actors or places, by their ids."""

    id: str
    title: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def affected_records(
    records: Iterable[Input], before: Gazetteer, after: Gazetteer
) -> Iterator[Affected | None]:
    """For each record in its order how it is affected, None if it is not."""
    for record in records:
        old, new = (
            ingest(record, tagger_for(gazetteer), gazetteer).document
            for gazetteer in (before, after)
        )
        gained, lost = _more(new, old), _more(old, new)
        yield Affected(new.id, new.title, gained, lost) if gained or lost else None


def _more(one: Document, other: Document) -> tuple[str, ...]:
    known = {*other.actors, *other.locations}
    return tuple(e for e in (*one.actors, *one.locations) if e not in known)
