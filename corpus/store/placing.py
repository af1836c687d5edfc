"""To which record does a capture belong?

The text decides first: what was saved six times, or stands under two URLs with the same date, is
one record with several captures. Then the canonical URL: another text there is a new version of
the same record. The functions write, and belong into a transaction.
"""

import sqlite3
import zlib
from dataclasses import dataclass, replace
from typing import Literal

from corpus.serialization import (
    content_digest,
    moment_to_text,
    record_from_json,
    record_to_json,
    storable,
    text_digest,
)
from corpus.values import Page, PageKind, Record

PlacedOutcome = Literal["new", "changed", "duplicate"]


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


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page was read: in which run, under which rules. `profile` is the digest of its site's
    profile, "" without one, and None for a page that needs none."""

    extractor: str
    site: str
    profile: str | None = ""
    content_type: str = "text/html"
    run: int | None = None  # None: added by hand, without an import


@dataclass(frozen=True, slots=True)
class Placed:
    """What a capture turned out to be, of which record."""

    outcome: PlacedOutcome
    record_id: str


_SAME = "url = ? AND captured = ? AND sha256 = ?"


def find_reading(db: sqlite3.Connection, key: Key) -> tuple[str, str | None] | None:
    """(extractor, profile) with which a capture was read before, whatever came of it."""
    found: tuple[str, str | None] | None = db.execute(
        f"SELECT extractor, profile FROM captures WHERE {_SAME}"
        f" UNION ALL SELECT extractor, profile FROM refusals WHERE {_SAME}"
        " UNION ALL SELECT extractor, profile FROM quarantine"
        " WHERE place = ? AND captured = ? AND sha256 = ?",
        key.values * 3,
    ).fetchone()
    return found


def place(db: sqlite3.Connection, record: Record, reading: Reading) -> Placed:
    """Store a capture and what it says."""
    key = Key.of_record(record)
    before = db.execute(
        "SELECT extractor, profile, records.id, version FROM captures"
        " JOIN versions ON versions.number = version JOIN records ON records.number = record"
        f" WHERE {_SAME.replace('sha256', 'captures.sha256')}",
        key.values,
    ).fetchone()
    if reading.run is not None and before and before[:2] == (reading.extractor, reading.profile):
        return Placed("duplicate", before[2])  # what is added by hand follows no rules
    is_known = db.execute("SELECT 1 FROM records WHERE id = ?", (record.id,)).fetchone()
    found = _find_version(db, record, key)
    version = found or _add_version(db, record)
    db.execute("INSERT OR IGNORE INTO originals (sha256) VALUES (?)", (key.sha256,))
    db.execute(
        "INSERT INTO captures"
        " (url, captured, sha256, version, own, extractor, run, content_type, site, profile)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " version = excluded.version, own = excluded.own, extractor = excluded.extractor,"
        " run = excluded.run, content_type = excluded.content_type, site = excluded.site,"
        " profile = excluded.profile",
        (*key.values, *version, reading.extractor, reading.run, *_told(reading)),
    )
    db.execute(f"DELETE FROM refusals WHERE {_SAME}", key.values)
    db.execute("DELETE FROM quarantine WHERE place = ? AND captured = ? AND sha256 = ?", key.values)
    outcome: PlacedOutcome = "changed" if is_known else "new"
    if found:
        outcome = "changed" if before and before[3] != version[0] else "duplicate"
    (owner,) = db.execute(
        "SELECT id FROM records JOIN versions ON record = records.number WHERE versions.number = ?",
        version[:1],
    ).fetchone()
    return Placed(outcome, owner)


def _told(reading: Reading) -> tuple[str, str, str | None]:
    return storable(reading.content_type), storable(reading.site), reading.profile


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
        stored = record_from_json(value)
        if Key.of_record(stored) == key:  # the very bytes that it was read from
            if _says_otherwise(stored, record):
                return None
            _retell(db, number, stored, record)
        return number, True
    # Without a text, or with another date, equal titles are no evidence: groups that document
    # shelling day after day say the same words about different days.
    if not record.text:
        return None
    # A text that a page was only once taken to say is none either.
    other = db.execute(
        "SELECT number FROM versions WHERE content = ? AND published IS ? AND EXISTS"
        " (SELECT 1 FROM captures WHERE version = versions.number) ORDER BY number LIMIT 1",
        (content, _published(record)),
    ).fetchone()
    return (other[0], False) if other else None


def _says_otherwise(stored: Record, record: Record) -> bool:
    """Whether newer rules find other things in the same page, a date for example."""
    account = {name: getattr(stored, name) for name in ("provenance", "captures", *_CERTAINTY)}
    return replace(record, **account) != stored


def _retell(db: sqlite3.Connection, version: int, stored: Record, record: Record) -> None:
    """A page that says the same may be read in another way. That is no new version of it."""
    if any(getattr(stored, name) != getattr(record, name) for name in _CERTAINTY):
        value = record_to_json(record)
        db.execute(
            "UPDATE versions SET value = ?, sha256 = ? WHERE number = ?",
            (value, text_digest(value), version),
        )


_CERTAINTY = ("confidence", "removed")


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


def refuse(db: sqlite3.Connection, key: Key, reason: str, kind: PageKind, reading: Reading) -> bool:
    """Remember that a page is no article. If older rules made a record of it, the capture goes,
    and with its last capture the record is no longer shown; its text stays in the store. True if
    there was one."""
    db.execute(
        "INSERT INTO refusals"
        " (url, captured, sha256, reason, extractor, run, kind, content_type, site, profile)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " reason = excluded.reason, extractor = excluded.extractor, run = excluded.run,"
        " kind = excluded.kind, content_type = excluded.content_type, site = excluded.site,"
        " profile = excluded.profile",
        (*key.values, storable(reason), reading.extractor, reading.run, kind, *_told(reading)),
    )
    db.execute("DELETE FROM quarantine WHERE place = ? AND captured = ? AND sha256 = ?", key.values)
    return bool(db.execute(f"DELETE FROM captures WHERE {_SAME}", key.values).rowcount)


def hold(db: sqlite3.Connection, key: Key, reason: str, at: str, reading: Reading) -> None:
    """Put a page into quarantine. One that is there already keeps its number and time. A record
    that it gave before stays as it was."""
    db.execute(
        "INSERT INTO quarantine"
        " (place, captured, sha256, reason, at, extractor, run, content_type, site, profile)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " reason = excluded.reason, extractor = excluded.extractor, site = excluded.site,"
        " profile = excluded.profile",
        (*key.values, storable(reason), at, reading.extractor, reading.run, *_told(reading)),
    )
    # It was tried with this profile: nothing is left to do with it.
    for table in ("captures", "refusals"):
        db.execute(f"UPDATE {table} SET profile = ? WHERE {_SAME}", (reading.profile, *key.values))


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
