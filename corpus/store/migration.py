"""How does an archive of an older format become one of today's?

Each step takes an archive from its format to the next, inside one transaction; `schema.sql` is the
last format. A step is never changed once archives of its format are in use.
"""

import json
import sqlite3
from collections.abc import Callable

from corpus.extraction import site_name

_POSTS = {"wxr": "application/rss+xml; type=wxr-item", "rest": "application/json; type=wp-post"}

_SITES = """
ALTER TABLE captures ADD COLUMN content_type TEXT NOT NULL DEFAULT 'text/html';
ALTER TABLE captures ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE captures ADD COLUMN profile TEXT DEFAULT '';
CREATE INDEX captures_by_site ON captures (site, profile);
ALTER TABLE refusals ADD COLUMN kind TEXT NOT NULL DEFAULT 'listing';
ALTER TABLE refusals ADD COLUMN content_type TEXT NOT NULL DEFAULT 'text/html';
ALTER TABLE refusals ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE refusals ADD COLUMN profile TEXT DEFAULT '';
CREATE INDEX refusals_by_site ON refusals (site, profile);
ALTER TABLE quarantine ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantine ADD COLUMN profile TEXT DEFAULT '';
CREATE INDEX quarantine_by_site ON quarantine (site, profile);
CREATE TABLE sites (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    profile TEXT NOT NULL,
    state TEXT NOT NULL,
    pages INTEGER NOT NULL,
    at TEXT NOT NULL,
    run INTEGER REFERENCES runs
);
UPDATE refusals SET kind = 'feed' WHERE reason LIKE '%feed%';
UPDATE refusals SET kind = 'attachment' WHERE reason LIKE '%attachment%'
"""


def migrate(db: sqlite3.Connection, schema: int) -> None:
    """Bring an archive of format `schema` up to date; belongs into a transaction."""
    for step in _STEPS[schema - 1 :]:
        step(db)


def _know_sites(db: sqlite3.Connection) -> None:
    """1 to 2: profiles of sites, and with which one a page was read. What was declared of a page
    is known by its record."""
    for statement in _SITES.split(";\n"):
        db.execute(statement)
    for number, url, value in db.execute(
        "SELECT captures.number, url, value FROM captures"
        " JOIN versions ON versions.number = version"
    ).fetchall():
        source = json.loads(value)["provenance"]
        content_type = _POSTS.get(source["method"], "text/html")
        if content_type == "text/html" and source["declared_encoding"]:
            content_type += f"; charset={source['declared_encoding']}"
        profile = None if source["method"] in _POSTS else ""
        db.execute(
            "UPDATE captures SET content_type = ?, site = ?, profile = ? WHERE number = ?",
            (content_type, site_name(url), profile, number),
        )
    for table, url in (("refusals", "url"), ("quarantine", "place")):
        for number, address in db.execute(
            f"SELECT rowid, {url} FROM {table} WHERE sha256 IS NOT NULL"
        ).fetchall():
            db.execute(f"UPDATE {table} SET site = ? WHERE rowid = ?", (site_name(address), number))


_STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_know_sites,)
