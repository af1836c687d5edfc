"""Are ordinary words kept apart from the names that they look like?"""

import pytest

from indexer.names.likeness.ordinary import Candidate, keeps


@pytest.mark.parametrize(
    ("candidate", "similarity", "kept"),
    [
        (Candidate("dire", "Latn", count=10, small=10), 0.7, False),
        (Candidate("Deraa", "Latn", count=10, small=0), 0.7, True),
        (Candidate("daraa", "Latn", count=10, small=10), 0.95, True),  # people write names small
        (Candidate("bab", "Latn", count=3, small=3), 1.0, True),
        (Candidate("ذراع", "Arab", count=40, words=100_000), 0.7, False),
        (Candidate("درعا", "Arab", count=40, words=100_000), 0.95, True),
        (Candidate("ضرعا", "Arab", count=2, words=100_000), 0.7, True),  # rare: nothing is known
        (Candidate("كيوان", "Arab", count=40, words=100_000_000), 0.7, True),
    ],
)
def test_an_ordinary_word_must_be_very_like_the_name(candidate, similarity, kept):
    assert keeps(candidate, similarity) is kept
