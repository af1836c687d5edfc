"""Which choices narrow this answer, and where does each lead?

The value itself leads to exactly the records that its count tells. What is chosen or excluded
stays on the page, at zero too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import FacetValue, Index, Results
from search_app.links import Links

ORDER = ("actor", "location", "lang", "source", "year")
SHOWN = 8  # the others stand behind "more"
MOST = 100  # of them: an archive has thousands of places, and each has three links


@dataclass(frozen=True, slots=True)
class Choice:
    """One value with its links; None where a link would change nothing."""

    value: FacetValue
    only: str
    also: str | None
    exclude: str | None
    clear: str | None
    children: tuple["Choice", ...] = ()


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet: what stands open, and what stands behind "more"."""

    name: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    rest: int  # how many rarer values are not shown at all


def make_facets(index: Index, results: Results, links: Links) -> list[FacetBox]:
    """The facets of an answer that have a value."""
    boxes = []
    for name in ORDER:
        values = list(results.facets.get(name, ()))
        if name == "year":
            values.sort(key=lambda value: value.id, reverse=True)
        chosen = [value for value in values if value.selected or value.excluded]
        others = [value for value in values if not (value.selected or value.excluded)]
        room = max(SHOWN - len(chosen), 3)
        shown = chosen + others[:room]
        several = any(value.selected for value in values) and name != "year"
        if name == "location":
            tops = _tree(index, shown, links, several)
        else:
            tops = tuple(_choice(name, value, links, several) for value in shown)
        more = tuple(_choice(name, value, links, several) for value in others[room:][:MOST])
        if tops:
            boxes.append(FacetBox(name, tops, more, max(0, len(others) - room - MOST)))
    return boxes


def make_chosen(results: Results, links: Links) -> list[tuple[str, Choice]]:
    """The values that are chosen or excluded, each with its facet; dates stand elsewhere."""
    return [
        (name, _choice(name, value, links, False))
        for name in ORDER
        if name != "year"
        for value in results.facets.get(name, ())
        if value.selected or value.excluded
    ]


def _choice(
    name: str,
    value: FacetValue,
    links: Links,
    several: bool,
    children: tuple[Choice, ...] = (),
) -> Choice:
    chosen = value.selected or value.excluded
    return Choice(
        value,
        only=links.only(name, value.id),
        also=links.also(name, value.id) if several and not chosen else None,
        exclude=None if chosen else links.exclude(name, value.id),
        clear=links.clear(name, value.id) if chosen else None,
        children=children,
    )


def _tree(
    index: Index, values: Sequence[FacetValue], links: Links, several: bool
) -> tuple[Choice, ...]:
    """Places under the nearest larger place that is shown too."""
    shown = {value.id for value in values}
    children: dict[str | None, list[FacetValue]] = {}
    for value in values:
        children.setdefault(_nearest(index, value.id, shown), []).append(value)

    def grow(parent: str | None) -> tuple[Choice, ...]:
        return tuple(
            _choice("location", value, links, several, grow(value.id))
            for value in children.get(parent, ())
        )

    return grow(None)


def _nearest(index: Index, place: str, shown: set[str]) -> str | None:
    seen = {place}
    entity = index.entity(place)
    while entity is not None and entity.part_of and entity.part_of not in seen:
        if entity.part_of in shown:
            return entity.part_of
        seen.add(entity.part_of)
        entity = index.entity(entity.part_of)
    return None
