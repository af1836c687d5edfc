"""How many records does each choice leave, and when were they published?"""

from dataclasses import dataclass

import numpy as np

from indexer.backends import Matches
from indexer.columns import Columns, Mask
from indexer.dates import first_instant, last_instant
from indexer.fields import FACET_FIELDS
from indexer.names import Gazetteer
from indexer.query import Query, Sort
from indexer.results import Bar, FacetValue
from indexer.text import language_name


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


def count_facets(
    query: Query, matching: Mask, narrowing: Narrowing, columns: Columns, gazetteer: Gazetteer
) -> dict[str, tuple[FacetValue, ...]]:
    """The facets of a query. Each count is the total that choosing this one value in its facet
    gives, so a facet's own choice is left out of its counts; chosen values stay at zero."""
    asked = choices(query)
    facets = {}
    for name in FACET_FIELDS:
        mask = matching & narrowing.without("date" if name == "year" else name)
        column = columns.facets[name]
        counts = dict(zip(column.values, column.counts(mask).tolist(), strict=True))
        choice = asked.get(name, Choice(_chosen_years(query)))
        kept = {value: n for value, n in counts.items() if n}
        for value in (*choice.wanted, *choice.unwanted):
            kept.setdefault(value, counts.get(value, 0))
        facets[name] = tuple(
            FacetValue(value, *_labels(name, value, gazetteer), n,
                       value in choice.wanted, value in choice.unwanted)
            for value, n in sorted(kept.items(), key=lambda item: (-item[1], item[0]))
        )  # fmt: skip
    return facets


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


def make_histogram(matching: Mask, narrowing: Narrowing, columns: Columns) -> tuple[Bar, ...]:
    """A bar for each month in which records exist. Like a facet, it leaves the chosen dates out:
    a bar's count is the total that choosing its month gives, but for records that are dated by
    the year alone, which no bar counts and each month of the year finds."""
    archived = _by_month(columns.live, columns)
    counts = _by_month(matching & narrowing.without("date"), columns)
    return tuple(Bar(month, counts.get(month, 0), n) for month, n in archived.items())


def _by_month(mask: Mask, columns: Columns) -> dict[str, int]:
    months = columns.month[mask & ~np.isnat(columns.month)]
    values, counts = np.unique(months, return_counts=True)
    return dict(zip(values.astype(str).tolist(), counts.tolist(), strict=True))


def order_matches(sort: Sort, matches: Matches, columns: Columns) -> Matches:
    """The matches in the asked order. Relevance: score, then newer, then id. Newest and oldest:
    undated records last, then score, then id. Scores that agree to nine digits are equal: sums
    differ in the last bits with the order of their parts."""
    score = -np.round(matches.scores, 9)
    rank = columns.rank[matches.docs]
    first = columns.first[matches.docs]
    undated = np.isnat(first)
    seconds = np.where(undated, 0, first.astype(np.int64))
    match sort:
        case "newest":
            order = np.lexsort((rank, score, -seconds, undated))
        case "oldest":
            order = np.lexsort((rank, score, seconds, undated))
        case "relevance":
            order = np.lexsort((rank, -seconds, undated, score))
    return Matches(matches.docs[order], matches.scores[order])
