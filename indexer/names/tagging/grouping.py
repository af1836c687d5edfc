"""Which people, found by rule in many records, are one person?

Full names in either script that are spellings of one name. Each joins the group of a more frequent
name that it is like, and is compared with that one alone: a chain of small differences makes no
two people one. Single names stay with their record.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.document import Document
from indexer.names.entity import Alias, Entity
from indexer.names.likeness.romanization import name_words
from indexer.names.likeness.skeleton import keys
from indexer.names.likeness.variants import similarity
from indexer.names.spelling import fold_name
from indexer.names.tagging.identity import is_by_rule
from indexer.names.tagging.knownpeople import known_people

FILE = "people.json"
# Similarity from which full names are one person's. Samir Abdel Rahim and Samir Abdulrahim have
# 0.89, Samer and Samir Ahmad 0.86; across scripts Mohammad Sibai and محمد صبحي 0.83, James Foley
# and جيمس فولي 0.87. Arabic spellings must be equal but for the article and the endings.
LEAST_SIMILARITY = {
    ("Latn", "Latn"): 0.88,
    ("Arab", "Latn"): 0.86,
    ("Latn", "Arab"): 0.86,
    ("Arab", "Arab"): 1.0,
}


@dataclass(slots=True)
class _Group:
    names: dict[str, str] = field(default_factory=dict)  # by script: the most frequent name
    members: list[str] = field(default_factory=list)  # ids, the most frequent first

    @property
    def first(self) -> str:
        """The script of its most frequent name."""
        return next(iter(self.names))

    @property
    def id(self) -> str:
        """The most frequent id; a Latin one, if there is any, because it reads well in links."""
        return next((member for member in self.members if member.isascii()), self.members[0])


class PeopleWriter:
    """Collects the people of documents who were found by rule."""

    def __init__(self) -> None:
        self._written: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, document: Document) -> None:
        """The next document."""
        for mention in document.mentions:
            if is_by_rule(mention.entity):
                self._written[mention.entity][" ".join(mention.text.split())] += 1

    def written(self) -> dict[str, dict[str, int]]:
        """All that was added, for another to take: for each id how often each name."""
        return {member: dict(names) for member, names in self._written.items()}

    def take(self, written: Mapping[str, Mapping[str, int]]) -> None:
        """What another collected."""
        for member, names in written.items():
            self._written[member].update(names)

    def write(self, folder: Path) -> dict[str, str]:
        """Write `people.json`; the id of the group of each member that has another."""
        names = {member: _fullest(written) for member, written in self._written.items()}
        often = {member: written.total() for member, written in self._written.items()}
        groups = group_names(names, often)
        rows = [
            {
                "id": group.id,
                "label_en": group.names.get("Latn") or group.names["Arab"],
                "label_ar": group.names.get("Arab") or group.names["Latn"],
                "members": group.members,
                "names": sorted({names[member] for member in group.members}),
            }
            for group in groups
        ]
        (folder / FILE).write_text(json.dumps(rows), "ascii")
        return {m: group.id for group in groups for m in group.members if m != group.id}


def _fullest(written: Counter[str]) -> str:
    """The name as it is written in full most often: not the surname that stands for it."""
    most = max(len(name.split()) for name in written)
    full = {name: n for name, n in written.items() if 2 * len(name.split()) > most}
    return max(full, key=lambda name: (len(name.split()) > 1, full[name], name))


def group_names(names: Mapping[str, str], often: Mapping[str, int]) -> list[_Group]:
    """Groups of ids by their full names, the most frequent names first."""
    groups: list[_Group] = []
    blocks: defaultdict[str, list[_Group]] = defaultdict(list)
    for member in sorted(names, key=lambda m: (-often[m], m)):
        name = names[member]
        script, words = name_words(name)
        own = keys(script, words, "loose")
        near = {id(group): group for key in own for group in blocks[key]}
        group = next((g for g in near.values() if _is_one(name, script, g)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.names.setdefault(script, name)
        group.members.append(member)
        for key in own:
            if not any(group is other for other in blocks[key]):
                blocks[key].append(group)
    return groups


def _is_one(name: str, script: str, group: _Group) -> bool:
    """Compared with the group's name in the same script, if it has one."""
    if known_people().are_different(fold_name(name), fold_name(group.names[group.first])):
        return False
    compared = script if script in group.names else group.first
    return similarity(name, group.names[compared]) >= LEAST_SIMILARITY[script, compared]


class People:
    """The people of a generation who were found by rule. Immutable once made."""

    def __init__(self, people: Iterable[tuple[Entity, tuple[str, ...]]] = ()) -> None:
        self._entities: dict[str, Entity] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        for entity, members in people:
            self._members[entity.id] = members
            self._entities.update(dict.fromkeys(members, entity))

    def entity(self, member: str) -> Entity | None:
        """The person that an id of a member or of the group means."""
        return self._entities.get(member)

    def __iter__(self) -> Iterator[Entity]:
        return (self._entities[person] for person in self._members)

    def members(self, person: str) -> tuple[str, ...]:
        """The ids that the records have for a person; for another id that id."""
        return self._members.get(person, (person,))

    def group(self, member: str) -> str:
        """The id of the group of a member; any other id as it is."""
        entity = self._entities.get(member)
        return entity.id if entity else member

    def regroup(self, document: Document) -> Document:
        """The document with its people under the ids of their groups."""
        if not any(is_by_rule(mention.entity) for mention in document.mentions):
            return document
        return replace(
            document,
            actors=tuple(dict.fromkeys(map(self.group, document.actors))),
            mentions=tuple(replace(m, entity=self.group(m.entity)) for m in document.mentions),
        )


def read_people(folder: Path) -> People:
    """The people that `PeopleWriter` wrote."""
    rows = json.loads((folder / FILE).read_text("ascii"))
    return People(
        (
            Entity(
                id=row["id"],
                facet="actor",
                kind="person",
                label_en=row["label_en"],
                label_ar=row["label_ar"],
                aliases=tuple(Alias(name) for name in row["names"]),
                by_rule=True,
            ),
            tuple(row["members"]),
        )
        for row in rows
    )
