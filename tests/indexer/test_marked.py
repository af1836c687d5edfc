"""Do the names marked by hand and the tables speak of the same things?

The marks stand in marked/; benchmarks/tagging.py measures the tagger with them.
"""

import csv
from collections import Counter
from pathlib import Path

from indexer.names import Gazetteer

MARKED = Path(__file__).parent / "marked"


def rows(name: str) -> list[dict[str, str]]:
    with (MARKED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_marked_id_is_in_a_table_still():
    """An entity that is renamed or dropped would count as missed ever after."""
    gazetteer = Gazetteer.load()
    things = {f"new:{row['id']}" for row in rows("things.csv")}
    unknown = {
        wanted
        for row in rows("mentions.csv")
        for wanted in row["id"].split("|")
        if gazetteer.entity(wanted) is None
        and wanted not in things
        and not wanted.startswith(("person:", "other:"))
    }
    assert unknown == set()


def test_marks_lie_in_the_text_that_was_read_and_not_in_each_other():
    texts = {row["text"]: int(row["characters"]) for row in rows("texts.csv")}
    behind = dict.fromkeys(texts, 0)  # the end of the last mark
    for row in rows("mentions.csv"):
        assert behind[row["text"]] <= int(row["start"]) < int(row["end"]), row
        behind[row["text"]] = int(row["end"])
    titles = 150  # none is longer
    assert [text for text, end in behind.items() if end > texts[text] + titles] == []


def test_each_language_has_two_halves_of_one_size():
    halves = Counter((row["language"], row["half"]) for row in rows("texts.csv"))
    assert halves == {
        ("en", "build"): 30, ("en", "held"): 30, ("ar", "build"): 20, ("ar", "held"): 20,
    }  # fmt: skip
