"""What is an actor or a place?"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entity, by table.

    `rule` says when the words mean the entity: "" always; "case" only written in capitals as here
    (IS); "context" only beside a word that settles it (الباب, "the door" or the town).
    """

    text: str
    rule: Literal["", "case", "context"] = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor or one location, whatever it is called."""

    id: str  # "islamic-state", "deir-ez-zor"
    facet: Literal["actor", "location"]
    kind: str  # armed group, state body, organisation, person; governorate, district, town, site …
    label_en: str
    label_ar: str
    aliases: tuple[Alias, ...]  # the labels are among them
    part_of: str | None = None  # id of the larger place or body
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    note: str = ""
    by_rule: bool = False  # in no table: a person whom the texts name
