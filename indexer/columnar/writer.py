"""How do documents become a segment?"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from indexer.columnar.arrays import ArrayFileWriter, read_arrays
from indexer.columnar.inversion import FieldInverter
from indexer.columnar.merging import merge_field
from indexer.columnar.segment import read_field, write_field
from indexer.columnar.stored import StoredWriter
from indexer.fields import FACET_FIELDS, POSTING_FIELDS

NAME = "postings"
FIELDS = (*(field.name for field in POSTING_FIELDS), *FACET_FIELDS)

# Occurrences in memory before they are written out as a run: sorting them takes about 40 bytes
# each, so 320 MB.
_MOST = 8_000_000


class ColumnarWriter:
    """Writes one segment, in an empty folder, as a context manager: leaving it without an error
    finishes it. Documents get the numbers 0, 1, 2 … in the order they are added. Memory is
    bounded: runs are written out and merged at the end."""

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        """`most`: occurrences of terms in memory."""
        folder.mkdir(mode=0o700)
        self._folder = folder
        self._most = most
        self._stored = StoredWriter(folder)
        self._runs: list[Path] = []
        self._begin()

    def _begin(self) -> None:
        self._fields = {name: FieldInverter.empty() for name in FIELDS}
        self._waiting = 0

    def add(
        self,
        terms: Mapping[str, Sequence[str]],
        document: str,
        title: Sequence[int] = (),
        text: Sequence[int] = (),
    ) -> None:
        """One document: the terms of each field in their order, the JSON to be stored, and start
        and end of each word of its title and its text, one after the other."""
        for name, field in self._fields.items():
            values = terms.get(name, ())
            field.add(values)
            self._waiting += len(values)
        self._stored.add(document, title, text)
        if self._waiting >= self._most:
            run = self._folder / f"run-{len(self._runs)}"
            with ArrayFileWriter(run) as file:
                self._write_fields(file)
            self._runs.append(run)
            self._begin()

    def _write_fields(self, file: ArrayFileWriter) -> None:
        for name in FIELDS:
            write_field(file, name, self._fields.pop(name).invert())

    def __enter__(self) -> "ColumnarWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._stored.close()

    def _finish(self) -> None:
        if self._runs and self._waiting:
            with ArrayFileWriter(self._folder / f"run-{len(self._runs)}") as file:
                self._write_fields(file)
            self._runs.append(self._folder / f"run-{len(self._runs)}")
        with ArrayFileWriter(self._folder / NAME) as file:
            if self._runs:
                parts = [read_arrays(run) for run in self._runs]
                for name in FIELDS:
                    merge_field(file, name, [read_field(arrays, name) for arrays in parts])
            else:
                self._write_fields(file)
            self._stored.write_index(file)
        for run in self._runs:
            run.with_suffix(".bin").unlink()
            run.with_suffix(".json").unlink()
