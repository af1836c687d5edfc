"""Which names are spellings of one name?

Names that share a skeleton key are compared letter by letter; those that are likely enough are the
same name. Nothing here knows any particular name.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from indexer.names.alignment import load_models
from indexer.names.fullnames import aligned_likeness, units
from indexer.names.romanization import arabic_letters, name_words, without_articles
from indexer.names.skeleton import INNER_ARTICLE, keys

# The likeness from which two names are one, by the number of consonants that they share: short
# names meet by chance.
LEAST_LIKENESS = (0.45, 0.40, 0.30, 0.25, 0.15, 0.05, 0.0)
MOST_CANDIDATES = 600  # more: the stricter keys choose
LEAST_SHARED = 0.6  # of the units of a name of several words


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is compared."""

    script: str  # "Arab" or "Latn"
    forms: tuple[str, ...]  # its letters, with and without article
    words: tuple[str, ...]


@lru_cache(maxsize=1 << 15)
def read_spelling(name: str) -> Spelling:
    """What of a name is compared."""
    return _spelling(*name_words(name))


@lru_cache(maxsize=1 << 15)
def _spelling(script: str, words: tuple[str, ...]) -> Spelling:
    if script == "Arab":
        whole = arabic_letters(words)
        forms = [whole, INNER_ARTICLE.sub("@", whole)]
        forms.append(forms[-1].replace("@", ""))
    else:
        forms = ["".join(words), "".join(without_articles(words))]
    plain = [variant for form in forms for variant in _readings(form) if variant]
    return Spelling(script, tuple(dict.fromkeys(plain)), words)


def _readings(form: str) -> tuple[str, ...]:
    """ş is ص in transliterations and ش in Turkish."""
    return (form.replace("ş", "s"), form.replace("ş", "sh")) if "ş" in form else (form,)


def similarity(a: str, b: str) -> float:
    """How sure it is that two names are spellings of one, in the same script or not: 0 (no more
    alike than any two names) to 1 (the same letters); from 0.5 on they probably are."""
    one, other = read_spelling(a), read_spelling(b)
    return _scaled(max(_likeness(one, other), _aligned(one, other)))


def _scaled(likeness: float) -> float:
    """Half of all true pairs have a likeness below 0.5; its root is easier to read."""
    return math.sqrt(likeness)


def _aligned(one: Spelling, other: Spelling) -> float:
    return aligned_likeness(
        units(one.script, one.words),
        units(other.script, other.words),
        lambda a, b: _unit_likeness(one.script, a, other.script, b),
    )


@lru_cache(maxsize=1 << 16)
def _unit_likeness(
    script: str, words: tuple[str, ...], other_script: str, other_words: tuple[str, ...]
) -> float:
    if keys(script, words, "loose").isdisjoint(keys(other_script, other_words, "loose")):
        return 0.0
    return _likeness(_spelling(script, words), _spelling(other_script, other_words))


def _likeness(one: Spelling, other: Spelling) -> float:
    if not one.forms or not other.forms:
        return 0.0
    if one.script == other.script and set(one.forms) & set(other.forms):
        return 1.0
    if one.script == "Latn" and other.script == "Arab":
        one, other = other, one
    if one.script == other.script == "Arab":
        return _arabic_likeness(one, other)
    model = load_models()["la-la" if one.script == other.script else "ar-la"]
    best = max(model.likeness(left, right) for left in one.forms for right in other.forms)
    return min(1.0, max(0.0, best))


def _arabic_likeness(one: Spelling, other: Spelling) -> float:
    """Arabic spellings of a name differ in the article, the space, hamza and endings; now and then
    in an alef (إبراهيم, إبرهيم)."""
    if _bare(one) == _bare(other):
        return 1.0
    short, long = (_bare(spelling).replace("ا", "") for spelling in (one, other))
    return 0.6 if short == long and len(short) > 3 else 0.0


def _bare(spelling: Spelling) -> str:
    return spelling.forms[-1].translate(_WEAK)


_WEAK = str.maketrans({"@": "", "_": "", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ء": ""})


class NameIndex:
    """Names, found by any spelling in either script. Immutable once made."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._loose: defaultdict[str, list[int]] = defaultdict(list)
        self._medium: defaultdict[str, list[int]] = defaultdict(list)
        self._units: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            script, words = name_words(name)
            for key in keys(script, words, "loose"):
                self._loose[key].append(number)
            for key in keys(script, words, "medium"):
                self._medium[key].append(number)
            parts = units(script, words)
            for key in {k for unit in parts for k in keys(script, unit, "loose")}:
                if len(parts) > 1:
                    self._units[key].append(number)

    def matches(self, query: str) -> list[tuple[str, float]]:
        """The names that are spellings of the query, each with its similarity; the likeliest
        first."""
        spelling = read_spelling(query)
        found: dict[str, float] = {}
        for number, consonants in self._candidates(spelling).items():
            name = self._names[number]
            likeness = _likeness(spelling, read_spelling(name))
            if likeness >= LEAST_LIKENESS[min(consonants, len(LEAST_LIKENESS) - 1)]:
                found[name] = likeness
        for number in self._with_units(spelling):
            name = self._names[number]
            likeness = _aligned(spelling, read_spelling(name))
            if likeness > found.get(name, 0.0):
                found[name] = likeness
        ranked = sorted(found.items(), key=lambda match: (-match[1], match[0]))
        return [(name, _scaled(likeness)) for name, likeness in ranked]

    def _candidates(self, spelling: Spelling) -> dict[int, int]:
        """Names that share a key, with the length of the longest one shared."""
        shared = self._sharing(self._loose, keys(spelling.script, spelling.words, "loose"))
        if len(shared) > MOST_CANDIDATES:
            return self._sharing(self._medium, keys(spelling.script, spelling.words, "medium"))
        return shared

    def _with_units(self, spelling: Spelling) -> list[int]:
        """Names that may share two units or more, those that share most first."""
        parts = units(spelling.script, spelling.words)
        shared: Counter[int] = Counter()
        if len(parts) > 1:
            for unit in parts:
                shared.update(
                    self._sharing(self._units, keys(spelling.script, unit, "loose")).keys()
                )
        least = max(2, LEAST_SHARED * len(parts))
        return [number for number, n in shared.most_common(MOST_CANDIDATES) if n >= least]

    @staticmethod
    def _sharing(index: dict[str, list[int]], wanted: frozenset[str]) -> dict[int, int]:
        shared: dict[int, int] = {}
        for key in wanted:
            for number in index.get(key, ()):
                shared[number] = max(len(key), shared.get(number, 0))
        return shared
