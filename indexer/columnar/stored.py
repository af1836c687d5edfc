"""Where is the text of a document, and where in it are its words?

Documents in blocks of about 16 KB, each packed with zlib: packed one by one they take a third
more, and a larger block makes one document slower to read.
"""

import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.backends.engine import Stored
from indexer.columnar.arrays import Array, ArrayFileWriter, narrow
from indexer.columnar.terms import decode, encode

_BLOCK = 16_384  # bytes before packing
_SIZES = struct.Struct("<III")  # bytes of the document, of its title's spans, of its text's


class Blocks(NamedTuple):
    """Consecutive documents, packed, in plain types."""

    packed: bytes  # block after block
    sizes: list[int]  # of each block, packed
    documents: list[int]  # how many each block has
    bounds: list[int]  # where each document ends in its unpacked block


class StoredPacker:
    """Packs consecutive documents in memory."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._documents: list[int] = []
        self._bounds: list[int] = []
        self._waiting: list[bytes] = []
        self._size = 0

    def add(self, document: str, title: Sequence[int], text: Sequence[int]) -> None:
        """The next document, with the start and the end of each word of its title and text, one
        after the other."""
        parts = [encode(document), _pack(title), _pack(text)]
        line = _SIZES.pack(*map(len, parts)) + b"".join(parts)
        self._waiting.append(line)
        self._size += len(line)
        self._bounds.append(self._size)
        if self._size >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        self._packed.append(zlib.compress(b"".join(self._waiting), 6))
        self._documents.append(len(self._waiting))
        self._waiting.clear()
        self._size = 0

    def blocks(self) -> Blocks:
        """All that was added. The last block may be a small one."""
        if self._waiting:
            self._flush()
        sizes = list(map(len, self._packed))
        return Blocks(b"".join(self._packed), sizes, self._documents, self._bounds)


class StoredWriter:
    """Writes blocks in the order of their documents."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "stored.bin").open("wb")
        self._documents = array("I")  # of each block
        self._sizes = array("I")
        self._bounds = array("I")

    def take(self, blocks: Blocks) -> None:
        """The next documents."""
        self._file.write(blocks.packed)
        self._documents.extend(blocks.documents)
        self._sizes.extend(blocks.sizes)
        self._bounds.extend(blocks.bounds)

    def write_index(self, file: ArrayFileWriter) -> None:
        """Write where everything is: the first document of each block and how many documents
        there are, where each block ends in the file, where each document ends in its block."""
        file.add("stored.firsts", _from_zero(self._documents))
        file.add("stored.ends", _from_zero(self._sizes))
        file.add("stored.bounds", np.frombuffer(self._bounds, np.uint32))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _from_zero(sizes: "array[int]") -> NDArray[np.int64]:
    """Where each begins, and the last one ends."""
    return np.cumsum(np.r_[0, np.frombuffer(sizes, np.uint32)], dtype=np.int64)


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
    return Stored(decode(document), _spans(title), _spans(text))


def _spans(packed: bytes) -> NDArray[np.int64]:
    steps = np.frombuffer(packed, packed[:3].decode("ascii"), offset=3)
    return np.cumsum(steps, dtype=np.int64).reshape(-1, 2)
