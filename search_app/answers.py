"""What does the index answer, and what would find more when it answers nothing?"""

from dataclasses import dataclass, replace
from typing import Any

from indexer import Index, Query, Results
from search_app.asked import LISTS, Asked
from search_app.labels import ISOLATES, labels


@dataclass(frozen=True, slots=True)
class Rescue:
    """Another question that finds something: the label's key, the question, its total."""

    key: str
    asked: Asked
    total: int


def answer(index: Index, asked: Asked) -> Results:
    """The results of a question. What had to be repaired in the URL stands among the notices and,
    in words, among the warnings."""
    results = _search(index, asked)
    if not asked.notices:
        return results
    reading = results.interpretation
    say = labels("en").plain
    words = (say(f"notice.{notice.code}", detail=notice.detail) for notice in asked.notices)
    return replace(
        results,
        interpretation=replace(reading, notices=(*asked.notices, *reading.notices)),
        warnings=(*(ISOLATES.sub("", text) for text in words), *results.warnings),
    )


def find_rescues(index: Index, asked: Asked, query: Query) -> list[Rescue]:
    """Other questions with what they would find, the nearest first. They are offered, never asked
    on their own. `query` is what was asked of the index."""
    rescues = []
    for rung in index.ladder(query):
        values = {name: getattr(rung.query, name) for name in ("q", "match", "spelling", *LISTS)}
        other = replace(asked, page=1, **values)
        if not (rung.query.since or rung.query.until):
            other = replace(other, since="", until="")
        rescues.append(Rescue(f"rescue.{rung.kind}", other, rung.total))
    return rescues


def _search(index: Index, asked: Asked) -> Results:
    options: dict[str, Any] = {
        name: getattr(asked, name)
        for name in (
            "actor", "location", "not_actor", "not_location", "lang", "source", "since", "until",
            "match", "spelling", "without", "sort", "page", "size",
        )
    }  # fmt: skip
    return index.search(asked.q, **options)
