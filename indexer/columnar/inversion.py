"""How do documents full of terms become terms with documents?

No posting is touched in Python: the terms of all documents are one array of numbers, and sorting
it, stably, is the whole of it.
"""

from array import array
from collections.abc import Sequence
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


class FieldRun(NamedTuple):
    """The terms of one field in consecutive documents, in plain types."""

    terms: list[str]  # in the order in which they come
    occurrences: bytes  # the place of each in `terms`, as uint32
    lengths: bytes  # how many each document has, as uint32


class _Numbers(dict[str, int]):
    """A number for each term, in the order in which they come."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


class FieldInverter:
    """Collects the terms of one field, document after document."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._occurrences = array("I")  # numbers of terms
        self._lengths = array("I")

    def __len__(self) -> int:
        return len(self._occurrences)

    def add(self, terms: Sequence[str]) -> None:
        """The terms of the next document, in their order."""
        self._occurrences.extend(map(self._numbers.__getitem__, terms))
        self._lengths.append(len(terms))

    def run(self) -> FieldRun:
        """All that was added, for another to take."""
        return FieldRun(list(self._numbers), self._occurrences.tobytes(), self._lengths.tobytes())

    def take(self, run: FieldRun) -> None:
        """The next documents: a dictionary is asked for each of their terms once."""
        numbers = np.array([self._numbers[term] for term in run.terms], np.uint32)
        self._occurrences.frombytes(numbers[np.frombuffer(run.occurrences, np.uint32)].tobytes())
        self._lengths.frombytes(run.lengths)

    def invert(self) -> Inverted:
        """The postings of all that was added."""
        named = sorted((encode(term), number) for term, number in self._numbers.items())
        rank = np.empty(len(named), np.uint32)
        rank[np.array([number for _, number in named], np.int64)] = np.arange(len(named))
        lengths = np.frombuffer(self._lengths, np.uint32)
        terms = rank[np.frombuffer(self._occurrences, np.uint32)]
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
