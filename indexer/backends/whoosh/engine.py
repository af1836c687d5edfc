"""How is a Whoosh index read?"""

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
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
from indexer.plan import Plan


class WhooshEngine:
    """One Whoosh index, open for reading. Threads share the arrays, never a Whoosh reader: a
    reader is opened for each request that needs one and closed with it."""

    def __init__(self, folder: Path) -> None:
        self._index = whoosh_index.open_dir(str(folder), readonly=True, schema=build_schema())
        self._cache = ArrayCache()
        self._local = threading.local()
        self.count: int = self._index.doc_count_all()
        with np.load(folder / LENGTHS, allow_pickle=False) as arrays:
            self._lengths = {
                name: (arrays[name].astype(np.float64), float(arrays[name].mean() or 1.0))
                for name in (arrays.files if self.count else ())
            }

    @contextmanager
    def _reader(self) -> Iterator[IndexReader]:
        """This request's reader; calls inside one another share it."""
        if getattr(self._local, "reader", None) is not None:
            yield self._local.reader
            return
        self._local.reader = self._index.reader()
        try:
            yield self._local.reader
        finally:
            self._local.reader.close()
            self._local.reader = None

    def evaluate(self, plan: Plan) -> Matches:
        """All documents that the plan describes, with exact scores."""
        with self._reader():
            return evaluate(compile_plan(plan), self)

    def documents(self, numbers: list[int]) -> list[str]:
        """The stored JSON of documents, in the order asked for."""
        with self._reader() as reader:
            stored = [reader.stored_fields(number)[STORED_FIELD] for number in numbers]
        return [zlib.decompress(document).decode("utf-8") for document in stored]

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[str]:
        """The field's first `limit` terms that begin so, in the order of their code points."""
        with self._reader() as reader:
            found = islice(reader.expand_prefix(field, prefix), limit)
            return [term.decode("utf-8") for term in found]

    def document_numbers(self, field: str, text: str) -> NDArray[np.int64]:
        """The documents that hold the term, ascending; empty for an unknown term."""
        return self.postings(field, text).docs

    def postings(self, field: str, text: str) -> Postings:
        """The term's documents and counts, from the cache or from Whoosh."""

        def read() -> Postings:
            with self._reader() as reader:
                return read_postings(reader, field, text)

        return Postings(*cast("Postings", self._cache.get(("postings", field, text), read)))

    def places(self, field: str, text: str) -> NDArray[np.int64]:
        """The term's occurrences (see `read_places`), from the cache or from Whoosh."""

        def read() -> tuple[NDArray[np.int64]]:
            with self._reader() as reader:
                return (read_places(reader, field, text),)

        return cast("NDArray[np.int64]", self._cache.get(("places", field, text), read)[0])

    def lengths(self, field: str) -> tuple[NDArray[np.float64], float]:
        """Tokens of the field in each document, and their average over all documents."""
        return self._lengths[field]

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()
