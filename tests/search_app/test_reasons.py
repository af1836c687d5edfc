"""Are the words that were found told as what they are to the words that were asked?"""

import pytest

from indexer import Match, Why
from search_app.hits import explain
from search_app.labels import ISOLATES, labels
from search_app.reasons import read_reasons


@pytest.mark.parametrize(
    ("query", "text", "kind"),
    [
        ("حلب", "جامعة “حلب", "longer"),
        ("حلب", "وجامعة حلب", "longer"),
        ("Aleppo", "University of Aleppo", "longer"),
        ("Aleppo", "حلب", "name"),
        ("حلب", "“حلب”", "name"),
        ("Free Syrian Army", "the Free Syrian Army", "name"),
        ("Nusra", "al-Nusra", "name"),
        ("Nusra Front", "al-Nusra Front", "name"),
        ("Nusra", "Al-Nusra Front", "longer"),
        ("al-Bab", "Bab", "name"),
        ("al-Bab", "al-Bab al-Hawa", "longer"),
        ("!", "حلب", "name"),
    ],
)
def test_a_longer_name_is_no_spelling_of_the_one_that_was_asked(query, text, kind):
    [reason] = read_reasons(Why((Match(query, text, "name", "text", 1),)))
    assert reason.kind == kind
    assert not set('"“”') & set(reason.text)


def test_words_that_are_no_names_keep_their_kind():
    [reason] = read_reasons(Why((Match("bread", "bread oven", "phrase", "text", 1),)))
    assert reason.kind == "phrase"


def test_spellings_that_differ_in_capitals_or_quotation_marks_are_counted_together():
    found = [("Aleppo", "title"), ("ALEPPO", "text"), ("“Aleppo", "text"), ("Haleb", "text")]
    why = Why(tuple(Match("حلب", text, "name", field, 2) for text, field in found))
    told = [(reason.text, reason.counts) for reason in read_reasons(why)]
    assert told == [("Aleppo", (("title", 2), ("text", 4))), ("Haleb", (("text", 2),))]


def test_both_languages_say_it():
    why = Why((Match("حلب", "جامعة “حلب", "name", "text", 3),))
    told = [explain(why, labels(ui))[0].striptags() for ui in ("en", "ar")]
    assert [ISOLATES.sub("", each) for each in told] == [
        "جامعة حلب (a longer name with your حلب) ×3 in the text",
        "جامعة حلب (اسم أطول فيه حلب) ×3 في النص",
    ]
