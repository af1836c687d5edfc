"""Is a reader who finds nothing shown what would find something?"""

import pytest

from indexer import Query, build_index, open_index


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    texts = {
        "1": "The bridge of Deir Ezzor was closed",
        "2": "سوق دير الزور",
        "3": "Two schools opened",
        "4": "The market of Raqqa",
    }
    rows = [{"id": n, "title": "", "text": t, "published": "2014"} for n, t in texts.items()]
    folder = tmp_path_factory.mktemp("index")
    build_index(rows, folder)
    with open_index(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "kind", "other", "total"),
    [
        (Query("school", spelling="exact"), "forms", Query("school", spelling="forms"), 1),
        (Query("ديرالزور", spelling="forms"), "names", Query("ديرالزور"), 2),
        (Query("Raqqa", without=("Raqqa",)), "undropped", Query("Raqqa"), 1),
        (Query("bridge", since="2015"), "undated", Query("bridge"), 1),
        (Query("bridge", lang=("ar",)), "unfiltered", Query("bridge"), 1),
        (Query("bridje"), "spelling", Query("bridge"), 1),
        (Query("]dv hg.,v"), "keyboard", Query("دير الزور"), 2),
        (Query("سؤاخخمس"), "keyboard", Query("schools"), 1),
        (Query("bridge harvest"), "any-word", Query("bridge harvest", match="any"), 1),
        (
            Query("bridge harvest", lang=("ar",), page=3),
            "any-word-unfiltered",
            Query("bridge harvest", match="any"),
            1,
        ),
    ],
)
def test_a_query_without_results_has_rungs_that_have_some(index, query, kind, other, total):
    assert index.count(query) == 0
    rungs = {rung.kind: rung for rung in index.ladder(query)}
    assert (rungs[kind].query, rungs[kind].total) == (other, total)
    assert index.answer(other).total == total


@pytest.mark.parametrize(
    ("q", "mended"),
    [
        ('"Deir Ezzor" brigde -market', '"Deir Ezzor" bridge -market'),
        ("سوك دير الزور", "سوق دير الزور"),
        ("Brigde", "bridge"),
    ],
)
def test_a_misspelling_is_mended_in_either_script_and_the_rest_is_kept(index, q, mended):
    rungs = index.ladder(Query(q))
    assert [rung.query.q for rung in rungs if rung.kind == "spelling"] == [mended]


def test_a_wider_rung_that_finds_no_more_is_not_offered(index):
    rungs = index.ladder(Query("school", spelling="exact", since="2013"))
    assert [rung.kind for rung in rungs] == ["forms", "spelling"]  # not "names", not "undated"


def test_counts_agree_with_search(index):
    for query in (Query(""), Query("bridge"), Query("bridge OR سوق"), Query("x"), Query("-bridge")):
        assert index.count(query) == index.answer(query).total


def test_a_ladder_of_nothing_is_empty(index):
    for q in ("", "*", "zzzzzz", "\ud800", "(" * 500):
        assert index.ladder(Query(q)) == ()


def test_no_word_is_half_of_the_other_keyboard(tmp_path):
    build_index([{"id": "1", "title": "", "text": "The sign read Mعاشسشى"}], tmp_path)
    with open_index(tmp_path) as index:
        assert "keyboard" not in {rung.kind for rung in index.ladder(Query("Muhasan"))}
        assert index.count(Query("Mعاشسشى")) == 1
