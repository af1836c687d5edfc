"""What must an engine do?"""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.plan import Plan


class Matches(NamedTuple):
    """Every matching document, in the order of their numbers."""

    docs: NDArray[np.int64]  # shape (m,), ascending
    scores: NDArray[np.float64]  # shape (m,)


class Stored(NamedTuple):
    """What is kept of a document."""

    document: str  # JSON
    title: NDArray[np.int64]  # start and end of each of its title's words; shape (words, 2)
    text: NDArray[np.int64]


class Engine(Protocol):
    """One generation of the index, open for reading by many threads."""

    count: int  # documents, numbered from 0 in the order in which they were added

    def evaluate(self, plan: Plan) -> Matches:
        """All documents that the plan describes, with exact scores."""
        ...

    def documents(self, numbers: list[int]) -> list[Stored]:
        """What is kept of documents, in the order asked for."""
        ...

    def positions(self, field: str, text: str, numbers: NDArray[np.int64]) -> dict[int, list[int]]:
        """Where a term stands in those of some ascending documents that hold it."""
        ...

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]:
        """The field's first `limit` terms that begin so, in the order of their code points."""
        ...

    def document_numbers(self, field: str, text: str) -> NDArray[np.int64]:
        """The documents that hold the term, ascending; empty for an unknown term."""
        ...
