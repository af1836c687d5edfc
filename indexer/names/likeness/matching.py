"""How alike are one name and others, whole or by their words?"""

import math

from indexer.names.likeness.alignment import load_models
from indexer.names.likeness.forms import Spelling, spelling_of
from indexer.names.likeness.fullnames import Words, aligned_likeness, units
from indexer.names.likeness.judgement import Comparison, Measures, judge, load_weights

EQUAL, ALMOST = 50.0, 3.0  # log odds of Arabic names of the same letters, and of all but alefs


class Matcher:
    """One name, compared with many."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self._comparison = Comparison(spelling, load_models())
        self._parts: dict[Words, Comparison] = {}
        self._likeness: dict[tuple[Words, str, Words], float] = {}

    def odds(self, other: Spelling, shared: int, near: bool) -> float:
        """The log odds that another spelling is one of this name; `shared` and `near` as
        `shared_consonants` tells them."""
        one = self.spelling
        if not one.forms or not other.forms:
            return -EQUAL
        if one.script == other.script and one.letters & other.letters:
            return EQUAL
        if one.script == other.script == "Arab":
            return _arabic_odds(one, other)
        model = "la-la" if one.script == other.script else "ar-la"
        measures = self.measures(other, shared, near)
        # What is no more alike than any two names was never learned from, least of all at length.
        return judge(load_weights()[model], measures) if measures[0] > 0 else -EQUAL

    def measures(self, other: Spelling, shared: int, near: bool) -> Measures:
        """What the judgement of names in two scripts, or in Latin letters, weighs."""
        return self._comparison.measures(other, shared, near)

    def aligned(self, other: Spelling) -> float:
        """How alike the words of two full names are, 0 to 1."""
        one = self.spelling
        return math.sqrt(
            aligned_likeness(
                units(one.script, one.words),
                units(other.script, other.words),
                lambda mine, theirs: self._unit_likeness(mine, other.script, theirs),
            )
        )

    def _unit_likeness(self, mine: Words, script: str, theirs: Words) -> float:
        key = (mine, script, theirs)
        if key not in self._likeness:
            self._likeness[key] = self._compare_units(mine, script, theirs)
        return self._likeness[key]

    def _compare_units(self, mine: Words, script: str, theirs: Words) -> float:
        one, other = spelling_of(self.spelling.script, mine), spelling_of(script, theirs)
        if one.keys.isdisjoint(other.keys):
            return 0.0
        if one.script == other.script and one.letters & other.letters:
            return 1.0
        if one.script == other.script == "Arab":
            return scaled(_arabic_odds(one, other))
        if mine not in self._parts:
            self._parts[mine] = Comparison(one, load_models())
        return min(1.0, max(0.0, self._parts[mine].ratio(other)))


def scaled(odds: float) -> float:
    """Log odds as a similarity, 0 to 1: 0.71 for even odds, 0.5 for one in twelve."""
    return 1.0 if odds >= EQUAL else 1 / (1 + math.exp(-(odds + 2.5) / 2.8))


def _arabic_odds(one: Spelling, other: Spelling) -> float:
    """Arabic spellings of a name differ in the article, the space, hamza and endings; now and then
    in an alef (إبراهيم, إبرهيم)."""
    short, long = (min(spelling.letters, key=len) for spelling in (one, other))
    short, long = short.translate(_WEAK), long.translate(_WEAK)
    if short == long:
        return EQUAL
    short, long = short.replace("ا", ""), long.replace("ا", "")
    return ALMOST if short == long and len(short) > 3 else -EQUAL


_WEAK = str.maketrans({"@": "", "_": "", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ء": ""})
