"""How are many arrays kept in one file, and read without being copied?

One file holds the arrays, each at a multiple of 64 bytes; a small JSON file beside it says where
each stands and of which type it is. Reading is a memory map: processes share its pages, and what
no query touches is never read. Nothing in it can run code, as a pickle could.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_ALIGNED = 64


class ArrayFileWriter:
    """Writes `NAME.bin` and `NAME.json`, one array after the other; a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.with_suffix(".bin").open("wb")
        self._rows: dict[str, tuple[str, int, int]] = {}  # name: type, place, length

    def add(self, name: str, array: Array) -> None:
        """The next array, of one dimension."""
        self.add_parts(name, array.dtype, [array])

    def add_parts(self, name: str, dtype: Any, parts: Iterable[Array]) -> None:
        """The next array, which comes in parts: only one of them need be in memory."""
        start = -(-self._file.tell() // _ALIGNED) * _ALIGNED
        self._file.seek(start)
        kind = np.dtype(dtype)
        length = 0
        for part in parts:
            self._file.write(np.ascontiguousarray(part, kind).data)
            length += len(part)
        self._rows[name] = (kind.str, start, length)

    def __enter__(self) -> "ArrayFileWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.with_suffix(".json").write_text(json.dumps(self._rows), "ascii")


def read_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file, as maps of it: shape (length,), not to be written."""
    rows = json.loads(path.with_suffix(".json").read_text("ascii"))
    binary = path.with_suffix(".bin")
    if not binary.stat().st_size:
        return {name: np.empty(0, kind) for name, (kind, _, _) in rows.items()}
    whole = np.memmap(binary, np.uint8, "r")
    # The map itself stays alive behind the views; as plain arrays they cost less per operation.
    return {
        name: np.asarray(whole[start : start + length * np.dtype(kind).itemsize]).view(kind)
        for name, (kind, start, length) in rows.items()
    }


def narrow(array: Array) -> Array:
    """The array of natural numbers in the smallest unsigned type that holds its largest."""
    most = int(array.max()) if len(array) else 0
    return array.astype(np.min_scalar_type(most))
