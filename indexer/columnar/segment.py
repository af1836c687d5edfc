"""What does a segment hold of one field?

NAME.letters, NAME.ends          its terms (see `Terms`)
NAME.starts, NAME.docs, NAME.counts      the documents of each term, and how often each has it
NAME.places, NAME.positions      where it stands in them
NAME.lengths                     how many terms each document has
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.arrays import Array, ArrayFileWriter
from indexer.columnar.inversion import Inverted
from indexer.columnar.terms import Terms, pack

KINDS = ("starts", "docs", "counts", "places", "positions", "lengths")


class Postings(NamedTuple):
    """The documents of one term, ascending, and how often each holds it."""

    docs: NDArray[np.int64]  # shape (df,)
    counts: NDArray[np.float64]  # shape (df,)


@dataclass(frozen=True, slots=True)
class FieldSegment:
    """One field of one segment, over arrays that may be maps of a file."""

    terms: Terms
    starts: Array
    docs: Array
    counts: Array
    places: Array
    positions: Array
    lengths: Array

    def postings(self, number: int) -> Postings:
        """The postings of a term, by its number."""
        run = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return Postings(self.docs[run].astype(np.int64), self.counts[run].astype(np.float64))

    def frequency(self, number: int) -> int:
        """How many documents hold a term."""
        return int(self.starts[number + 1] - self.starts[number])

    def occurrences(self, number: int) -> NDArray[np.int64]:
        """Every occurrence of a term as one number, document << 32 | position, ascending: then
        "the next word" is +1, and both phrase and nearness are arithmetic on sorted arrays."""
        run = slice(int(self.starts[number]), int(self.starts[number + 1]))
        owners = np.repeat(self.docs[run].astype(np.int64), self.counts[run])
        places = slice(int(self.places[number]), int(self.places[number + 1]))
        return owners << 32 | self.positions[places].astype(np.int64)

    def positions_in(self, number: int, docs: NDArray[np.int64]) -> dict[int, list[int]]:
        """Where a term stands in those of some ascending documents that hold it."""
        first, end = int(self.starts[number]), int(self.starts[number + 1])
        own = self.docs[first:end]
        found = np.searchsorted(own, docs)
        held = found < len(own)
        held[held] = own[found[held]] == docs[held]
        if not held.any():
            return {}
        rows = found[held]
        counts = self.counts[first:end]
        # The occurrences before each row: sums between the rows, added up.
        sums = np.add.reduceat(counts[: rows[-1] + 1], np.r_[0, rows], dtype=np.int64)
        before = np.cumsum(sums[:-1] if rows[0] else np.r_[0, sums[1:-1]])
        place = int(self.places[number]) + before
        return {
            doc: self.positions[start : start + int(counts[row])].tolist()
            for doc, row, start in zip(
                docs[held].tolist(), rows.tolist(), place.tolist(), strict=True
            )
        }


def read_field(arrays: Mapping[str, Array], name: str) -> FieldSegment:
    """A field of the arrays of a segment."""
    letters, ends, *rest = (arrays[f"{name}.{kind}"] for kind in ("letters", "ends", *KINDS))
    return FieldSegment(Terms(letters, ends), *rest)


def write_field(file: ArrayFileWriter, name: str, field: Inverted) -> None:
    """Write a field that was inverted in memory."""
    letters, ends = pack(field.terms)
    file.add(f"{name}.letters", letters)
    file.add(f"{name}.ends", ends)
    for kind in KINDS:
        file.add(f"{name}.{kind}", getattr(field, kind))
