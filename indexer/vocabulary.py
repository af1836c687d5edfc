"""Which words and spellings does this generation hold?"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.backends import Engine
from indexer.columns import Mask
from indexer.fields import NAME_SEPARATOR, fields_at, spelling_of
from indexer.lexicon import Lexicon
from indexer.plan import Plan
from indexer.plan import Sequence as Row
from indexer.respelling import Respeller, Run
from indexer.text import fold_word, other_fronts

MOST_PREFIX_WORDS = 1024
MOST_CLOSE_WORDS = 50
_PARTICLES = "بلكف"
# Nothing, the ending of a verb, of a plural before a noun (مقاتلو), of an accusative (رجلاً), a
# pronoun; ة becomes ت in front of them.
_ENDINGS = (
    "",
    "وا",
    "و",
    "ا",
    "هم",
    "هن",
    "هما",
    "كم",
    "نا",
    "ت",
    "تهم",
    "تهن",
    "تهما",
    "تكم",
    "تنا",
)


class Vocabulary:
    """The words of one generation, read from the engine when first needed."""

    def __init__(self, engine: Engine, live: Mask, folder: Path) -> None:
        self._engine = engine
        self._live = live
        self._written: dict[str, str] = json.loads((folder / "spellings.json").read_text("ascii"))
        self._names = sorted(self._written)
        self._lexicon = Lexicon(folder)
        self.respeller = Respeller(self._lexicon)

    def close(self) -> None:
        """Let go of the files."""
        self._lexicon.close()

    def names(self) -> list[str]:
        """The terms of the name fields, ascending."""
        return self._names

    def spellings(self, entity: str) -> list[str]:
        """The terms of the name fields for an entity: one for each spelling in the archive."""
        first = entity + NAME_SEPARATOR
        start = bisect_left(self._names, first)
        end = bisect_left(self._names, entity + chr(ord(NAME_SEPARATOR) + 1))
        return self._names[start:end]

    def longer_names(self, words: str) -> list[str]:
        """The terms of the name fields whose spelling has these folded words and more: with
        "deir ezzor", those of the airport there."""
        some = [self._names_by_word.get(word, []) for word in words.split()]
        return [
            term
            for term in min(some, key=len, default=[])
            if f" {words} " in f" {spelling_of(term)} " and spelling_of(term) != words
        ]

    def written(self, term: str) -> str:
        """How the archive most often writes the spelling of a name term."""
        return self._written[term]

    def records(self, fields: Sequence[str], texts: Iterable[str]) -> int:
        """How many records hold one of the terms in one of the fields."""
        found = np.zeros(len(self._live), dtype=bool)
        for text in texts:
            for field in fields:
                found[self._engine.document_numbers(field, text)] = True
        return int(np.count_nonzero(found & self._live))

    def records_of(self, plan: Plan) -> int:
        """How many records a plan finds."""
        return int(np.count_nonzero(self._live[self._engine.evaluate(plan).docs]))

    def records_of_runs(self, runs: Iterable[Run]) -> int:
        """How many records hold one of the runs: folded words next to each other."""
        found = np.zeros(len(self._live), dtype=bool)
        for run in runs:
            for field in fields_at("exact"):
                found[self._holding(field.name, run)] = True
        return int(np.count_nonzero(found & self._live))

    def _holding(self, field: str, run: Run) -> NDArray[np.int64]:
        """The documents with the words in a row. Most rows that one asks for are in none, and
        documents are cheaper to compare than places."""
        docs = self._engine.document_numbers(field, run[0])
        for word in run[1:]:
            docs = np.intersect1d(docs, self._engine.document_numbers(field, word), True)
        if len(run) == 1 or not len(docs):
            return docs
        return self._engine.evaluate(Row(field, run)).docs

    def beginning(self, prefix: str) -> tuple[list[str], bool]:
        """The words that begin so, at most 1,024; and whether there would have been more."""
        found: set[str] = set()
        for field in fields_at("exact"):
            found.update(self._engine.terms(field.name, prefix, MOST_PREFIX_WORDS + 1))
        words = sorted(found)
        return words[:MOST_PREFIX_WORDS], len(words) > MOST_PREFIX_WORDS

    def attached_forms(self, stem: str) -> list[str]:
        """A stem of an Arabic word, and the stems that the archive has of the same word with more
        written onto it than light10 takes off: "سلاح", "بسلاح", "سلاحهم"; "مدرس", "بمدرستهم". It
        leaves these letters where they are, because كتاب is not like تاب; here the archive is
        asked: a word becomes rarer by what is attached. Many words of three letters are another
        word with one letter more in front (كريم is not like ريم): there it must be much rarer."""
        fields = [field.name for field in fields_at("form")]

        def is_form(longer: str, word: str, known: int) -> bool:
            short = len(word) == 3 and not longer.startswith(word)
            records = self.records(fields, [longer])
            return len(word) > 2 and 0 < records * (4 if short else 1) <= known

        bare, known = stem, self.records(fields, [stem])
        if stem[:1] in _PARTICLES:
            others = self.records(fields, [stem[1:]])
            if is_form(stem, stem[1:], others):
                bare, known = stem[1:], others
        if not known and len(bare) > 3:
            known = len(self._live)  # the word itself is nowhere
        longer = [before + bare + after for before in ("", *_PARTICLES) for after in _ENDINGS]
        return list(dict.fromkeys([stem, bare, *(t for t in longer if is_form(t, bare, known))]))

    def other_stems(self, word: str, stem: str) -> list[str]:
        """The stems of a folded Arabic word with another front (`other_fronts`) that the archive
        has. One that far more records have is another word's: عود is not like الوعود."""
        fields = [field.name for field in fields_at("form")]
        most = 4 * max(1, self.records(fields, [stem]))
        return [
            other
            for other in other_fronts(word)
            if len(other) > 2 and 0 < self.records(fields, [other]) <= most
        ]

    def close_words(self, word: str) -> list[str]:
        """Words that differ in one letter, from 6 letters on in two; the nearest first. The first
        letter must agree: it rarely is the wrong one, and the search is 20 times shorter."""
        return [other for _, other in self._near(word)][:MOST_CLOSE_WORDS]

    def likeliest(self, word: str) -> str | None:
        """Of the words nearest to a typed one, the one that most records have: what was probably
        meant."""
        near = self._near(fold_word(word))
        nearest = [other for distance, other in near if distance == near[0][0]]
        fields = [field.name for field in fields_at("exact")]
        return max(
            nearest[:MOST_CLOSE_WORDS], key=lambda o: self.records(fields, [o]), default=None
        )

    def _near(self, word: str) -> list[tuple[int, str]]:
        """(distance, word), ascending."""
        most = 1 if len(word) < 6 else 2
        letters = set(word)
        start = bisect_left(self._words, word[:1])
        found = []
        for other in islice(self._words, start, None):
            if other[:1] != word[:1]:
                break
            # Letters that only one of them has: two for each letter that differs.
            if (
                abs(len(other) - len(word)) <= most
                and len(letters.symmetric_difference(other)) <= 2 * most
                and other != word
                and (distance := edit_distance(word, other, most)) <= most
            ):
                found.append((distance, other))
        return sorted(found)

    @cached_property
    def _names_by_word(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for term in self._names:
            for word in set(spelling_of(term).split()):
                names.setdefault(word, []).append(term)
        return names

    @cached_property
    def _words(self) -> list[str]:
        names = [field.name for field in fields_at("exact")]
        return sorted({word for name in names for word in self._engine.terms(name)})


def edit_distance(one: str, other: str, most: int) -> int:
    """Levenshtein's distance, or `most` + 1 as soon as it must be larger."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row = row, [i]
        for j, wanted in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != wanted)))
        if min(row) > most:
            return most + 1
    return row[-1]
