"""What does an import write, and when?"""

import hashlib
import json
import platform
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Literal

from corpus.serialization import moment_to_text, storable
from corpus.store.database import transaction
from corpus.store.placing import Key, place, put_original, refuse
from corpus.values import ImportReport, Page, Problem, Record

Outcome = Literal["imported", "duplicate", "not_article", "quarantined", "skipped"]

# A batch ends with whichever comes first. A second of work is what a power cut may cost; the bytes
# bound what waits in memory.
_BATCH_ITEMS = 50
_BATCH_SECONDS = 1.0
_BATCH_BYTES = 64 * 2**20

_SOFTWARE = ("kashaf", "fastwarc", "lxml", "resiliparse", "trafilatura", "warcio")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an item that gives no record, and why."""

    outcome: Outcome
    reason: str = ""


Item = Page | Problem
Answer = Record | Verdict


class Run:
    """One import: items come one by one, with what was found out about each, and are stored in
    batches, each whole or not at all."""

    def __init__(
        self,
        db: sqlite3.Connection,
        paths: Iterable[str],
        clock: Callable[[], datetime],
        extractor: str,
        on_stored: Callable[[ImportReport], None] | None = None,
        *,
        rehearsal: bool = False,
    ) -> None:
        """`on_stored` gets the counts after each batch. A rehearsal stores nothing: it must run
        inside a transaction that is rolled back."""
        self._db = db
        self._clock = clock
        self._extractor = extractor
        self._on_stored = on_stored
        self._rehearsal = rehearsal
        self._batch: list[tuple[Item, Answer]] = []
        self._bytes = 0
        self._due = 0.0
        self._counts: Counter[Outcome] = Counter()
        self._reasons: Counter[str] = Counter()
        software = {name: version(name) for name in _SOFTWARE}
        software |= {"python": platform.python_version(), "extractor": extractor}
        self._number = self._begin(list(paths), software)

    def known(self, item: Item) -> Verdict | None:
        """The outcome of an item that needs no extraction: it is no page, or it was read before
        under the same rules."""
        if isinstance(item, Problem):
            return Verdict("skipped" if item.kind == "skip" else "quarantined", item.reason)
        values = (*_key(item).values, self._extractor)
        same = "url = ? AND captured = ? AND sha256 = ? AND extractor = ?"
        if self._db.execute(f"SELECT 1 FROM captures WHERE {same}", values).fetchone():
            return Verdict("duplicate")
        refused = self._db.execute(f"SELECT reason FROM refusals WHERE {same}", values).fetchone()
        if refused:
            return Verdict("not_article", refused[0])
        held = self._db.execute(
            "SELECT reason FROM quarantine"
            " WHERE place = ? AND captured = ? AND sha256 = ? AND extractor = ?",
            values,
        ).fetchone()
        return Verdict("quarantined", held[0]) if held else None

    def add(self, item: Item, answer: Answer) -> None:
        """One item with what became of it. When the batch is full, it is stored."""
        now = time.monotonic()
        if not self._batch:
            self._due = now + _BATCH_SECONDS
        self._batch.append((item, answer))
        self._bytes += len(item.content) if isinstance(item, Page) else 0
        if len(self._batch) >= _BATCH_ITEMS or self._bytes >= _BATCH_BYTES or now >= self._due:
            self.store()

    def store(self) -> None:
        """Store what waits."""
        if self._rehearsal:
            self._write()
        else:
            with transaction(self._db):
                self._write()
        self._batch.clear()
        self._bytes = 0
        if self._on_stored is not None:
            self._on_stored(self.report)

    def end(self) -> ImportReport:
        """Store what waits, and that the run came to its end."""
        self.store()
        self._db.execute(
            "UPDATE runs SET ended = ? WHERE id = ?", (moment_to_text(self._clock()), self._number)
        )
        return self.report

    @property
    def report(self) -> ImportReport:
        """The counts of what is stored."""
        reasons = sorted(self._reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        counts = {str(outcome): count for outcome, count in self._counts.items()}
        return ImportReport(self._number, reasons=tuple(reasons), **counts)

    def _begin(self, paths: list[str], software: dict[str, str]) -> int:
        cursor = self._db.execute(
            "INSERT INTO runs (begun, paths, software, report) VALUES (?, ?, ?, '{}')",
            (moment_to_text(self._clock()), json.dumps(paths), json.dumps(software)),
        )
        return cursor.lastrowid or 0

    def _write(self) -> None:
        for item, answer in self._batch:
            verdict = self._write_one(item, answer)
            self._counts[verdict.outcome] += 1
            if verdict.reason:
                self._reasons[storable(verdict.reason)] += 1
        self._db.execute(
            "UPDATE runs SET report = ? WHERE id = ?",
            (json.dumps(asdict(self.report), ensure_ascii=False), self._number),
        )

    def _write_one(self, item: Item, answer: Answer) -> Verdict:
        if isinstance(answer, Record):
            new = place(self._db, answer, self._number)
            if isinstance(item, Page) and not self._rehearsal:
                put_original(self._db, item, answer.provenance.sha256)
            return Verdict("imported" if new else "duplicate")
        if answer.outcome == "quarantined":
            self._hold(item, answer.reason)
        elif answer.outcome == "not_article" and isinstance(item, Page):
            key = self._keep(item)
            refuse(self._db, key, answer.reason, self._extractor, self._number)
        return answer

    def _keep(self, page: Page) -> Key:
        """Store the bytes of a page of which there is no record."""
        key = _key(page)
        self._db.execute("INSERT OR IGNORE INTO originals (sha256) VALUES (?)", (key.sha256,))
        if not self._rehearsal:
            put_original(self._db, page, key.sha256)
        return key

    def _hold(self, item: Item, reason: str) -> None:
        """Put an item into quarantine. One that is there already keeps its number and time."""
        page: tuple[str | None, ...] = (None, None, None, None)
        place_of_item = item.where if isinstance(item, Problem) else item.url
        if isinstance(item, Page):
            key = self._keep(item)
            page = (key.sha256, key.captured, storable(item.content_type), self._extractor)
        self._db.execute(
            "INSERT INTO quarantine"
            " (place, reason, run, at, sha256, captured, content_type, extractor)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " reason = excluded.reason, extractor = excluded.extractor",
            (
                storable(place_of_item),
                storable(reason),
                self._number,
                moment_to_text(self._clock()),
                *page,
            ),
        )


def _key(page: Page) -> Key:
    digest = hashlib.sha256(page.content).hexdigest()
    return Key(storable(page.url), moment_to_text(page.captured), digest)
