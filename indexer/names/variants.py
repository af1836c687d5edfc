"""Which names are spellings of one name?

Names that share a skeleton key, or all but one consonant of it, are compared letter by letter;
those that are likely enough are the same name. Nothing here knows any particular name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from indexer.names.forms import Spelling, read_spelling
from indexer.names.fullnames import units
from indexer.names.matching import EQUAL, Matcher, scaled
from indexer.names.skeleton import keys, near_keys, shared_consonants

# The log odds from which two names are one, and how much better they must be for each unit by which
# another name of the same script is better: beside حماة, "Hamah" leaves no room for "Hamiyah".
LEAST_ODDS = {True: -3.2, False: -4.9}  # in one script, in two
LEAST_ALONE = -4.0
DISTANCE = 0.8
MOST_CANDIDATES = 600  # more: the stricter keys choose
FEW_CANDIDATES = 300  # more: names that share all but one consonant are not looked for
LEAST_SHARED = 0.6  # of the units of a name of several words


def similarity(a: str, b: str) -> float:
    """How sure it is that two names are spellings of one, in the same script or not: 0 (no more
    alike than any two names) to 1 (the same letters); from 0.5 on they probably are."""
    one, other = sorted((read_spelling(a), read_spelling(b)), key=lambda s: (s.script, s.words))
    if not one.forms or not other.forms:
        return 0.0
    matcher = Matcher(one)
    odds = matcher.odds(other, *shared_consonants(one.keys, other.keys))
    return max(scaled(odds), matcher.aligned(other), Matcher(other).aligned(one))


class NameIndex:
    """Names, found by any spelling in either script. Immutable once made."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._loose: defaultdict[str, list[int]] = defaultdict(list)
        self._medium: defaultdict[str, list[int]] = defaultdict(list)
        self._units: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            spelling = read_spelling(name)
            script, words = spelling.script, spelling.words
            for key in spelling.keys:
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
        matcher = Matcher(spelling)
        odds = {
            number: matcher.odds(read_spelling(self._names[number]), *shared)
            for number, shared in self.candidates(spelling).items()
        }
        found = {number: scaled(odds[number]) for number in self._chosen(spelling, odds)}
        for number in self._with_units(spelling):
            likeness = matcher.aligned(read_spelling(self._names[number]))
            if likeness > found.get(number, 0.0):
                found[number] = likeness
        named = [(self._names[number], likeness) for number, likeness in found.items()]
        return sorted(named, key=lambda match: (-match[1], match[0]))

    def _chosen(self, query: Spelling, odds: dict[int, float]) -> list[int]:
        """The candidates that are likely, and hardly less likely than the best of their script."""
        scripts = {number: read_spelling(self._names[number]).script for number in odds}
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

    def candidates(self, spelling: Spelling) -> dict[int, tuple[int, bool]]:
        """Names that share a key or nearly so, with what `shared_consonants` tells."""
        found = self._sharing(self._loose, spelling.keys)
        if len(found) > MOST_CANDIDATES:
            medium = keys(spelling.script, spelling.words, "medium")
            found = self._sharing(self._medium, medium)
        shared = {number: (length, False) for number, length in found.items()}
        if len(found) <= FEW_CANDIDATES:
            for key in spelling.keys:
                for near in near_keys(key):
                    length = max(len(key), len(near)) - 1
                    for number in self._loose.get(near, ()):
                        known = shared.get(number)
                        if known is None or (known[1] and known[0] < length):
                            shared[number] = (length, True)
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
