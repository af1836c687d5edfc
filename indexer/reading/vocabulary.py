"""Which words and spellings does this generation hold?"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

import numpy as np

from indexer.backends import Engine
from indexer.columnar.evaluate import is_among
from indexer.columns import Numbers
from indexer.fields import NAME_SEPARATOR, Part, fields_at, spelling_of
from indexer.lexicon import Lexicon
from indexer.plan import Plan
from indexer.plan import Sequence as Row
from indexer.reading.respelling import Respeller, Run
from indexer.text import fold_word, other_fronts

MOST_PREFIX_WORDS = 1024
MOST_CLOSE_WORDS = 50
_REMEMBERED = 1 << 13  # answers of each kind
_FEW = 64  # terms that begin as a word does: read in one go
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

    def __init__(self, engine: Engine, replaced: Numbers, folder: Path) -> None:
        """`replaced`: the documents that no longer count."""
        self._engine = engine
        self._replaced = replaced
        # One query asks for the same words many times, and readers for the same words. Threads may
        # share these.
        self._records = lru_cache(_REMEMBERED)(self._count_records)
        self._records_of = lru_cache(_REMEMBERED)(self._count_plan)
        self._records_of_runs = lru_cache(_REMEMBERED)(self._count_runs)
        self._attached_forms = lru_cache(_REMEMBERED)(self._find_attached_forms)
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

    def has_name(self, term: str) -> bool:
        """Whether the name fields have the term."""
        return term in self._written

    def written(self, term: str) -> str:
        """How the archive most often writes the spelling of a name term."""
        return self._written[term]

    def records(self, fields: Sequence[str], texts: Iterable[str]) -> int:
        """How many records hold one of the terms in one of the fields."""
        return self._records(tuple(fields), tuple(texts))

    def _count_records(self, fields: tuple[str, ...], texts: tuple[str, ...]) -> int:
        return self._count(self._engine.document_numbers(f, t) for f in fields for t in texts)

    def records_of(self, plan: Plan) -> int:
        """How many records a plan finds."""
        return self._records_of(plan)

    def _count_plan(self, plan: Plan) -> int:
        return self._count([self._engine.evaluate(plan).docs])

    def records_of_runs(self, runs: Iterable[Run], part: Part | None = None) -> int:
        """How many records hold one of the runs, folded words next to each other, in a part."""
        return self._records_of_runs(tuple(runs), part)

    def _count_runs(self, runs: tuple[Run, ...], part: Part | None) -> int:
        fields = fields_at("exact", part)
        return self._count(self._holding(field.name, run) for field in fields for run in runs)

    def _count(self, parts: Iterable[Numbers]) -> int:
        """How many records there are in rows of ascending documents: what the longest has, and what
        the others add to it."""
        rows = sorted((part for part in parts if len(part)), key=len)
        if not rows:
            return 0
        most = rows.pop()
        added = np.unique(np.concatenate(rows)) if rows else most[:0]
        found = len(most) + len(added) - int(is_among(added, most).sum())
        if len(self._replaced):
            counted = is_among(self._replaced, most) | is_among(self._replaced, added)
            found -= int(counted.sum())
        return found

    def _holding(self, field: str, run: Run) -> Numbers:
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

    def attached_forms(self, stem: str) -> tuple[str, ...]:
        """A stem of an Arabic word, and the stems that the archive has of the same word with more
        written onto it than light10 takes off: "سلاح", "بسلاح", "سلاحهم"; "مدرس", "بمدرستهم". It
        leaves these letters where they are, because كتاب is not like تاب; here the archive is
        asked: a word becomes rarer by what is attached. Many words of three letters are another
        word with one letter more in front (كريم is not like ريم): there it must be much rarer."""
        return self._attached_forms(stem)

    def _find_attached_forms(self, stem: str) -> tuple[str, ...]:
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
            known = self._engine.count  # the word itself is nowhere
        longer = self._held(fields, bare) if len(bare) > 2 else []
        return tuple(dict.fromkeys([stem, bare, *(t for t in longer if is_form(t, bare, known))]))

    def _held(self, fields: Sequence[str], bare: str) -> list[str]:
        """A stem with what may be attached to it, as far as the archive may have it. What begins
        alike stands together there: few searches tell of all endings."""
        held = []
        for before in ("", *_PARTICLES):
            longer = [before + bare + after for after in _ENDINGS]
            near = [self._engine.terms(field, before + bare, _FEW) for field in fields]
            if all(len(terms) < _FEW for terms in near):
                known = set().union(*near)
                longer = [text for text in longer if text in known]
            held += longer
        return held

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
