"""How does a table of somebody else become one of our own?

A place that the tables have already is left to them, and whatever lies in it is put there. What is
new becomes a row with its number in the list as the source: nobody has judged which of its names
are ordinary words, so names of one word need context.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO

from indexer.errors import TableError
from indexer.names.entity import Entity
from indexer.names.listed.gazetteer import Gazetteer
from indexer.names.listed.lists import Listed, read_list
from indexer.names.listed.tables import COLUMNS, iter_entities
from indexer.names.spelling import fold_name

NEAR_KM = 15.0  # between two lists' points of one place
_KUNYA = re.compile(r"(abu|umm|abou|um|ابو|ام|ابن|بني|banu|bani)\b")  # families and people
_ARTICLE = re.compile(r"[aeu](l|r|t|n|s|z|d|sh|ch|ss|dh|th)")
_SETTLEMENTS = frozenset({"governorate", "district", "subdistrict", "town", "village"})


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """What would be stored, and what would not."""

    text: str  # a table like locations.csv; "" if nothing in it is new
    added: int = 0
    known: int = 0  # that the tables have already
    faults: tuple[str, ...] = ()  # rows that were skipped, each with file and line


def import_table(name: str, text: str, gazetteer: Gazetteer) -> ImportedTable:
    """The table that a file gives: one of our own columns row by row, or a list of another
    institution (`read_list`). `gazetteer` has all tables but this one. Raises TableError for a file
    that is neither."""
    columns = next(csv.reader(StringIO(text, newline="")), [])
    if {"id", "kind", "label_en", "label_ar"} <= set(columns):
        return _import_own(name, text)
    places = _Places(gazetteer)
    for listed in read_list(name, text):
        places.take(listed)
    rows = list(places.rows())
    return ImportedTable(_table(rows), len(rows), places.known, tuple(places.faults))


def needs_context(name: str) -> bool:
    """Whether a name that nobody has judged may be an ordinary word or a family: one word, or two
    that begin like a kunya."""
    folded = fold_name(name)
    words = [word for word in folded.split() if not _ARTICLE.fullmatch(word)]
    return len(words) < 2 or _KUNYA.match(folded) is not None


def _import_own(name: str, text: str) -> ImportedTable:
    rows: dict[str, Entity] = {}
    faults = []
    for place, entity in iter_entities(name, text):
        if isinstance(entity, TableError):
            faults.append(f"{entity} Skipped.")
        elif entity.id in rows:
            faults.append(f"{place}: the id {entity.id} comes twice. Skipped.")
        else:
            rows[entity.id] = entity
    return ImportedTable(_table(map(_cells, rows.values())), len(rows), 0, tuple(faults))


def _cells(entity: Entity) -> dict[str, object]:
    aliases = (f"{a.text} {{{a.rule}}}" if a.rule else a.text for a in entity.aliases)
    cells = {column: getattr(entity, column, "") for column in COLUMNS}
    return cells | {"aliases": " | ".join(aliases)}


def _table(rows: Iterable[dict[str, object]]) -> str:
    rows = list(rows)
    if not rows:
        return ""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


@dataclass(slots=True)
class _Places:
    """The places of a list while they are read."""

    gazetteer: Gazetteer
    known: int = 0
    faults: list[str] = field(default_factory=list)
    _new: dict[str, tuple[Listed, str | None]] = field(default_factory=dict)  # id: place, part_of
    _ids: dict[str, str] = field(default_factory=dict)  # by number

    def take(self, listed: Listed | TableError) -> None:
        """One place more, or why there is none."""
        if isinstance(listed, TableError):
            self.faults.append(str(listed))
            return
        larger = self._larger(listed.larger)
        if listed.larger and larger is None:
            self.faults.append(
                f"{listed.place}: {listed.english} lies in {listed.larger}, which is not known. "
                "Skipped."
            )
        elif (same := self._same(listed, larger)) is not None:
            self.known += 1
            self._ids[listed.number] = same
        else:
            new = self._free_id(listed, larger)
            self._new[new] = listed, larger
            self._ids[listed.number] = new

    def rows(self) -> Iterator[dict[str, object]]:
        """The new places as rows. A name that another place has too needs context."""
        owners = Counter(
            name
            for listed, _ in self._new.values()
            for name in {fold_name(name) for name in _names(listed)}
        )
        for new, (listed, larger) in self._new.items():
            aliases = []
            for name in _names(listed):
                key = fold_name(name)
                shared = owners[key] > 1 or self.gazetteer.find(name)
                rule = " {context}" if shared or needs_context(name) else ""
                aliases.append(name.replace("|", " ") + rule)
            yield {
                "id": new,
                "kind": listed.kind,
                "label_en": listed.english,
                "label_ar": listed.arabic,
                "part_of": larger or "",
                "latitude": "" if listed.latitude is None else f"{listed.latitude:.4f}",
                "longitude": "" if listed.longitude is None else f"{listed.longitude:.4f}",
                "aliases": " | ".join(aliases),
                "note": "",
                "source": listed.number,
            }

    def _larger(self, text: str) -> str | None:
        """The id of the place that a number, an id or a name means; None if it is not known, or
        more than one."""
        if text in self._ids:
            return self._ids[text]
        if self.gazetteer.entity(text) is not None:
            return text
        found = [e.id for e in self.gazetteer.find(text) if e.facet == "location"]
        return found[0] if len(found) == 1 else None

    def _same(self, listed: Listed, larger: str | None) -> str | None:
        """The place that it is already: of its name and near it, or in the same larger place. A
        town shares the row of the district or governorate of which it is the seat."""
        names = {fold_name(name) for name in (listed.english, listed.arabic)}
        if larger in self._new and names & set(map(fold_name, _names(self._new[larger][0]))):
            return larger
        found = (e for name in sorted(names) for e in self.gazetteer.find(name))
        return next((e.id for e in found if self._is(listed, larger, e)), None)

    def _is(self, listed: Listed, larger: str | None, entity: Entity) -> bool:
        settled = listed.kind in _SETTLEMENTS
        if entity.facet != "location" or (entity.kind in _SETTLEMENTS) != settled:
            return False
        if not settled and entity.kind != listed.kind:
            return False
        if entity.id == larger or entity.source == listed.number:
            return True
        distance = _kilometres(listed, entity)
        if distance is not None:
            return distance <= NEAR_KM
        inside = self.gazetteer.closure(entity.id)[1:]
        return larger in inside or entity.part_of in self.gazetteer.closure(larger or "")

    def _free_id(self, listed: Listed, larger: str | None) -> str:
        words = re.findall(r"[a-z0-9]+", fold_name(listed.english))
        name = "-".join(words) or "place"
        code = "-".join(re.findall(r"[a-z0-9]+", listed.number.lower())[1:])
        for free in (name, f"{name}-{larger}", f"{name}-{code}"):
            if free not in self._new and self.gazetteer.entity(free) is None:
                return free
        return f"{name}-{larger}-{code}"


def _names(listed: Listed) -> list[str]:
    """Its names, each folded spelling once."""
    names = (listed.english, listed.arabic, *listed.others)
    return list({fold_name(name): name for name in reversed(names) if fold_name(name)}.values())[
        ::-1
    ]


def _kilometres(listed: Listed, entity: Entity) -> float | None:
    if listed.latitude is None or listed.longitude is None:
        return None
    if entity.latitude is None or entity.longitude is None:
        return None
    north = listed.latitude - entity.latitude
    east = (listed.longitude - entity.longitude) * math.cos(math.radians(entity.latitude))
    return math.hypot(north, east) * 111.2
