"""What does the index answer, and what would find more when it answers nothing?"""

from dataclasses import dataclass, replace
from typing import Any

from indexer import Index, Notice, Results
from search_app.asked import Asked
from search_app.labels import ISOLATES, labels


@dataclass(frozen=True, slots=True)
class Rescue:
    """A wider question that finds something: the label's key, the question, its total."""

    key: str
    asked: Asked
    total: int


def answer(index: Index, asked: Asked) -> Results:
    """The results of a question; beyond the last page, the last page. What had to be repaired in
    the URL stands among the notices and, in words, among the warnings."""
    results = _search(index, asked)
    notices = asked.notices
    last = max(1, -(-results.total // asked.size))
    if asked.page > last:
        results = _search(index, replace(asked, page=last))
        notices = (*notices, Notice("page-limited", str(asked.page)))
    if not notices:
        return results
    reading = results.interpretation
    say = labels("en").plain
    words = (say(f"notice.{notice.code}", detail=notice.detail) for notice in notices)
    return replace(
        results,
        interpretation=replace(reading, notices=(*notices, *reading.notices)),
        warnings=(*(ISOLATES.sub("", text) for text in words), *results.warnings),
    )


def find_rescues(index: Index, asked: Asked) -> list[Rescue]:
    """Wider questions with what they would find, the nearest first; none that finds nothing.
    They are offered, never asked on their own."""
    wider: list[tuple[str, Asked]] = []
    if asked.spelling == "exact":
        wider.append(("rescue.forms", replace(asked, spelling="forms")))
    if asked.spelling != "all":
        wider.append(("rescue.spellings", replace(asked, spelling="all")))
    if asked.without:
        wider.append(("rescue.without", replace(asked, without=())))
    if asked.since or asked.until:
        wider.append(("rescue.dates", replace(asked, since="", until="")))
    if asked.narrowed:
        wider.append(("rescue.filters", asked.unfiltered()))
    if asked.match == "all" and len(asked.q.split()) > 1:
        wider.append(("rescue.any", replace(asked, match="any")))
        if asked.narrowed:
            wider.append(("rescue.any-unfiltered", replace(asked.unfiltered(), match="any")))
    found: list[Rescue] = []
    for key, question in wider:
        total = _search(index, replace(question, page=1, size=1)).total
        if total and total not in {rescue.total for rescue in found}:
            found.append(Rescue(key, replace(question, page=1), total))
    return found


def _search(index: Index, asked: Asked) -> Results:
    options: dict[str, Any] = {
        name: getattr(asked, name)
        for name in (
            "actor", "location", "not_actor", "not_location", "lang", "source", "since", "until",
            "match", "spelling", "without", "sort", "page", "size",
        )
    }  # fmt: skip
    return index.search(asked.q, **options)
