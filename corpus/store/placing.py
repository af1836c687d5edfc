"""To which record does a capture belong?

The text decides first: what was saved six times, or stands under two URLs with the same date, is
one record with several captures. Then the canonical URL: another text there is a new version of
the same record. The functions write, and belong into a transaction.
"""

import sqlite3
import zlib
from dataclasses import dataclass, replace

from corpus.serialization import (
    content_digest,
    moment_to_text,
    record_from_json,
    record_to_json,
    storable,
    text_digest,
)
from corpus.values import Page, Record


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two captures the same one."""

    url: str
    captured: str
    sha256: str

    @classmethod
    def of_record(cls, record: Record) -> "Key":
        """The capture that a record was read from."""
        source = record.provenance
        return cls(storable(source.url), moment_to_text(source.captured), source.sha256)

    @property
    def values(self) -> tuple[str, str, str]:
        """For the three placeholders of a statement."""
        return self.url, self.captured, self.sha256


_SAME = "url = ? AND captured = ? AND sha256 = ?"


def place(db: sqlite3.Connection, record: Record, run: int | None) -> bool:
    """Store a capture and what it says; True if that is a new record or a new version of one."""
    key = Key.of_record(record)
    known = db.execute(f"SELECT extractor FROM captures WHERE {_SAME}", key.values).fetchone()
    if run is not None and known == (record.provenance.extractor,):
        return False  # the same bytes under the same rules; what is added by hand follows no rules
    found = _find_version(db, record, key)
    version = found or _add_version(db, record)
    db.execute("INSERT OR IGNORE INTO originals (sha256) VALUES (?)", (key.sha256,))
    db.execute(
        "INSERT INTO captures (url, captured, sha256, version, own, extractor, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version,"
        " own = excluded.own, extractor = excluded.extractor, run = excluded.run",
        (*key.values, *version, record.provenance.extractor, run),
    )
    db.execute(f"DELETE FROM refusals WHERE {_SAME}", key.values)
    db.execute("DELETE FROM quarantine WHERE place = ? AND captured = ? AND sha256 = ?", key.values)
    return found is None


def _find_version(db: sqlite3.Connection, record: Record, key: Key) -> tuple[int, bool] | None:
    """(version, whether the URL is its record's own), or None for a text that is new."""
    content = content_digest(record)
    own = db.execute(
        "SELECT versions.number, value FROM versions JOIN records ON record = records.number"
        " WHERE id = ? AND content = ? ORDER BY versions.number DESC LIMIT 1",
        (record.id, content),
    ).fetchone()
    if own:
        number, value = own
        return None if _reads_otherwise(record_from_json(value), record, key) else (number, True)
    # Without a text, or with another date, equal titles are no evidence: groups that document
    # shelling day after day say the same words about different days.
    if not record.text:
        return None
    other = db.execute(
        "SELECT number FROM versions WHERE content = ? AND published IS ? ORDER BY number LIMIT 1",
        (content, _published(record)),
    ).fetchone()
    return (other[0], False) if other else None


def _reads_otherwise(stored: Record, record: Record, key: Key) -> bool:
    """Whether newer rules find other things, a date for example, in the very bytes that the stored
    version was read from."""
    if Key.of_record(stored) != key:
        return False
    return replace(record, provenance=stored.provenance, captures=stored.captures) != stored


def _add_version(db: sqlite3.Connection, record: Record) -> tuple[int, bool]:
    db.execute("INSERT OR IGNORE INTO records (id) VALUES (?)", (record.id,))
    value = record_to_json(record)
    cursor = db.execute(
        "INSERT INTO versions (record, content, published, value, sha256)"
        " SELECT number, ?, ?, ?, ? FROM records WHERE id = ?",
        (content_digest(record), _published(record), value, text_digest(value), record.id),
    )
    return cursor.lastrowid or 0, True


def _published(record: Record) -> str | None:
    return record.published.isoformat() if record.published else None


def refuse(db: sqlite3.Connection, key: Key, reason: str, extractor: str, run: int) -> None:
    """Remember that a page is no article. If older rules made a record of it, the capture goes,
    and with its last capture the record is no longer shown; its text stays in the store."""
    db.execute(
        "INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " reason = excluded.reason, extractor = excluded.extractor, run = excluded.run",
        (*key.values, storable(reason), extractor, run),
    )
    db.execute(f"DELETE FROM captures WHERE {_SAME}", key.values)
    db.execute("DELETE FROM quarantine WHERE place = ? AND captured = ? AND sha256 = ?", key.values)


def put_original(db: sqlite3.Connection, page: Page, sha256: str) -> None:
    """Keep the bytes of a page, once."""
    row = db.execute(
        "SELECT 1 FROM originals WHERE sha256 = ? AND content IS NOT NULL", (sha256,)
    ).fetchone()
    if row is None:
        db.execute(
            "INSERT INTO originals VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
            " size = excluded.size, content = excluded.content",
            (sha256, len(page.content), zlib.compress(page.content)),
        )
