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
    places = source.places(node.fieldname, node.words[0])
    for step, word in enumerate(node.words[1:], start=1):
        following = source.places(node.fieldname, word) - step
        places = np.intersect1d(places, following, assume_unique=True)
    return _score_places(node.fieldname, places, node.words, node.boost, source)


def _near(node: spans.SpanNear2, source: TermSource) -> Matches:
    left, right = (list(side.subqueries) for side in node.qs)
    field = left[0].fieldname
    one = np.unique(np.concatenate([source.places(field, term.text) for term in left]))
    other = np.unique(np.concatenate([source.places(field, term.text) for term in right]))
    within = np.searchsorted(other, one + node.slop, "right") - np.searchsorted(
        other, one - node.slop, "left"
    )
    close = one[within - np.isin(one, other, assume_unique=True) > 0]
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
        found = matches if found is None else _both(found, matches)
    if found is None:
        found = NONE
    for part in node:
        if isinstance(part, query.Not):
            excluded = evaluate(part.query, source).docs
            keep = ~np.isin(found.docs, excluded, assume_unique=True)
            found = Matches(found.docs[keep], found.scores[keep])
    return found


def _both(one: Matches, other: Matches) -> Matches:
    docs, first, second = np.intersect1d(
        one.docs, other.docs, assume_unique=True, return_indices=True
    )
    return Matches(docs, one.scores[first] + other.scores[second])


def _any_of(parts: list[Matches], count: int) -> Matches:
    scores = np.zeros(count)
    found = np.zeros(count, dtype=bool)
    for docs, values in parts:
        scores[docs] += values
        found[docs] = True
    docs = np.flatnonzero(found)
    return Matches(docs, scores[docs])
