"""Which files does a folder hold, and what is known about each of them?"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from corpus.errors import UnreadableInput
from corpus.readers.source import InputFile, brief, cause, file_time, shown, time_in_url
from corpus.readers.table import TABLE, Row, normalize_name, read_table
from corpus.values import Problem


def check_input(path: Path) -> None:
    """Raises UnreadableInput when the file or folder named by the caller cannot be read at all."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
        elif stat.S_ISREG(mode):
            path.open("rb").close()
        else:
            raise UnreadableInput(f"{shown(str(path))} is neither a file nor a folder")
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            f"{shown(str(path))} cannot be read ({cause(error)}); check the path and its rights"
        ) from error


def iter_files(root: Path) -> Iterator[InputFile | Problem]:
    """The files below a folder in sorted order, or the one file; and what cannot be opened.

    A file without a row in a table is addressed by its path from the folder on, the folder's own
    name first: "file:///pages/2014/a.html". So two folders with an `index.html` do not become
    versions of one page, and no path of this machine is told to anybody.
    """
    root = Path(os.path.abspath(root))
    walk = _Walk(root if root.is_dir() else root.parent)
    if root.is_dir():
        yield from walk.iter_folder()
    else:
        yield from walk.iter_single(root)


class _Walk:
    """One pass over a folder; remembers the rows of the tables met on the way."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._rows: dict[str, Row] = {}

    def iter_folder(self) -> Iterator[InputFile | Problem]:
        todo = [self._top]  # a stack, since folders may nest deeper than Python calls
        while todo:
            path = todo.pop()
            try:
                mode = path.stat().st_mode
                if not stat.S_ISDIR(mode):
                    yield from self._describe(path, mode)
                elif path.is_symlink() and path != self._top:
                    yield Problem(self._where(path), "link to a folder: not followed", "skip")
                else:
                    names = sorted(os.listdir(path), key=os.fsencode, reverse=True)
                    if (path / TABLE).is_file():
                        yield from self._read_table(path / TABLE)
                        names.remove(TABLE)
                    todo += [path / name for name in names]
            except (OSError, ValueError) as error:
                yield Problem(self._where(path), f"cannot be read ({cause(error)})")
        for row in self._rows.values():
            yield Problem(row.where, f"names a file that is not there: {brief(row.file)}")

    def iter_single(self, path: Path) -> Iterator[InputFile | Problem]:
        if (self._top / TABLE).is_file():
            # What is wrong with the rows of other files is told when the folder is read.
            for _ in self._read_table(self._top / TABLE):
                pass
        yield from self._describe(path, path.stat().st_mode)

    def _read_table(self, path: Path) -> Iterator[Problem]:
        folder = self._name(path.parent)
        for row in read_table(path, self._where(path)):
            if isinstance(row, Problem):
                yield row
                continue
            key = normalize_name(f"{folder}/{row.file}")
            if key in self._rows:
                yield Problem(row.where, f"names a file a second time: {brief(row.file)}")
            else:
                self._rows[key] = row

    def _describe(self, path: Path, mode: int) -> Iterator[InputFile | Problem]:
        name = self._name(path)
        row = self._rows.pop(normalize_name(name), None)
        if not stat.S_ISREG(mode):
            yield Problem(shown(name), "no file: a pipe, socket or device", "skip")
            return
        url = (row and row.url) or "file:///" + quote(os.fsencode(name))
        captured = (row and row.captured) or time_in_url(url) or file_time(path)
        yield InputFile(path, shown(name), url, captured, row.content_type if row else None)

    def _name(self, path: Path) -> str:
        """The path from the folder on, its name first; bytes that are no UTF-8 are kept."""
        return (Path(self._top.name) / path.relative_to(self._top)).as_posix()

    def _where(self, path: Path) -> str:
        return shown(self._name(path))
