"""How many records does each choice leave, and when were they published?"""

import numpy as np

from indexer.columns import Columns, Mask
from indexer.fields import FACET_FIELDS
from indexer.filters import Choice, Narrowing, choices
from indexer.names import Gazetteer
from indexer.query import Query
from indexer.results import Bar, FacetValue
from indexer.text import language_name
from indexer.triggers import Triggers


def count_facets(
    query: Query,
    matching: Mask,
    narrowing: Narrowing,
    columns: Columns,
    gazetteer: Gazetteer,
    triggers: Triggers,
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
        spellings = triggers.spellings(mask, kept) if name in ("actor", "location") else {}
        facets[name] = tuple(
            FacetValue(value, *_labels(name, value, gazetteer), n, value in choice.wanted,
                       value in choice.unwanted, spellings.get(value, ()),
                       _is_by_rule(name, value, gazetteer))
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


def _is_by_rule(facet: str, value: str, gazetteer: Gazetteer) -> bool:
    return facet == "actor" and gazetteer.people.entity(value) is not None


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
