"""What does an import write, and when?"""

import hashlib
import json
import platform
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import Literal

from corpus.extraction import Site, site_name
from corpus.serialization import moment_to_text, storable
from corpus.store import profiles
from corpus.store.database import transaction
from corpus.store.placing import Key, Reading, find_reading, hold, place, put_original, refuse
from corpus.store.profiles import Profile
from corpus.store.tally import Tally
from corpus.values import ImportedItem, ImportReport, Page, PageKind, Problem, ReadBecause, Record

# A batch ends with whichever comes first. A second of work is what a power cut may cost; the bytes
# bound what waits in memory.
_BATCH_ITEMS = 50
_BATCH_SECONDS = 1.0
_BATCH_BYTES = 64 * 2**20

_SOFTWARE = ("kashaf", "fastwarc", "lxml", "resiliparse", "trafilatura", "warcio")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an item that gives no record, and why. `known`: by an earlier reading."""

    outcome: Literal["duplicate", "not_article", "quarantined", "skipped"]
    reason: str = ""
    kind: PageKind | None = None
    known: bool = False


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
        on_item: Callable[[ImportedItem], None] | None = None,
        *,
        rehearsal: bool = False,
    ) -> None:
        """`on_stored` gets the counts after each batch, `on_item` every item that is stored. A
        rehearsal must run inside a transaction, which is rolled back afterwards."""
        self._db = db
        self._clock = clock
        self._extractor = extractor
        self._on_stored = on_stored
        self._on_item = on_item
        self._rehearsal = rehearsal
        self._batch: list[tuple[Item, Answer, bool]] = []
        self._bytes = 0
        self._due = 0.0
        self._faults: set[tuple[str, str]] = set()
        self._profiles = profiles.read_profiles(db)
        software = {name: version(name) for name in _SOFTWARE}
        software |= {"python": platform.python_version(), "extractor": extractor}
        self._number = self._begin(list(paths), software)
        self._tally = Tally(self._number)

    def profile(self, page: Page) -> Profile | None:
        """What is known about the site of a page, for reading it."""
        if not profiles.takes_profile(page.content_type):
            return None
        return self._profiles.get(site_name(page.url))

    def known(self, item: Item) -> Verdict | None:
        """The outcome of an item that needs no extraction: it is no page, or it was read before
        under the same rules. If its site has another profile now, `outdated` names it."""
        if isinstance(item, Problem):
            return Verdict("skipped" if item.kind == "skip" else "quarantined", item.reason)
        values = (*_key(item).values, self._extractor)
        same = "url = ? AND captured = ? AND sha256 = ? AND extractor = ?"
        if self._db.execute(f"SELECT 1 FROM captures WHERE {same}", values).fetchone():
            return Verdict("duplicate", _KNOWN, "article", known=True)
        refused = self._db.execute(
            f"SELECT reason, kind FROM refusals WHERE {same}", values
        ).fetchone()
        if refused:
            return Verdict("not_article", refused[0], refused[1], known=True)
        held = self._db.execute(
            f"SELECT reason FROM quarantine WHERE {same.replace('url', 'place')}", values
        ).fetchone()
        return Verdict("quarantined", held[0], known=True) if held else None

    def add(self, item: Item, answer: Answer, *, again: bool = False) -> None:
        """One item with what became of it; `again` for a stored page that is no item of the input.
        When the batch is full, it is stored."""
        now = time.monotonic()
        if not self._batch:
            self._due = now + _BATCH_SECONDS
        self._batch.append((item, answer, again))
        self._bytes += len(item.content) if isinstance(item, Page) else 0
        if len(self._batch) >= _BATCH_ITEMS or self._bytes >= _BATCH_BYTES or now >= self._due:
            self.store()

    def store(self) -> None:
        """Store what waits."""
        with self._writing():
            told = self._write()
        self._batch.clear()
        self._bytes = 0
        if self._on_item is not None:
            for item in told:
                self._on_item(item)
        if self._on_stored is not None:
            self._on_stored(self.report)

    def unlearned(self) -> list[str]:
        """The sites whose profile is to be learned from what is stored now."""
        return profiles.unlearned(self._db)

    def sample(self, name: str) -> Iterator[Page]:
        """Pages of a site to learn from."""
        return profiles.read_sample(self._db, name)

    def put_site(self, name: str, site: Site | str) -> None:
        """Keep a profile that was learned. For the words that say why there is none, an empty one
        is kept: that is tried again when the site has grown."""
        with self._writing():
            at = moment_to_text(self._clock())
            kept = site if isinstance(site, Site) else Site(name)
            profiles.put_site(self._db, kept, "learned", at, self._number)
        self._profiles = profiles.read_profiles(self._db)
        if isinstance(site, Site):
            self._tally.learned.append(name)
        else:
            self._tally.unlearned.append((name, site))

    def outdated(self) -> list[Key]:
        """The stored pages that were read with another profile than their site has now."""
        return profiles.find_outdated(self._db)

    def pages(self, keys: Iterable[Key]) -> Iterator[Page]:
        """Stored pages as they came; those whose bytes are lost are left out."""
        for key in keys:
            if page := profiles.read_page(self._db, key):
                yield page

    def end(self, files: Iterable[str] = ()) -> ImportReport:
        """Store what waits, and that the run came to its end. What was wrong with one of `files`,
        all read to their end, and is no longer, leaves the quarantine."""
        self.store()
        with self._writing():
            self._release_mended(set(files))
            self._db.execute(
                "UPDATE runs SET ended = ? WHERE id = ?",
                (moment_to_text(self._clock()), self._number),
            )
        return self.report

    @property
    def report(self) -> ImportReport:
        """The counts of what is stored."""
        return self._tally.report

    def _writing(self) -> AbstractContextManager[None]:
        return nullcontext() if self._rehearsal else transaction(self._db)

    def _begin(self, paths: list[str], software: dict[str, str]) -> int:
        cursor = self._db.execute(
            "INSERT INTO runs (begun, paths, software, report) VALUES (?, ?, ?, '{}')",
            (moment_to_text(self._clock()), json.dumps(paths), json.dumps(software)),
        )
        return cursor.lastrowid or 0

    def _write(self) -> list[ImportedItem]:
        told = []
        for item, answer, again in self._batch:
            done = self._write_one(item, answer, again)
            self._tally.count(done, answer.provenance if isinstance(answer, Record) else None)
            told.append(done)
        counts = asdict(self.report)
        del counts["samples"], counts["sites"]
        self._db.execute(
            "UPDATE runs SET report = ? WHERE id = ?",
            (json.dumps(counts, ensure_ascii=False), self._number),
        )
        return told

    def _write_one(self, item: Item, answer: Answer, again: bool) -> ImportedItem:
        if isinstance(item, Problem):
            assert isinstance(answer, Verdict)
            if answer.outcome == "quarantined":
                self._hold_fault(item, answer.reason)
            return ImportedItem(item.where, answer.outcome, answer.reason)
        key, reading = _key(item), self._reading(item)
        found = ImportedItem(
            item.url,
            "duplicate",
            "",
            self._because(key, reading, answer),
            site=reading.site,
            captured=item.captured,
            sha256=key.sha256,
            again=again,
        )
        if isinstance(answer, Record):
            placed = place(self._db, answer, reading)
            put_original(self._db, item, answer.provenance.sha256)
            return replace(
                found,
                outcome=placed.outcome,
                why=_NEWS[placed.outcome],
                title=answer.title,
                kind="article",
                record_id=placed.record_id,
            )
        found = replace(found, lost=self._write_verdict(item, key, answer, reading))
        return replace(found, outcome=answer.outcome, why=answer.reason, kind=answer.kind)

    def _write_verdict(self, page: Page, key: Key, verdict: Verdict, reading: Reading) -> bool:
        """Store what a page without a record is; True if it gave one until now."""
        if verdict.outcome == "duplicate":
            return False
        self._db.execute("INSERT OR IGNORE INTO originals (sha256) VALUES (?)", (key.sha256,))
        put_original(self._db, page, key.sha256)
        if verdict.outcome == "quarantined":
            hold(self._db, key, verdict.reason, moment_to_text(self._clock()), reading)
        elif verdict.outcome == "not_article":
            return refuse(self._db, key, verdict.reason, verdict.kind or "listing", reading)
        return False

    def _reading(self, page: Page) -> Reading:
        """How a page is read now."""
        profile = self.profile(page)
        digest = profile.digest if profile else ""
        return Reading(
            self._extractor,
            site_name(page.url),
            digest if profiles.takes_profile(page.content_type) else None,
            page.content_type,
            self._number,
        )

    def _because(self, key: Key, now: Reading, answer: Answer) -> ReadBecause:
        """Why a page was read."""
        before = find_reading(self._db, key)
        if before is None:
            return "first"
        if before[0] != now.extractor:
            return "rules"
        if isinstance(answer, Verdict) and answer.known:
            return "known"
        return "profile" if before[1] != now.profile else "asked"

    def _hold_fault(self, item: Problem, reason: str) -> None:
        """Put an item without a page into quarantine, once for each reason."""
        fault = storable(item.where), storable(reason)
        self._faults.add(fault)
        self._db.execute(
            "INSERT OR IGNORE INTO quarantine (place, reason, run, at) VALUES (?, ?, ?, ?)",
            (*fault, self._number, moment_to_text(self._clock())),
        )

    def _release_mended(self, files: set[str]) -> None:
        for number, where, reason in self._db.execute(
            "SELECT id, place, reason FROM quarantine WHERE sha256 IS NULL"
        ).fetchall():
            # "crawl.warc.gz, offset 812": the file, and a place in it. Names may hold commas.
            parts = where.split(", ")
            named = {", ".join(parts[:end]) for end in range(1, len(parts) + 1)}
            if named & files and (where, reason) not in self._faults:
                self._db.execute("DELETE FROM quarantine WHERE id = ?", (number,))


_KNOWN = "these bytes were read before, under the same rules"
_NEWS = {
    "new": "a new record",
    "changed": "the page says something else than before",
    "duplicate": "another capture of a known text",
}


def _key(page: Page) -> Key:
    digest = hashlib.sha256(page.content).hexdigest()
    return Key(storable(page.url), moment_to_text(page.captured), digest)
