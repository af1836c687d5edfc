"""Does verifying prove that the index holds what the store holds?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus import Provenance, Record
from indexer import build_index, verify_index

MOMENT = datetime(2014, 6, 12, tzinfo=UTC)


def record(n, text="The bridge in Deir Ezzor"):
    url = f"https://example.org/{n}"
    return Record(
        id=str(n), url=url, title=f"Record {n}", text=text, lang="en", tags=("a",),
        published=MOMENT, published_precision="minute", source="example.org", captures=2,
        provenance=Provenance(url, MOMENT, "0" * 64, "generic", "utf-8"),
    )  # fmt: skip


RECORDS = [record(n) for n in range(4)]


@pytest.fixture
def root(tmp_path):
    build_index(RECORDS, tmp_path)
    return tmp_path


def test_an_index_of_these_records_has_no_fault(root):
    assert verify_index(root, RECORDS) == []
    assert verify_index(root, iter(reversed(RECORDS))) == []


def test_records_of_one_side_only_are_named(root):
    assert verify_index(root, [*RECORDS[1:], record(9)]) == [
        "Record 9 is stored and not in the index.",
        "Record 0 is in the index and not stored.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "The bridge in Deir Ezzor."},
        {"title": "Record"},
        {"published": datetime(2014, 6, 12)},
        {"published_precision": "day"},
        {"captures": 3},
        {"lang": "ar"},
        {"tags": ()},
        {"source": "example.com"},
        {"url": "https://example.org/other"},
    ],
)
def test_a_record_that_changed_in_anything_shown_is_named(root, change):
    changed = [replace(RECORDS[0], **change), *RECORDS[1:]]
    assert verify_index(root, changed) == ["Record 0 is not in the index as it is stored."]


def test_dicts_are_compared_like_records(tmp_path):
    rows = [{"id": "1", "title": "Bridge", "text": "جسر", "actors": ["x"], "published": "2014"}]
    build_index(rows, tmp_path)
    assert verify_index(tmp_path, rows) == []
    assert len(verify_index(tmp_path, [rows[0] | {"published": "2015"}])) == 1


def test_a_damaged_index_is_not_compared(root):
    (root / "generations" / "000001" / "columns.json").write_text("{}")
    (fault,) = verify_index(root, RECORDS)
    assert fault.endswith("columns.json is damaged.")
