"""How much of the input was read, and which of its files to their end?"""

import os
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path
from posixpath import dirname

from corpus.readers.source import InputFile, file_size
from corpus.readers.table import TABLE


class InputReading:
    """How far reading is. Bytes are those of files as they lie on the disk: to count them costs a
    look into every folder, and tells more than files do, of which one may be a whole web archive.
    """

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        """`paths` are what will be read; without them nothing is known of how much it is."""
        self.files: set[str] = set()  # `where` of each that was read to its end
        self._total = sum(map(_size, paths))
        self._done = 0
        self._opened: BufferedReader | None = None

    def open(self, path: Path) -> BufferedReader:
        """The file at `path`, open for reading; the one whose position counts."""
        self._opened = path.open("rb")
        return self._opened

    def finish(self, file: InputFile, *, in_folder: bool) -> None:
        """A file was read to its end; in a folder that is read, the table beside it was too."""
        self._opened = None
        self._done += file_size(file.path)
        self.files.add(file.where)
        table = f"{dirname(file.where)}/{TABLE}"
        if in_folder and table not in self.files:
            self._done += file_size(file.path.with_name(TABLE))
            self.files.add(table)

    @property
    def part(self) -> float | None:
        """Of the bytes, from 0 to 1; None where nobody counted them."""
        if not self._total:
            return None
        opened = self._opened
        inside = 0 if opened is None or opened.closed else opened.tell()
        return min(1.0, (self._done + inside) / self._total)


def _size(path: Path) -> int:
    if not path.is_dir():
        return file_size(path)
    total = 0
    for folder, _, names in os.walk(path):
        total += sum(file_size(Path(folder, name)) for name in names)
    return total
