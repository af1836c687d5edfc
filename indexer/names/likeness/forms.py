"""In which forms is a name compared with others?

As it is written, without its articles, and with the Arabic word for one that another language has
in its place ("Aleppo", "Upper").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.names.likeness.exonyms import other_words
from indexer.names.likeness.fullnames import units
from indexer.names.likeness.romanization import arabic_letters, name_words, without_articles
from indexer.names.likeness.skeleton import INNER_ARTICLE, keys


class Form(NamedTuple):
    """One way to read a name, in the letters of the alignment."""

    full: str
    bare: str  # without articles
    units: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is compared."""

    script: str  # "Arab" or "Latn"
    words: tuple[str, ...]
    forms: tuple[Form, ...]
    letters: frozenset[str]  # of all forms: names that have some in common are one
    keys: frozenset[str]  # loose skeleton keys, of all forms


@lru_cache(maxsize=1 << 15)
def read_spelling(name: str) -> Spelling:
    """What of a name is compared."""
    return spelling_of(*name_words(name))


@lru_cache(maxsize=1 << 15)
def spelling_of(script: str, words: tuple[str, ...]) -> Spelling:
    """The same, from its words."""
    some = readings(script, words)
    forms = tuple(dict.fromkeys(form for reading in some for form in _forms(script, reading)))
    found = frozenset(key for reading in some for key in keys(script, reading, "loose"))
    letters = frozenset(form.full for form in forms) | frozenset(form.bare for form in forms)
    return Spelling(script, words, forms, letters, found if words else frozenset())


def readings(script: str, words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words of a name, and what is read for them by the table of exonyms."""
    return [words, *other_words(words)] if script == "Latn" else [words]


def _forms(script: str, words: tuple[str, ...]) -> Iterator[Form]:
    count = len(units(script, words))
    if script == "Arab":
        full = arabic_letters(words)
        bare = INNER_ARTICLE.sub("", full).replace("@", "")
    else:
        full, bare = "".join(words), "".join(without_articles(words))
    for full_reading, bare_reading in zip(
        _with_marks(full), _with_marks(bare or full), strict=False
    ):
        if full_reading:
            yield Form(full_reading, bare_reading, count)


def _with_marks(letters: str) -> tuple[str, ...]:
    """ş is ص in transliterations and ش in Turkish."""
    if "ş" in letters:
        return letters.replace("ş", "s"), letters.replace("ş", "sh")
    return (letters,)
