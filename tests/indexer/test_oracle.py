"""Does the index find, order and count what a reader of every record would?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.collectors import UnlimitedCollector
from whoosh.searching import Searcher

from indexer.columnar.compile import compile_plan
from indexer.names import fold_name
from tests.indexer.random_collections import WORDS, asked, collection, numbers, queries, words


@settings(asked, max_examples=2000)
@given(numbers, queries)
def test_the_index_answers_as_the_oracle(number, query):
    both = collection(number)
    results = both.index.answer(query)
    expected = both.oracle.answer(query, both.index.read(query).plan)
    total = len(expected["ids"])
    page = min(query.page, max(1, -(-total // query.size)))
    shown = slice((page - 1) * query.size, page * query.size)
    assert results.total == total
    assert [hit.id for hit in results] == expected["ids"][shown]
    assert [hit.score for hit in results] == pytest.approx(expected["scores"][shown], abs=1e-5)
    assert (results.undated, results.captures) == (expected["undated"], expected["captures"])
    for name, values in results.facets.items():
        counts = {value.id: value.count for value in values if value.count}
        assert counts == expected["facets"][name], name
        written = expected["spellings"].get(name, {})
        for value in values:
            assert {fold_name(text): n for text, n in value.spellings} == written.get(value.id, {})
    bars = {bar.month: (bar.count, bar.archived) for bar in results.histogram}
    assert bars == expected["histogram"]


@settings(asked, max_examples=300)
@given(numbers, queries)
def test_stock_whoosh_finds_the_same_set(number, query):
    both = collection(number)
    plan = both.index.read(query).plan
    engine = both.index._engine
    collector = UnlimitedCollector()
    Searcher(engine.reader).search_with_collector(compile_plan(plan), collector)
    assert sorted(collector.all_ids()) == engine.evaluate(plan).docs.tolist()


# What must hold between answers, whatever the right answer is

# Names are quoted here: unquoted ones are read together with the words around them.
common = st.sampled_from([word for word in WORDS if word not in ("الباب", "is")])
simple = st.one_of(
    common,
    common.map("={}".format),
    words.map(lambda word: word[:3] + "*"),
    st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
)


def found(number, q, **options):
    return [hit.id for hit in collection(number).index.search(q, size=1000, **options)]


@settings(asked, max_examples=200)
@given(numbers, simple, simple)
def test_and_is_symmetrical(number, one, other):
    first = found(number, f"({one}) AND ({other})")
    assert sorted(first) == sorted(found(number, f"({other}) AND ({one})"))
    assert sorted(first) == sorted(set(found(number, one)) & set(found(number, other)))


@settings(asked, max_examples=200)
@given(numbers, queries)
def test_pages_are_cuts_of_one_list(number, query):
    index = collection(number).index
    everything = [hit.id for hit in index.answer(replace(query, page=1, size=1000))]
    first, second = (index.answer(replace(query, page=page, size=4)) for page in (1, 2))
    assert [hit.id for hit in first] == everything[:4]
    assert len(everything) <= 4 or [hit.id for hit in second] == everything[4:8]


@settings(asked, max_examples=200)
@given(numbers, simple, st.sampled_from(["islamic-state", "deir-ez-zor", "syria", "nobody-known"]))
def test_a_filter_is_an_and(number, q, entity):
    facet = "actor" if entity in ("islamic-state", "nobody-known") else "location"
    filtered = found(number, q, **{facet: entity})
    assert filtered == found(number, f"{q} {facet}:{entity}")


@settings(asked, max_examples=200)
@given(numbers, simple)
def test_not_is_the_complement(number, q):
    without = found(number, f"NOT ({q})")
    assert sorted(without + found(number, q)) == sorted(collection(number).index.record_ids())


@settings(asked, max_examples=200)
@given(numbers, st.lists(words.filter(lambda word: word != "IS"), min_size=1, max_size=3))
def test_a_phrase_is_a_subset_of_its_words(number, run):
    """But for "IS": in quotation marks it is the verb too, without them the group alone."""
    phrase = " ".join(run)
    assert set(found(number, f'"{phrase}"')) <= set(found(number, phrase))
    assert set(found(number, phrase)) <= set(found(number, phrase, match="any"))
