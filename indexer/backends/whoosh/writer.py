"""How does a document get into Whoosh?"""

import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import numpy as np
from whoosh import index as whoosh_index

from indexer.backends.whoosh.schema import STORED_FIELD, build_schema
from indexer.fields import POSTING_FIELDS

# Whoosh keeps a field's length in one byte (1,000 becomes 1,032), so scores would agree with no
# other engine: exact lengths are kept beside it.
LENGTHS = "lengths.npz"


class WhooshWriter:
    """Writes one new index of one segment, in an empty folder, as a context manager: leaving it
    without an error commits. Documents get the numbers 0, 1, 2 … in the order they are added."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._folder = folder
        self._lengths: dict[str, list[int]] = {field.name: [] for field in POSTING_FIELDS}
        # One segment and no merge: a document's number is the order in which it came.
        # 256 MB of postings in memory before Whoosh spills a run to disk.
        self._writer = whoosh_index.create_in(str(folder), build_schema()).writer(limitmb=256)

    def add(self, terms: Mapping[str, Sequence[str]], document: str) -> None:
        """One document: the terms of each field in their order, and the JSON to be stored."""
        stored = zlib.compress(document.encode("utf-8", "surrogatepass"), 6)
        fields = {name: list(values) for name, values in terms.items() if values}
        self._writer.add_document(**fields, **{STORED_FIELD: stored})
        for name, lengths in self._lengths.items():
            lengths.append(len(terms.get(name, ())))

    def __enter__(self) -> "WhooshWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._writer.commit(merge=False)
            arrays = {name: np.array(rows, np.int64) for name, rows in self._lengths.items()}
            np.savez(self._folder / LENGTHS, allow_pickle=False, **arrays)
        else:
            # A failed add leaks its words into the next document, so nothing is kept; and the
            # first error is the one to tell.
            with suppress(Exception):
                self._writer.cancel()
