"""Which documents does a Whoosh query describe, and with which scores?

Walks the query trees that `compile` makes. Every node gives all its documents, so that no shortcut
can lose one.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.query import spans

from indexer.backends.engine import Matches
from indexer.columnar.compile import SynonymQuery
from indexer.columnar.segment import Postings
from indexer.fields import FACET_FIELDS, posting_field

NONE = Matches(np.empty(0, np.int64), np.empty(0, np.float64))


class TermSource(Protocol):
    """Where terms are read."""

    count: int

    def postings(self, field: str, text: str) -> Postings: ...
    def places(self, field: str, text: str) -> NDArray[np.int64]: ...
    def norms(self, field: str) -> NDArray[np.float64]: ...


def evaluate(node: query.Query, source: TermSource) -> Matches:
    """All documents of a query, ascending, with Lucene's BM25."""
    match node:
        case query.Term():
            docs, counts = source.postings(node.fieldname, node.text)
            scores = _bm25(node.fieldname, docs, counts, _idf(len(docs), source), source)
            return Matches(docs, scores * node.boost)
        case SynonymQuery():
            return _synonyms(node, source)
        case query.Phrase():
            return _sequence(node, source)
        case spans.SpanNear2():
            return _near(node, source)
        case query.And():
            return _all_of(node, source)
        case query.Or():
            return _any_of([evaluate(part, source) for part in node], source.count)
        case query.Every():
            return Matches(np.arange(source.count), np.zeros(source.count))
    if node is query.NullQuery:
        return NONE
    raise TypeError(f"{type(node).__name__} is not among the queries that plans compile to")


def _idf(frequency: int, source: TermSource) -> float:
    return float(np.log1p((source.count - frequency + 0.5) / (frequency + 0.5)))


def _bm25(
    field: str,
    docs: NDArray[np.int64],
    counts: NDArray[np.float64],
    idf: float,
    source: TermSource,
) -> NDArray[np.float64]:
    if field in FACET_FIELDS:  # filters have no score
        return np.zeros(len(docs))
    if not len(docs):
        return np.empty(0)
    gain = idf * (posting_field(field).k1 + 1)
    return np.asarray(gain * counts / (counts + source.norms(field)[docs]), dtype=np.float64)


def _synonyms(node: SynonymQuery, source: TermSource) -> Matches:
    weighted = [
        Matches(postings.docs, postings.counts * weight)
        for term, weight in zip(node.subqueries, node.weights, strict=True)
        for postings in [source.postings(term.fieldname, term.text)]
    ]
    docs, counts = _any_of(weighted, source.count)
    field = node.subqueries[0].fieldname
    scores = _bm25(field, docs, counts, _idf(len(docs), source), source)
    return Matches(docs, scores * node.boost)


def _sequence(node: query.Phrase, source: TermSource) -> Matches:
    rows = [source.places(node.fieldname, word) - step for step, word in enumerate(node.words)]
    # From the rarest word on: what is looked up is then never more than it has.
    places, *others = sorted(rows, key=len)
    for row in others:
        places = places[is_among(places, row)]
    return _score_places(node.fieldname, places, node.words, node.boost, source)


def _near(node: spans.SpanNear2, source: TermSource) -> Matches:
    left, right = (list(side.subqueries) for side in node.qs)
    field = left[0].fieldname
    one = np.unique(np.concatenate([source.places(field, term.text) for term in left]))
    other = np.unique(np.concatenate([source.places(field, term.text) for term in right]))
    within = np.searchsorted(other, one + node.slop, "right") - np.searchsorted(
        other, one - node.slop, "left"
    )
    close = one[within - is_among(one, other) > 0]
    return _score_places(field, close, [term.text for term in left + right], node.boost, source)


def _score_places(
    field: str, places: NDArray[np.int64], words: list[str], boost: float, source: TermSource
) -> Matches:
    docs, counts = np.unique(places >> 32, return_counts=True)
    frequencies = [len(source.postings(field, word).docs) for word in words]
    idf = sum(_idf(frequency, source) for frequency in frequencies if frequency)
    return Matches(docs, _bm25(field, docs, counts.astype(np.float64), idf, source) * boost)


def _all_of(node: query.And, source: TermSource) -> Matches:
    found: Matches | None = None
    for part in node:
        if isinstance(part, query.Not):
            continue
        matches = evaluate(part, source)
        found = matches if found is None else _both(found, matches, source.count)
    if found is None:
        found = NONE
    for part in node:
        if isinstance(part, query.Not):
            keep = ~_is_in(found.docs, evaluate(part.query, source).docs, source.count)
            found = Matches(found.docs[keep], found.scores[keep])
    return found


# Documents are found among others either by one look at each place of an array that is as long as
# the collection, or, where few are looked for, by halving: the first costs 1 ns a document of the
# collection and the second 30 ns one that is looked for.
_FEW = 32


def _both(one: Matches, other: Matches, count: int) -> Matches:
    few, many = sorted((one, other), key=lambda matches: len(matches.docs))
    if len(few.docs) * _FEW < count:
        places = np.searchsorted(many.docs, few.docs)
        keep = _equals_at(many.docs, places, few.docs)
        added = many.scores[places[keep]]
    else:
        keep = _is_in(few.docs, many.docs, count)
        scores = np.empty(count)
        scores[many.docs] = many.scores
        added = scores[few.docs[keep]]
    return Matches(few.docs[keep], few.scores[keep] + added)


def _is_in(docs: NDArray[np.int64], others: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which of some ascending documents are among others."""
    if len(docs) * _FEW < count:
        return is_among(docs, others)
    marked = np.zeros(count, dtype=bool)
    marked[others] = True
    return marked[docs]


def is_among(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some numbers are among others, which ascend."""
    return _equals_at(others, np.searchsorted(others, some), some)


def _equals_at(
    values: NDArray[np.int64], places: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.bool_]:
    equal = places < len(values)
    equal[equal] = values[places[equal]] == wanted[equal]
    return equal


def _any_of(parts: list[Matches], count: int) -> Matches:
    if not parts:
        return NONE
    if sum(len(part.docs) for part in parts) * _FEW < count:
        docs, rows = np.unique(np.concatenate([part.docs for part in parts]), return_inverse=True)
        weights = np.concatenate([part.scores for part in parts])
        scores = np.bincount(rows, weights, len(docs)).astype(np.float64)
        return Matches(docs, scores)
    scores = np.zeros(count)
    found = np.zeros(count, dtype=bool)
    for docs, values in parts:
        scores[docs] += values
        found[docs] = True
    docs = np.flatnonzero(found)
    return Matches(docs, scores[docs])
