"""Which words of an archive share a key with a name?

Arrays mapped from the disk: opening reads nothing, a question a few pages. Keys are hashed into
buckets, and of each hash eight bits are kept: enough that hardly a stranger comes along.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.arrays import read_arrays
from indexer.errors import IndexUnreadable
from indexer.names import fold_name
from indexer.names.likeness.skeleton import Level, keys
from indexer.text.fold import is_arabic

NAME = "lexicon"  # of the two files, within a generation
KEY_LEVELS: tuple[Level, ...] = ("loose", "medium")
SHORT_KEY = 3  # consonants: so few have many words, and the medium keys tell them apart
MANY = 150  # entries that share loose keys; if there are more, medium ones choose among the short
MOST_COMPARED = 200  # letter by letter, which takes 0.05 ms each


@dataclass(frozen=True, slots=True)
class Entry:
    """One word, or two that may be one name."""

    written: str  # as the archive most often writes it
    count: int  # 0: it is only there with something attached to its front (بالفراتي)
    small: int  # how often it begins with a small letter; 0 in Arabic

    @property
    def key(self) -> str:
        """Its folded words, joined by a space."""
        return fold_name(self.written)

    @property
    def script(self) -> Literal["Arab", "Latn"]:
        """The script of its first letter."""
        return "Arab" if is_arabic(self.written) else "Latn"


def hash_of(level: str, key: str) -> int:
    """32 bits of a key."""
    return zlib.crc32(f"{level}:{key}".encode())


class _Arrays(NamedTuple):
    letters: NDArray[np.uint8]  # of all entries
    ends: NDArray[Any]  # of each entry, in `letters`
    counts: NDArray[Any]
    small: NDArray[Any]
    buckets: NDArray[Any]  # where each begins in the two below; a power of two
    marks: NDArray[np.uint8]  # the high bits of each hash
    owners: NDArray[Any]  # the entry that has it
    running: NDArray[Any]  # how many words the archive has, Arabic and Latin


class Lexicon:
    """The lexicon of one generation, as `LexiconWriter` wrote it. Many threads may read it."""

    def __init__(self, folder: Path) -> None:
        self._open: _Arrays | None = _Arrays(**read_arrays(folder / NAME))
        arabic, latin = self._open.running.tolist()
        self.running = {"Arab": int(arabic), "Latn": int(latin)}  # words, by script

    def __len__(self) -> int:
        return len(self._opened().ends)

    def find(self, words: Iterable[str]) -> dict[str, Entry]:
        """Those of some folded words that the archive has, by themselves."""
        wanted = set(words)
        arrays = self._opened()
        numbers = _having(arrays, [hash_of("word", word) for word in wanted])
        entries = [_entry(arrays, number) for number in numbers.tolist()]
        return {entry.key: entry for entry in entries if entry.key in wanted}

    def sharing(self, script: str, words: tuple[str, ...]) -> list[Entry]:
        """Entries that share a key with a name (`name_words`); of many those that are most often
        written, and not small."""
        arrays = self._opened()
        loose = keys(script, words, "loose")
        numbers = _having(arrays, [hash_of("loose", key) for key in loose])
        if len(numbers) > MANY:
            long = [hash_of("loose", key) for key in loose if len(key) > SHORT_KEY]
            medium = [hash_of("medium", key) for key in keys(script, words, "medium")]
            numbers = _having(arrays, long + medium)
        if len(numbers) > MOST_COMPARED:
            counts, small = (a[numbers].astype(np.int64) for a in (arrays.counts, arrays.small))
            order = np.argsort(-np.maximum(counts - 2 * small, -1), kind="stable")
            numbers = numbers[order[:MOST_COMPARED]]
        return [_entry(arrays, number) for number in numbers.tolist()]

    def close(self) -> None:
        """Let go of the file."""
        self._open = None

    def _opened(self) -> _Arrays:
        if self._open is None:
            raise IndexUnreadable("This index is closed. Open it again: open_index.")
        return self._open


def _entry(arrays: _Arrays, number: int) -> Entry:
    start = int(arrays.ends[number - 1]) if number else 0
    written = arrays.letters[start : int(arrays.ends[number])].tobytes().decode()
    return Entry(written, int(arrays.counts[number]), int(arrays.small[number]))


def _having(arrays: _Arrays, hashes: Iterable[int]) -> NDArray[np.int64]:
    """The numbers of the entries that have one of the hashes, ascending."""
    found = []
    mask = len(arrays.buckets) - 2
    for value in hashes:
        bucket = value & mask
        run = slice(int(arrays.buckets[bucket]), int(arrays.buckets[bucket + 1]))
        found.append(arrays.owners[run][arrays.marks[run] == value >> 24])
    if not found:
        return np.empty(0, np.int64)
    return np.unique(np.concatenate(found)).astype(np.int64)
