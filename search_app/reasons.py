"""What are the words that were found to the words that were asked?"""

import re
from collections import Counter
from dataclasses import dataclass

from indexer import Match, Why, analyze

# Text cuts a name from its sentence where its quotation ends: half a pair stays in it.
_QUOTATION_MARKS = re.compile('["“”„‟«»‹›]')
# They belong to the name after them, in one spelling or the other: al-Nusra, Nusra.
_ARTICLES = {"the", "al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "er", "es", "ez"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of a record that answer a part of the query."""

    kind: str  # of a Match, or "longer": a name that holds the asked one and more
    text: str  # as people read it: in one line, without quotation marks
    query: str  # the part, as typed
    counts: tuple[tuple[str, int], ...]  # "title" or "text", and how often there


def read_reasons(why: Why) -> list[Reason]:
    """The reasons in their order; spellings that differ in capitals or quotation marks alone are
    one, counted together."""
    places: dict[tuple[str, str, str], tuple[str, Counter[str]]] = {}
    for match in why.matches:
        text = " ".join(_QUOTATION_MARKS.sub("", match.text).split()) or match.text
        _, counts = places.setdefault(
            (match.query, text.casefold(), _kind(match)), (text, Counter())
        )
        counts[match.field] += match.count
    return [
        Reason(kind, text, query, tuple(counts.items()))
        for (query, _, kind), (text, counts) in places.items()
    ]


def _kind(match: Match) -> str:
    if match.kind != "name":
        return match.kind
    asked, found = ({token.text for token in analyze(text)} for text in (match.query, match.text))
    return "longer" if asked and asked < found - (_ARTICLES - asked) else "name"
