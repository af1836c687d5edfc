"""Which records do the filters of a query leave?"""

from dataclasses import dataclass

import numpy as np

from indexer.columns import Columns, Mask
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
    """The filters of a query as masks over all documents."""

    wanted: dict[str, Mask]  # by facet, and "date"
    unwanted: Mask

    def without(self, name: str | None = None) -> Mask:
        """Documents that pass every filter except the wanted values of `name`."""
        mask = ~self.unwanted
        for other, wanted in self.wanted.items():
            if other != name:
                mask &= wanted
        return mask


def narrow(query: Query, columns: Columns) -> Narrowing:
    """The masks of a query's filters."""
    wanted: dict[str, Mask] = {}
    unwanted = ~columns.live
    for name, choice in choices(query).items():
        if choice.wanted:
            wanted[name] = columns.having(name, choice.wanted)
        if choice.unwanted:
            unwanted |= columns.having(name, choice.unwanted)
    if query.since or query.until:
        wanted["date"] = _dated_within(query, columns)
    return Narrowing(wanted, unwanted)


def _dated_within(query: Query, columns: Columns) -> Mask:
    """Records whose date may lie in the asked range; undated ones do not."""
    mask = ~np.isnat(columns.first)
    if query.since:
        mask &= columns.last >= np.datetime64(first_instant(query.since), "s")
    if query.until:
        mask &= columns.first <= np.datetime64(last_instant(query.until), "s")
    return mask
