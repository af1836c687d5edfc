"""How does Whoosh read a segment?

A reader and a matcher over the arrays: with them a stock `whoosh.searching.Searcher` answers every
Whoosh query, slowly and as exactly as its collector is. Our own queries go by `evaluate`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from whoosh.matching import Matcher, NullMatcher
from whoosh.query.spans import Span
from whoosh.reading import IndexReader, TermInfo, TermNotFound

from indexer.columnar.schema import STORED_FIELD, build_schema
from indexer.columnar.segment import FieldSegment
from indexer.columnar.stored import StoredReader
from indexer.columnar.terms import decode, encode


class ColumnarReader(IndexReader):  # type: ignore[misc]
    """One segment as Whoosh's documented interface for readers has it."""

    def __init__(
        self, fields: Mapping[str, FieldSegment], stored: StoredReader, count: int
    ) -> None:
        self._fields = fields
        self._stored = stored
        self._count = count
        self.schema = build_schema()

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return self._number(*term) is not None

    def _number(self, field: str, text: str | bytes) -> int | None:
        if field not in self._fields:
            return None
        return self._fields[field].terms.find(text if isinstance(text, str) else decode(text))

    def _known(self, field: str, text: str | bytes) -> tuple[FieldSegment, int]:
        number = self._number(field, text)
        if number is None:
            raise TermNotFound(f"No term {field}:{text!r}")
        return self._fields[field], number

    def indexed_field_names(self) -> list[str]:
        """The fields with terms."""
        return list(self._fields)

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term, by field and then ascending."""
        for name in sorted(self._fields):
            for term in self._fields[name].terms:
                yield name, term

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from this one on, then those of the fields behind it."""
        terms = self._fields[fieldname].terms
        wanted = encode(prefix) if isinstance(prefix, str) else prefix
        for number in range(terms.first_from(wanted), len(terms)):
            yield fieldname, terms[number]
        for name in sorted(self._fields):
            if name > fieldname:
                for term in self._fields[name].terms:
                    yield name, term

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """What Whoosh's scorers and optimizers ask about a term."""
        field, number = self._known(fieldname, text)
        docs, counts = field.postings(number)
        lengths = field.lengths[docs]
        return TermInfo(
            float(counts.sum()),
            len(docs),
            int(lengths.min()),
            int(lengths.max()),
            float(counts.max()),
            int(docs[0]),
            int(docs[-1]),
        )

    def has_deletions(self) -> bool:
        """Never: a segment is written whole."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """Never."""
        return False

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """The stored JSON of a document."""
        return {STORED_FIELD: self._stored.read([docnum])[0].document}

    def doc_count_all(self) -> int:
        """How many documents there are."""
        return self._count

    def doc_count(self) -> int:
        """How many documents there are."""
        return self._count

    def frequency(self, fieldname: str, text: str | bytes) -> float:
        """How often a term stands in the field."""
        number = self._number(fieldname, text)
        if number is None:
            return 0.0
        places = self._fields[fieldname].places
        return float(places[number + 1] - places[number])

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """How many documents hold a term."""
        number = self._number(fieldname, text)
        return 0 if number is None else self._fields[fieldname].frequency(number)

    def field_length(self, fieldname: str) -> int:
        """How many occurrences a field has."""
        return int(self._fields[fieldname].lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """The length of the field's shortest document."""
        return int(self._fields[fieldname].lengths.min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """The length of the field's longest document."""
        return int(self._fields[fieldname].lengths.max(initial=0))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of one document in a field."""
        field = self._fields.get(fieldname)
        return default if field is None else int(field.lengths[docnum])

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> Matcher:
        """A matcher over the documents of a term."""
        field, number = self._known(fieldname, text)
        return ColumnarMatcher(field, number, scorer, (fieldname, text))

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """None are kept."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Any:
        """KeyError: no vectors are kept."""
        raise KeyError(f"No vectors are kept for {fieldname}")


class ColumnarMatcher(Matcher):  # type: ignore[misc]
    """The documents of one term, stepped through as Whoosh does it."""

    def __init__(
        self, field: FieldSegment, number: int, scorer: Any, term: tuple[str, str | bytes]
    ) -> None:
        self._field, self._of = field, number
        self._scorer = scorer
        self._term = term
        docs, counts = field.postings(number)
        self._docs: list[int] = docs.tolist()
        self._counts: list[float] = counts.tolist()
        self._firsts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a document here."""
        return self._at < len(self._docs)

    def reset(self) -> None:
        """Back to the first document."""
        self._at = 0

    def copy(self) -> "ColumnarMatcher":
        """Another one at the same document."""
        other = ColumnarMatcher(self._field, self._of, self._scorer, self._term)
        other._at = self._at
        return other

    def replace(self, minquality: float = 0) -> Matcher:
        """A simpler matcher that does the same: none when nothing is left."""
        return self if self.is_active() else NullMatcher()

    def term(self) -> tuple[str, str | bytes]:
        """The field and the term."""
        return self._term

    def is_leaf(self) -> bool:
        """A term has no parts."""
        return True

    def id(self) -> int:
        """The document's number."""
        return self._docs[self._at]

    def next(self) -> None:
        """On to the next document."""
        self._at += 1

    def skip_to(self, id: int) -> None:
        """On to the first document that is not before this one."""
        self._at = bisect_left(self._docs, id, self._at)

    def all_ids(self) -> Iterator[int]:
        """The documents from here on."""
        return iter(self._docs[self._at :])

    def weight(self) -> float:
        """How often the document holds the term."""
        return self._counts[self._at]

    def score(self) -> float:
        """As the scorer says."""
        return float(self._scorer.score(self)) if self._scorer else self.weight()

    def supports_block_quality(self) -> bool:
        """No: documents are never left out because their scores seem too low."""
        return False

    def supports(self, astype: str) -> bool:
        """Positions and counts are kept."""
        return astype in ("positions", "frequency", "weight")

    def value(self) -> bytes:
        """Nothing is packed as Whoosh does it; see `value_as`."""
        return b""

    def value_as(self, astype: str) -> Any:
        """The positions in this document, or how many there are."""
        return self._positions() if astype == "positions" else self.weight()

    def _positions(self) -> list[int]:
        start = int(self._field.places[self._of])
        first, end = self._firsts[self._at], self._firsts[self._at + 1]
        found: list[int] = self._field.positions[start + first : start + end].tolist()
        return found

    def spans(self) -> list[Span]:
        """The positions in this document, as phrase queries ask for them."""
        return [Span(position) for position in self._positions()]
