"""What does the table `pages.csv` beside the files say about each of them?"""

import csv
import io
import posixpath
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.readers.limits import TABLE_BYTES, TABLE_COLUMNS, TABLE_ROWS
from corpus.readers.source import brief, cause, read_time
from corpus.values import Problem

TABLE = "pages.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `where` is its place in it."""

    file: str  # path of the file, relative to the folder of the table
    where: str
    url: str | None
    captured: datetime | None
    content_type: str | None


def read_table(path: Path, where: str) -> Iterator[Row | Problem]:
    """The rows, and a problem for each that cannot be understood: its file is read without it."""
    try:
        with path.open("rb") as file:
            data = file.read(TABLE_BYTES + 1)
        if len(data) > TABLE_BYTES:
            yield Problem(where, f"table larger than {TABLE_BYTES // 1_000_000} MB")
            return
        yield from _read_rows(data.decode("utf-8-sig"), where)
    except UnicodeDecodeError:
        yield Problem(where, "table is not UTF-8: save it as UTF-8")
    except csv.Error as error:
        yield Problem(where, f"no readable table ({cause(error)})")
    except OSError as error:
        yield Problem(where, f"cannot be read ({cause(error)})")


def _read_rows(text: str, where: str) -> Iterator[Row | Problem]:
    first_line = text.partition("\n")[0]
    # Spreadsheets write semicolons or tabs where the comma is the decimal sign.
    delimiter = max(",;\t", key=first_line.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if "file" not in (rows.fieldnames or ()):
        yield Problem(where, "table has no column `file`")
        return
    if len(rows.fieldnames or ()) > TABLE_COLUMNS:
        yield Problem(where, f"table has more than {TABLE_COLUMNS} columns")
        return
    for number, row in enumerate(rows):
        place = f"{where}, line {rows.line_num}"
        if number == TABLE_ROWS:
            yield Problem(place, f"more than {TABLE_ROWS} rows: what follows is not read")
            return
        if not (name := (row["file"] or "").strip()):
            yield Problem(place, "row names no file")
            continue
        written = (row.get("captured") or "").strip()
        captured = read_time(written) if written else None
        if written and captured is None:
            yield Problem(place, f"no time: {brief(written, 40)!r}; write 2014-06-12T09:30:00Z")
        yield Row(
            normalize_name(name),
            place,
            (row.get("url") or "").strip() or None,
            captured,
            (row.get("content_type") or "").strip() or None,
        )


def normalize_name(name: str) -> str:
    """A relative path with "/" in one Unicode form: disks and spreadsheets differ in theirs."""
    return posixpath.normpath(unicodedata.normalize("NFC", name.replace("\\", "/")))
