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

ENTITY_TABLES: dict[str, Literal["actor", "location"]] = {
    "actors.csv": "actor",
    "locations.csv": "location",
    "towns.csv": "location",
}
_RULES = ("case", "context")
_COLUMNS = ("id", "kind", "label_en", "label_ar", "part_of", "aliases", "note", "source")
_SIDES = ("before", "after", "weak")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that settles whether an ambiguous name beside it is meant."""

    text: str
    facet: Literal["actor", "location"]
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
    facet = ENTITY_TABLES[name]
    for place, row in _rows(name, text, _COLUMNS, filled=_COLUMNS[:4]):
        try:
            yield Entity(
                id=row["id"],
                facet=facet,
                kind=row["kind"],
                label_en=row["label_en"],
                label_ar=row["label_ar"],
                aliases=_aliases(row, place),
                part_of=row["part_of"] or None,
                latitude=float(row["latitude"]) if row.get("latitude") else None,
                longitude=float(row["longitude"]) if row.get("longitude") else None,
                source=row["source"],
                note=row["note"],
            )
        except ValueError as error:
            raise TableError(f"{place}: {error}. Write degrees as 35.34.") from error


def read_others(text: str) -> Iterator[str]:
    """Texts that look like a name of the tables and mean something else."""
    for _, row in _rows("others.csv", text, ("text", "reason")):
        yield row["text"]


def read_cues(text: str) -> Iterator[Cue]:
    """The words that settle ambiguous names."""
    for place, row in _rows("cues.csv", text, ("word", "facet", "side")):
        if row["facet"] not in ENTITY_TABLES.values() or row["side"] not in _SIDES:
            raise TableError(
                f"{place}: facet must be actor or location, and side one of {', '.join(_SIDES)}."
            )
        yield Cue(row["word"], row["facet"], row["side"])  # type: ignore[arg-type]


def _rows(
    name: str, text: str, needed: tuple[str, ...], filled: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with "file, line N", which messages begin with. `needed` columns must be there,
    `filled` ones (without a word: all of those) hold something in every row."""
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    columns = reader.fieldnames or ()
    absent = [column for column in needed if column not in columns]
    if absent:
        raise TableError(f"{name}, line 1: there is no column {' or '.join(absent)}. Add it.")
    while True:
        place = f"{name}, line {reader.line_num + 1}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise TableError(f"{place}: {error}. Mend the quotation marks.") from error
        if row is None:
            return
        if None in row or None in row.values():
            raise TableError(
                f"{place}: {len(columns)} columns are needed. "
                'Put a field that holds commas in "quotation marks".'
            )
        missing = [column for column in filled or needed if not row.get(column)]
        if missing:
            raise TableError(f"{place}: {' and '.join(missing)} must not be empty.")
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
