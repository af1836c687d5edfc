"""Is a word of the archive that looks like a name only an ordinary word?

Without vowels Daraa is "dire" and "dear" too. Here is what tells an ordinary word; how like a name
one must be to be taken for a spelling of it, `indexer.reading.respelling` decides.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Literal

from indexer.text import fold_word

OFTEN = 1e-5  # of the running words: rarer Arabic words may be names that are rarely written
FEW = 3  # in so few places "often" cannot be told


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the archive, as it is counted there."""

    text: str  # one spelling, as written or folded
    script: Literal["Arab", "Latn"]
    count: int  # how often it is written
    small: int = 0  # how often it begins with a small letter; 0 in Arabic
    words: int = 0  # how many running words of its script the archive has


def is_ordinary(candidate: Candidate) -> bool:
    """Whether the archive uses it as an ordinary word: a Latin word mostly written small, an Arabic
    word that is frequent."""
    if candidate.script == "Latn":
        return 2 * candidate.small > candidate.count
    return candidate.count > FEW and candidate.count >= OFTEN * candidate.words


@cache
def _capitals() -> frozenset[str]:
    text = files("indexer.names").joinpath("capitals.csv").read_text("utf-8")
    rows = csv.DictReader(StringIO(text, newline=""))
    return frozenset(fold_word(word) for row in rows for word in row["words"].split(" | "))


def has_capital_anyway(folded: str) -> bool:
    """Whether English writes a folded word with a capital though it is no name: Tuesday is no
    spelling of التصدي (`capitals.csv`)."""
    return folded in _capitals()
