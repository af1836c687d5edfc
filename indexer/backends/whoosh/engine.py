"""How is a Whoosh index read?"""

import threading
import zlib
from itertools import islice
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index
from whoosh.reading import IndexReader

from indexer.backends.engine import Matches
from indexer.backends.whoosh.compile import compile_plan
from indexer.backends.whoosh.evaluate import evaluate
from indexer.backends.whoosh.postings import ArrayCache, Postings, read_places, read_postings
from indexer.backends.whoosh.schema import STORED_FIELD, build_schema
from indexer.backends.whoosh.writer import LENGTHS
from indexer.errors import IndexUnreadable
from indexer.fields import POSTING_FIELDS
from indexer.plan import Plan


class WhooshEngine:
    """One Whoosh index, open for reading. Every file is opened here and once: its folder may be
    removed while searches go on. Threads share the arrays; the one Whoosh reader answers wrongly
    when two threads move in it, so they take turns."""

    def __init__(self, folder: Path) -> None:
        opened = whoosh_index.open_dir(str(folder), readonly=True, schema=build_schema())
        self._reader: IndexReader | None = opened.reader()
        self.count: int = self.reader.doc_count_all()
        self._turn = threading.Lock()
        self._cache = ArrayCache()
        self._norms: dict[str, NDArray[np.float64]] = {}
        with np.load(folder / LENGTHS, allow_pickle=False) as arrays:
            for field in POSTING_FIELDS:
                lengths = arrays[field.name].astype(np.float64)
                average = lengths.mean() if lengths.any() else 1.0
                self._norms[field.name] = field.k1 * (1 - field.b + field.b * lengths / average)

    @property
    def reader(self) -> IndexReader:
        """Whoosh's reader; IndexUnreadable once it is closed."""
        if self._reader is None:
            raise IndexUnreadable("This index is closed. Open it again: open_index.")
        return self._reader

    def evaluate(self, plan: Plan) -> Matches:
        """All documents that the plan describes, with exact scores."""
        return evaluate(compile_plan(plan), self)

    def documents(self, numbers: list[int]) -> list[str]:
        """The stored JSON of documents, in the order asked for."""
        with self._turn:
            stored = [self.reader.stored_fields(number)[STORED_FIELD] for number in numbers]
        return [zlib.decompress(document).decode("utf-8", "surrogatepass") for document in stored]

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]:
        """The field's first `limit` terms that begin so, in the order of their code points."""
        with self._turn:
            found = list(islice(self.reader.expand_prefix(field, prefix), limit))
        return [term.decode("utf-8") for term in found]

    def document_numbers(self, field: str, text: str) -> NDArray[np.int64]:
        """The documents that hold the term, ascending; empty for an unknown term."""
        return self.postings(field, text).docs

    def postings(self, field: str, text: str) -> Postings:
        """The term's documents and counts, from the cache or from Whoosh."""

        def read() -> Postings:
            with self._turn:
                return read_postings(self.reader, field, text)

        return Postings(*cast("Postings", self._cache.get(("postings", field, text), read)))

    def places(self, field: str, text: str) -> NDArray[np.int64]:
        """The term's occurrences (see `read_places`), from the cache or from Whoosh."""

        def read() -> tuple[NDArray[np.int64]]:
            with self._turn:
                return (read_places(self.reader, field, text),)

        return cast("NDArray[np.int64]", self._cache.get(("places", field, text), read)[0])

    def norms(self, field: str) -> NDArray[np.float64]:
        """What BM25 adds to tf under the line, k1 * (1 - b + b * length / average length), for
        each document; shape (documents,)."""
        return self._norms[field]

    def close(self) -> None:
        """Let go of the files."""
        with self._turn:
            if self._reader is not None:
                self._reader.close()
            self._reader = None  # its map of the segment goes only when nothing refers to it
