"""Do queries keep the laws of sets, whatever their words?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import build_index, open_index

_LATIN = ["bridge", "bridges", "river", "market", "closed", "closing", "2014"]
_ARABIC = ["جسر", "الجسور", "سوق", "السوق", "وبالسوق", "٢٠١٤"]
WORDS = _LATIN + _ARABIC
PARTS = [
    *WORDS, "Deir Ezzor", "دير الزور", "ISIS", "داعش", '"river bridge"', "brid*", "=bridges",
    "~brigde", "title:market", "location:Raqqa", "actor:Daesh", "market NEAR/2 river", "nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    names = ["Deir ez-Zor", "دير الزور", "Raqqa", "ISIS", "داعش"]
    words = [*WORDS, *names]
    rows = [
        {
            "id": str(n),
            "title": words[n % 7],
            "text": " ".join(words[(n * k + k * k) % len(words)] for k in range(1, 9)),
        }
        for n in range(40)
    ]
    folder = tmp_path_factory.mktemp("index")
    build_index(rows, folder)
    with open_index(folder) as opened:
        yield opened


def ids(index, q, **options):
    return {hit.id for hit in index.search(q, size=100, **options)}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PARTS), st.sampled_from(PARTS), st.sampled_from(PARTS))
def test_queries_are_sets(index, a, b, c):
    everything = ids(index, "")
    one, other, third = ids(index, a), ids(index, b), ids(index, c)
    assert ids(index, f"({a}) ({b})") == ids(index, f"({b}) ({a})") == one & other
    assert ids(index, f"{a} OR {b}") == ids(index, f"({b}) OR ({a})") == one | other
    assert ids(index, f"-({a})") == everything - one
    assert ids(index, f"({a}) NOT ({b})") == one - other
    assert ids(index, f"({a} OR {b}) ({c})") == (one | other) & third
    assert ids(index, f"NOT NOT ({a})") == one
    assert index.search(f"{a} OR {b}").total == len(one | other)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_plain_words_narrow_any_words_widen_and_a_phrase_is_the_narrowest(index, words):
    typed = " ".join(words)
    found = [ids(index, word) for word in words]
    assert ids(index, typed) == set.intersection(*found)
    assert ids(index, typed, match="any") == set.union(*found)
    assert ids(index, f'"{typed}"') <= ids(index, typed, spelling="exact") <= ids(index, typed)


def test_pages_follow_each_other(index):
    whole = [hit.id for hit in index.search("bridge OR market", size=100)]
    pages = [hit.id for n in (1, 2, 3, 4, 5) for hit in index.search("bridge OR market", page=n)]
    assert pages[: len(whole)] == whole
