"""Which of the found records comes first?"""

import numpy as np

from indexer.backends import Matches
from indexer.columns import Columns
from indexer.query import Sort


def order_matches(sort: Sort, matches: Matches, columns: Columns) -> Matches:
    """The matches in the asked order. Relevance: score, then newer, then id. Newest and oldest:
    undated records last, then score, then id. Scores that agree to nine digits are equal: sums
    differ in the last bits with the order of their parts."""
    score = -np.round(matches.scores, 9)
    rank = columns.rank[matches.docs]
    first = columns.first[matches.docs]
    undated = np.isnat(first)
    seconds = np.where(undated, 0, first.astype(np.int64))
    match sort:
        case "newest":
            order = np.lexsort((rank, score, -seconds, undated))
        case "oldest":
            order = np.lexsort((rank, score, seconds, undated))
        case "relevance":
            order = np.lexsort((rank, -seconds, undated, score))
    return Matches(matches.docs[order], matches.scores[order])
