"""How do documents become a segment?"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from indexer.columnar.arrays import ArrayFileWriter, read_arrays
from indexer.columnar.inversion import FieldInverter, FieldRun
from indexer.columnar.merging import merge_field
from indexer.columnar.segment import read_field, write_field
from indexer.columnar.stored import Blocks, StoredPacker, StoredWriter
from indexer.fields import FACET_FIELDS, POSTING_FIELDS

NAME = "postings"
FIELDS = (*(field.name for field in POSTING_FIELDS), *FACET_FIELDS)

# Occurrences in memory before they are written out as a run: sorting them takes about 40 bytes
# each, so 320 MB.
_MOST = 8_000_000


class Portion(NamedTuple):
    """What consecutive documents bring to a segment, in plain types."""

    fields: dict[str, FieldRun]
    stored: Blocks


class PortionWriter:
    """Collects consecutive documents in memory, for a `ColumnarWriter` to take; in another
    process, maybe."""

    def __init__(self) -> None:
        self._fields = {name: FieldInverter() for name in FIELDS}
        self._stored = StoredPacker()

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
            field.add(terms.get(name, ()))
        self._stored.add(document, title, text)

    def portion(self) -> Portion:
        """All that was added."""
        return Portion(
            {name: field.run() for name, field in self._fields.items()}, self._stored.blocks()
        )


class ColumnarWriter:
    """Writes one segment, in an empty folder, as a context manager: leaving it without an error
    finishes it. Documents get the numbers 0, 1, 2 … in the order they come. Memory is
    bounded: runs are written out and merged at the end."""

    def __init__(self, folder: Path, most: int | None = None) -> None:
        """`most`: occurrences of terms in memory; 8,000,000 unless told."""
        folder.mkdir(mode=0o700)
        self._folder = folder
        self._most = _MOST if most is None else most
        self._stored = StoredWriter(folder)
        self._runs: list[Path] = []
        self._begin()

    def _begin(self) -> None:
        self._fields = {name: FieldInverter() for name in FIELDS}
        self._waiting = False  # whether documents came that are in no run

    def take(self, portion: Portion) -> None:
        """The next documents."""
        for name, field in self._fields.items():
            field.take(portion.fields[name])
        self._stored.take(portion.stored)
        self._waiting = True
        if sum(map(len, self._fields.values())) >= self._most:
            self._write_run()
            self._begin()

    def _write_run(self) -> None:
        run = self._folder / f"run-{len(self._runs)}"
        with ArrayFileWriter(run) as file:
            self._write_fields(file)
        self._runs.append(run)

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
            self._write_run()
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
