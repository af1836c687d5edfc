"""What else could be asked when nothing is found?

Each rung of the ladder is another query with the number of its records: to be shown before any
click, and never taken without one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.query import Query
from indexer.reading.vocabulary import Vocabulary

RungKind = Literal[
    "forms",
    "names",
    "undropped",
    "undated",
    "unfiltered",
    "spelling",
    "keyboard",
    "any-word",
    "any-word-unfiltered",
]

# The keys of an English keyboard, and what they write on an Arabic one (Windows, "Arabic 101").
_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvnm,./YHN"
_ARABIC = "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظإأآ"
_TO_ARABIC = str.maketrans({**dict(zip(_ENGLISH, _ARABIC, strict=True)), "b": "لا"})
_TO_ENGLISH = str.maketrans(_ARABIC, _ENGLISH)
# Letters of both in one word: the keys were meant ("Muhasan" would be "Mعاشسشى").
_MIXED = re.compile(r"[A-Za-z][\u0600-\u06ff]|[\u0600-\u06ff][A-Za-z]")


@dataclass(frozen=True, slots=True)
class Rung:
    """Another query, and how many records it finds. `kind` says how it differs: with word forms,
    with the spellings of names, with those that were taken out, without dates, without any filter,
    with unknown words spelled as the archive does, typed on the other keyboard, or with any of its
    words enough, with filters or without."""

    kind: RungKind
    query: Query
    total: int


def other_queries(
    query: Query, unknown: Sequence[str], vocabulary: Vocabulary
) -> Iterator[tuple[RungKind, Query]]:
    """Other queries for what was asked, the nearest first. `unknown`: the words of the query that
    no record has."""
    query = replace(query, page=1)
    if query.spelling == "exact":
        yield "forms", replace(query, spelling="forms")
    if query.spelling != "all":
        yield "names", replace(query, spelling="all")
    if query.without:
        yield "undropped", replace(query, without=())
    undated = replace(query, since=None, until=None)
    if undated != query:
        yield "undated", undated
    kept = ("q", "match", "spelling", "without", "sort", "size")
    unfiltered = Query(**{name: getattr(query, name) for name in kept})
    if unfiltered != undated:
        yield "unfiltered", unfiltered
    for kind, q in (
        ("spelling", respelled(query.q, unknown, vocabulary)),
        ("keyboard", query.q.translate(_TO_ARABIC)),
        ("keyboard", query.q.replace("لا", "b").translate(_TO_ENGLISH)),
    ):
        if q != query.q and not (kind == "keyboard" and _MIXED.search(q)):
            yield kind, replace(query, q=q)  # type: ignore[misc]
    if query.match == "all" and len(query.q.split()) > 1:
        yield "any-word", replace(query, match="any")
        if unfiltered != query:
            yield "any-word-unfiltered", replace(unfiltered, match="any")


def respelled(q: str, unknown: Sequence[str], vocabulary: Vocabulary) -> str:
    """The query with its unknown words as the archive spells them, where it has a near one."""
    for word in unknown:
        q = q.replace(word, vocabulary.likeliest(word) or word, 1)
    return q
