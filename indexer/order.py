"""Which of the found records come first?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.backends import Matches
from indexer.columns import Columns, Numbers
from indexer.query import Sort

_LAST = np.iinfo(np.int64).max


def order_matches(sort: Sort, matches: Matches, columns: Columns, most: int) -> Matches:
    """The first `most` matches in the asked order. Relevance: score, then newer, then id. Newest
    and oldest: undated records last, then score, then id. Scores that agree to nine digits are
    equal: sums differ in the last bits with the order of their parts."""
    score = -np.round(matches.scores, 9)
    place = columns.place[matches.docs]
    if sort == "relevance":
        order = _first([score, place], most)
    else:
        first = columns.first[matches.docs]
        seconds = first.astype(np.int64)
        dated = np.where(np.isnat(first), _LAST, -seconds if sort == "newest" else seconds)
        order = _first([dated, score, place], most)
    return Matches(matches.docs[order], matches.scores[order])


def _first(keys: Sequence[NDArray[np.generic]], most: int) -> Numbers:
    """The places of the `most` smallest, in order, by the first key, then by the next. Only what
    may be among them is sorted: of 200,000 documents ten."""
    chosen = np.empty(0, np.int64)
    doubtful = np.arange(len(keys[0]))
    for key in keys:
        wanted = most - len(chosen)
        if len(doubtful) <= wanted:
            break
        values = key[doubtful]
        border = np.partition(values, wanted - 1)[wanted - 1] if wanted else values.min()
        chosen = np.concatenate([chosen, doubtful[values < border]])
        doubtful = doubtful[values == border] if wanted else doubtful[:0]
    chosen = np.concatenate([chosen, doubtful])
    order = np.lexsort([key[chosen] for key in reversed(keys)])
    return chosen[order[:most]]
