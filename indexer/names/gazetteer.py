"""Which actors and places do we know?"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from indexer.errors import TableError
from indexer.names.entity import Entity
from indexer.names.spelling import fold_name
from indexer.names.tables import (
    ENTITY_TABLES,
    Cue,
    read_cues,
    read_entities,
    read_others,
    read_table,
)


class Gazetteer:
    """The entities of the tables, by id and by name. Immutable once made."""

    def __init__(
        self,
        entities: Iterable[Entity],
        *,
        others: Iterable[str] = (),
        cues: Iterable[Cue] = (),
        version: str = "",
    ) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self.others = tuple(others)  # texts that name no entity, though a part of them would
        self.cues = tuple(cues)
        self.version = version

    @staticmethod
    @cache
    def load() -> "Gazetteer":
        """The gazetteer of the tables in this folder. Raises TableError, with file and line, for a
        row that cannot be read."""
        texts = {name: read_table(name) for name in (*ENTITY_TABLES, "others.csv", "cues.csv")}
        entities = [entity for name in ENTITY_TABLES for entity in read_entities(name, texts[name])]
        _check(entities)
        digest = hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()
        return Gazetteer(
            entities,
            others=read_others(texts["others.csv"]),
            cues=read_cues(texts["cues.csv"]),
            version=digest[:16],
        )

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with this id, None if there is none."""
        return self._entities.get(entity_id)

    def is_minor(self, entity_id: str) -> bool:
        """Whether a place was taken from GeoNames as it stands: nobody has judged which of its
        names are ordinary words."""
        entity = self._entities.get(entity_id)
        return entity is not None and entity.source.startswith("GeoNames ")

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


def _check(entities: list[Entity]) -> None:
    known: set[str] = set()
    for entity in entities:
        if entity.id in known:
            raise TableError(f"The tables have two rows with the id {entity.id}. Rename one.")
        known.add(entity.id)
    for entity in entities:
        if entity.part_of is not None and entity.part_of not in known:
            raise TableError(
                f"{entity.id} is part of {entity.part_of}, which no table has. Mend part_of."
            )
