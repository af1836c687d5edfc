"""How is the database of the archive opened, and what is said when that fails?"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.store.locks import making_lock, was_made
from corpus.store.migration import migrate

NAME = "archive.sqlite"
SCHEMA = 2
_APPLICATION = 0x4B534846  # "KSHF" in the header of the file: this database is ours
PATIENCE = 10.0  # seconds that one waits for another's batch; a batch takes milliseconds

_CAUSES = {
    sqlite3.SQLITE_BUSY: "is being written by another process. Try again when that is done.",
    sqlite3.SQLITE_READONLY: "cannot be written. Check the rights of the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check the rights of the file and its folder.",
    sqlite3.SQLITE_FULL: "has no room left on its disk. What was stored is safe; make room.",
    sqlite3.SQLITE_IOERR: "cannot be read or written. Check the disk.",
    sqlite3.SQLITE_CORRUPT: "is damaged. Put the last good copy in its place.",
    sqlite3.SQLITE_NOTADB: "is damaged, or no archive at all. Put the last good copy in its place.",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of SQLite become one ArchiveError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind; the rest says where it happened.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        cause = _CAUSES.get(code, "cannot be used.")
        raise ArchiveError(f"The archive {path} {cause} ({error})") from error


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A connection that may write; file and folder are made, for their owner alone, if missing.
    SQLite gives the rights of the file to what it puts beside it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise ArchiveError(f"The archive {path} cannot be written: {error.strerror}.") from error
    db = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        if not _is_ours(db, path):
            with making_lock(path.parent):
                if not _is_ours(db, path):  # another process may have been quicker
                    _create(db)
        if _format(db) < SCHEMA:
            with transaction(db):
                _bring_up_to_date(db)
        db.execute("PRAGMA synchronous = FULL")
    except BaseException:
        db.close()
        raise
    return db


def _create(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    statements = files("corpus.store").joinpath("schema.sql").read_text("utf-8")
    db.executescript(
        f"BEGIN IMMEDIATE; {statements} PRAGMA application_id = {_APPLICATION};"
        f" PRAGMA user_version = {SCHEMA}; COMMIT"
    )


def _format(db: sqlite3.Connection) -> int:
    schema: int = db.execute("PRAGMA user_version").fetchone()[0]
    return schema


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    schema = _format(db)
    if schema < SCHEMA:  # another process may have been quicker
        migrate(db, schema)
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def knows_sites(db: sqlite3.Connection) -> bool:
    """Whether the archive has profiles of sites: one of format 1 that is only read has none."""
    return _format(db) >= 2


def _is_ours(db: sqlite3.Connection, path: Path) -> bool:
    """True for an archive, False for an empty database; ArchiveError for anything else."""
    # Another process may make the archive at any moment here: so the mark that is set last is
    # looked for first, and the database is read in one transaction.
    made = was_made(path.parent)
    db.execute("BEGIN")
    try:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (schema,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    finally:
        db.execute("COMMIT")
    if application == _APPLICATION and schema > SCHEMA:
        raise ArchiveError(
            f"The archive {path} was made by a newer Kashaf (format {schema}, and this one reads "
            f"{SCHEMA}). Install the newer one."
        )
    if application != _APPLICATION and tables:
        raise ArchiveError(f"{path} is a database of another program. Name another folder.")
    if not tables and made:
        raise ArchiveError(
            f"The archive {path} has lost its content. Put the last good copy back, or empty the "
            "folder to begin a new one."
        )
    return bool(tables)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block is stored, or nothing. It begins as a writer: a reader that becomes one
    later can be refused."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # SQLite itself rolls back when the disk is full
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees one state of what is stored, however long it reads. It writes nothing.

    Where no writer has left its log beside the file, the file is the whole archive; it is then
    opened as one that does not change, because SQLite would otherwise put files of its own
    beside it, and cannot in a folder that may not be written. That it did not change is checked.
    """
    try:
        alone = not path.with_name(f"{path.name}-wal").exists()
        before = _stamp(path)
    except OSError as error:
        raise ArchiveError(
            f"There is no archive in {path.parent} ({error.strerror}). "
            "Make one: kashaf import PATH."
        ) from error
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False
    )
    with closing(connection) as db:
        if not _is_ours(db, path):
            raise ArchiveError(f"The archive {path} is empty. Fill it: kashaf import PATH.")
        db.execute("BEGIN")
        yield db
        if alone and _stamp(path) != before:
            raise ArchiveError(f"The archive {path} was written while it was read. Ask again.")


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size
