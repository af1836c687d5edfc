"""Kashaf, through its public door: ten hits with their snippets, all facets, the months."""

from collections.abc import Iterable
from pathlib import Path

from articles import Article, Question

import indexer

CANNOT: dict[str, str] = {}


def build(articles: Iterable[Article], folder: Path) -> None:
    indexer.build_index(
        (
            {
                "id": a.id, "title": a.title, "text": a.text, "lang": a.lang,
                "published": a.published, "actors": list(a.actors), "locations": list(a.locations),
            }
            for a in articles
        ),
        folder,
    )  # fmt: skip


class Reader:
    def __init__(self, folder: Path) -> None:
        self._index = indexer.open_index(folder)

    def ask(self, question: Question) -> int:
        words = " ".join(question.words)
        typed = {"phrase": f'"{words}"', "prefix": f"{words}*"}.get(question.mode, words)
        results = self._index.search(
            typed,
            match="any" if question.mode == "any" else "all",
            actor=question.actor or (),
            since=question.since,
            until=question.until,
            page=question.page,
        )
        # All counts are made; labels and spellings of those that are looked at.
        shown = [value for values in results.facets.values() for value in values[:10]]
        assert (shown or not results.total) and results.histogram is not None
        return results.total
