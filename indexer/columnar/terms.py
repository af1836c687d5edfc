"""Which terms does a field have, and where among them is one?

All terms in one run of UTF-8 bytes, ascending, with the place where each ends: in UTF-8 the order
of the bytes is the order of the code points.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from indexer.columnar.arrays import Array

# Of these many terms the first is kept in memory: a search then looks at one short run of the file.
_RUN = 64
_REMEMBERED = 1 << 16


class Terms:
    """The ascending terms of one field; a term's number is its place among them."""

    def __init__(self, letters: Array, ends: Array) -> None:
        """`letters`: uint8, all terms in one; `ends`: shape (terms,)."""
        # A slice of a memoryview costs a tenth of a slice of the array.
        self._letters = memoryview(letters.data)
        self._ends = ends
        self._found: dict[str, int | None] = {}  # one query asks for the same term many times
        self._heads = [self[number] for number in range(0, len(ends), _RUN)]

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        return self._run(0, len(self))

    def __getitem__(self, number: int) -> bytes:
        start = int(self._ends[number - 1]) if number else 0
        return bytes(self._letters[start : int(self._ends[number])])

    def _run(self, first: int, last: int) -> Iterator[bytes]:
        """The terms from one number to before another."""
        start = int(self._ends[first - 1]) if first else 0
        for end in self._ends[first:last].tolist():
            yield bytes(self._letters[start:end])
            start = end

    def find(self, text: str) -> int | None:
        """The number of a term, None for a text that is none."""
        known = self._found.get(text, -1)  # asked once: another thread may clear them
        if known != -1:
            return known
        if len(self._found) >= _REMEMBERED:
            self._found.clear()
        found = self._found[text] = self._search(text)
        return found

    def _search(self, text: str) -> int | None:
        wanted = encode(text)
        number = self.first_from(wanted)
        return number if number < len(self) and self[number] == wanted else None

    def first_from(self, wanted: bytes) -> int:
        """The number of the first term that is not less; how many terms there are if all are."""
        head = max(0, bisect_right(self._heads, wanted) - 1) * _RUN
        start = int(self._ends[head - 1]) if head else 0
        bounds = [start, *self._ends[head : head + _RUN].tolist()]
        letters = self._letters
        return head + bisect_left(
            range(len(bounds) - 1), wanted, key=lambda n: bytes(letters[bounds[n] : bounds[n + 1]])
        )

    def between(self, first: str, end: str) -> tuple[int, int]:
        """The numbers of the terms from one text to before another."""
        return self.first_from(encode(first)), self.first_from(encode(end))

    def starting(self, prefix: str) -> Iterator[bytes]:
        """The terms that begin so, ascending."""
        wanted = encode(prefix)
        # No byte of UTF-8 is 0xFF: it comes behind all that begins so.
        return self._run(self.first_from(wanted), self.first_from(wanted + b"\xff"))


def pack(terms: Sequence[bytes]) -> tuple[Array, Array]:
    """(letters, ends) of ascending terms."""
    letters = np.frombuffer(b"".join(terms), np.uint8)
    return letters, np.cumsum([len(term) for term in terms], dtype=np.int64)


def encode(text: str) -> bytes:
    """A text as bytes; halves of surrogate pairs too, which readers may type."""
    return text.encode("utf-8", "surrogatepass")


def decode(term: bytes) -> str:
    """The text that was encoded so."""
    return term.decode("utf-8", "surrogatepass")
