"""What does every document hold besides words: facet values, dates, captures?

Arrays beside the engine's postings, the same for every engine, written once per generation: facets
are then counted by `bincount` and dates compared without reading a document.
"""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.inversion import FieldInverter, FieldRun
from indexer.dates import last_instant
from indexer.document import Document
from indexer.fields import FACET_FIELDS

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet: a row for each value of each document."""

    values: tuple[str, ...]  # ascending
    owners: NDArray[np.int64]  # document of each row, ascending; shape (rows,)
    ordinals: NDArray[np.int64]  # place of the row's value in `values`; shape (rows,)

    def counts(self, mask: Mask) -> NDArray[np.int64]:
        """For each value, how many of the masked documents have it; shape (values,)."""
        return np.bincount(self.ordinals[mask[self.owners]], minlength=len(self.values))

    def having(self, values: Sequence[str], documents: int) -> Mask:
        """Which documents have at least one of the values; shape (documents,)."""
        chosen = frozenset(values)
        wanted = np.array([value in chosen for value in self.values], dtype=bool)
        mask = np.zeros(documents, dtype=bool)
        mask[self.owners[wanted[self.ordinals]]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one generation; rows are document numbers."""

    ids: tuple[str, ...]
    numbers: dict[str, int]  # by id; of documents with one id the last
    rank: NDArray[np.int64]  # place of the document's id in the order of all ids
    live: Mask  # False for a document that a later one with its id replaced
    first: NDArray[np.datetime64]  # first and last second that its date may mean; NaT if undated
    last: NDArray[np.datetime64]
    month: NDArray[np.datetime64]  # NaT if undated, or dated by the year alone
    captures: NDArray[np.int64]
    facets: dict[str, FacetColumn]

    def having(self, facet: str, values: Sequence[str]) -> Mask:
        """Which documents have at least one of the values of a facet; shape (documents,)."""
        return self.facets[facet].having(values, len(self.ids))


class Rows(NamedTuple):
    """The columns of consecutive documents, in plain types."""

    ids: list[str]
    first: list[str]  # ISO 8601, or "NaT"
    last: list[str]
    month: list[str]
    captures: list[int]
    facets: dict[str, FieldRun]


class ColumnsWriter:
    """Collects the columns of documents in the order of their numbers."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._first = _Moments("datetime64[s]")
        self._last = _Moments("datetime64[s]")
        self._month = _Moments("datetime64[M]")
        self._captures = array("q")
        self._facets = {name: FieldInverter() for name in FACET_FIELDS}

    def take(self, rows: Rows) -> None:
        """The next documents."""
        self._ids += rows.ids
        self._first.take(rows.first)
        self._last.take(rows.last)
        self._month.take(rows.month)
        self._captures.extend(rows.captures)
        for name, run in rows.facets.items():
            self._facets[name].take(run)

    def write(self, folder: Path, groups: Mapping[str, str]) -> None:
        """Write `columns.npz` (arrays) and `columns.json` (strings). `groups`: the values of the
        actor facet that count as another."""
        arrays: dict[str, NDArray[np.generic]] = {
            "first": self._first.all(),
            "last": self._last.all(),
            "month": self._month.all(),
            "captures": np.array(self._captures, np.int64),
        }
        names: dict[str, list[str]] = {"ids": self._ids}
        for name, field in self._facets.items():
            names[name], arrays[f"{name}.owners"], arrays[f"{name}.ordinals"] = _facet_rows(
                field.run(), groups if name == "actor" else {}
            )
        np.savez(folder / "columns.npz", allow_pickle=False, **arrays)
        (folder / "columns.json").write_text(json.dumps(names), "ascii")


class _Moments:
    """Dates and times, 8 bytes each."""

    def __init__(self, kind: str) -> None:
        self._parts = [np.empty(0, kind)]

    def take(self, texts: Sequence[str]) -> None:
        self._parts.append(np.array(texts, self._parts[0].dtype))

    def all(self) -> NDArray[np.datetime64]:
        return np.concatenate(self._parts)


def _facet_rows(
    run: FieldRun, groups: Mapping[str, str]
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Values, owners and ordinals of a `FacetColumn`, each value of a document once."""
    grouped = [groups.get(value, value) for value in run.terms]
    values = sorted(set(grouped))
    place = {value: number for number, value in enumerate(values)}
    own = np.array([place[value] for value in grouped], np.int64)
    lengths = np.frombuffer(run.lengths, np.uint32)
    owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    rows = np.unique(owners << 32 | own[np.frombuffer(run.occurrences, np.uint32)])
    return values, rows >> 32, rows & 0xFFFFFFFF


def rows_of(documents: Sequence[Document]) -> Rows:
    """The columns of consecutive documents."""
    facets = {name: FieldInverter() for name in FACET_FIELDS}
    for document in documents:
        for name, values in facet_values(document).items():
            facets[name].add(values)
    ranges = [_date_range(document) for document in documents]
    return Rows(
        [document.id for document in documents],
        [first for first, _, _ in ranges],
        [last for _, last, _ in ranges],
        [month for _, _, month in ranges],
        [document.captures for document in documents],
        {name: field.run() for name, field in facets.items()},
    )


def read_columns(folder: Path) -> Columns:
    """The columns that `ColumnsWriter` wrote."""
    names = json.loads((folder / "columns.json").read_text("ascii"))
    ids = names["ids"]
    numbers = {record_id: number for number, record_id in enumerate(ids)}
    live = np.zeros(len(ids), dtype=bool)
    live[list(numbers.values())] = True
    rank = np.empty(len(ids), np.int64)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    with np.load(folder / "columns.npz", allow_pickle=False) as arrays:
        facets = {
            name: FacetColumn(
                tuple(names[name]), arrays[f"{name}.owners"], arrays[f"{name}.ordinals"]
            )
            for name in FACET_FIELDS
        }
        return Columns(
            ids=tuple(ids),
            numbers=numbers,
            rank=rank,
            live=live,
            first=arrays["first"],
            last=arrays["last"],
            month=arrays["month"],
            captures=arrays["captures"],
            facets=facets,
        )


def facet_values(document: Document) -> dict[str, tuple[str, ...]]:
    """The document's values of each facet field."""
    return {
        "actor": tuple(dict.fromkeys(document.actors)),
        "location": tuple(dict.fromkeys(document.locations)),
        "lang": (document.lang,),
        "source": (document.source,) if document.source else (),
        "year": (f"{document.published.year:04d}",) if document.published else (),
    }


def _date_range(document: Document) -> tuple[str, str, str]:
    """First second, last second and month that the document's date means, as written by the
    page: the wall clock counts, not the zone. A date without a day means the whole month."""
    if document.published is None:
        return "NaT", "NaT", "NaT"
    first = document.published.replace(tzinfo=None, microsecond=0)
    month = f"{first.year:04d}-{first.month:02d}"
    match document.published_precision:
        case "year":
            last = last_instant(f"{first.year:04d}")
            month = "NaT"
        case "month":
            last = last_instant(month)
        case _:
            last = first
    return first.isoformat(), last.replace(microsecond=0).isoformat(), month
