"""What does every document hold besides words: facet values, dates, captures?

Arrays mapped from one file beside the engine's, the same for every engine, written once per
generation: facets are then counted by `bincount` and dates compared without reading a document.
Opening reads none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.arrays import Array, read_arrays
from indexer.columnar.terms import Terms, decode
from indexer.fields import FACET_FIELDS

NAME = "columns"  # of the two files, within a generation
# Besides the facets: the spellings of names, as terms of the name fields with each person under
# the id of the group; and months.
COLUMNS = (*FACET_FIELDS, "spelling", "month")

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class FacetColumn:
    """The values of each document in one facet."""

    terms: Terms  # the values, ascending; a value's ordinal is its place among them
    starts: Array  # rows of each document; shape (documents + 1,), empty if each has at most one
    ordinals: Array  # the value of each row; without `starts` of each document, or len(terms)
    totals: Array  # how many of the documents that can be found have each value
    begins: Array  # the documents of each value; shape (values + 1,)
    owners: Array  # documents, by value, then ascending; shape (rows,)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values, ascending."""
        return tuple(decode(term) for term in self.terms)

    def counts(self, docs: Numbers) -> Numbers:
        """For each value, how many of the documents have it; shape (values,)."""
        found = self.ordinals[docs] if not len(self.starts) else self.ordinals[self._rows(docs)]
        return np.bincount(found, minlength=len(self.terms))[: len(self.terms)]

    def having(self, values: Iterable[str], documents: int) -> Mask:
        """Which documents have at least one of the values; shape (documents,)."""
        mask = np.zeros(documents, dtype=bool)
        for value in values:
            number = self.terms.find(value)
            if number is not None:
                mask[self.owners[int(self.begins[number]) : int(self.begins[number + 1])]] = True
        return mask

    def _rows(self, docs: Numbers) -> Numbers:
        """The rows of documents, one after the other."""
        firsts = self.starts[docs].astype(np.int64)
        lengths = self.starts[docs + 1] - firsts
        ends = np.cumsum(lengths)
        rows = np.repeat(firsts - ends + lengths, lengths)
        rows += np.arange(len(rows))
        return rows


@dataclass(frozen=True)
class Columns:
    """The columns of one generation; rows are document numbers."""

    records: Terms  # the ids of all records that can be found, ascending
    newest: Array  # the document of each of them: of documents with one id the last
    own: Array  # each document's id, as its number among `records`
    live: Mask  # False for a document that a later one with its id replaced
    place: Array  # each document's place if the newest come first, undated ones last, then by id
    first: NDArray[np.datetime64]  # first and last second that its date may mean; NaT if undated
    last: NDArray[np.datetime64]
    captures: NDArray[np.int64]
    facets: dict[str, FacetColumn]  # COLUMNS

    @property
    def count(self) -> int:
        """How many documents there are."""
        return len(self.own)

    @cached_property
    def all_live(self) -> bool:
        """Whether no document was replaced by a later one."""
        return len(self.records) == len(self.own)

    def number(self, record_id: str) -> int | None:
        """The document of a record; None if there is no such record."""
        place = self.records.find(record_id)
        return None if place is None else int(self.newest[place])

    def id_of(self, number: int) -> str:
        """The id of a document."""
        return decode(self.records[int(self.own[number])])

    def ids(self) -> set[str]:
        """The ids of all records that can be found."""
        return {decode(record) for record in self.records}

    def having(self, facet: str, values: Iterable[str]) -> Mask:
        """Which documents have at least one of the values of a facet; shape (documents,)."""
        return self.facets[facet].having(values, self.count)


def read_columns(folder: Path) -> Columns:
    """The columns that `ColumnsWriter` wrote."""
    arrays = read_arrays(folder / NAME)
    facets = {
        name: FacetColumn(
            Terms(arrays[f"{name}.letters"], arrays[f"{name}.ends"]),
            *(arrays[f"{name}.{k}"] for k in ("starts", "ordinals", "totals", "begins", "owners")),
        )
        for name in COLUMNS
    }
    return Columns(
        records=Terms(arrays["ids.letters"], arrays["ids.ends"]),
        newest=arrays["newest"],
        own=arrays["own"],
        live=arrays["live"].view(np.bool_),
        place=arrays["place"],
        first=arrays["first"].view("datetime64[s]"),
        last=arrays["last"].view("datetime64[s]"),
        captures=arrays["captures"],
        facets=facets,
    )
