"""How alike are two names, in one script or across two?"""

from collections.abc import Iterable
from difflib import SequenceMatcher

from indexer.names.spelling import fold_name

_CONSONANTS = dict(zip("بپتثجحخدذرزسشصضطظغفقكلمن", "bbttj kddrzssstddgfkklmn", strict=False))


def similarity(a: str, b: str) -> float:
    """How sure we are that two names are spellings of one, from 0 to 1."""
    return SequenceMatcher(None, _skeleton(a), _skeleton(b)).ratio()


class NameIndex:
    """Names, found by any spelling."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def matches(self, query: str) -> list[tuple[str, float]]:
        """The names that may be spellings of the query, with their similarity, the best first."""
        found = [(name, similarity(query, name)) for name in self._names]
        return sorted((f for f in found if f[1] > 0.6), key=lambda f: (-f[1], f[0]))


def _skeleton(name: str) -> str:
    letters = (_CONSONANTS.get(c, c) for c in fold_name(name))
    return "".join(c for c in letters if c in "bcdfghjklmnpqrstvxz")
