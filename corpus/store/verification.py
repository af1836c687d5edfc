"""Is what is stored still what was stored?"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress

from corpus.errors import ArchiveError
from corpus.serialization import content_digest, record_from_json, text_digest
from corpus.values import Record


def read_record(record_id: str, value: str, sha256: str, captures: int) -> Record:
    """The record of a row; ArchiveError if it is no longer what was stored."""
    if text_digest(value) != sha256:
        raise ArchiveError(f"Record {record_id} is damaged. Take the archive from a good copy.")
    return record_from_json(value, captures)


def read_original(sha256: str, content: bytes) -> bytes:
    """The bytes of a page from its compressed ones; ArchiveError if they are not those."""
    original = b""
    with suppress(zlib.error):
        original = zlib.decompress(content)
    if hashlib.sha256(original).hexdigest() != sha256:
        raise ArchiveError(f"The original {sha256} is damaged. Take it from a good copy.")
    return original


def find_faults(db: sqlite3.Connection) -> Iterator[str]:
    """Read all that is stored; one line for each fault."""
    try:
        for (line,) in db.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield f"database: {line}"
        yield from _dangling(db)
        yield from _damaged_originals(db)
        yield from _damaged_records(db)
        yield from _damaged_profiles(db)
    except sqlite3.DatabaseError as error:
        yield f"database: {error}; what follows could not be read"


def _damaged_originals(db: sqlite3.Connection) -> Iterator[str]:
    for sha256, size, content in db.execute(
        "SELECT sha256, size, content FROM originals WHERE content IS NOT NULL"
    ):
        try:
            whole = len(read_original(sha256, content)) == size
        except ArchiveError:
            whole = False
        if not whole:
            rows = db.execute(
                "SELECT DISTINCT id FROM captures JOIN versions ON versions.number = version"
                " JOIN records ON records.number = record WHERE captures.sha256 = ? ORDER BY id",
                (sha256,),
            )
            named = ", ".join(row[0] for row in rows)
            used = f"the page of record {named}" if named else "a page without a record"
            yield f"original {sha256} is damaged ({used})"


def _damaged_records(db: sqlite3.Connection) -> Iterator[str]:
    for record_id, number, content, value, sha256 in db.execute(
        "SELECT id, versions.number, content, value, sha256 FROM versions"
        " JOIN records ON records.number = record ORDER BY versions.number"
    ):
        try:
            record = read_record(record_id, value, sha256, 1)
            whole = record.id == record_id and content_digest(record) == content
        except (ArchiveError, ValueError, TypeError, KeyError):
            whole = False
        if not whole:
            yield f"record {record_id}: its version {number} is damaged"


def _damaged_profiles(db: sqlite3.Connection) -> Iterator[str]:
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sites'").fetchone():
        for name, value, sha256 in db.execute("SELECT name, value, sha256 FROM sites"):
            if text_digest(value) != sha256:
                yield f"the profile of {name} is damaged"


def _dangling(db: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row} refers to nothing in {parent}"
    for url, sha256 in db.execute(
        "SELECT url, captures.sha256 FROM captures JOIN originals USING (sha256)"
        " WHERE run IS NOT NULL AND content IS NULL"
        " UNION ALL SELECT place, quarantine.sha256 FROM quarantine JOIN originals USING (sha256)"
        " WHERE content IS NULL"
        " UNION ALL SELECT url, refusals.sha256 FROM refusals JOIN originals USING (sha256)"
        " WHERE content IS NULL"
    ):
        yield f"original {sha256} is missing (captured at {url})"
    for (record_id,) in db.execute(
        "SELECT id FROM records WHERE NOT EXISTS"
        " (SELECT 1 FROM versions WHERE record = records.number)"
    ):
        yield f"record {record_id} has no version"
