"""What is stored?

One SQLite database holds the originals, what they say, and what became of everything that was ever
imported. It is the truth; the index is made of it. Readers see what was stored when they began.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import ArchiveError
from corpus.extraction import Site, site_name
from corpus.serialization import moment_to_text
from corpus.store.database import (
    NAME,
    knows_sites,
    open_for_writing,
    reading,
    told,
    transaction,
)
from corpus.store.locks import import_lock
from corpus.store.placing import Reading, place
from corpus.store.profiles import SiteStatus, State, put_site, read_sample, read_statuses
from corpus.store.runs import Run
from corpus.store.verification import find_faults, read_original, read_record
from corpus.values import Capture, ImportedItem, ImportReport, Page, Problem, Quarantined, Record


def _now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """The record store in a folder: `archive.sqlite`, made if missing.

    With `readonly`, nothing is written, neither the database nor files beside it. Every method
    raises ArchiveError, one line, when the database cannot be read or written. Reading methods may
    be called from any thread, writing ones from the thread that opened the archive.
    """

    def __init__(self, folder: str | Path, *, readonly: bool = False) -> None:
        self._path = Path(folder) / NAME
        self._writer: sqlite3.Connection | None = None
        if readonly:
            with self._reading():
                pass
        else:
            with told(self._path):
                self._writer = open_for_writing(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go. What was stored is stored already."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def add(self, record: Record) -> bool:
        """Store a record of your own making; True if it is new, or a new version of one, and False
        if its text was known: then one more capture is. Its page's bytes are not stored."""
        source = record.provenance
        with self._writing() as db, transaction(db):
            placed = place(db, record, Reading(source.extractor, site_name(source.url)))
            return placed.outcome != "duplicate"

    def records(self) -> Iterator[Record]:
        """All records, each in its visible version, in the order in which they first came."""
        with self._reading() as db:
            for row in db.execute(
                "SELECT id, value, sha256, captures FROM visible ORDER BY number"
            ):
                yield read_record(*row)

    def records_of(self, site: str) -> Iterator[Record]:
        """The records of one site (`site_name`), in the same order."""
        yield from self._records_where(
            "number IN (SELECT record FROM versions JOIN captures ON version = versions.number"
            " WHERE site = ?)",
            site,
        )

    def records_below(self, confidence: float) -> Iterator[Record]:
        """The records of whose text extraction was less sure."""
        yield from self._records_where("json_extract(value, '$.confidence') < ?", confidence)

    def _records_where(self, condition: str, value: object) -> Iterator[Record]:
        with self._reading() as db:
            for row in db.execute(
                "SELECT id, value, sha256, captures FROM visible"
                f" WHERE {condition} ORDER BY number",
                (value,),
            ):
                yield read_record(*row)

    def record(self, record_id: str) -> Record | None:
        """The visible version of one record, or None."""
        with self._reading() as db:
            row = db.execute(
                "SELECT id, value, sha256, captures FROM visible WHERE id = ?", (record_id,)
            ).fetchone()
        return read_record(*row) if row else None

    def versions(self, record_id: str) -> list[Record]:
        """All that a record ever said, oldest import first; `captures` counts those of each."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT id, value, versions.sha256, (SELECT count(*) FROM captures WHERE"
                " version = versions.number) FROM versions JOIN records ON record = records.number"
                " WHERE id = ? ORDER BY versions.number",
                (record_id,),
            ).fetchall()
        return [read_record(*row) for row in rows]

    def captures(self, record_id: str) -> list[Capture]:
        """Every saved copy of a record, oldest first."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT url, captured, captures.sha256 FROM captures"
                " JOIN versions ON versions.number = version JOIN records ON"
                " records.number = record WHERE id = ? ORDER BY captured, captures.number",
                (record_id,),
            ).fetchall()
        return [
            Capture(url, datetime.fromisoformat(captured), digest, record_id)
            for url, captured, digest in rows
        ]

    def original(self, sha256: str) -> bytes | None:
        """The bytes of a page, as they were received, or None if they are not kept. ArchiveError
        if they are no longer what they were."""
        with self._reading() as db:
            row = db.execute("SELECT content FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        return read_original(sha256, row[0]) if row and row[0] is not None else None

    def quarantine(self) -> list[Quarantined]:
        """What could not be read, oldest first."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT id, place, reason, run, at, sha256 FROM quarantine ORDER BY id"
            ).fetchall()
        return [
            Quarantined(number, where, reason, run, datetime.fromisoformat(at), digest)
            for number, where, reason, run, at, digest in rows
        ]

    def release(self, quarantined_id: int) -> None:
        """Forget an item of the quarantine, and its bytes where nothing else needs them. The next
        import that meets it tries it afresh. ArchiveError if there is none of that number."""
        with self._writing() as db, transaction(db):
            row = db.execute(
                "DELETE FROM quarantine WHERE id = ? RETURNING sha256", (quarantined_id,)
            ).fetchone()
            if row is None:
                raise ArchiveError(f"Nothing in quarantine has the number {quarantined_id}.")
            db.execute(
                "DELETE FROM originals WHERE sha256 = ?1"
                " AND NOT EXISTS (SELECT 1 FROM captures WHERE sha256 = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM refusals WHERE sha256 = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM quarantine WHERE sha256 = ?1)",
                row,
            )

    def sites(self) -> list[Site]:
        """The profiles of sites, by name."""
        return [status.site for status in self.site_statuses()]

    def site(self, name: str) -> Site | None:
        """The profile of one site (`site_name`), or None."""
        return next((site for site in self.sites() if site.name == name), None)

    def site_statuses(self) -> list[SiteStatus]:
        """Each profile with its state, and how many pages were read with it, by name."""
        with self._reading() as db:
            return read_statuses(db) if knows_sites(db) else []

    def site_names(self) -> dict[str, int]:
        """The sites of all records with the number of their pages, by name."""
        with self._reading() as db:
            if not knows_sites(db):
                return {}
            return dict(
                db.execute(
                    "SELECT site, count(DISTINCT url) FROM captures WHERE site != ''"
                    " GROUP BY site ORDER BY site"
                )
            )

    def sample(self, name: str) -> Iterator[Page]:
        """Pages of a site to learn from, from all that are stored."""
        with self._reading() as db:
            if knows_sites(db):
                yield from read_sample(db, name)

    def put_site(self, site: Site, state: State = "edited") -> None:
        """Keep a person's profile under its name: no import learns that site again. Its pages are
        read with it by `read_again`, or by the next import."""
        if not site.name:
            raise ArchiveError("The profile names no site.")
        with self._writing() as db, transaction(db):
            put_site(db, site, state, moment_to_text(_now()), None)

    def forget_site(self, name: str) -> None:
        """Forget a profile; an import may learn a new one. ArchiveError if there is none."""
        with self._writing() as db, transaction(db):
            if not db.execute("DELETE FROM sites WHERE name = ?", (name,)).rowcount:
                raise ArchiveError(f"No profile has the name {name}. See: kashaf sites")

    def counts(self) -> dict[str, int]:
        """How much of each kind is stored: "records", "versions", "captures", "originals",
        "not articles", "quarantine", "imports"."""
        with self._reading() as db:
            return {
                name: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for name, table in _COUNTED.items()
            }

    def digest(self) -> str:
        """A digest of all that an index depends on; it changes when `records` changes."""
        digest = hashlib.sha256()
        with self._reading() as db:
            for row in db.execute("SELECT id, sha256, captures FROM visible ORDER BY number"):
                digest.update(json.dumps(row).encode())
        return digest.hexdigest()

    def verify(self) -> list[str]:
        """Read every byte. One line for each fault, naming the record or the original; an empty
        list means that all is whole."""
        with self._reading() as db:
            return list(find_faults(db))

    @contextmanager
    def run(
        self,
        paths: Iterable[str],
        extractor: str,
        *,
        on_stored: Callable[[ImportReport], None] | None = None,
        on_item: Callable[[ImportedItem], None] | None = None,
        rehearsal: bool = False,
    ) -> Iterator[Run]:
        """An import run, one at a time. A rehearsal leaves no trace: it is one transaction that is
        rolled back, so that it cannot differ from what would happen."""
        with self._writing() as db, import_lock(self._path.parent):
            if rehearsal:
                db.execute("BEGIN IMMEDIATE")
            try:
                yield Run(db, paths, _now, extractor, on_stored, on_item, rehearsal=rehearsal)
            finally:
                if rehearsal and db.in_transaction:
                    db.execute("ROLLBACK")

    def held(self) -> Iterator[Page | Problem]:
        """The items of the quarantine as an import meets them: pages where the bytes are kept."""
        with self._reading() as db:
            for where, reason, captured, content_type, digest, content in db.execute(
                "SELECT place, reason, captured, content_type, quarantine.sha256, content"
                " FROM quarantine LEFT JOIN originals USING (sha256) ORDER BY id"
            ):
                if content is None:
                    yield Problem(where, reason)
                else:
                    moment = datetime.fromisoformat(captured)
                    yield Page(where, read_original(digest, content), moment, content_type)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with told(self._path), reading(self._path) as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._writer is None:
            raise ArchiveError(f"The archive {self._path} is open for reading only, or closed.")
        with told(self._path):
            yield self._writer


_COUNTED = {
    "records": "visible",
    "versions": "versions",
    "captures": "captures",
    "originals": "originals WHERE content IS NOT NULL",
    "not articles": "refusals",
    "quarantine": "quarantine",
    "imports": "runs",
}
