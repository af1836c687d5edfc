"""Where do the terms of a query stand in some documents?

Asked of the postings: a document that was found is not analyzed again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indexer.backends import Engine, Stored
from indexer.fields import Part, fields_at

WordLevel = Literal["exact", "form"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one part of a document, as far as a query asks for them."""

    places: Mapping[tuple[WordLevel, str], Sequence[int]]  # of a term at a level; absent: nowhere
    spans: NDArray[np.int64]  # start and end of every word; shape (words, 2)

    def at(self, level: WordLevel, terms: Iterable[str]) -> set[int]:
        """The places of the words that have one of the terms."""
        return {place for term in terms for place in self.places.get((level, term), ())}


def locate(
    engine: Engine,
    numbers: Sequence[int],
    stored: Sequence[Stored],
    wanted: Mapping[WordLevel, Iterable[str]],
) -> list[dict[Part, Words]]:
    """The words of each of the documents `numbers`, which are `stored`."""
    places: dict[tuple[int, Part], dict[tuple[WordLevel, str], Sequence[int]]] = {}
    ascending = np.unique(np.array(numbers, np.int64))
    for level, terms in wanted.items():
        for field in fields_at(level):
            for term in terms:
                found = engine.positions(field.name, term, ascending)
                for number, positions in found.items():
                    places.setdefault((number, field.part), {})[level, term] = positions
    return [
        {
            "title": Words(places.get((number, "title"), {}), kept.title),
            "text": Words(places.get((number, "text"), {}), kept.text),
        }
        for number, kept in zip(numbers, stored, strict=True)
    ]
