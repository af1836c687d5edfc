"""Are two names of several words one, though some of the words are left out?

People are called by two of their four names, or with their rank. The words of the one are laid
beside the words of the other, as far as they are alike.
"""

from collections.abc import Callable, Sequence

from indexer.names.likeness.romanization import BOUND, is_article

Words = tuple[str, ...]

# Words that say who someone's father is or what someone is, not who.
# fmt: off
_FILLERS = frozenset({
    "bin", "ibn", "ben", "bint", "binti", "sheikh", "shaykh", "shaikh", "cheikh", "haji", "hajji",
    "hajj", "dr", "mullah", "maulavi",
    "بن", "ابن", "بنت", "الشيخ", "شيخ", "حاجي", "الحاج", "الدكتور", "د",
})
# fmt: on
_HEADS = frozenset({"abd", "abu", "abou", "abo", "umm", "um", "oum", "عبد", "ابو", "ابي", "ام"})
_TAILS = frozenset({"allah", "ullah", "din", "deen", "eddin", "eddine", "uddin", "الله", "الدين"})

LEAST_OF_QUERY, LEAST_OF_OTHER = 0.7, 0.5  # shares of the letters that must be alike
LEAST_LIKENESS = 0.3  # of two words


def units(script: str, words: Words) -> list[Words]:
    """The words that stand together as one name: abd + X, abu + X, X + al-Din, X + Allah; without
    fillers and, in Latin letters, without articles."""
    found: list[Words] = []
    head: Words = ()
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if script == "Latn" and following and is_article(word, following):
            continue
        if word in _FILLERS:
            continue
        if following and (word in _HEADS or BOUND.fullmatch(word)):
            head = (*head, word)
        elif word in _TAILS and found:
            found[-1] = (*found[-1], word)
        else:
            found.append((*head, word))
            head = ()
    return [*found, head] if head else found


def aligned_likeness(
    query: Sequence[Words],
    other: Sequence[Words],
    likeness: Callable[[Words, Words], float],
) -> float:
    """How alike the units of two names are: the mean over the letters of both, those of the query
    counted twice; 0 if too little of either is alike. Needs two units in each, and three in one: of
    two, both must agree, and then the whole names are alike."""
    if min(len(query), len(other)) < 2 or max(len(query), len(other)) < 3:
        return 0.0
    pairs = sorted(
        (
            (likeness(one, another), -abs(i - j), i, j)
            for i, one in enumerate(query)
            for j, another in enumerate(other)
        ),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    total = 0.0
    for alike, _, i, j in pairs:
        if alike >= LEAST_LIKENESS and i not in left and j not in right:
            left.add(i)
            right.add(j)
            total += alike * _letters([query[i], query[i], other[j]])
    covered = _letters([query[i] for i in left]) / _letters(query)
    other_covered = _letters([other[j] for j in right]) / _letters(other)
    if len(left) < 2 or covered < LEAST_OF_QUERY or other_covered < LEAST_OF_OTHER:
        return 0.0
    return total / _letters([*query, *query, *other])


def _letters(found: Sequence[Words]) -> int:
    return sum(len(word) for unit in found for word in unit)
