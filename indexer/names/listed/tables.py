"""What do the tables say about actors and places?"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO
from typing import Literal, cast

from indexer.errors import TableError
from indexer.names.entity import Alias, Entity
from indexer.names.spelling import fold_name

Facet = Literal["actor", "location"]

ENTITY_TABLES = ("actors.csv", "locations.csv", "towns.csv")
ACTOR_KINDS = ("armed group", "state body", "organisation", "person")
LOCATION_KINDS = (
    "country", "governorate", "district", "subdistrict", "town", "village", "neighbourhood",
    "region", "site",
)  # fmt: skip
COLUMNS = (
    "id", "kind", "label_en", "label_ar", "part_of", "latitude", "longitude", "aliases", "note",
    "source",
)  # fmt: skip
_NEEDED = tuple(column for column in COLUMNS if column not in ("latitude", "longitude"))
_RULES = ("case", "context")
_SIDES = ("before", "after", "weak")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that settles whether an ambiguous name beside it is meant."""

    text: str
    facet: Facet
    side: Literal["before", "after", "weak"]  # where it stands; weak: before, and see cues.csv


def read_table(name: str) -> str:
    """A table of this folder, as text. A byte-order mark, which spreadsheets write, is dropped.
    Raises TableError for one that is not UTF-8."""
    return decode_table(name, files("indexer.names").joinpath(name).read_bytes())


def decode_table(name: str, content: bytes) -> str:
    """The text of a table's bytes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableError(
            f"{name}, line {line}: the file is not UTF-8. Save it as “CSV UTF-8”."
        ) from error


def read_entities(name: str, text: str) -> Iterator[Entity]:
    """The rows of a table of actors or places. Raises TableError for a row that cannot be read."""
    for _, entity in iter_entities(name, text):
        if isinstance(entity, TableError):
            raise entity
        yield entity


def iter_entities(name: str, text: str) -> Iterator[tuple[str, Entity | TableError]]:
    """The same, each with "file, line N", and with what is wrong in the place of a row that cannot
    be read. Raises TableError only for a table that lacks a column."""
    for place, row in iter_rows(name, text, _NEEDED, filled=_NEEDED[:4]):
        try:
            yield place, row if isinstance(row, TableError) else _entity(place, row)
        except TableError as error:
            yield place, error


def _entity(place: str, row: dict[str, str]) -> Entity:
    """The entity of a row, whose `place` is "file, line N". Raises TableError."""
    kind = row["kind"]
    if kind not in (*ACTOR_KINDS, *LOCATION_KINDS):
        kinds = ", ".join((*ACTOR_KINDS, *LOCATION_KINDS))
        raise TableError(f"{place}: there is no kind {kind!r}. Write one of: {kinds}.")
    try:
        return Entity(
            id=row["id"],
            facet="actor" if kind in ACTOR_KINDS else "location",
            kind=kind,
            label_en=row["label_en"],
            label_ar=row["label_ar"],
            aliases=_aliases(row, place),
            part_of=row["part_of"] or None,
            latitude=_degrees(row.get("latitude"), 90),
            longitude=_degrees(row.get("longitude"), 180),
            source=row["source"],
            note=row["note"],
        )
    except ValueError as error:
        raise TableError(f"{place}: {error}. Write degrees as 35.34.") from error


def _degrees(text: str | None, most: int) -> float | None:
    if not text:
        return None
    number = float(text)
    if not -most <= number <= most:
        raise ValueError(f"{text} is no number of degrees")
    return number


def read_others(text: str) -> Iterator[str]:
    """Texts that look like a name of the tables and mean something else."""
    for _, row in read_rows("others.csv", text, ("text", "reason")):
        yield row["text"]


def read_cues(text: str) -> Iterator[Cue]:
    """The words that settle ambiguous names."""
    for place, row in read_rows("cues.csv", text, ("word", "facet", "side")):
        if row["facet"] not in ("actor", "location") or row["side"] not in _SIDES:
            raise TableError(
                f"{place}: facet must be actor or location, and side one of {', '.join(_SIDES)}."
            )
        yield Cue(row["word"], row["facet"], row["side"])  # type: ignore[arg-type]


def read_rows(
    name: str, text: str, needed: tuple[str, ...], filled: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with "file, line N", which messages begin with. `needed` columns must be there,
    `filled` ones (without a word: all of those) hold something in every row. Raises TableError."""
    for place, row in iter_rows(name, text, needed, filled):
        if isinstance(row, TableError):
            raise row
        yield place, row


def iter_rows(
    name: str, text: str, needed: tuple[str, ...], filled: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str] | TableError]]:
    """The same, with what is wrong in the place of a row that cannot be read. Raises TableError
    only for a table that lacks a column."""
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    columns = reader.fieldnames or ()
    absent = [column for column in needed if column not in columns]
    if absent:
        raise TableError(f"{name}, line 1: there is no column {' or '.join(absent)}. Add it.")
    while True:
        # Its own line_num stays behind at a row that cannot be read.
        place = f"{name}, line {reader.reader.line_num + 1}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield place, TableError(f"{place}: {error}. Mend the quotation marks.")
            continue
        if row is None:
            return
        missing = [column for column in filled or needed if not row.get(column)]
        if None in row or None in row.values():
            yield (
                place,
                TableError(
                    f"{place}: {len(columns)} columns are needed. "
                    'Put a field that holds commas in "quotation marks".'
                ),
            )
        elif missing:
            yield place, TableError(f"{place}: {' and '.join(missing)} must not be empty.")
        else:
            yield place, cast(dict[str, str], row)


def _aliases(row: dict[str, str], place: str) -> tuple[Alias, ...]:
    """Labels and aliases, each spelling once; a rule that the table states holds for the label
    of that spelling too."""
    found: dict[str, Alias] = {}
    written = [(row["label_en"], ""), (row["label_ar"], "")]
    written += [_alias(part, place) for part in row["aliases"].split("|") if part.strip()]
    for text, rule in written:
        key = fold_name(text)
        if not key:
            raise TableError(f"{place}: the name {text!r} holds no word. Remove it.")
        if key not in found or rule:
            text = found[key].text if key in found and rule != "case" else text
            found[key] = Alias(text, rule)  # type: ignore[arg-type]
    return tuple(found.values())


def _alias(written: str, place: str) -> tuple[str, str]:
    text, brace, rule = written.strip().partition(" {")
    if brace and rule.removesuffix("}") not in _RULES:
        raise TableError(
            f"{place}: {written.strip()!r} has no rule of that name. Write {{case}} or {{context}}."
        )
    return text, rule.removesuffix("}")
