"""Is the better answer shown first, and can the reader be told why?"""

import pytest

from indexer import build_index, open_index

FILLER = "Nothing else happened that week in the valley and people went about their work as before."


@pytest.fixture
def ranked(tmp_path):
    """The ids found in a small collection of {id: text or (title, text)}, best first."""

    def search(texts, q, **options):
        rows = [
            {"id": name, "title": text[0], "text": text[1]}
            if isinstance(text, tuple)
            else {"id": name, "title": "", "text": text}
            for name, text in texts.items()
        ]
        rows += [{"id": f"other-{n}", "title": "", "text": FILLER} for n in range(6)]
        build_index(rows, tmp_path)
        with open_index(tmp_path) as index:
            return [hit.id for hit in index.search(q, size=100, **options)]

    return search


# The order of ids is against the expected one, because equal scores are ordered by id.


def test_a_phrase_comes_before_exact_words_before_forms(ranked):
    texts = {
        "1-forms": "Bridges were closed; the closing of every bridges' market followed, closing.",
        "2-words": "They closed the market. The bridge, the bridge, the bridge is open. Closed!",
        "3-run": f"The market near the old bridge closed on Monday. {FILLER} {FILLER}",
    }
    assert ranked(texts, "bridge closed") == ["3-run", "2-words", "1-forms"]


def test_arabic_runs_words_and_forms_are_ordered_alike(ranked):
    texts = {
        "1-forms": "قصفت مدارس وجسور، والجسور كثيرة، ومدرستان",
        "2-words": "أغلق الجسر أمس. المدرسة بعيدة",
        "3-run": f"قرب المدرسة الجسر القديم {FILLER}",
    }
    assert ranked(texts, "المدرسة الجسر")[:2] == ["3-run", "2-words"]


def test_words_as_typed_come_before_any_number_of_other_forms(ranked):
    texts = {
        "1-forms": "schooling schooling schooling schooling schooling schooling",
        "2-typed": f"One of the schools opened. {FILLER} {FILLER}",
    }
    assert ranked(texts, "schools") == ["2-typed", "1-forms"]


@pytest.mark.parametrize(
    ("typed", "text", "others"),
    [
        ("Deir Ezzor", "Rain fell on Deir Ezzor.", "Deir ez-Zor, Deir al-Zour and Dayr az-Zawr"),
        ("دير الزور", "هطل المطر على دير الزور", "Deir ez-Zor, Deir al-Zour and Deir Ezzor"),
        ("Daesh", "They spoke of Daesh.", "ISIS, ISIL, ISIS, ISIL, ISIS"),
        ("داعش", "تحدثوا عن داعش", "تنظيم الدولة وتنظيم الدولة وتنظيم الدولة"),
    ],
)
def test_the_typed_spelling_comes_before_any_number_of_others(ranked, typed, text, others):
    texts = {"1-others": (others, f"{others} {others}"), "2-typed": f"{text} {FILLER} {FILLER}"}
    assert ranked(texts, typed) == ["2-typed", "1-others"]


def test_the_typed_script_comes_first_on_ties(ranked):
    texts = {
        "1": "Rain fell on Deir ez-Zor.",
        "2": "هطل المطر على دير الزور",
        "3": "Rain fell on Deir ez-Zor.",
    }
    assert ranked(texts, "Deir Ezzor") == ["1", "3", "2"]
    assert ranked(texts, "ديرالزور") == ["2", "1", "3"]


def test_the_title_comes_before_the_text(ranked):
    texts = {
        "1-text": ("The market", "A bridge, a bridge and a bridge"),
        "2-title": ("The bridge", f"{FILLER} {FILLER}"),
    }
    assert ranked(texts, "bridge") == ["2-title", "1-text"]
    assert ranked(texts, '"bridge"') == ["2-title", "1-text"]
    assert ranked(texts, "bridges") == ["2-title", "1-text"]


def test_close_words_come_last(ranked):
    texts = {
        "1-close": "Mayadin Mayadin Mayadin Mayadeem Mayadeem",
        "2-typed": f"The market of Mayadeen. {FILLER} {FILLER}",
    }
    assert ranked(texts, "~Mayadeen", spelling="forms") == ["2-typed", "1-close"]


