"""Where is the text of a document, and where in it are its words?

Documents in blocks of about 16 KB, each packed with zlib: packed one by one they take a third
more, and a larger block makes one document slower to read.
"""

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.backends.engine import Stored
from indexer.columnar.arrays import Array, ArrayFileWriter, narrow

_BLOCK = 16_384  # bytes before packing
_SIZES = struct.Struct("<III")  # bytes of the document, of its title's spans, of its text's


class StoredWriter:
    """Writes documents in the order of their numbers; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "stored.bin").open("wb")
        self._waiting: list[bytes] = []
        self._size = 0
        self._firsts = [0]  # the first document of each block, and how many documents there are
        self._ends = [0]  # where each block ends in the file
        self._bounds: list[int] = []  # where each document ends in its unpacked block

    def add(self, document: str, title: Sequence[int], text: Sequence[int]) -> None:
        """The next document, with the start and the end of each word of its title and text, one
        after the other."""
        parts = [document.encode("utf-8", "surrogatepass"), _pack(title), _pack(text)]
        line = _SIZES.pack(*map(len, parts)) + b"".join(parts)
        self._waiting.append(line)
        self._size += len(line)
        self._bounds.append(self._size)
        if self._size >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        packed = zlib.compress(b"".join(self._waiting), 6)
        self._file.write(packed)
        self._ends.append(self._ends[-1] + len(packed))
        self._firsts.append(len(self._bounds))
        self._waiting.clear()
        self._size = 0

    def write_index(self, file: ArrayFileWriter) -> None:
        """Write what is left, and where everything is."""
        if self._waiting:
            self._flush()
        file.add("stored.firsts", np.array(self._firsts, np.int64))
        file.add("stored.ends", np.array(self._ends, np.int64))
        file.add("stored.bounds", np.array(self._bounds, np.uint32))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class StoredReader:
    """Reads documents by their numbers. Threads may share it."""

    def __init__(self, folder: Path, arrays: dict[str, Array]) -> None:
        path = folder / "stored.bin"
        empty = not path.stat().st_size
        self._packed = np.empty(0, np.uint8) if empty else np.memmap(path, np.uint8, "r")
        self._firsts, self._ends = arrays["stored.firsts"], arrays["stored.ends"]
        self._bounds = arrays["stored.bounds"]

    def read(self, numbers: list[int]) -> list[Stored]:
        """Documents in the order asked for; each block is unpacked once."""
        blocks = np.searchsorted(self._firsts, numbers, "right") - 1
        unpacked: dict[int, bytes] = {}
        documents = []
        for number, block in zip(numbers, blocks.tolist(), strict=True):
            if block not in unpacked:
                packed = self._packed[int(self._ends[block]) : int(self._ends[block + 1])]
                unpacked[block] = zlib.decompress(packed.tobytes())
            first = number == int(self._firsts[block])
            start = 0 if first else int(self._bounds[number - 1])
            documents.append(_unpack(unpacked[block][start : int(self._bounds[number])]))
        return documents


def _pack(bounds: Sequence[int]) -> bytes:
    """Starts and ends as steps from one to the next, in the smallest type that holds them; two
    words of one expanded character (ﷺ) may step back."""
    steps = np.diff(np.array(bounds, np.int64), prepend=0)
    packed = narrow(steps) if not len(steps) or steps.min() >= 0 else steps
    return packed.dtype.str.encode("ascii") + packed.tobytes()


def _unpack(line: bytes) -> Stored:
    sizes = _SIZES.unpack_from(line)
    ends = np.cumsum([_SIZES.size, *sizes]).tolist()
    document, title, text = (line[a:b] for a, b in pairwise(ends))
    return Stored(document.decode("utf-8", "surrogatepass"), _spans(title), _spans(text))


def _spans(packed: bytes) -> NDArray[np.int64]:
    steps = np.frombuffer(packed, packed[:3].decode("ascii"), offset=3)
    return np.cumsum(steps, dtype=np.int64).reshape(-1, 2)
