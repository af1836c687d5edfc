"""Does the columnar engine answer plans exactly?"""

import math

import pytest
from whoosh.collectors import UnlimitedCollector
from whoosh.searching import Searcher

from indexer.columnar import ColumnarEngine, ColumnarWriter, PortionWriter
from indexer.columnar.compile import compile_plan
from indexer.fields import posting_field
from indexer.plan import AllOf, AnyOf, Everything, Near, Nothing, Sequence, Synonyms, Term, Without

K1, B = posting_field("text_exact").k1, posting_field("text_exact").b
TEXTS = [
    "the bridge over the river was closed",
    "the river bridge",
    "a bridge and another bridge near a market by the river",
    "النهر والجسر",
    "market",
]


@pytest.fixture
def engine(tmp_path):
    with ColumnarWriter(tmp_path / "engine") as writer:
        portions = PortionWriter()
        for text in TEXTS:
            portions.add({"text_exact": text.split(), "lang": ["en"]}, text)
        writer.take(portions.portion())
    opened = ColumnarEngine(tmp_path / "engine")
    yield opened
    opened.close()


def found(engine, plan):
    return engine.evaluate(plan).docs.tolist()


def term(text, boost=1.0):
    return Term("text_exact", text, boost)


def test_a_term_finds_every_document_that_holds_it(engine):
    assert found(engine, term("bridge")) == [0, 1, 2]
    assert found(engine, term("النهر")) == [3]
    assert found(engine, term("boat")) == []


def test_a_term_scores_lucenes_bm25(engine):
    lengths = [len(text.split()) for text in TEXTS]
    norm = K1 * (1 - B + B * lengths[2] / (sum(lengths) / 5))
    idf = math.log(1 + (5 - 3 + 0.5) / (3 + 0.5))
    expected = idf * 2 * (K1 + 1) / (2 + norm)
    assert engine.evaluate(term("bridge")).scores[2] == pytest.approx(expected)


def test_all_any_and_without_are_set_operations(engine):
    assert found(engine, AllOf((term("bridge"), term("market")))) == [2]
    assert found(engine, AnyOf((term("closed"), term("market")))) == [0, 2, 4]
    assert found(engine, Without(term("river"), term("market"))) == [0, 1]
    assert found(engine, Without(Everything(), term("the"))) == [3, 4]
    assert found(engine, AllOf((Without(term("river"), term("closed")), term("bridge")))) == [1, 2]
    assert found(engine, Nothing()) == []
    assert found(engine, AnyOf((Nothing(), Nothing()))) == []


def test_a_sequence_needs_its_order(engine):
    assert found(engine, Sequence("text_exact", ("river", "bridge"))) == [1]
    assert found(engine, Sequence("text_exact", ("the", "river"))) == [0, 1, 2]
    assert found(engine, Sequence("text_exact", ("bridge", "bridge"))) == []


def test_near_counts_the_words_between_on_either_side(engine):
    near = lambda distance: Near("text_exact", ("bridge",), ("river",), distance)  # noqa: E731
    assert found(engine, near(0)) == [1]
    assert found(engine, near(2)) == [0, 1]
    assert found(engine, near(5)) == [0, 1, 2]


def test_a_word_is_not_near_itself(engine):
    assert found(engine, Near("text_exact", ("bridge",), ("bridge",), 5)) == [2]


def test_synonyms_score_as_one_term(engine):
    both = engine.evaluate(Synonyms("text_exact", (("bridge", 1.0), ("market", 1.0))))
    assert both.docs.tolist() == [0, 1, 2, 4]
    lengths = [len(text.split()) for text in TEXTS]
    norm = K1 * (1 - B + B * lengths[2] / (sum(lengths) / 5))
    idf = math.log(1 + (5 - 4 + 0.5) / (4 + 0.5))
    assert both.scores[2] == pytest.approx(idf * 3 * (K1 + 1) / (3 + norm))


def test_stock_whoosh_finds_the_same_documents(engine):
    plans = [
        term("bridge"),
        AllOf((term("bridge"), AnyOf((term("market"), term("closed"))))),
        Without(term("river"), term("closed")),
        Sequence("text_exact", ("the", "river")),
        Near("text_exact", ("bridge",), ("river",), 2),
        Synonyms("text_exact", (("closed", 1.0), ("market", 0.5))),
    ]
    for plan in plans:
        collector = UnlimitedCollector()
        Searcher(engine.reader).search_with_collector(compile_plan(plan), collector)
        assert sorted(collector.all_ids()) == found(engine, plan), plan


def test_stored_documents_come_back_in_the_order_asked(engine):
    assert [kept.document for kept in engine.documents([3, 0])] == [TEXTS[3], TEXTS[0]]


def test_terms_are_listed_by_prefix(engine):
    assert engine.terms("text_exact", "b") == ["bridge", "by"]
    assert engine.terms("text_exact", "b", 1) == ["bridge"]


def test_an_index_of_no_documents_answers(tmp_path):
    with ColumnarWriter(tmp_path / "engine"):
        pass
    engine = ColumnarEngine(tmp_path / "engine")
    assert found(engine, term("bridge")) == []
    assert found(engine, Everything()) == []