def test_a_name_that_is_a_word_too_comes_before_the_word(ranked):
    texts = {
        "1-door": "باب الباب باب الباب، قال الحارس عند باب الدار",
        "2-english": "A convoy reached the town of Al-Bab.",
        "3-town": "وصلت القافلة إلى مدينة الباب",
    }
    assert ranked(texts, "الباب") == ["3-town", "2-english", "1-door"]
    assert ranked(texts, "=الباب") == ["1-door", "3-town"]


def test_long_questions_rank_by_how_much_of_them_is_answered(ranked):
    texts = {
        "1": "A market was opened.",
        "2": "The bridge was opened.",
        "3": "The bridge near the market was opened on Monday.",
    }
    question = "When was the bridge near the market opened?"
    assert ranked(texts, question, match="any")[:1] == ["3"]
    assert set(ranked(texts, question, match="any")) == {"1", "2", "3"}
    assert ranked(texts, "the of and", match="any")  # stop words alone still find


def test_a_long_question_keeps_its_conditions(ranked):
    texts = {"1": "The bridge in Raqqa", "2": "The bridge in Aleppo", "3": "The market in Raqqa"}
    assert set(ranked(texts, "bridge market location:Raqqa", match="any")) == {"1", "3"}
    assert set(ranked(texts, "bridge market -Aleppo", match="any")) == {"1", "3"}
    assert set(ranked(texts, "bridge OR market Aleppo", match="any")) == {"1", "2", "3"}


def test_neighbours_change_the_order_and_never_the_set(ranked):
    texts = {"1": "bridge closed", "2": "closed bridge", "3": "bridge", "4": "US bridge"}
    assert ranked(texts, "bridge closed") == ["1", "2"]
    assert set(ranked(texts, "US closed", match="any")) == {"1", "2", "4"}
    assert set(ranked(texts, "-(bridge closed) bridge")) == {"3", "4"}


def test_order_of_words_does_not_change_the_set(ranked):
    texts = {"1": "Raqqa market siege", "2": "siege of Raqqa", "3": "market"}
    for one, other in (("Raqqa market", "market Raqqa"), ("siege OR market", "market OR siege")):
        assert set(ranked(texts, one)) == set(ranked(texts, other))


@pytest.fixture
def index(tmp_path):
    rows = [
        {"id": "1", "title": "Bread in Raqqa", "text": "The bakery of Raqqa sold bread and flour."},
        {"id": "2", "title": "Flour", "text": "Flour and bread are dear, the bakery said."},
        {"id": "3", "title": "مخبز الرقة", "text": "أغلق المخبز في الرقة"},
        {"id": "4", "title": "Rain", "text": "Rain fell on the fields."},
    ]
    build_index(rows, tmp_path)
    with open_index(tmp_path) as opened:
        yield opened


def test_a_record_that_is_found_is_explained(index):
    why = index.explain("3", "Raqqa")
    assert why.found and not why.missing
    assert {(m.text, m.kind, m.field) for m in why.matches} == {
        ("الرقة", "name", "title"),
        ("الرقة", "name", "text"),
    }


def test_a_record_that_is_not_found_is_explained_too(index):
    why = index.explain("1", "bread siege NEAR/2 Raqqa location:Aleppo -flour")
    assert not why.found
    assert why.missing == ("siege NEAR/2 Raqqa", "location:Aleppo")
    assert why.unwanted == ("flour",)
    assert "bread" in {match.query for match in why.matches}


def test_explain_agrees_with_search(index):
    for q in ("bread", "bread OR rain", "-bread", "Raqqa bread", "title:flour", "rain siege"):
        found = {hit.id for hit in index.search(q)}
        assert {i for i in "1234" if index.explain(i, q).found} == found, q


def test_a_record_that_does_not_exist_has_no_explanation(index):
    assert not index.explain("nothing", "bread").found
    assert index.similar("nothing") == []


def test_similar_records_share_telling_words(index):
    [hit] = index.similar("1")
    assert hit.id == "2"
    assert {match.text.lower() for match in hit.why.matches} >= {"bread", "bakery", "flour"}
    assert index.similar("4") == []


def test_every_hit_says_why(index):
    for q in ("bread", "Raqqa", "~bred", "bak*", '"bread and flour"', "flour NEAR/3 dear"):
        hits = index.search(q).hits
        assert hits and all(hit.why.found and hit.why.matches for hit in hits), q
