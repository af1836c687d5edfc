"""What do we know of how people are called?

`given.csv` lists given names in both scripts, `people.csv` the words around names: titles and
roles, verbs of saying, what is called after people and is none.
"""

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from io import StringIO
from typing import Literal, NamedTuple

from indexer.errors import TableError
from indexer.names.listed.tables import read_table
from indexer.names.spelling import fold_name
from indexer.text import is_stop_word, tokenize
from indexer.text.fold import is_arabic

Kind = Literal["title", "role", "called", "speech", "house", "house before", "stop"]
KINDS: tuple[Kind, ...] = ("title", "role", "called", "speech", "house", "house before", "stop")

# What a name may have between or before its parts.
ARTICLES = frozenset({"al", "el", "ul", "as", "ash", "ad", "ar", "an", "at", "az", "es", "ez"})
SONS = frozenset({"bin", "ibn", "ben", "bint", "de", "van", "von", "der", "di", "بن", "ابن", "بنت"})
FATHERS = frozenset({"abu", "abo", "abou", "umm", "oum", "um", "ابو", "ابا", "ابي", "ام"})
SERVANTS = frozenset(
    {"abd", "abdul", "abdel", "abdal", "abdur", "abdus", "abdu", "abed", "عبد", "عبدال"}
)
# What a given name may end with as a word of its own: Nur al-Din, Fath Allah.
ENDS = frozenset(
    {"din", "deen", "dine", "eddin", "eddine", "addin", "uddin", "aldin", "allah", "الدين", "الله"}
)
_ATTACHED = ("و", "ف", "ب", "ل", "ك")


class _Given(NamedTuple):
    """A given name: the spellings of one row are one name."""

    row: int
    sure: bool  # little else than a name


class KnownPeople:
    """The two tables. Immutable once made."""

    def __init__(self) -> None:
        self._given = dict(_read_given(read_table("given.csv")))
        self._words: dict[Kind, frozenset[str]] = _read_words(read_table("people.csv"))
        self._ends: dict[tuple[Kind, str], int] = {}  # by kind and last word: words of the longest
        for kind, found in self._words.items():
            for said in found:
                last, length = said.rpartition(" ")[2], len(said.split())
                self._ends[kind, last] = max(length, self._ends.get((kind, last), 0))
        self.is_stop = lru_cache(maxsize=1 << 16)(self._is_stop)
        self.begins = lru_cache(maxsize=1 << 16)(self._begins)

    def is_given(self, word: str) -> bool:
        """Whether a folded word is a given name, be it an ordinary word too or not."""
        return word in self._given

    def is_sure(self, word: str) -> bool:
        """Whether a folded word is a given name and little else."""
        name = self._given.get(word)
        return name is not None and name.sure

    def are_different(self, one: str, other: str) -> bool:
        """Whether two folded names begin with given names of different people: Samer is not Samir,
        though the letters are nearly the same; سمير is."""
        left, right = self._given.get(_first_name(one)), self._given.get(_first_name(other))
        return left is not None and right is not None and left.row != right.row

    def _is_stop(self, word: str) -> bool:
        """Whether a folded word is no part of a person's name, though it is written like one."""
        return any(
            plain in self._words["stop"] or (is_stop_word(plain) and plain not in self._given)
            for plain in _plain_forms(word)
        )

    def has(self, kind: Kind, words: str) -> bool:
        """Whether folded words, joined by spaces, are of this kind."""
        return words in self._words[kind]

    def longest(self, kind: Kind, last: str) -> int:
        """How many words the longest of this kind has that ends with the word `last`; 0 if none
        does."""
        return self._ends.get((kind, last), 0)

    def _begins(self, word: str) -> bool:
        """Whether a folded word may begin a name by itself, without a title."""
        attached = self.attached(word)
        return word[attached:] in self._given or word in FATHERS | SERVANTS or word[:5] == "عبدال"

    def attached(self, word: str) -> int:
        """How many letters stand before a given name that an Arabic word begins with: 1 for وسمير,
        0 for سمير and for a word that is none. Of short names only و is taken off: بيان is a word
        and no Jan, لايهم no Ayham."""
        name = word[1:]
        if word in self._given or word[:1] not in _ATTACHED or not self.is_sure(name):
            return 0
        return int(word[0] == "و" or (len(name) > 3 and word[:2] != "لا"))


def _first_name(name: str) -> str:
    return next((word for word in name.split() if word not in FATHERS), "")


def _plain_forms(word: str) -> tuple[str, ...]:
    """A word; without the letter that is attached to its front, or with the s that is not (a
    plural, or a genitive that lost its apostrophe)."""
    if is_arabic(word):
        return (word, word[1:]) if word[0] in _ATTACHED and len(word) > 3 else (word,)
    return (word, word[:-1]) if word.endswith("s") else (word,)


@cache
def known_people() -> KnownPeople:
    """The tables, read once. Raises TableError for a row that cannot be read."""
    return KnownPeople()


def _read_given(text: str) -> Iterator[tuple[str, _Given]]:
    """Folded given names."""
    for number, row in enumerate(csv.DictReader(StringIO(text, newline=""))):
        for cell in (row["latin"], row["arabic"]):
            for written in filter(None, map(str.strip, cell.split("|"))):
                name, brace, _ = written.partition(" {ordinary")
                yield fold_name(name), _Given(number, not brace)


def _read_words(text: str) -> dict[Kind, frozenset[str]]:
    found: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
    for number, row in enumerate(csv.DictReader(StringIO(text, newline="")), start=2):
        if row["kind"] not in KINDS:
            raise TableError(f"people.csv, line {number}: kind is one of {', '.join(KINDS)}.")
        found[row["kind"]].add(" ".join(t.text for t in tokenize(row["word"])))
    return {kind: frozenset(words) for kind, words in found.items()}
