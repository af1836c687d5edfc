"""Where are the tables of actors and places at odds with themselves?

Every fault is one line that begins with file and row, so that staff can mend one after the other. A
row that cannot be read, an id that comes twice and an unknown larger place also keep the tables
from being loaded; with the other faults they load, and read some names wrongly.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from indexer.errors import TableError
from indexer.names.entity import Entity
from indexer.names.listed.gazetteer import LISTS
from indexer.names.listed.tables import (
    ENTITY_TABLES,
    iter_entities,
    read_cues,
    read_others,
    read_table,
)
from indexer.names.spelling import fold_name
from indexer.text import is_stop_word

FAR = 4.0  # degrees from a place to the seat of its governorate: a swapped or mistyped number
NEAR = 0.02  # degrees between two rows of one kind and name that are one place
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LATIN, _ARABIC = re.compile("[A-Za-z]"), re.compile("[\u0621-\u064a]")


class Row(NamedTuple):
    """An entity, and where it stands: "file, line N"."""

    place: str
    entity: Entity


def check_tables(own: Mapping[str, str] | None = None, ordinary: Collection[str] = ()) -> list[str]:
    """The faults of this package's tables together with staff's own, texts by file name. An own row
    with the id of one of the package takes its place. `ordinary`: folded words that an archive
    uses as such; no name is to be one of them."""
    faults: list[str] = []
    rows: dict[str, Row] = {}
    words = set(ordinary)
    packaged = {name: read_table(name) for name in (*ENTITY_TABLES, "others.csv", "cues.csv")}
    for tables in (packaged, own or {}):
        rows |= _read_rows(tables, faults)
        words |= _read_words(tables, faults)
    for row in rows.values():
        faults += (f"{row.place}: {fault}" for fault in _faults_of(row.entity, rows, words))
    faults += _shared_names(rows.values())
    faults += _doubles(rows.values())
    return faults


def _read_rows(tables: Mapping[str, str], faults: list[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for name, text in tables.items():
        if name in ("others.csv", "cues.csv"):
            continue
        try:
            rows = list(iter_entities(name, text))
        except TableError as error:  # the file lacks a column
            faults.append(str(error))
            continue
        for place, entity in rows:
            if isinstance(entity, TableError):
                faults.append(str(entity))
            elif entity.id in found:
                faults.append(f"{place}: {found[entity.id].place} has the id {entity.id} too.")
            else:
                found[entity.id] = Row(place, entity)
    return found


def _read_words(tables: Mapping[str, str], faults: list[str]) -> set[str]:
    """The words beside a name that say what it is: none of them is a name."""
    words = set()
    for name, read in (("others.csv", read_others), ("cues.csv", read_cues)):
        try:
            for row in read(tables[name]) if name in tables else ():
                words.add("" if isinstance(row, str) else fold_name(row.text))
        except TableError as error:
            faults.append(str(error))
    return words - {""}


def _faults_of(entity: Entity, rows: Mapping[str, Row], words: Collection[str]) -> Iterator[str]:
    """What is wrong with one row."""
    if not _ID.fullmatch(entity.id):
        yield f"the id {entity.id!r} is not made of small letters, digits and single hyphens."
    if not _LATIN.search(entity.label_en):
        yield f"label_en {entity.label_en!r} has no Latin letter."
    if not _ARABIC.search(entity.label_ar):
        yield f"label_ar {entity.label_ar!r} has no Arabic letter."
    if not entity.source:
        yield "source is empty. Say where the row comes from."
    yield from _faults_of_part(entity, rows)
    for alias in entity.aliases:
        key = fold_name(alias.text)
        if alias.rule == "" and (is_stop_word(key) or key in words):
            yield f"{alias.text!r} is an ordinary word. Write {alias.text} {{context}}."


def _faults_of_part(entity: Entity, rows: Mapping[str, Row]) -> Iterator[str]:
    seen = [entity.id]
    larger = rows.get(entity.part_of or "")
    if entity.part_of and larger is None:
        yield f"{entity.id} is part of {entity.part_of}, which no table has. Mend part_of."
    if larger and larger.entity.kind == "governorate" and _distance(entity, larger.entity) > FAR:
        yield f"{entity.id} lies far from {larger.entity.id}. Mend its degrees, or part_of."
    while larger is not None and larger.entity.id not in seen:
        seen.append(larger.entity.id)
        larger = rows.get(larger.entity.part_of or "")
    if larger is not None and larger.entity.id == entity.id:
        yield f"part_of goes round: {', '.join([*seen, entity.id])}. Mend one of them."


def _distance(one: Entity, other: Entity) -> float:
    """In degrees; 0 where a row has none."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return 0.0
    return math.dist(
        (one.latitude or 0.0, one.longitude or 0.0), (other.latitude or 0.0, other.longitude or 0.0)
    )


def _shared_names(rows: Iterable[Row]) -> Iterator[str]:
    """Names that mean two entities wherever they stand."""
    owners: defaultdict[str, dict[str, tuple[Row, str]]] = defaultdict(dict)
    for row in rows:
        for alias in row.entity.aliases:
            if alias.rule == "":
                owners[fold_name(alias.text)][row.entity.id] = row, alias.text
    for (first, _), *others in (list(owned.values()) for owned in owners.values()):
        for row, text in others:
            yield (
                f"{row.place}: {text!r} is a name of {row.entity.id}, and of {first.entity.id} "
                f"({first.place}). Write {text} {{context}} in both rows, or remove it from one."
            )


def _doubles(rows: Iterable[Row]) -> Iterator[str]:
    """Rows that seem to be one thing: of one kind, with the labels and the larger place of another;
    of places also within 2 km of it. Lists of others tell villages of one name apart."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        one = row.entity
        key = (one.kind, fold_name(one.label_en), fold_name(one.label_ar), one.part_of or "")
        other = first.setdefault(key, row)
        listed = one.source.startswith(LISTS) and other.entity.source.startswith(LISTS)
        if other is not row and not listed and _distance(one, other.entity) <= NEAR:
            yield f"{row.place}: {one.id} seems to be {other.entity.id} ({other.place})."
