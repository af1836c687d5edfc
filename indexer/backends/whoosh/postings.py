"""What does Whoosh hold about a term, as arrays?"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound


class Postings(NamedTuple):
    """The documents of one term, ascending, and how often each holds it."""

    docs: NDArray[np.int64]  # shape (df,)
    counts: NDArray[np.float64]  # shape (df,)


EMPTY = Postings(np.empty(0, np.int64), np.empty(0, np.float64))
_NO_PLACES: NDArray[np.int64] = np.empty(0, np.int64)


def read_postings(reader: IndexReader, field: str, text: str) -> Postings:
    """The postings of a term; empty for a term that the index has not."""
    try:
        matcher = reader.postings(field, text)
    except TermNotFound:
        return EMPTY
    docs, counts = [], []
    while matcher.is_active():
        docs.append(matcher.id())
        counts.append(matcher.weight())
        matcher.next()
    return Postings(np.array(docs, np.int64), np.array(counts, np.float64))


def read_places(reader: IndexReader, field: str, text: str) -> NDArray[np.int64]:
    """Every occurrence of a term as one number, document << 32 | position, ascending: then "the
    next word" is +1, and both phrase and nearness are arithmetic on sorted arrays."""
    try:
        matcher = reader.postings(field, text)
    except TermNotFound:
        return _NO_PLACES
    places: list[int] = []
    while matcher.is_active():
        base = matcher.id() << 32
        places.extend(base | position for position in matcher.value_as("positions"))
        matcher.next()
    return np.array(places, np.int64)


class ArrayCache:
    """Arrays read once and kept until the whole exceeds `limit` bytes; the oldest go first.
    Arrays are never written after they are made, so threads may share them."""

    def __init__(self, limit: int = 256 << 20) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[tuple[str, str, str], tuple[NDArray[np.generic], ...]] = (
            OrderedDict()
        )
        self._lock = threading.Lock()

    def get(
        self, key: tuple[str, str, str], read: Callable[[], tuple[NDArray[np.generic], ...]]
    ) -> tuple[NDArray[np.generic], ...]:
        """The arrays of `key`, read now if they are not here."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        arrays = read()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = arrays
                self._size += _bytes(arrays)
            while self._size > self._limit and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._size -= _bytes(dropped)
        return arrays


def _bytes(arrays: tuple[NDArray[np.generic], ...]) -> int:
    return 200 + sum(array.nbytes for array in arrays)
