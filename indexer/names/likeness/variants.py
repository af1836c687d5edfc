"""Which names are spellings of one name?

Names that share a skeleton key, or all but one consonant of it, are compared letter by letter;
those that are likely enough are the same name. Nothing here knows any particular name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from indexer.names.likeness.forms import Spelling, read_spelling, readings, spelling_of
from indexer.names.likeness.fullnames import Words, units
from indexer.names.likeness.matching import EQUAL, Matcher, scaled
from indexer.names.likeness.romanization import name_words
from indexer.names.likeness.skeleton import keys, near_keys, shared_consonants

# The log odds from which two names are one; each unit by which another name of the same script is
# better takes DISTANCE away: beside حماة, "Hamah" leaves no room for "Hamiyah". Of Syrian places
# 98 in 100 are found with 0.4 strangers a query; without DISTANCE there are 1.0.
LEAST_ODDS = {True: -4.9, False: -6.1}  # in one script, in two
LEAST_ALONE = -4.0
DISTANCE = 1.2
MOST_CANDIDATES = 400  # that are compared letter by letter, which takes 0.05 ms each
MOST_NEAR = 200  # so many that names which only nearly share a key are not added
LATIN_LENGTH = 1.5  # letters for one of Arabic, which has no short vowels
SHORT_KEY = 3  # consonants: so few have many names
LEAST_SHARED = 0.6  # of the units of a name of several words


def similarity(a: str, b: str) -> float:
    """How sure it is that two names are spellings of one, in the same script or not: 0 (no more
    alike than any two names) to 1 (the same letters). Of names that share their consonants one in
    twelve is a spelling of the other at 0.5, every second one at 0.7."""
    one, other = sorted((read_spelling(a), read_spelling(b)), key=lambda s: (s.script, s.words))
    if not one.forms or not other.forms:
        return 0.0
    matcher = Matcher(one)
    odds = matcher.odds(other, *shared_consonants(one.keys, other.keys))
    return max(scaled(odds), matcher.aligned(other), Matcher(other).aligned(one))


def _length(script: str, words: Words) -> float:
    return sum(map(len, words)) * (LATIN_LENGTH if script == "Arab" else 1.0)


class NameIndex:
    """Names, found by any spelling in either script. Immutable once made."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._words = [name_words(name) for name in self._names]
        self._loose: defaultdict[str, list[int]] = defaultdict(list)
        self._medium: defaultdict[str, list[int]] = defaultdict(list)
        self._units: defaultdict[str, list[int]] = defaultdict(list)
        for number, (script, words) in enumerate(self._words):
            if not words:
                continue
            for reading in readings(script, words):
                loose = keys(script, reading, "loose")
                for key in loose:
                    self._loose[key].append(number)
                if min(map(len, loose)) <= SHORT_KEY:
                    for key in keys(script, reading, "medium"):
                        self._medium[key].append(number)
            if len(words) > 1:
                parts = units(script, words)
                for key in {k for unit in parts for k in keys(script, unit, "loose")}:
                    self._units[key].append(number)

    def matches(self, query: str) -> list[tuple[str, float]]:
        """The names that are spellings of the query, each with its similarity; the likeliest
        first."""
        spelling = read_spelling(query)
        matcher = Matcher(spelling)
        odds = {
            number: matcher.odds(self._spelling(number), *shared)
            for number, shared in self.candidates(spelling).items()
        }
        found = {number: scaled(odds[number]) for number in self._chosen(spelling, odds)}
        for number in self._with_units(spelling):
            likeness = matcher.aligned(self._spelling(number))
            if likeness > found.get(number, 0.0):
                found[number] = likeness
        named = [(self._names[number], likeness) for number, likeness in found.items()]
        return sorted(named, key=lambda match: (-match[1], match[0]))

    def _chosen(self, query: Spelling, odds: dict[int, float]) -> list[int]:
        """The candidates that are likely, and hardly less likely than the best of their script."""
        scripts = {number: self._words[number][0] for number in odds}
        best = {"Arab": -EQUAL, "Latn": -EQUAL}
        for number, value in odds.items():
            if value < EQUAL:
                best[scripts[number]] = max(best[scripts[number]], value)
        return [
            number
            for number, value in odds.items()
            if value >= LEAST_ALONE
            and value - DISTANCE * max(0.0, best[scripts[number]] - value)
            >= LEAST_ODDS[scripts[number] == query.script]
        ]

    def _spelling(self, number: int) -> Spelling:
        return spelling_of(*self._words[number])

    def candidates(self, spelling: Spelling) -> dict[int, tuple[int, bool]]:
        """Numbers of names that share a key or nearly so, with what `shared_consonants` tells. Of
        many with a short key the stricter keys choose, and of those the length of the name."""
        found = self._sharing(self._loose, spelling.keys)
        if len(found) > MOST_CANDIDATES:
            medium = keys(spelling.script, spelling.words, "medium")
            long = frozenset(key for key in spelling.keys if len(key) > SHORT_KEY)
            found = self._sharing(self._medium, medium) | self._sharing(self._loose, long)
            length = _length(spelling.script, spelling.words)
            chosen = sorted(
                found, key=lambda n: (-found[n], abs(_length(*self._words[n]) - length))
            )
            found = {number: found[number] for number in chosen[:MOST_CANDIDATES]}
        shared = {number: (length, False) for number, length in found.items()}
        near = {
            other: max(len(key), len(other)) for key in spelling.keys for other in near_keys(key)
        }
        some = sorted((key for key in near if key in self._loose), key=lambda k: -near[k])
        for key in some:
            if len(shared) + len(self._loose[key]) > MOST_NEAR:
                continue
            for number in self._loose[key]:
                shared.setdefault(number, (near[key] - 1, True))
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
