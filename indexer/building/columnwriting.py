"""How are the columns of documents written?"""

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.arrays import Array, ArrayFileWriter, narrow
from indexer.columnar.inversion import FieldInverter, FieldRun
from indexer.columnar.terms import encode, pack
from indexer.columns import COLUMNS, NAME, Mask
from indexer.dates import last_instant
from indexer.document import Document
from indexer.fields import NAME_SEPARATOR, entity_of, name_term, spelling_of


class Rows(NamedTuple):
    """The columns of consecutive documents, in plain types."""

    ids: list[str]
    first: list[str]  # ISO 8601, or "NaT"
    last: list[str]
    captures: list[int]
    facets: dict[str, FieldRun]  # COLUMNS


class ColumnsWriter:
    """Collects the columns of documents in the order of their numbers."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._first = _Moments()
        self._last = _Moments()
        self._captures = array("q")
        self._facets = {name: FieldInverter() for name in COLUMNS}

    def take(self, rows: Rows) -> None:
        """The next documents."""
        self._ids += rows.ids
        self._first.take(rows.first)
        self._last.take(rows.last)
        self._captures.extend(rows.captures)
        for name, run in rows.facets.items():
            self._facets[name].take(run)

    def write(self, folder: Path, groups: Mapping[str, str]) -> None:
        """Write `columns.bin` and `columns.json`. `groups`: the values of the actor facet that
        count as another."""

        def grouped(name: str, value: str) -> str:
            if name == "spelling":
                entity = entity_of(value)
                return f"{groups.get(entity, entity)}{NAME_SEPARATOR}{spelling_of(value)}"
            return groups.get(value, value) if name == "actor" else value

        newest = {record_id: number for number, record_id in enumerate(self._ids)}
        records = sorted(newest)
        place = {record_id: number for number, record_id in enumerate(records)}
        own = np.array([place[record_id] for record_id in self._ids], np.uint32)
        live = np.zeros(len(own), dtype=bool)
        live[list(newest.values())] = True
        first, last = self._first.all(), self._last.all()
        with ArrayFileWriter(folder / NAME) as file:
            _add_terms(file, "ids", records)
            file.add("newest", np.array([newest[record_id] for record_id in records], np.uint32))
            file.add("own", own)
            file.add("live", live.view(np.uint8))
            file.add("place", _newest_first(first, own))
            file.add("first", first.view(np.int64))
            file.add("last", last.view(np.int64))
            file.add("captures", np.array(self._captures, np.int64))
            for name, field in self._facets.items():
                run = field.run()
                _add_facet(file, name, run, [grouped(name, value) for value in run.terms], live)


class _Moments:
    """Dates and times, 8 bytes each."""

    def __init__(self) -> None:
        self._parts = [np.empty(0, "datetime64[s]")]

    def take(self, texts: Sequence[str]) -> None:
        self._parts.append(np.array(texts, self._parts[0].dtype))

    def all(self) -> NDArray[np.datetime64]:
        return np.concatenate(self._parts)


def _newest_first(first: NDArray[np.datetime64], own: Array) -> Array:
    undated = np.isnat(first)
    seconds = np.where(undated, 0, first.view(np.int64))
    place = np.empty(len(own), np.uint32)
    place[np.lexsort((own, -seconds, undated))] = np.arange(len(own), dtype=np.uint32)
    return place


def _add_terms(file: ArrayFileWriter, name: str, values: Sequence[str]) -> None:
    letters, ends = pack([encode(value) for value in values])
    file.add(f"{name}.letters", letters)
    file.add(f"{name}.ends", ends)


def _add_facet(
    file: ArrayFileWriter, name: str, run: FieldRun, grouped: Sequence[str], live: Mask
) -> None:
    """Write a `FacetColumn`, each value of a document once."""
    values = sorted(set(grouped))
    place = {value: number for number, value in enumerate(values)}
    number = np.array([place[value] for value in grouped], np.int64)
    owners = np.repeat(np.arange(len(live)), np.frombuffer(run.lengths, np.uint32))
    rows = np.unique(owners << 32 | number[np.frombuffer(run.occurrences, np.uint32)])
    owners, ordinals = rows >> 32, rows & 0xFFFFFFFF
    lengths = np.bincount(owners, minlength=len(live))
    _add_terms(file, name, values)
    if len(rows) and lengths.max() > 1:
        file.add(f"{name}.starts", narrow(np.r_[0, np.cumsum(lengths)]))
        file.add(f"{name}.ordinals", narrow(ordinals))
    else:
        each = np.full(len(live), len(values), np.int64)
        each[owners] = ordinals
        file.add(f"{name}.starts", np.empty(0, np.uint8))
        file.add(f"{name}.ordinals", narrow(each))
    found = np.bincount(ordinals[live[owners]], minlength=len(values))
    file.add(f"{name}.totals", found.astype(np.int64))
    by_value = np.bincount(ordinals, minlength=len(values))
    file.add(f"{name}.begins", np.r_[0, np.cumsum(by_value)].astype(np.int64))
    file.add(f"{name}.owners", owners[np.argsort(ordinals, kind="stable")].astype(np.uint32))


def rows_of(documents: Sequence[Document]) -> Rows:
    """The columns of consecutive documents."""
    facets = {name: FieldInverter() for name in COLUMNS}
    ranges = [_date_range(document) for document in documents]
    for document, (_, _, month) in zip(documents, ranges, strict=True):
        values = facet_values(document)
        values["spelling"] = tuple(name_term(m.entity, m.text) for m in document.mentions)
        values["month"] = (month,) if month else ()
        for name, own in values.items():
            facets[name].add(own)
    return Rows(
        [document.id for document in documents],
        [first for first, _, _ in ranges],
        [last for _, last, _ in ranges],
        [document.captures for document in documents],
        {name: field.run() for name, field in facets.items()},
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
        return "NaT", "NaT", ""
    first = document.published.replace(tzinfo=None, microsecond=0)
    month = f"{first.year:04d}-{first.month:02d}"
    match document.published_precision:
        case "year":
            last = last_instant(f"{first.year:04d}")
            month = ""
        case "month":
            last = last_instant(month)
        case _:
            last = first
    return first.isoformat(), last.replace(microsecond=0).isoformat(), month
