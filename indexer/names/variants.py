"""Which names are spellings of one name?

Names that share a skeleton key are compared letter by letter; those that are likely enough are the
same name. Nothing here knows any particular name.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from indexer.names.alignment import load_models
from indexer.names.romanization import arabic_letters, name_words, without_articles
from indexer.names.skeleton import INNER_ARTICLE, keys

# The likeness from which two names are one, by the number of consonants that they share: short
# names meet by chance.
LEAST_LIKENESS = (0.45, 0.45, 0.38, 0.30, 0.22, 0.12, 0.0)
MOST_CANDIDATES = 600  # more: the stricter keys choose


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is compared."""

    script: str  # "Arab" or "Latn"
    forms: tuple[str, ...]  # its letters, with and without article
    words: tuple[str, ...]


@lru_cache(maxsize=1 << 15)
def read_spelling(name: str) -> Spelling:
    """What of a name is compared."""
    script, words = name_words(name)
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
    alike than any two names) to 1 (the same letters)."""
    return _similarity(read_spelling(a), read_spelling(b))


def _similarity(one: Spelling, other: Spelling) -> float:
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
    """Arabic spellings of a name differ in weak letters, the article and the space."""
    return 1.0 if _bones(one) == _bones(other) else 0.0


def _bones(spelling: Spelling) -> str:
    return spelling.forms[-1].replace("@", "").replace("_", "").translate(_WEAK)


_WEAK = {ord(c): None for c in "اويىةهءئؤ"}


class NameIndex:
    """Names, found by any spelling in either script. Immutable once made."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._loose: defaultdict[str, list[int]] = defaultdict(list)
        self._medium: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            script, words = name_words(name)
            for key in keys(script, words, "loose"):
                self._loose[key].append(number)
            for key in keys(script, words, "medium"):
                self._medium[key].append(number)

    def matches(self, query: str) -> list[tuple[str, float]]:
        """The names that are spellings of the query, each with its similarity; the likeliest
        first."""
        spelling = read_spelling(query)
        found = []
        for number, consonants in self._candidates(spelling).items():
            name = self._names[number]
            likeness = _similarity(spelling, read_spelling(name))
            if likeness >= LEAST_LIKENESS[min(consonants, len(LEAST_LIKENESS) - 1)]:
                found.append((name, likeness))
        return sorted(found, key=lambda match: (-match[1], match[0]))

    def _candidates(self, spelling: Spelling) -> dict[int, int]:
        """Names that share a key, with the length of the longest one shared."""
        shared = self._sharing(self._loose, keys(spelling.script, spelling.words, "loose"))
        if len(shared) > MOST_CANDIDATES:
            return self._sharing(self._medium, keys(spelling.script, spelling.words, "medium"))
        return shared

    @staticmethod
    def _sharing(index: dict[str, list[int]], wanted: set[str]) -> dict[int, int]:
        shared: dict[int, int] = {}
        for key in wanted:
            for number in index.get(key, ()):
                shared[number] = max(len(key), shared.get(number, 0))
        return shared
