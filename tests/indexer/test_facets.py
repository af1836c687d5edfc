"""Does a facet's count come true when one clicks it?"""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import build_index, open_index
from tests.indexer.random_collections import asked, collection, numbers, queries

ROWS = [
    {"id": "1", "title": "Bridge", "text": "The bridge", "published": "2014-06-03", "captures": 6,
     "actors": ["a"], "locations": ["x", "z"], "lang": "en", "source": "one.example"},
    {"id": "2", "title": "Bridge", "text": "A bridge", "published": "2014", "captures": 1,
     "actors": ["a", "b"], "locations": ["y", "z"], "lang": "en", "source": "two.example"},
    {"id": "3", "title": "جسر", "text": "bridge جسر", "published": "2015-01-31T23:30:00+03:00",
     "actors": ["b"], "locations": [], "lang": "ar", "source": "two.example"},
    {"id": "4", "title": "Market", "text": "bridge market",
     "actors": [], "locations": ["x"], "lang": "en"},
]  # fmt: skip


@pytest.fixture
def index(tmp_path):
    build_index(ROWS, tmp_path)
    with open_index(tmp_path) as opened:
        yield opened


def counts(results, facet):
    return {value.id: value.count for value in results.facets[facet]}


def ids(results):
    return {hit.id for hit in results}


def test_each_facet_counts_the_records_with_a_value(index):
    results = index.search("bridge")
    assert counts(results, "actor") == {"a": 2, "b": 2}
    assert counts(results, "location") == {"x": 2, "z": 2, "y": 1}
    assert counts(results, "lang") == {"en": 3, "ar": 1}
    assert counts(results, "source") == {"two.example": 2, "one.example": 1}
    assert counts(results, "year") == {"2014": 2, "2015": 1}


def test_values_stand_in_the_order_of_their_counts(index):
    assert [value.id for value in index.search("bridge").facets["location"]] == ["x", "z", "y"]


def test_or_inside_a_facet_and_across(index):
    assert ids(index.search("bridge", actor=["a", "b"])) == {"1", "2", "3"}
    assert ids(index.search("bridge", actor=["a", "b"], location="x")) == {"1"}
    assert ids(index.search("bridge", not_actor="b")) == {"1", "4"}
    assert ids(index.search("bridge", actor="a", not_actor="b")) == {"1"}
    assert ids(index.search("bridge", lang="en", not_location=["x", "y"])) == set()


def test_a_facets_own_choice_is_left_out_of_its_counts_and_no_other(index):
    results = index.search("bridge", actor="a")
    assert counts(results, "actor") == {"a": 2, "b": 2}
    assert counts(results, "location") == {"z": 2, "x": 1, "y": 1}
    assert counts(results, "year") == {"2014": 2}


def test_chosen_values_stay_visible_at_zero(index):
    results = index.search("market", actor="a", not_location=["y", "nowhere"])
    (actor,) = results.facets["actor"]
    assert (actor.id, actor.count, actor.selected, actor.excluded) == ("a", 0, True, False)
    excluded = [(v.id, v.count) for v in results.facets["location"] if v.excluded]
    assert excluded == [("nowhere", 0), ("y", 0)]


def test_a_chosen_year_is_marked(index):
    results = index.search("bridge", since="2014", until="2014")
    assert [(v.id, v.count, v.selected) for v in results.facets["year"]] == [
        ("2014", 2, True),
        ("2015", 1, False),
    ]


def test_a_date_without_a_day_may_mean_any_of_its_days(index):
    assert ids(index.search(since="2014-09")) == {"2", "3"}
    assert ids(index.search(until="2014-06-02")) == {"2"}
    assert ids(index.search(since="2014-06-03", until="2014-06-03")) == {"1", "2"}
    assert ids(index.search(since="2015-01-31", until="2015-01-31")) == {"3"}  # as on its clock


def test_an_arabic_date_filters_like_its_number(index):
    assert ids(index.search(until="٢٠١٤")) == ids(index.search(until="2014")) == {"1", "2"}


def test_a_date_that_cannot_be_read_is_left_out_and_told(index):
    results = index.search("bridge", since="soon")
    assert results.total == 4
    assert [notice.code for notice in results.interpretation.notices] == ["date-unread"]


def test_undated_records_and_captures_are_counted(index):
    results = index.search("bridge")
    assert (results.total, results.undated, results.captures) == (4, 1, 9)


def test_bars_show_what_was_found_and_what_is_archived(index):
    bars = {bar.month: (bar.count, bar.archived) for bar in index.search("جسر").histogram}
    assert bars == {"2014-06": (0, 1), "2015-01": (1, 1)}  # 2014 alone is no month


def test_newest_and_oldest_put_undated_records_last(index):
    assert [hit.id for hit in index.search(sort="newest")] == ["3", "1", "2", "4"]
    assert [hit.id for hit in index.search(sort="oldest")] == ["2", "1", "3", "4"]


def test_labels_are_in_both_languages(index):
    (arabic,) = [v for v in index.search().facets["lang"] if v.id == "ar"]
    assert (arabic.label_en, arabic.label_ar) == ("Arabic", "العربية")


@settings(asked, max_examples=200)
@given(numbers, queries, st.randoms(use_true_random=True))
def test_a_click_gives_what_its_count_promised(number, query, chance):
    """Choosing a value replaces the facet's choice, as its link does."""
    index = collection(number).index
    facets = index.answer(replace(query, page=1)).facets
    clicks = [(name, value) for name, values in facets.items() for value in values]
    if not clicks:
        return
    name, value = chance.choice(clicks)
    if name == "year":
        clicked = replace(query, since=value.id, until=value.id)
    else:
        clicked = replace(query, **{name: (value.id,)})
    assert index.answer(clicked).total == value.count


@settings(asked, max_examples=100)
@given(numbers, queries)
def test_a_click_on_a_bar_gives_its_count(number, query):
    """And the records that are dated by the year alone: they may lie in its month too."""
    index = collection(number).index
    for bar in index.answer(query).histogram:
        clicked = replace(query, since=bar.month, until=bar.month, page=1, size=1000)
        hits = [hit for hit in index.answer(clicked) if hit.published_precision != "year"]
        assert len(hits) == bar.count


def test_random_combinations_are_not_all_empty():
    chance = random.Random(7)
    totals = [collection(n).index.search(chance.choice(["bridge", "الجسر", "Raqqa"])).total
              for n in range(20)]  # fmt: skip
    assert sum(total > 0 for total in totals) > 10


def test_of_two_spellings_that_are_equally_frequent_the_order_of_records_chooses_none(tmp_path):
    rows = [{"id": n, "text": f"A road to {n}."} for n in ("Deir ez-Zor", "Deir-ez-Zor")]
    told = []
    for folder, order in (("one", rows), ("other", rows[::-1])):
        build_index(order, tmp_path / folder)
        with open_index(tmp_path / folder) as index:
            told.append([value.spellings for value in index.search().facets["location"]])
    assert told[0] == told[1]


def test_the_values_of_a_facet_are_a_sequence(index):
    values = index.search("bridge").facets["location"]
    assert list(values) == [values[place] for place in range(len(values))]
    assert values[1:] == tuple(values)[1:]
    assert values[-1] == list(values)[-1]
    assert values == index.search("bridge").facets["location"]
    assert values != index.search("bridge", location="x").facets["location"]
