"""Which profile has each site, and which pages were read with another?

A profile is kept as the TOML that people edit, and with it the digest of what reading a page
depends on. Every capture remembers the digest it was read with: so a change re-reads the pages
concerned, and an import that was cut off knows what is left to do.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from corpus.errors import ArchiveError
from corpus.extraction import Site, rules_text, site_from_toml, site_to_toml
from corpus.serialization import text_digest
from corpus.store.placing import Key
from corpus.store.verification import read_original
from corpus.values import Page

State = Literal["learned", "edited", "confirmed"]

LEAST_PAGES = 10  # fewer do not tell what is the site's and what the article's
OUTGROWN = 2  # a site with so many times the pages it was learned from is learned anew
SAMPLE_PAGES = 200
_SAMPLE_BYTES = 2 * 2**20  # a larger page is none to learn from

# Where a page may stand, and how its address is called there.
_TABLES = (("captures", "url"), ("refusals", "url"), ("quarantine", "place"))

# Posts of exports and of the REST interface hold no template.
_POSTS = ("type=wxr-item", "type=wp-post")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a page is read with: the profile as TOML, and the digest of what matters in it."""

    digest: str
    toml: str


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One site as the archive knows it. `state`: "learned" by an import, "edited" or "confirmed"
    by a person; `read` of its `pages` were read with the profile, the rest waits for an import."""

    site: Site
    state: State
    pages: int  # HTML pages with a record that are stored now
    read: int
    at: datetime
    run: int | None = None  # that learned it


def takes_profile(content_type: str) -> bool:
    """Whether such a page is read with its site's profile."""
    return not any(post in content_type for post in _POSTS)


def rules_digest(site: Site) -> str:
    """The digest of what reading a page depends on, and "" for a profile that says nothing: counts
    and examples change with every page, and most of their changes change no text."""
    text = rules_text(site)
    return text_digest(text) if text else ""


def read_profiles(db: sqlite3.Connection) -> dict[str, Profile]:
    """All profiles that say something, by site."""
    rows = db.execute("SELECT name, profile, value FROM sites WHERE profile != ''")
    return {name: Profile(digest, value) for name, digest, value in rows}


def read_statuses(db: sqlite3.Connection) -> list[SiteStatus]:
    """All sites that have a profile, by name."""
    rows = db.execute(
        "SELECT sites.value, sites.state, sites.at, sites.run,"
        " count(DISTINCT captures.url), count(DISTINCT CASE WHEN captures.profile = sites.profile"
        " THEN captures.url END) FROM sites LEFT JOIN captures ON captures.site = sites.name"
        " AND captures.profile IS NOT NULL GROUP BY sites.name ORDER BY sites.name"
    )
    return [
        SiteStatus(site_from_toml(value), state, pages, read, datetime.fromisoformat(at), run)
        for value, state, at, run, pages, read in rows
    ]


def put_site(db: sqlite3.Connection, site: Site, state: State, at: str, run: int | None) -> None:
    """Keep a profile, in the place of the one before."""
    value = site_to_toml(site)
    row = (site.name, value, text_digest(value), rules_digest(site), state)
    db.execute(
        "INSERT OR REPLACE INTO sites VALUES (?1, ?2, ?3, ?4, ?5, (SELECT count(DISTINCT url)"
        " FROM captures WHERE site = ?1 AND profile IS NOT NULL AND run IS NOT NULL), ?6, ?7)",
        (*row, at, run),
    )


def unlearned(db: sqlite3.Connection) -> list[str]:
    """The sites that have enough pages, and no profile or an outgrown one that is no person's."""
    rows = db.execute("SELECT name, state, pages FROM sites")
    known = {name: (state, pages) for name, state, pages in rows}
    counted = db.execute(
        "SELECT site, count(DISTINCT url) FROM captures WHERE site != '' AND profile IS NOT NULL"
        " AND run IS NOT NULL GROUP BY site HAVING count(DISTINCT url) >= ? ORDER BY site",
        (LEAST_PAGES,),
    ).fetchall()
    found = []
    for name, pages in counted:
        state, before = known.get(name, ("learned", 0))
        if state == "learned" and pages > OUTGROWN * before:
            found.append(name)
    return found


def read_sample(db: sqlite3.Connection, name: str) -> Iterator[Page]:
    """Pages of a site from all of its archive, evenly; first those that have a twin, each followed
    by it: the same record from an export or the REST interface."""
    rows = db.execute(
        "SELECT max(captures.number) FILTER (WHERE profile IS NOT NULL),"
        " max(captures.number) FILTER (WHERE profile IS NULL) FROM captures"
        " JOIN versions ON versions.number = version WHERE site = ? AND run IS NOT NULL"
        " GROUP BY versions.record HAVING max(profile IS NOT NULL) ORDER BY versions.record",
        (name,),
    ).fetchall()
    twins = _spread([row for row in rows if row[1] is not None], SAMPLE_PAGES // 2)
    for row in twins + _spread([row for row in rows if row[1] is None], SAMPLE_PAGES - len(twins)):
        for number in row:
            if number is not None:
                yield from _read_capture(db, number)


def _spread(rows: list[tuple[int, int | None]], most: int) -> list[tuple[int, int | None]]:
    step = max(1.0, len(rows) / most)
    return [rows[int(place * step)] for place in range(min(most, len(rows)))]


def _read_capture(db: sqlite3.Connection, number: int) -> Iterator[Page]:
    key = db.execute(
        "SELECT url, captured, captures.sha256 FROM captures JOIN originals USING (sha256)"
        " WHERE number = ? AND size <= ?",
        (number, _SAMPLE_BYTES),
    ).fetchone()
    if key and (page := read_page(db, Key(*key))):
        yield page


def find_outdated(db: sqlite3.Connection) -> list[Key]:
    """The stored pages that were read with another profile than their site has now."""
    keys: dict[Key, None] = {}
    for table, url in _TABLES:
        for row in db.execute(
            f"SELECT {url}, captured, {table}.sha256 FROM {table} LEFT JOIN sites ON name = site"
            f" WHERE {table}.profile != ifnull(sites.profile, '') AND captured IS NOT NULL"
            f" AND {table}.run IS NOT NULL ORDER BY {table}.rowid"
        ):
            keys[Key(*row)] = None
    return list(keys)


def read_page(db: sqlite3.Connection, key: Key) -> Page | None:
    """A stored page as it came; None where its bytes are not kept or damaged: `verify` names it."""
    for table, url in _TABLES:
        row = db.execute(
            f"SELECT content_type, content FROM {table} JOIN originals USING (sha256)"
            f" WHERE {url} = ? AND captured = ? AND sha256 = ? AND content IS NOT NULL",
            key.values,
        ).fetchone()
        if row:
            with suppress(ArchiveError):
                content = read_original(key.sha256, row[1])
                return Page(key.url, content, datetime.fromisoformat(key.captured), row[0])
    return None
