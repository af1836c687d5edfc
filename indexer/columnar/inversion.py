"""How do documents full of terms become terms with documents?

No posting is touched in Python: the terms of all documents are one array of numbers, and sorting
it, stably, is the whole of it.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from indexer.columnar.arrays import Array, narrow
from indexer.columnar.terms import encode


class Inverted(NamedTuple):
    """The postings of one field: those of term t are docs[starts[t]:starts[t + 1]], ascending,
    with counts; its positions are positions[places[t]:places[t + 1]], in the order of the
    documents."""

    terms: list[bytes]  # ascending
    starts: Array  # int64, shape (terms + 1,)
    docs: Array  # uint32, shape (postings,)
    counts: Array  # unsigned, shape (postings,)
    places: Array  # int64, shape (terms + 1,)
    positions: Array  # unsigned, shape (occurrences,)
    lengths: Array  # unsigned, shape (documents,)


class _Numbers(dict[str, int]):
    """A number for each term, in the order in which they come."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@dataclass(slots=True)
class FieldInverter:
    """Collects the terms of one field, document after document."""

    numbers: _Numbers
    occurrences: "array[int]"  # numbers of terms
    lengths: "array[int]"

    @classmethod
    def empty(cls) -> "FieldInverter":
        """One without a document."""
        return cls(_Numbers(), array("I"), array("I"))

    def add(self, terms: Sequence[str]) -> None:
        """The terms of the next document, in their order."""
        self.occurrences.extend(map(self.numbers.__getitem__, terms))
        self.lengths.append(len(terms))

    def invert(self) -> Inverted:
        """The postings of all that was added."""
        named = sorted((encode(term), number) for term, number in self.numbers.items())
        rank = np.empty(len(named), np.uint32)
        rank[np.array([number for _, number in named], np.int64)] = np.arange(len(named))
        lengths = np.frombuffer(self.lengths, np.uint32)
        terms = rank[np.frombuffer(self.occurrences, np.uint32)]
        docs = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
        firsts = np.cumsum(lengths, dtype=np.int64) - lengths
        positions = np.arange(len(terms), dtype=np.int64) - np.repeat(firsts, lengths)
        order = np.argsort(terms, kind="stable")
        terms, docs = terms[order], docs[order]
        begins = np.ones(len(terms), dtype=bool)  # of a posting
        begins[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
        heads = np.flatnonzero(begins)
        return Inverted(
            [term for term, _ in named],
            _starts(terms[heads], len(named)),
            docs[heads],
            narrow(np.diff(heads, append=len(terms))),
            _starts(terms, len(named)),
            narrow(positions[order]),
            narrow(lengths),
        )


def _starts(terms: Array, count: int) -> Array:
    """Where each term begins in an ascending array of term numbers; shape (count + 1,)."""
    return np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=count))]).astype(np.int64)
