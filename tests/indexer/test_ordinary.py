"""Are ordinary words kept apart from the names that they look like?"""

import pytest

from indexer import build_index, open_index
from indexer.names.likeness.ordinary import Candidate, is_ordinary


@pytest.mark.parametrize(
    ("candidate", "ordinary"),
    [
        (Candidate("dire", "Latn", count=10, small=10), True),
        (Candidate("Deraa", "Latn", count=10, small=0), False),
        (Candidate("Rose", "Latn", count=10, small=5), False),
        (Candidate("ذراع", "Arab", count=40, words=100_000), True),
        (Candidate("ضرعا", "Arab", count=2, words=100_000), False),  # rare: nothing is known
        (Candidate("كيوان", "Arab", count=40, words=100_000_000), False),
    ],
)
def test_a_latin_word_is_ordinary_if_mostly_small_and_an_arabic_one_if_frequent(
    candidate, ordinary
):
    assert is_ordinary(candidate) is ordinary


@pytest.mark.parametrize(
    ("name", "texts", "spellings"),
    [
        ("Jamis", ["They met James at the games. The games are open."], ["James"]),
        ("Jamis", ["They met James at the Games. The Games are open."], ["James", "Games"]),
        ("Jadra", ["وصلوا إلى الجدار"], ["الجدار"]),
        ("Jadra", ["وصلوا إلى الجدار", "بنوا جدارات"], []),  # with an ending: a noun
        ("Zeraa", ["ألم في الذراع", "رفع ذراعها"], ["الذراع"]),  # a noun, but very like the name
        ("التصدي", ["دعا إلى التصدي للجراد. They spoke on Tuesday."], []),  # not by its capital
        ("Hatha", ["كان هذا في المساء"], []),  # a stop word
        ("Hatha", ["كان هاذا في المساء"], ["هاذا"]),
    ],
)
def test_an_ordinary_word_of_the_archive_must_be_very_like_the_name(
    tmp_path, name, texts, spellings
):
    build_index(
        [{"id": str(n), "title": "", "text": text} for n, text in enumerate(texts)], tmp_path
    )
    with open_index(tmp_path) as index:
        told = [variant.text for variant in index.variants(name) if variant.kind == "rule"]
    assert sorted(told) == sorted(spellings)
