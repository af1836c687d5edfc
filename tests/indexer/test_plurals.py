"""Does the table of plurals join what no ending joins?"""

import csv
from pathlib import Path

import pytest

import indexer.text
from indexer import build_index, open_index
from indexer.text import fold_word, other_numbers, stem_word

TABLE = Path(indexer.text.__file__).with_name("plurals.csv")
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def stem(word):
    return stem_word(fold_word(word))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["singular"])
def test_every_row_joins_words_whose_stems_differ(row):
    for plural in row["plural"].split(" | "):
        assert stem(plural) != stem(row["singular"]), plural
        assert stem(plural) in other_numbers(stem(row["singular"]))
        assert stem(row["singular"]) in other_numbers(stem(plural))


def test_a_word_is_found_in_either_number(tmp_path):
    texts = {
        "1": "طفل في المدرسة",
        "2": "الأطفال والمدارس",
        "3": "A child at school",
        "4": "Children of two schools",
        "5": "وصل بأطفاله",
    }
    build_index([{"id": n, "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as index:
        found = lambda q, **options: {hit.id for hit in index.search(q, **options)}  # noqa: E731
        assert found("طفل") == found("الأطفال") == {"1", "2", "5"}
        assert found("المدارس") == {"1", "2"}
        assert found("child") == found("children") == {"3", "4"}
        assert found("=children") == {"4"}
        assert found("children", spelling="exact") == {"4"}
        assert index.search("طفل").hits[0].id == "1"
        assert index.search("المدارس").hits[0].why.matches[0].text == "والمدارس"
