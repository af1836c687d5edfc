"""Which words of an archive share a key with a name?

Arrays mapped from the disk: opening reads nothing, a question a few pages.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indexer.names import fold_name
from indexer.names.skeleton import Level
from indexer.text.fold import is_arabic

KEY_LEVELS: tuple[Level, ...] = ("loose", "medium")
ENTRY = np.dtype([("start", "<u4"), ("count", "<u4"), ("small", "<u4")])
FOLDER = "lexicon"  # within a generation
NAMES = ("entries", "text", "hashes", "owners", "running")


@dataclass(frozen=True, slots=True)
class Entry:
    """One word, or two that may be one name."""

    written: str  # as the archive most often writes it
    key: str  # its folded words, joined by a space
    count: int  # 0: it is only there with something attached to its front (بالفراتي)
    small: int  # how often it begins with a small letter; 0 in Arabic

    @property
    def script(self) -> Literal["Arab", "Latn"]:
        """The script of its first letter."""
        return "Arab" if is_arabic(self.key) else "Latn"


def folder_files(folder: Path) -> dict[str, Path]:
    """The files of a lexicon by the names of their arrays."""
    return {name: folder / f"{name}.npy" for name in NAMES}


@lru_cache(maxsize=1 << 16)
def hash_of(level: str, key: str) -> int:
    """32 bits of a key. Two keys may meet: who asks compares what is found."""
    return zlib.crc32(f"{level}:{key}".encode())


class Lexicon:
    """The lexicon of one generation, as `LexiconWriter` wrote it. Many threads may read it."""

    def __init__(self, folder: Path) -> None:
        arrays = {
            name: np.load(path, mmap_mode="r", allow_pickle=False)
            for name, path in folder_files(folder).items()
        }
        self._entries: NDArray[np.void] = arrays["entries"]
        self._text: NDArray[np.uint8] = arrays["text"]
        self._hashes: NDArray[np.uint32] = arrays["hashes"]
        self._owners: NDArray[np.uint32] = arrays["owners"]
        arabic, latin = arrays["running"].tolist()
        self.running = {"Arab": int(arabic), "Latn": int(latin)}  # words, by script

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, number: int) -> Entry:
        """One entry by its number."""
        start, count, small = self._entries[number].tolist()
        last = number + 1 == len(self)
        end = len(self._text) if last else int(self._entries[number + 1]["start"])
        written = self._text[start:end].tobytes().decode()
        return Entry(written, fold_name(written), count, small)

    def find(self, keys: Iterable[str]) -> dict[str, Entry]:
        """Those of some folded words that the archive has, by themselves."""
        wanted = list(keys)
        found: dict[str, Entry] = {}
        for number in self._having([hash_of("word", key) for key in wanted]).tolist():
            entry = self.entry(number)
            if entry.key in wanted:
                found[entry.key] = entry
        return found

    def sharing(self, level: Level, keys: Iterable[str]) -> NDArray[np.uint32]:
        """The numbers of the entries that have one of the keys, ascending."""
        return self._having([hash_of(level, key) for key in keys])

    def counts(self, numbers: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How often the entries are written, and how often small."""
        rows = self._entries[numbers]
        return rows["count"].astype(np.int64), rows["small"].astype(np.int64)

    def _having(self, wanted: list[int]) -> NDArray[np.uint32]:
        hashes = np.array(sorted(set(wanted)), np.uint32)
        starts = np.searchsorted(self._hashes, hashes, "left")
        ends = np.searchsorted(self._hashes, hashes, "right")
        runs = [self._owners[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        if not runs:
            return np.empty(0, np.uint32)
        return np.unique(np.concatenate(runs))
