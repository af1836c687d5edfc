"""Which words made records count for an actor or a place?

"Deir ez-Zor" stands on the search page with دير الزور (14) and Deir Ezzor (9): a reader sees why a
record is counted, and what was taken for a name that is none.
"""

from dataclasses import dataclass

import numpy as np

from indexer.columnar.terms import decode
from indexer.columns import FacetColumn, Numbers
from indexer.fields import NAME_SEPARATOR, spelling_of
from indexer.names.tagging.grouping import People
from indexer.reading.vocabulary import Vocabulary

Spellings = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Triggers:
    """The spellings of all names of one generation."""

    column: FacetColumn  # of spellings
    vocabulary: Vocabulary
    people: People

    def counted(self, docs: Numbers) -> "Counted":
        """The spellings that some documents hold."""
        return Counted(self, docs)

    def written(self, entity: str, spelling: str) -> str:
        """How the archive writes a spelling; members of a person may share one."""
        terms = (f"{member}{NAME_SEPARATOR}{spelling}" for member in self.people.members(entity))
        return self.vocabulary.written(min(filter(self.vocabulary.has_name, terms)))


class Counted:
    """How many of some documents hold each spelling; counted when first asked."""

    def __init__(self, triggers: Triggers, docs: Numbers) -> None:
        self._triggers = triggers
        self._docs = docs
        self._counts: Numbers | None = None

    def spellings(self, entity: str) -> Spellings:
        """The spellings of an entity, the most frequent first. A record with two spellings counts
        for both."""
        counts = self._counts
        if counts is None:
            counts = self._counts = self._triggers.column.counts(self._docs)
        terms = self._triggers.column.terms
        first, end = terms.between(entity + NAME_SEPARATOR, entity + chr(ord(NAME_SEPARATOR) + 1))
        found = []
        for number in (first + np.flatnonzero(counts[first:end])).tolist():
            spelling = spelling_of(decode(terms[number]))
            found.append((self._triggers.written(entity, spelling), int(counts[number])))
        return tuple(sorted(found, key=lambda s: (-s[1], s[0])))
