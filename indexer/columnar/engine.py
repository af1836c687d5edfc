"""How is a segment read?"""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from indexer.backends.engine import Matches, Stored
from indexer.columnar.arrays import read_arrays
from indexer.columnar.compile import compile_plan
from indexer.columnar.evaluate import evaluate
from indexer.columnar.reader import ColumnarReader
from indexer.columnar.segment import FieldSegment, Postings, read_field
from indexer.columnar.stored import StoredReader
from indexer.columnar.terms import decode
from indexer.columnar.writer import FIELDS, NAME
from indexer.errors import IndexUnreadable
from indexer.fields import POSTING_FIELDS
from indexer.plan import Plan

T = TypeVar("T")

_NOWHERE = Postings(np.empty(0, np.int64), np.empty(0, np.float64))


class _Open(NamedTuple):
    fields: dict[str, FieldSegment]
    stored: StoredReader


class ColumnarEngine:
    """One segment, open for reading. Its files are mapped here and once: the folder may be removed
    while searches go on. It never changes, so threads share it, and processes its pages."""

    def __init__(self, folder: Path) -> None:
        arrays = read_arrays(folder / NAME)
        fields = {name: read_field(arrays, name) for name in FIELDS}
        self._open: _Open | None = _Open(fields, StoredReader(folder, arrays))
        self.count = len(fields[FIELDS[0]].lengths)
        self._norms: dict[str, NDArray[np.float64]] = {}
        for field in POSTING_FIELDS:
            lengths = fields[field.name].lengths.astype(np.float64)
            average = lengths.mean() if lengths.any() else 1.0
            self._norms[field.name] = field.k1 * (1 - field.b + field.b * lengths / average)

    def evaluate(self, plan: Plan) -> Matches:
        """All documents that the plan describes, with exact scores."""
        return evaluate(compile_plan(plan), self)

    def documents(self, numbers: list[int]) -> list[Stored]:
        """What is kept of documents, in the order asked for."""
        return self._opened().stored.read(numbers)

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]:
        """The field's first `limit` terms that begin so, in the order of their code points."""
        found = islice(self._opened().fields[field].terms.starting(prefix), limit)
        return [decode(term) for term in found]

    def document_numbers(self, field: str, text: str) -> NDArray[np.int64]:
        """The documents that hold the term, ascending; empty for an unknown term."""
        return self.postings(field, text).docs

    def postings(self, field: str, text: str) -> Postings:
        """The term's documents and counts; empty for an unknown term."""
        return self._of_term(field, text, FieldSegment.postings, _NOWHERE)

    def places(self, field: str, text: str) -> NDArray[np.int64]:
        """The term's occurrences (see `FieldSegment.occurrences`)."""
        return self._of_term(field, text, FieldSegment.occurrences, _NOWHERE.docs)

    def positions(self, field: str, text: str, numbers: NDArray[np.int64]) -> dict[int, list[int]]:
        """Where a term stands in those of some ascending documents that hold it."""
        segment = self._opened().fields[field]
        number = segment.terms.find(text)
        return {} if number is None else segment.positions_in(number, numbers)

    def _of_term(
        self, field: str, text: str, read: Callable[[FieldSegment, int], T], missing: T
    ) -> T:
        segment = self._opened().fields[field]
        number = segment.terms.find(text)
        return missing if number is None else read(segment, number)

    def norms(self, field: str) -> NDArray[np.float64]:
        """What BM25 adds to tf under the line, k1 * (1 - b + b * length / average length), for
        each document; shape (documents,)."""
        return self._norms[field]

    @property
    def reader(self) -> IndexReader:
        """The segment as Whoosh reads an index: any of its searchers answers from it."""
        opened = self._opened()
        return ColumnarReader(opened.fields, opened.stored, self.count)

    def close(self) -> None:
        """Let go of the files; their maps go when no search uses them any more."""
        self._open = None

    def _opened(self) -> _Open:
        if self._open is None:
            raise IndexUnreadable("This index is closed. Open it again: open_index.")
        return self._open
