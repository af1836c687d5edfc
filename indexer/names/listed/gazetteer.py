"""Which actors and places do we know?"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from indexer.errors import TableError
from indexer.names.entity import Entity
from indexer.names.listed.tables import (
    ENTITY_TABLES,
    Cue,
    decode_table,
    read_cues,
    read_entities,
    read_others,
    read_table,
)
from indexer.names.spelling import fold_name
from indexer.names.tagging.grouping import People

# How the source of a row begins that was taken from somebody's list as it stands, with its number
# there. A row that people wrote or judged names its source without one.
LISTS = ("GeoNames ", "OCHA ", "Wikidata ")


class Gazetteer:
    """The entities of the tables, by id and by name. Immutable once made."""

    def __init__(
        self,
        entities: Iterable[Entity],
        *,
        others: Iterable[str] = (),
        cues: Iterable[Cue] = (),
        version: str = "",
        own: Mapping[str, str] | None = None,
        people: People | None = None,
    ) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self.people = people or People()  # whom the texts of a generation name, in no table
        self._entities.update({person.id: person for person in self.people})
        self.others = tuple(others)  # texts that name no entity, though a part of them would
        self.cues = tuple(cues)
        self.version = version
        self.own = dict(own or {})  # the texts of staff's own tables, by file name

    @staticmethod
    def load(folder: Path | None = None) -> "Gazetteer":
        """The gazetteer of the tables of this package and of staff's own in `folder`, if there is
        one. A row of theirs takes the place of the one with its id here. Raises TableError, with
        file and line, for a row that cannot be read. The same tables give the same object."""
        return Gazetteer.of(own_tables(folder))

    @staticmethod
    def of(own: Mapping[str, str]) -> "Gazetteer":
        """The same with staff's own tables given as texts, by file name."""
        shipped = {name: read_table(name) for name in (*ENTITY_TABLES, "others.csv", "cues.csv")}
        return _read(tuple(shipped.items()), tuple(own.items()))

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with this id, None if there is none."""
        return self._entities.get(entity_id) or self.people.entity(entity_id)

    def with_people(self, people: People) -> "Gazetteer":
        """The same tables, and people who were found by rule."""
        return Gazetteer(
            self,
            others=self.others,
            cues=self.cues,
            version=self.version,
            own=self.own,
            people=people,
        )

    def is_minor(self, entity_id: str) -> bool:
        """Whether a place was taken from a list as it stands: nobody has judged which of its names
        are ordinary words."""
        entity = self._entities.get(entity_id)
        return entity is not None and entity.source.startswith(LISTS)

    def find(self, name: str) -> list[Entity]:
        """The entities that have this name, in either script and any listed spelling; those that
        it means without context first."""
        return list(self._named.get(fold_name(name), {}).values())

    @cached_property
    def _named(self) -> dict[str, dict[str, Entity]]:
        named: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
        aliases = [(alias, entity) for entity in self for alias in entity.aliases]
        for alias, entity in sorted(aliases, key=lambda pair: pair[0].rule != ""):
            named[fold_name(alias.text)][entity.id] = entity
        return dict(named)

    def closure(self, entity_id: str) -> tuple[str, ...]:
        """An id and everything that it is part of, the smallest first: a town, its governorate,
        its country. Empty for an id that no table has."""
        found: dict[str, None] = {}
        entity = self._entities.get(entity_id)
        while entity is not None and entity.id not in found:
            found[entity.id] = None
            entity = self._entities.get(entity.part_of or "")
        return tuple(found)


def own_tables(folder: Path | None) -> dict[str, str]:
    """The texts of staff's own tables by file name; of a folder that is not there, none."""
    paths = sorted(folder.glob("*.csv")) if folder else []
    return {path.name: decode_table(path.name, path.read_bytes()) for path in paths}


@lru_cache(maxsize=4)
def _read(shipped: tuple[tuple[str, str], ...], own: tuple[tuple[str, str], ...]) -> Gazetteer:
    """Cached by content, so that a table that was edited is read again."""
    found: dict[str, Entity] = {}
    for tables in (shipped, own):
        entities = [entity for name, text in tables for entity in _entities(name, text)]
        _check_ids(entities)
        found.update({entity.id: entity for entity in entities})
    _check_parts(found)
    digest = hashlib.sha256("\0".join(f"{n}\0{t}" for n, t in shipped + own).encode())
    return Gazetteer(
        found.values(),
        others=[o for name, t in shipped + own if name == "others.csv" for o in read_others(t)],
        cues=[cue for name, t in shipped + own if name == "cues.csv" for cue in read_cues(t)],
        version=digest.hexdigest()[:16],
        own=dict(own),
    )


def _entities(name: str, text: str) -> Iterator[Entity]:
    return iter(()) if name in ("others.csv", "cues.csv") else read_entities(name, text)


def _check_ids(entities: list[Entity]) -> None:
    known: set[str] = set()
    for entity in entities:
        if entity.id in known:
            raise TableError(f"The tables have two rows with the id {entity.id}. Rename one.")
        known.add(entity.id)


def _check_parts(entities: Mapping[str, Entity]) -> None:
    for entity in entities.values():
        if entity.part_of is not None and entity.part_of not in entities:
            raise TableError(
                f"{entity.id} is part of {entity.part_of}, which no table has. Mend part_of."
            )
