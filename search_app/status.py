"""What does the archive hold, and does the index agree with the store?"""

from dataclasses import dataclass
from datetime import datetime

from corpus import CorpusError
from indexer import FacetValue
from search_app.library import Holding, Library


@dataclass(frozen=True, slots=True)
class Status:
    """What a visitor may know: numbers, no folders. The last three are None while the store does
    not answer."""

    found: int
    generation: str
    built: datetime
    languages: tuple[FacetValue, ...]
    sources: tuple[FacetValue, ...]
    records: int | None = None
    captures: int | None = None
    agrees: bool | None = None


def read_status(held: Holding, library: Library) -> Status:
    """The state of the index and of the store."""
    index = held.index
    everything = index.search(size=1)
    counts: dict[str, int] = {}
    agrees = None
    try:
        with library.archive() as archive:
            counts = archive.counts()
            agrees = archive.digest() == index.manifest.source
    except CorpusError:
        pass
    return Status(
        found=len(index),
        generation=index.generation,
        built=datetime.fromisoformat(index.manifest.built),
        languages=tuple(everything.facets["lang"]),
        sources=tuple(everything.facets["source"]),
        records=counts.get("records"),
        captures=counts.get("captures"),
        agrees=agrees,
    )
