"""Which choices narrow this answer, and where does each lead?

The value itself leads to exactly the records that its count tells. What is chosen or excluded
stays on the page, at zero too. Places stand under the larger place that they lie in.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import FacetValue, Index, Results
from search_app.links import Links

ORDER = ("actor", "location", "lang", "source", "year")
SHOWN = 8  # of each level; the others stand behind "more"
MOST = 120  # of a facet: an archive has thousands of places, and each has three links


@dataclass(frozen=True, slots=True)
class Level:
    """Choices beside each other: what stands open, and what stands behind "more"."""

    shown: tuple["Choice", ...] = ()
    more: tuple["Choice", ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value with its links; None where a link would change nothing."""

    value: FacetValue
    only: str
    also: str | None
    exclude: str | None
    clear: str | None
    words: tuple[tuple[str, int], ...] = ()  # for which it counts, where the labels do not say it
    inside: Level = Level()  # the places that lie in it
    places: int = 0  # how many those are, at all depths
    open: bool = False  # whether they are to be seen at once


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet, and how many rarer values of it are not listed at all."""

    name: str
    level: Level
    rest: int


def make_facets(index: Index, results: Results, links: Links) -> list[FacetBox]:
    """The facets of an answer that have a value."""
    boxes = []
    for name in ORDER:
        values = list(results.facets.get(name, ()))
        if name == "year":
            values.sort(key=lambda value: value.id, reverse=True)
        chosen = [value for value in values if _is_chosen(value)]
        others = [value for value in values if not _is_chosen(value)]
        listed = [*chosen, *others[: max(MOST - len(chosen), SHOWN)]]
        several = any(value.selected for value in values) and name != "year"
        tree: dict[str | None, list[FacetValue]] = {None: listed}
        inside = _inside(index, listed) if name == "location" else tree
        level = _Grower(name, links, several, inside).level(None, 0)
        if level.shown:
            boxes.append(FacetBox(name, level, len(values) - len(listed)))
    return boxes


def make_chosen(results: Results, links: Links) -> list[tuple[str, Choice]]:
    """The values that are chosen or excluded, each with its facet; dates stand elsewhere."""
    return [
        (name, _choice(name, value, links, False))
        for name in ORDER
        if name != "year"
        for value in results.facets.get(name, ())
        if _is_chosen(value)
    ]


def _is_chosen(value: FacetValue) -> bool:
    return value.selected or value.excluded


def _choice(
    name: str,
    value: FacetValue,
    links: Links,
    several: bool,
    inside: Level = Level(),
    unfold: bool = False,
) -> Choice:
    chosen = _is_chosen(value)
    within = (*inside.shown, *inside.more)
    return Choice(
        value,
        only=links.only(name, value.id),
        also=links.also(name, value.id) if several and not chosen else None,
        exclude=None if chosen else links.exclude(name, value.id),
        clear=links.clear(name, value.id) if chosen else None,
        words=_telling(value),
        inside=inside,
        places=sum(1 + choice.places for choice in within),
        open=bool(within)
        and (unfold or any(_is_chosen(choice.value) or choice.open for choice in within)),
    )


def _telling(value: FacetValue) -> tuple[tuple[str, int], ...]:
    written = {text for text, _ in value.spellings}
    return () if written <= {value.label_en, value.label_ar} else value.spellings


@dataclass(frozen=True, slots=True)
class _Grower:
    """Makes the levels of one facet. The first place is open: the country in which most of them lie
    tells little; of the others only what leads to a chosen place."""

    name: str
    links: Links
    several: bool
    inside: Mapping[str | None, Sequence[FacetValue]]

    def level(self, parent: str | None, depth: int) -> Level:
        """The choices inside one place, or at the top."""
        choices = [
            _choice(
                self.name,
                value,
                self.links,
                self.several,
                self.level(value.id, depth + 1),
                unfold=not depth and not place,
            )
            for place, value in enumerate(self.inside.get(parent, ()))
        ]
        # What is chosen, or leads to it, is never hidden behind "more".
        first = [c for c in choices if _is_chosen(c.value) or (depth and c.open)]
        others = [c for c in choices if c not in first]
        room = max(SHOWN - len(first), 3)
        return Level((*first, *others[:room]), tuple(others[room:]))


def _inside(index: Index, values: Sequence[FacetValue]) -> dict[str | None, list[FacetValue]]:
    """Places by the nearest larger place that is listed too; None: by none."""
    listed = {value.id for value in values}
    inside: defaultdict[str | None, list[FacetValue]] = defaultdict(list)
    for value in values:
        inside[_nearest(index, value.id, listed)].append(value)
    return inside


def _nearest(index: Index, place: str, listed: set[str]) -> str | None:
    seen = {place}
    entity = index.entity(place)
    while entity is not None and entity.part_of and entity.part_of not in seen:
        if entity.part_of in listed:
            return entity.part_of
        seen.add(entity.part_of)
        entity = index.entity(entity.part_of)
    return None
