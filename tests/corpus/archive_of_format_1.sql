BEGIN TRANSACTION;
CREATE TABLE captures (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    captured TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals,
    version INTEGER NOT NULL REFERENCES versions,
    own INTEGER NOT NULL,  -- 0: the same text was found under another URL than the record's
    extractor TEXT NOT NULL,
    run INTEGER REFERENCES runs,  -- NULL: added without an import
    UNIQUE (url, captured, sha256)
);
INSERT INTO "captures" VALUES(1,'https://news.example/bridge/','2014-06-12T08:30:00.000000+00:00','3c9c07bdc74f6117bac4aa5be02d6e4487ab92b8803bf36fac4ddadbcef4f686',1,1,'1',1);
INSERT INTO "captures" VALUES(2,'https://news.example/ar/well/','2014-06-12T08:30:00.000000+00:00','e7f24c7c57455b8c0403181367d0b297fc70f77c85a2ee1fd09547196d6a5c31',2,1,'1',1);
CREATE TABLE originals (  -- the bytes of pages, as they were received
    sha256 TEXT PRIMARY KEY,
    size INTEGER,
    content BLOB  -- zlib; NULL where a record was added without its page
);
INSERT INTO "originals" VALUES('3c9c07bdc74f6117bac4aa5be02d6e4487ab92b8803bf36fac4ddadbcef4f686',299,X'789CCD90410A83500C44AF9203483FDD0717DDBBF302D1040D48F2C90F2DDEBEDADA3B7437EF0DCC62303537E91FA1BC08962F2145EA7C86F5DE8FABC074D50762FD18DFF8B2E04F09C8C3859EE9450DBC8A09032DA4066E30B831ED1D843465B16CD048F986A5FEFF5EF99DF106D27E6987');
INSERT INTO "originals" VALUES('e7f24c7c57455b8c0403181367d0b297fc70f77c85a2ee1fd09547196d6a5c31',225,X'789C5D8E4B0EC2300C44AF1279DD9250F11151C5292AB136C49088904689AB8250EF8EBB6567FB8D67E60BC1813D36C09F4C60218F95A181CAC8535DF7E91A43F57272C8ABA033DB5D6B0EAD390D9DB1DBBD3546600CE929D033E76AB54E34D70DBDF19523692C7AA618B5C8387014932F144A8E0A49345C84C1D2C06D4C4C89FF689FCF8327B51AA89014CBFCC1E294C7AA666954143E30A44DAFF359027219996EBCBEDE31565A961FE93048CF');
INSERT INTO "originals" VALUES('d7deaef0e316c41a51472ac7154f85dfd8f880d70c1e7acd972d621c0988cd05',30,X'789CB3292A2EB6B349CE48CCCB4BCDB1B3D147B0401200A6B20AA9');
INSERT INTO "originals" VALUES('7be206fbd8530af1f23b5618d3db6530cf89a27d80a121ac78c039b6904b04ad',260,X'789CEB0CF073E7E592E2620081CE91C9010079892135');
CREATE TABLE quarantine (  -- what could not be read
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,  -- the URL of a page, else a place in a file
    reason TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs,
    at TEXT NOT NULL,
    sha256 TEXT REFERENCES originals,  -- these four are NULL where there was no page
    captured TEXT,
    content_type TEXT,
    extractor TEXT
);
INSERT INTO "quarantine" VALUES(1,'https://news.example/broken/','The page''s bytes are no text, but an image or another file.',1,'2026-11-24T18:10:57.545035+00:00','7be206fbd8530af1f23b5618d3db6530cf89a27d80a121ac78c039b6904b04ad','2014-06-12T08:30:00.000000+00:00','text/html','1');
INSERT INTO "quarantine" VALUES(2,'crawl.warc.gz, offset 812','cut off in the middle',1,'2026-11-24T18:10:57.545079+00:00',NULL,NULL,NULL,NULL);
CREATE TABLE records (
    number INTEGER PRIMARY KEY,  -- the order in which records are read
    id TEXT NOT NULL UNIQUE
);
INSERT INTO "records" VALUES(1,'dc9a43486e806fbe');
INSERT INTO "records" VALUES(2,'a8b58f4b60b1829e');
CREATE TABLE refusals (  -- pages that are no articles
    url TEXT NOT NULL,
    captured TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals,  -- kept: the rules that refused it may be wrong
    reason TEXT NOT NULL,
    extractor TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs,
    PRIMARY KEY (url, captured, sha256)
);
INSERT INTO "refusals" VALUES('https://news.example/feed/','2014-06-12T08:30:00.000000+00:00','d7deaef0e316c41a51472ac7154f85dfd8f880d70c1e7acd972d621c0988cd05','The page is a feed or a sitemap, not an article.','1',1);
CREATE TABLE runs (  -- imports
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    begun TEXT NOT NULL,
    ended TEXT,  -- NULL: running, or cut off
    paths TEXT NOT NULL,  -- JSON
    software TEXT NOT NULL,  -- JSON: names and versions
    report TEXT NOT NULL  -- JSON: the counts, true after every batch
);
INSERT INTO "runs" VALUES(1,'2026-11-24T18:10:55.494141+00:00','2026-11-24T18:10:57.545904+00:00','[]','{"kashaf": "0.1.0", "fastwarc": "2.0.1", "lxml": "6.1.3", "resiliparse": "2.0.1", "trafilatura": "2.3.1", "warcio": "1.8.1", "python": "3.11.7", "extractor": "1"}','{"run": 1, "imported": 2, "duplicate": 0, "not_article": 1, "quarantined": 2, "skipped": 0, "reasons": [["The page is a feed or a sitemap, not an article.", 1], ["The page''s bytes are no text, but an image or another file.", 1], ["cut off in the middle", 1]]}');
CREATE TABLE versions (  -- what a record says, and what it said before
    number INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES records,
    content TEXT NOT NULL,  -- digest of title and text
    published TEXT,
    value TEXT NOT NULL,  -- the record as JSON
    sha256 TEXT NOT NULL  -- of value
);
INSERT INTO "versions" VALUES(1,1,'25a4135b96a96d19a9d715298ceb952de8b49532f88fd37a82399f85dc9bbab5',NULL,'{"id": "dc9a43486e806fbe", "url": "https://news.example/bridge/", "title": "The bridge", "text": "The bridge The old bridge over the river was opened again on Monday, residents said. The old bridge over the river was opened again on Monday, residents said. The old bridge over the river was opened again on Monday, residents said.", "provenance": {"url": "https://news.example/bridge/", "captured": "2014-06-12T08:30:00+00:00", "sha256": "3c9c07bdc74f6117bac4aa5be02d6e4487ab92b8803bf36fac4ddadbcef4f686", "method": "generic", "encoding": "utf-8", "declared_encoding": "windows-1256", "replaced": 0, "extractor": "1"}, "author": null, "published": null, "published_text": null, "published_precision": null, "modified": null, "lang": "en", "tags": [], "source": "news.example", "confidence": 0.7, "removed": []}','6cffe15343fc2d5374a92eb127e65ee77d4dd50097c4890cd1b164828248339d');
INSERT INTO "versions" VALUES(2,2,'79710c5841cd8fd610aa992ef97003051fb158ff71f498d23b67868347e833f0','2014-06-09T20:15:00','{"id": "a8b58f4b60b1829e", "url": "https://news.example/ar/well/", "title": "Well", "text": "The well in the yard has water again.", "provenance": {"url": "https://news.example/ar/well/", "captured": "2014-06-12T08:30:00+00:00", "sha256": "e7f24c7c57455b8c0403181367d0b297fc70f77c85a2ee1fd09547196d6a5c31", "method": "rest", "encoding": "utf-8", "declared_encoding": null, "replaced": 0, "extractor": "1"}, "author": null, "published": "2014-06-09T20:15:00", "published_text": "2014-06-09T20:15:00", "published_precision": "minute", "modified": null, "lang": "en", "tags": [], "source": "news.example", "confidence": 1.0, "removed": []}','ce2d8476bcdb0e0d12a2496540bc2a5d8886bfd830c93621fe7cc2c2c5577c23');
CREATE INDEX versions_by_record ON versions (record, content);
CREATE INDEX versions_by_content ON versions (content);
CREATE INDEX captures_by_version ON captures (version);
CREATE INDEX captures_by_original ON captures (sha256);
CREATE INDEX refusals_by_original ON refusals (sha256);
CREATE UNIQUE INDEX quarantine_pages ON quarantine (place, captured, sha256)
    WHERE sha256 IS NOT NULL;
CREATE UNIQUE INDEX quarantine_items ON quarantine (place, reason) WHERE sha256 IS NULL;
CREATE INDEX quarantine_by_original ON quarantine (sha256);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',1);
INSERT INTO "sqlite_sequence" VALUES('quarantine',2);
COMMIT;
PRAGMA application_id = 1263749190;
PRAGMA user_version = 1;
