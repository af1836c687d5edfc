"""Which records do the filters of a query leave?"""

from dataclasses import dataclass

import numpy as np

from indexer.columns import Columns, Mask, Numbers
from indexer.dates import first_instant, last_instant
from indexer.query import Query


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose in one facet: any of `wanted`, none of `unwanted`."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def choices(query: Query) -> dict[str, Choice]:
    """The choices of a query, by facet. Years are chosen by dates, not here."""
    return {
        "actor": Choice(query.actor, query.not_actor),
        "location": Choice(query.location, query.not_location),
        "lang": Choice(query.lang),
        "source": Choice(query.source),
    }


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The documents that a query finds, and which of them its filters leave."""

    docs: Numbers  # ascending; shape (found,)
    wanted: dict[str, Mask]  # by facet, and "date"; shape (found,)
    unwanted: Mask | None  # excluded, or replaced by a later one; None: none is

    def keeps(self, name: str | None = None) -> Mask | None:
        """Which of the documents pass every filter except the wanted values of `name`; None: all
        of them."""
        kept = None if self.unwanted is None else ~self.unwanted
        for other, wanted in self.wanted.items():
            if other != name:
                kept = wanted if kept is None else kept & wanted
        return kept

    def without(self, name: str | None = None) -> Numbers:
        """The documents that pass every filter except the wanted values of `name`."""
        kept = self.keeps(name)
        return self.docs if kept is None else self.docs[kept]


def narrow(query: Query, columns: Columns, docs: Numbers) -> Narrowing:
    """What a query's filters leave of the documents that it finds."""
    wanted: dict[str, Mask] = {}
    unwanted = None if columns.all_live else ~columns.live[docs]
    for name, choice in choices(query).items():
        if choice.wanted:
            wanted[name] = columns.having(name, choice.wanted)[docs]
        if choice.unwanted:
            excluded = columns.having(name, choice.unwanted)[docs]
            unwanted = excluded if unwanted is None else unwanted | excluded
    if query.since or query.until:
        wanted["date"] = _dated_within(query, columns, docs)
    return Narrowing(docs, wanted, unwanted)


def _dated_within(query: Query, columns: Columns, docs: Numbers) -> Mask:
    """Which records have a date that may lie in the asked range; undated ones do not."""
    first = columns.first[docs]
    mask = ~np.isnat(first)
    if query.since:
        mask &= columns.last[docs] >= np.datetime64(first_instant(query.since), "s")
    if query.until:
        mask &= first <= np.datetime64(last_instant(query.until), "s")
    return mask
