"""Is the beginning of the order the beginning of the whole order?"""

from random import Random

import numpy as np
import pytest

from indexer import build_index, open_index
from indexer.backends import Matches
from indexer.order import order_matches

DAYS = ["2011-05-01", "2012", "2013-02", None]


@pytest.fixture(scope="module")
def columns(tmp_path_factory):
    root = tmp_path_factory.mktemp("order") / "index"
    chance = Random(4)
    rows = [
        {"id": f"r{chance.randrange(40)}-{n}", "text": "bridge", "published": chance.choice(DAYS)}
        for n in range(200)
    ]
    build_index(rows, root, children=1)
    with open_index(root) as index:
        yield index._columns


def whole(sort, matches, columns):
    def key(row):
        number, score = row
        first = columns.first[number]
        undated = bool(np.isnat(first))
        seconds = 0 if undated else int(first.astype(np.int64))
        record = columns.id_of(number)
        return {
            "relevance": (-round(score, 9), undated, -seconds, record),
            "newest": (undated, -seconds, -round(score, 9), record),
            "oldest": (undated, seconds, -round(score, 9), record),
        }[sort]

    return sorted(zip(matches.docs.tolist(), matches.scores.tolist(), strict=True), key=key)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("scores", [[0.0], [1.0, 1.0 + 1e-12, 2.5, 0.1]])
def test_the_first_ones_are_those_of_the_whole_order(columns, sort, scores):
    chance = Random(5)
    docs = np.array(sorted(chance.sample(range(200), 150)))
    matches = Matches(docs, np.array([chance.choice(scores) for _ in docs]))
    expected = [number for number, _ in whole(sort, matches, columns)]
    for most in (1, 7, 10, 149, 150, 151):
        assert order_matches(sort, matches, columns, most).docs.tolist() == expected[:most]
