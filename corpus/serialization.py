"""How is a record written down, so that it can be read back?"""

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from corpus.values import Image, Passage, Provenance, Record, Removed, Translation

_RUNS: dict[str, type] = {
    "passages": Passage,
    "translations": Translation,
    "images": Image,
    "removed": Removed,
}


def record_to_json(record: Record) -> str:
    """One line of JSON that `record_from_json` reads back as an equal value, but for `captures`,
    which the archive counts. Equal records give equal lines."""
    values = asdict(record)
    del values["captures"]
    line = json.dumps(values, ensure_ascii=False, default=datetime.isoformat)
    return line if is_text(line) else json.dumps(values, default=datetime.isoformat)


def record_from_json(line: str, captures: int = 1) -> Record:
    """The record of a line."""
    row: dict[str, Any] = json.loads(line)
    provenance = row["provenance"]
    provenance["captured"] = datetime.fromisoformat(provenance["captured"])
    for name in ("published", "modified"):
        row[name] = datetime.fromisoformat(row[name]) if row[name] else None
    row["provenance"] = Provenance(**provenance)
    row["tags"] = tuple(row["tags"])
    for name, kind in _RUNS.items():  # a row of an older version lacks some of them
        row[name] = tuple(kind(**value) for value in row.get(name, ()))
    return Record(**row, captures=captures)


def content_digest(record: Record) -> str:
    """SHA-256 of what the record says: its title and text."""
    return text_digest(f"{record.title}\0{record.text}")


def text_digest(text: str) -> str:
    """SHA-256 of a text, hex; halves of surrogate pairs count as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def moment_to_text(moment: datetime) -> str:
    """UTC with microseconds: equal moments have equal texts, and the texts sort as they do. A
    moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def is_text(text: str) -> bool:
    """False where halves of surrogate pairs stand: file names that are no UTF-8 come as such."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """The text, with what SQLite cannot store written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()
