"""Does a developer's slip get an error that says what to give instead?"""

import os
from datetime import UTC, date, datetime

import pytest

from indexer import BuildError, IndexUnreadable, QueryError, build_index, open_index

ROWS = [
    {"id": "1", "title": "Harvest", "text": "Wheat in Hasakah.", "published": "2013-06-01"},
    {"id": "2", "title": "Harvest again", "text": "Wheat in Raqqa.", "published": "2014-06-01"},
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("developer") / "index"
    build_index(ROWS, folder)
    return folder


@pytest.fixture(scope="module")
def index(root):
    with open_index(root) as opened:
        yield opened


@pytest.mark.parametrize(
    "since", [2014, date(2014, 1, 1), datetime(2014, 1, 1, 9), datetime(2014, 1, 1, tzinfo=UTC)]
)
def test_dates_may_be_dates(index, since):
    assert [hit.id for hit in index.search("wheat", since=since)] == ["2"]
    assert [hit.id for hit in index.search("wheat", until=since)] == (
        ["2", "1"] if since == 2014 else ["1"]
    )


@pytest.mark.parametrize("q", [None, 5, b"wheat", ["wheat"]])
def test_a_query_that_is_no_text_is_told(index, q):
    for ask in (index.search, lambda q: index.explain("1", q)):
        with pytest.raises(QueryError, match="q must be text"):
            ask(q)


@pytest.mark.parametrize(
    "given", [{"actor": 5}, {"location": [5]}, {"lang": 7}, {"without": [b"x"]}]
)
def test_a_filter_that_is_no_text_is_told(index, given):
    with pytest.raises(QueryError, match="must be text, or a list of texts"):
        index.search("wheat", **given)


@pytest.mark.parametrize(
    "given", [{"size": "10"}, {"page": "1"}, {"size": None}, {"page": 1.5}, {"since": 3.5}]
)
def test_other_arguments_without_meaning_are_told(index, given):
    with pytest.raises(QueryError, match=next(iter(given))):
        index.search("wheat", **given)


def test_a_closed_index_says_so_and_may_be_closed_twice(root):
    opened = open_index(root)
    opened.close()
    opened.close()
    for ask in (lambda: opened.search("wheat"), lambda: opened.document("1")):
        with pytest.raises(IndexUnreadable, match="closed"):
            ask()


def test_a_closed_index_keeps_no_file_open(root):
    before = len(os.listdir("/dev/fd"))
    opened = [open_index(root) for _ in range(20)]
    assert opened[0].search("wheat").total == 2
    for each in opened:
        each.close()
    assert len(os.listdir("/dev/fd")) <= before + 2


@pytest.mark.parametrize("records", ["abc", [1], {"id": "1"}, [["1", "Harvest"]]])
def test_what_is_no_record_is_told(tmp_path, records):
    with pytest.raises(BuildError, match="Record"):
        build_index(records, tmp_path / "index")


@pytest.mark.parametrize(
    "given",
    [{"text": b"Wheat"}, {"title": 5}, {"lang": 5}, {"actors": [5]}, {"tags": 5}, {"url": 5}],
    ids=str,
)
def test_a_dict_with_the_wrong_kind_of_value_names_document_and_field(tmp_path, given):
    with pytest.raises(BuildError, match=f"Document 1: {next(iter(given))}"):
        build_index([{"id": "1", "title": "a", "text": "b", **given}], tmp_path / "index")


def test_an_empty_date_is_no_date(tmp_path):
    build_index([{"id": "1", "title": "a", "text": "b", "published": ""}], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search("b").hits[0].published is None
