-- What the archive keeps. A change of these tables raises SCHEMA in database.py.
-- Times are ISO 8601 in UTC with microseconds, so that their text sorts as they do.

CREATE TABLE originals (  -- the bytes of pages, as they were received
    sha256 TEXT PRIMARY KEY,
    size INTEGER,
    content BLOB  -- zlib; NULL where a record was added without its page
);

CREATE TABLE runs (  -- imports
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    begun TEXT NOT NULL,
    ended TEXT,  -- NULL: running, or cut off
    paths TEXT NOT NULL,  -- JSON
    software TEXT NOT NULL,  -- JSON: names and versions
    report TEXT NOT NULL  -- JSON: the counts, true after every batch
);

CREATE TABLE records (
    number INTEGER PRIMARY KEY,  -- the order in which records are read
    id TEXT NOT NULL UNIQUE
);

CREATE TABLE versions (  -- what a record says, and what it said before
    number INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES records,
    content TEXT NOT NULL,  -- digest of title and text
    published TEXT,
    value TEXT NOT NULL,  -- the record as JSON
    sha256 TEXT NOT NULL  -- of value
);
CREATE INDEX versions_by_record ON versions (record, content);
CREATE INDEX versions_by_content ON versions (content);

CREATE TABLE captures (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    captured TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals,
    version INTEGER NOT NULL REFERENCES versions,
    own INTEGER NOT NULL,  -- 0: the same text was found under another URL than the record's
    extractor TEXT NOT NULL,
    run INTEGER REFERENCES runs,  -- NULL: added without an import
    content_type TEXT NOT NULL DEFAULT 'text/html',  -- as declared: to read the page again
    site TEXT NOT NULL DEFAULT '',  -- the name of its site
    profile TEXT DEFAULT '',  -- what of the site's profile it was read with; NULL: needs none
    UNIQUE (url, captured, sha256)
);
CREATE INDEX captures_by_version ON captures (version);
CREATE INDEX captures_by_site ON captures (site, profile);
CREATE INDEX captures_by_original ON captures (sha256);

CREATE TABLE refusals (  -- pages that are no articles
    url TEXT NOT NULL,
    captured TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals,  -- kept: the rules that refused it may be wrong
    reason TEXT NOT NULL,
    extractor TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs,
    kind TEXT NOT NULL DEFAULT 'listing',
    content_type TEXT NOT NULL DEFAULT 'text/html',
    site TEXT NOT NULL DEFAULT '',
    profile TEXT DEFAULT '',
    PRIMARY KEY (url, captured, sha256)
);

CREATE INDEX refusals_by_original ON refusals (sha256);
CREATE INDEX refusals_by_site ON refusals (site, profile);

CREATE TABLE quarantine (  -- what could not be read
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,  -- the URL of a page, else a place in a file
    reason TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs,
    at TEXT NOT NULL,
    sha256 TEXT REFERENCES originals,  -- these four are NULL where there was no page
    captured TEXT,
    content_type TEXT,
    extractor TEXT,
    site TEXT NOT NULL DEFAULT '',
    profile TEXT DEFAULT ''
);
CREATE UNIQUE INDEX quarantine_pages ON quarantine (place, captured, sha256)
    WHERE sha256 IS NOT NULL;
CREATE UNIQUE INDEX quarantine_items ON quarantine (place, reason) WHERE sha256 IS NULL;
CREATE INDEX quarantine_by_original ON quarantine (sha256);
CREATE INDEX quarantine_by_site ON quarantine (site, profile);

CREATE TABLE sites (  -- what the pages of each site share
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,  -- the profile as TOML
    sha256 TEXT NOT NULL,  -- of value
    profile TEXT NOT NULL,  -- digest of what reading a page depends on; '' where it says nothing
    state TEXT NOT NULL,  -- 'learned', 'edited' or 'confirmed'
    pages INTEGER NOT NULL,  -- that the site had here when it was learned
    at TEXT NOT NULL,
    run INTEGER REFERENCES runs  -- NULL: a person's
);

-- The version of each record that is shown: the one of its latest capture. Captures under the
-- record's own URL come first, so that a late copy elsewhere does not bring an old text back.
CREATE VIEW visible AS
SELECT
    records.number AS number,
    records.id AS id,
    versions.value AS value,
    versions.sha256 AS sha256,
    (
        SELECT count(*) FROM captures JOIN versions ON versions.number = captures.version
        WHERE versions.record = records.number
    ) AS captures
FROM records JOIN versions ON versions.number = (
    SELECT captures.version FROM captures JOIN versions ON versions.number = captures.version
    WHERE versions.record = records.number
    ORDER BY captures.own DESC, captures.captured DESC, captures.version DESC LIMIT 1
);
