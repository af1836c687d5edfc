"""Which words do other languages have for an Arabic name or a part of it?

Not by rule: "Aleppo" is no spelling of حلب, nor "Upper" one of فوقاني. The table gives the word
that is romanized in its place.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import StringIO
from itertools import islice, product
from typing import NamedTuple

from indexer.names.likeness.romanization import name_words

MOST_READINGS = 4  # of one name, besides its own
Words = tuple[str, ...]


class Exonym(NamedTuple):
    """What is read for some words."""

    read: tuple[Words, ...]
    # "first" or "last": what tells one place from another of its name stands there in Arabic.
    # "Upper Qana" is قنا فوقاني, "Nejem Castle" قلعة نجم; alone such a word is no name.
    position: str


@cache
def load_exonyms() -> dict[Words, Exonym]:
    """Words as they may stand in a name, and what is read for them; in Latin letters."""
    text = files("indexer.names").joinpath("exonyms.csv").read_text("utf-8")
    return {
        name_words(written)[1]: Exonym(
            tuple(name_words(word)[1] for word in row["read"].split("|")), row["position"]
        )
        for row in csv.DictReader(StringIO(text, newline=""))
        for written in row["written"].split("|")
    }


def other_words(words: Words) -> list[Words]:
    """A Latin name with every word of the table replaced: ("aleppo",) -> [("halab",)]; empty if it
    has none."""
    parts = list(_parts(words))
    if not any(known for known, _ in parts) or all(position for _, (_, position) in parts):
        return []
    order = {"first": 0, "": 1, "last": 2}
    parts.sort(key=lambda part: order[part[1].position])
    readings = product(*(exonym.read for _, exonym in parts))
    return [
        tuple(word for part in reading for word in part)
        for reading in islice(readings, MOST_READINGS)
    ]


def _parts(words: Words) -> Iterator[tuple[bool, Exonym]]:
    """The name cut into words of the table, the longest first, and others."""
    table = load_exonyms()
    longest = _longest()
    place = 0
    while place < len(words):
        sizes = range(min(longest, len(words) - place), 0, -1)
        size = next((n for n in sizes if words[place : place + n] in table), 0)
        written = words[place : place + (size or 1)]
        yield bool(size), table.get(written, Exonym((written,), ""))
        place += size or 1


@cache
def _longest() -> int:
    return max(map(len, load_exonyms()))
