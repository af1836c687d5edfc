"""Where in a row of words do listed names stand?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.names.spelling import fold_name
from indexer.text import Token
from indexer.text.fold import is_arabic

# What is written onto the front of an Arabic name, and what then stands there: وللرقة is و + ل +
# الرقة. Longest first.
_ATTACHED = (
    *((p + "ال", "ال") for p in ("وب", "فب", "وك", "فك", "و", "ف", "ب", "ك")),
    *((p + "لل", "ال") for p in ("و", "ف", "")),
    *((p + "لل", "الل") for p in ("و", "ف", "")),  # one ل is not written: للجنة is ل + اللجنة
    *((p, "") for p in ("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ك", "ل")),
)
# Between the words of one name: no punctuation that separates, and no empty line.
_BORDER = re.compile(r"[.,;:!?()\[\]{}|•…—،؛؟\t]|\n\s*\n")


class Reading(NamedTuple):
    """What a listed name may mean. `entity` None: nothing that we know (others.csv)."""

    entity: str | None
    text: str  # as the table writes it
    rule: str


class Found(NamedTuple):
    """A listed name in a text: tokens `first` to `last`, `last` exclusive."""

    first: int
    last: int
    attached: int  # letters of the first token that stand before the name
    article: str  # what they hide of the article: "ال" in للرقة
    readings: tuple[Reading, ...]


class _Node:
    """A word within listed names: the words that may follow, and the names that end here."""

    __slots__ = ("following", "readings")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.readings: tuple[Reading, ...] = ()


def _undotted(word: str) -> str:
    """U.N. and UN are one word within a longer name; alone UN is one, and "us" is no US."""
    return word.replace(".", "") if "." in word else word


class Phrases:
    """Names by their words. Immutable once made."""

    def __init__(self, names: Iterable[Reading]) -> None:
        root = _Node()
        for name in names:
            node = root
            words = fold_name(name.text).split()
            for word in words if len(words) == 1 else map(_undotted, words):
                node = node.following.setdefault(word, _Node())
            node.readings += (name,)
        self._by_first = root.following
        self._starts = lru_cache(maxsize=1 << 16)(self._find_starts)

    def _find_starts(self, word: str) -> tuple[tuple[int, str, str], ...]:
        """The first words of names that a written word may be: (attached letters, hidden article,
        first word). Two letters may be left only of a name of more words (وتل رفعت)."""
        written = dict.fromkeys((word, _undotted(word)))
        starts = [(0, "", first) for first in written if first in self._by_first]
        if is_arabic(word):
            for prefix, article in _ATTACHED:
                rest = article + word[len(prefix) :]
                node = self._by_first.get(rest) if word.startswith(prefix) else None
                if node and (len(rest) > 2 or node.following):
                    hidden = article if prefix.endswith("لل") else ""
                    starts.append((len(prefix) - (0 if hidden else len(article)), hidden, rest))
        return tuple(starts)

    def at(self, place: int, tokens: Sequence[Token], text: str) -> list[Found]:
        """The names that begin with the token at `place`, the longest first."""
        found = []
        for attached, article, word in self._starts(tokens[place].text):
            node, last = self._by_first[word], place + 1
            while True:
                if node.readings:
                    found.append(Found(place, last, attached, article, node.readings))
                following = _undotted(tokens[last].text) if last < len(tokens) else ""
                if following not in node.following:
                    break
                end = tokens[last - 1].end
                if "." in tokens[last - 1].text and text.startswith(".", end):
                    end += 1  # of an abbreviation: the U.S.-led coalition
                if _BORDER.search(text, end, tokens[last].start):
                    break
                node, last = node.following[following], last + 1
        if len(found) > 1:
            found.sort(key=lambda f: (-f.last, f.attached))
        return found

    def places(self, tokens: Sequence[Token], text: str) -> Iterator[list[Found]]:
        """The names at each place where one begins, left to right. None begins inside the longest
        of the place before, unless that one has to be settled: "the regime" in "the regime
        forces"."""
        place = 0
        while place < len(tokens):
            found = self.at(place, tokens, text) if self._starts(tokens[place].text) else []
            if found:
                yield found
            sure = found and any(reading.rule == "" for reading in found[0].readings)
            place = found[0].last if sure else place + 1

    def ends_at(self, place: int, tokens: Sequence[Token], text: str, longest: int = 2) -> bool:
        """Whether one of the names ends just before the token at `place`."""
        return any(
            found.last == place
            for first in range(max(0, place - longest), place)
            for found in self.at(first, tokens, text)
        )
