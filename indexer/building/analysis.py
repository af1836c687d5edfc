"""What do consecutive records bring to a generation?

Records are analyzed in small runs, here or in a process beside this one, and what comes of a run is
a `Portion` of plain types. A generation is made of portions in their order, so it is the same,
byte for byte, whoever made them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.building.columnwriting import Rows, rows_of
from indexer.columnar import Portion as SegmentPortion
from indexer.columnar import PortionWriter
from indexer.errors import BuildError
from indexer.fields import fields_at, name_term
from indexer.ingest import (
    Given,
    Ingested,
    Input,
    analyze,
    document_to_json,
    tagger_for,
    take_input,
)
from indexer.lexicon import Counts, LexiconWriter
from indexer.names import Gazetteer
from indexer.names.tagging.grouping import PeopleWriter
from indexer.text import Token
from indexer.text.clean import clean

# A run ends after so many records or characters: enough that its words repeat, few enough that two
# processes end at about the same time, and that what waits between them is some megabytes.
_RECORDS = 128
_CHARACTERS = 1_000_000


class Run(NamedTuple):
    """Consecutive records, the first of which is document `first`."""

    first: int
    records: list[Given]


class Canary(NamedTuple):
    """A document that the new generation must find by these words, and return as it is."""

    number: int
    words: tuple[tuple[str, str], ...]  # (field, term)
    stored: str


class Portion(NamedTuple):
    """What the records of one run bring, in plain types."""

    documents: int
    segment: SegmentPortion
    columns: Rows
    people: dict[str, dict[str, int]]  # see `PeopleWriter`
    lexicon: Counts
    spellings: dict[str, dict[str, int]]  # for each name term how often each spelling
    canaries: list[Canary]  # documents 0, 1, 2, 4, 8 … and the last of the run


def read_runs(records: Iterable[Input]) -> Iterator[Run]:
    """The records in runs. Raises BuildError for what is no record, and what `records` raises."""
    first, waiting, size = 0, [], 0
    for record in records:
        given = take_input(record)
        waiting.append(given)
        size += len(given.document.title) + len(given.document.text)
        if len(waiting) == _RECORDS or size >= _CHARACTERS:
            yield Run(first, waiting)
            first, waiting, size = first + len(waiting), [], 0
    if waiting:
        yield Run(first, waiting)


class Analyst:
    """Makes portions of runs, with the names of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._tagger = tagger_for(gazetteer)

    def portion(self, run: Run) -> Portion:
        """What the records of a run bring. Raises BuildError that names the record whose analysis
        fails."""
        segment, people, lexicon = PortionWriter(), PeopleWriter(), LexiconWriter()
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        documents, canaries = [], []
        last = run.first + len(run.records) - 1
        for number, given in enumerate(run.records, run.first):
            ingested = self._analyze(given)
            document, tokens = ingested.document, ingested.tokens
            stored = document_to_json(document)
            segment.add(ingested.terms, stored, _bounds(tokens["title"]), _bounds(tokens["text"]))
            documents.append(document)
            people.add(document)
            for part, words in tokens.items():
                lexicon.add(getattr(document, part), words, part)
            for mention in document.mentions:
                spellings[name_term(mention.entity, mention.text)][clean(mention.text)[0]] += 1
            if number & (number - 1) == 0 or number == last:
                canaries.append(Canary(number, _longest_words(ingested), stored))
        return Portion(
            len(documents),
            segment.portion(),
            rows_of(documents),
            people.written(),
            lexicon.counts(),
            {term: dict(counts) for term, counts in spellings.items()},
            canaries,
        )

    def _analyze(self, given: Given) -> Ingested:
        try:
            return analyze(given, self._tagger, self._gazetteer)
        except Exception as error:
            raise BuildError(
                f"Document {given.document.id} could not be analyzed "
                f"({type(error).__name__}: {error}). The old index stays in use; "
                "leave this one out, and report it."
            ) from error


def _bounds(tokens: Sequence[Token]) -> list[int]:
    """Start and end of each word, one after the other."""
    return [bound for token in tokens for bound in (token.start, token.end)]


def _longest_words(ingested: Ingested) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field.name, word)
        for field in fields_at("exact")
        for word in sorted(set(ingested.terms[field.name]), key=len)[-3:]
    )
