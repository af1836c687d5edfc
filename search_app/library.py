"""Which index answers this request?

The generation in use, opened again when staff switch to another one. A request keeps the
generation that it began with; an old one is closed when its last request is done.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import current_app

from corpus import Archive
from indexer import Index, IndexUnreadable, current_generation, open_index
from search_app.settings import Settings


@dataclass(slots=True)
class Holding:
    """One open generation. `years` tells how many records were published in each year."""

    index: Index
    name: str  # the generation that was in use when it was opened
    readers: int = 0
    years: dict[str, int] = field(default_factory=dict)


class Library:
    """The index in use and the record store of one installation. Safe in many threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._held: Holding | None = None

    @contextmanager
    def holding(self) -> Iterator[Holding]:
        """The generation in use, for one request. Raises IndexUnreadable if there is none."""
        with self._lock:
            held = self._current()
            held.readers += 1
        try:
            yield held
        finally:
            with self._lock:
                held.readers -= 1
                self._close_unused(held)

    def archive(self) -> Archive:
        """The record store, to be used as a context manager. Raises ArchiveError."""
        return Archive(self._settings.var, readonly=True)

    def _current(self) -> Holding:
        """Opens another generation only when the name in use has changed. When it cannot be opened,
        readers keep what they have."""
        held = self._held
        try:
            name = current_generation(self._settings.index)
            if held is not None and held.name == name:
                return held
            index = open_index(self._settings.index)
        except IndexUnreadable:
            if held is None:
                raise
            return held
        years = {value.id: value.count for value in index.search(size=1).facets["year"]}
        self._held = Holding(index, name, years=years)
        if held is not None:
            self._close_unused(held)
        return self._held

    def _close_unused(self, held: Holding) -> None:
        if held is not self._held and not held.readers:
            held.index.close()


def current_library() -> Library:
    """The library of the application that answers this request."""
    library: Library = current_app.extensions["kashaf"]
    return library
