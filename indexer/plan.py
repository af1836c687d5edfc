"""Which terms in which fields answer a query?

A plan is what every engine must be able to evaluate, and nothing more: an engine that evaluates
these nodes exactly has the same results as any other. Scores are Lucene's BM25, summed over the
parts that match:

    boost * idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length))
    idf = ln(1 + (N - df + 0.5) / (df + 0.5))

with N documents in the index, and length, average length (over all N) in tokens of the field.
(Robertson et al., Okapi at TREC-3, 1994; idf as in Lucene's BM25Similarity, with its older factor
k1 + 1.)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with the term. A boost of 0 makes it a filter."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Documents with any of the terms, scored as if they were one term: tf is the sum of the
    weights of the occurrences, df the number of documents with at least one. So a rare spelling
    is not worth more than a common one."""

    field: str
    texts: tuple[tuple[str, float], ...]  # (term, weight of one occurrence)
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Sequence:
    """Documents with the terms next to each other in this order. tf: how often the sequence
    occurs; idf: the sum of the idfs of its terms, each as often as it stands there."""

    field: str
    texts: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Documents where a left term has a right term with at most `distance` words between them, on
    either side, not at the same position. tf: the number of left positions for which that holds;
    idf: the sum of the idfs of the left and right terms that exist."""

    field: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that every part has; the sum of their scores."""

    parts: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that some part has; the sum of the scores of the parts that have them."""

    parts: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Documents of `part` that `excluded` has not; the score of `part`."""

    part: "Plan"
    excluded: "Plan"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, with the score 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Plan = Term | Synonyms | Sequence | Near | AllOf | AnyOf | Without | Everything | Nothing
