"""SQLite FTS5: ten hits by its bm25 with its snippets; facets and months by joins and GROUP BY."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from articles import Article, Question

CANNOT: dict[str, str] = {}


def build(articles: Iterable[Article], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    db = sqlite3.connect(folder / "fts.sqlite")
    db.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE VIRTUAL TABLE article USING fts5(title, text, tokenize = 'porter unicode61');"
        "CREATE TABLE facts (id INTEGER PRIMARY KEY, name TEXT, published TEXT, month TEXT);"
        "CREATE TABLE actor (article INTEGER, value TEXT);"
        "CREATE TABLE location (article INTEGER, value TEXT);"
    )
    for number, a in enumerate(articles):
        db.execute(
            "INSERT INTO article (rowid, title, text) VALUES (?, ?, ?)", (number, a.title, a.text)
        )
        facts = (number, a.id, a.published, a.published[:7])
        db.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", facts)
        db.executemany("INSERT INTO actor VALUES (?, ?)", [(number, v) for v in a.actors])
        db.executemany("INSERT INTO location VALUES (?, ?)", [(number, v) for v in a.locations])
    db.executescript(
        "CREATE INDEX actor_of ON actor (article); CREATE INDEX location_of ON location (article);"
        "CREATE INDEX actor_by ON actor (value); CREATE INDEX published ON facts (published);"
        "INSERT INTO article (article) VALUES ('optimize');"
    )
    db.commit()
    db.close()


class Reader:
    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(f"file:{folder / 'fts.sqlite'}?mode=ro", uri=True)
        self._db.execute("PRAGMA mmap_size = 8000000000")
        self._db.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, score REAL)")

    def ask(self, question: Question) -> int:
        words = [f'"{word}"' for word in question.words]
        match question.mode:
            case "phrase":
                match_text = '"' + " ".join(question.words) + '"'
            case "prefix":
                match_text = words[0] + "*"
            case "any":
                match_text = " OR ".join(words)
            case _:
                match_text = " AND ".join(words)
        where, values = "article MATCH ?", [match_text]
        if question.actor:
            where += " AND rowid IN (SELECT article FROM actor WHERE value = ?)"
            values.append(question.actor)
        if question.since and question.until:
            where += " AND rowid IN (SELECT id FROM facts WHERE published BETWEEN ? AND ?)"
            values += [question.since, question.until]
        ask = self._db.execute
        ask("DELETE FROM found")
        ask(f"INSERT INTO found SELECT rowid, bm25(article) FROM article WHERE {where}", values)
        total = ask("SELECT count(*) FROM found").fetchone()[0]
        for facet in ("actor", "location"):
            joined = f"found JOIN {facet} ON article = found.id"
            ask(f"SELECT value, count(*) FROM {joined} GROUP BY value").fetchall()
        ask("SELECT month, count(*) FROM found JOIN facts USING (id) GROUP BY month").fetchall()
        page = ask(
            "SELECT id FROM found ORDER BY score LIMIT 10 OFFSET ?", (10 * (question.page - 1),)
        ).fetchall()
        shown = ",".join(str(row[0]) for row in page)
        ask(
            "SELECT title, snippet(article, 1, '<b>', '</b>', '…', 40) FROM article"
            f" WHERE article MATCH ? AND rowid IN ({shown})", (match_text,),
        ).fetchall()  # fmt: skip
        return int(total)
