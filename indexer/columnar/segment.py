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
