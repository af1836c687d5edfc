"""Which terms does a field have, and where among them is one?

All terms in one run of UTF-8 bytes, ascending, with the place where each ends: in UTF-8 the order
of the bytes is the order of the code points.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.columnar.arrays import Array


class Terms:
    """The ascending terms of one field; a term's number is its place among them."""

    def __init__(self, letters: Array, ends: Array) -> None:
        """`letters`: uint8, all terms in one; `ends`: shape (terms,)."""
        self._letters = letters
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        letters = self._letters.tobytes()
        start = 0
        for end in self._ends.tolist():
            yield letters[start:end]
            start = end

    def __getitem__(self, number: int) -> bytes:
        start = int(self._ends[number - 1]) if number else 0
        return self._letters[start : int(self._ends[number])].tobytes()

    def find(self, text: str) -> int | None:
        """The number of a term, None for a text that is none."""
        wanted = encode(text)
        number = self.first_from(wanted)
        return number if number < len(self) and self[number] == wanted else None

    def first_from(self, wanted: bytes) -> int:
        """The number of the first term that is not less; how many terms there are if all are."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def starting(self, prefix: str) -> Iterator[bytes]:
        """The terms that begin so, ascending."""
        wanted = encode(prefix)
        for number in range(self.first_from(wanted), len(self)):
            term = self[number]
            if not term.startswith(wanted):
                return
            yield term


def pack(terms: Sequence[bytes]) -> tuple[Array, Array]:
    """(letters, ends) of ascending terms."""
    letters = np.frombuffer(b"".join(terms), np.uint8)
    return letters, np.cumsum([len(term) for term in terms], dtype=np.int64)


def encode(text: str) -> bytes:
    """A term as bytes; halves of surrogate pairs too, which readers may type."""
    return text.encode("utf-8", "surrogatepass")
