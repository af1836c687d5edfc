"""How many records does each choice leave, and when were they published?"""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

import numpy as np

from indexer.columns import Columns, Numbers
from indexer.fields import FACET_FIELDS
from indexer.filters import Choice, Narrowing, choices
from indexer.names import Gazetteer
from indexer.query import Query
from indexer.results import Bar, FacetValue
from indexer.text import language_name
from indexer.triggers import Counted, Triggers


class FacetValues(Sequence[FacetValue]):
    """The values of one facet, each made when it is looked at: an archive has thousands of people,
    and a page shows a hundred of them."""

    def __init__(
        self, counted: Sequence[tuple[str, int]], make: Callable[[str, int], FacetValue]
    ) -> None:
        self._counted = counted
        self._make = make

    def __len__(self) -> int:
        return len(self._counted)

    @overload
    def __getitem__(self, place: int) -> FacetValue: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, place: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        if isinstance(place, slice):
            return tuple(self._make(*row) for row in self._counted[place])
        return self._make(*self._counted[place])

    def __iter__(self) -> Iterator[FacetValue]:
        return (self._make(*row) for row in self._counted)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __deepcopy__(self, memo: object) -> tuple[FacetValue, ...]:
        return tuple(self)


def count_facets(
    query: Query, narrowing: Narrowing, columns: Columns, gazetteer: Gazetteer, triggers: Triggers
) -> dict[str, Sequence[FacetValue]]:
    """The facets of a query, the most frequent values first. Each count is the total that choosing
    this one value in its facet gives, so a facet's own choice is left out of its counts; chosen
    values stay at zero."""
    asked = choices(query)
    facets: dict[str, Sequence[FacetValue]] = {}
    for name in FACET_FIELDS:
        docs = narrowing.without("date" if name == "year" else name)
        choice = asked.get(name, Choice(_chosen_years(query)))
        named = name in ("actor", "location")
        spelled = triggers.counted(docs) if named else None
        make = _maker(name, choice, gazetteer, spelled)
        facets[name] = FacetValues(_counted(name, docs, choice, columns), make)
    return facets


def _counted(name: str, docs: Numbers, choice: Choice, columns: Columns) -> list[tuple[str, int]]:
    """Values and counts, the most frequent first, then by value; the chosen ones at zero too."""
    column = columns.facets[name]
    counts = column.counts(docs)
    found = np.flatnonzero(counts)
    found = found[np.argsort(-counts[found], kind="stable")]
    values = column.values
    kept = [
        (values[number], count)
        for number, count in zip(found.tolist(), counts[found].tolist(), strict=True)
    ]
    chosen = {*choice.wanted, *choice.unwanted}
    if chosen:
        kept += [(value, 0) for value in sorted(chosen - {value for value, _ in kept})]
    return kept


def _maker(
    name: str, choice: Choice, gazetteer: Gazetteer, spelled: Counted | None
) -> Callable[[str, int], FacetValue]:
    def make(value: str, count: int) -> FacetValue:
        return FacetValue(
            value,
            *_labels(name, value, gazetteer),
            count,
            value in choice.wanted,
            value in choice.unwanted,
            spelled.spellings(value) if spelled is not None else (),
            name == "actor" and gazetteer.people.entity(value) is not None,
        )

    return make


def _chosen_years(query: Query) -> tuple[str, ...]:
    if query.since and query.since == query.until and len(query.since) == 4:
        return (query.since,)
    return ()


def _labels(facet: str, value: str, gazetteer: Gazetteer) -> tuple[str, str]:
    if facet in ("actor", "location"):
        entity = gazetteer.entity(value)
        return (entity.label_en, entity.label_ar) if entity else (value, value)
    if facet == "lang":
        return language_name(value, "en"), language_name(value, "ar")
    return value, value


def make_histogram(narrowing: Narrowing, columns: Columns) -> tuple[Bar, ...]:
    """A bar for each month in which records exist. Like a facet, it leaves the chosen dates out:
    a bar's count is the total that choosing its month gives, but for records that are dated by
    the year alone, which no bar counts and each month of the year finds."""
    months = columns.facets["month"]
    counts = months.counts(narrowing.without("date"))
    rows = zip(months.values, counts.tolist(), months.totals.tolist(), strict=True)
    return tuple(Bar(month, count, archived) for month, count, archived in rows if archived)
