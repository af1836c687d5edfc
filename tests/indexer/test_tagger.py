"""Does a text's mention of a group or a place become the right one, and an ordinary word none?"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.names import Gazetteer, Tagger
from indexer.text import tokenize

TAGGER = Tagger(Gazetteer.load())


def tagged(text, **options):
    return [(m.entity, m.text) for m in TAGGER.mentions(text, **options)]


def entities(text, **options):
    return [m.entity for m in TAGGER.mentions(text, **options)]


@pytest.mark.parametrize(
    "name",
    [
        "ISIS", "ISIL", "IS", "Daesh", "Da'esh", "the Islamic State group", "داعش", "وداعش",
        "تنظيم الدولة", "لتنظيم الدولة", "تنظيم «داعش»", "الدولة الإسلامية في العراق والشام",
    ],
)  # fmt: skip
def test_islamic_state_is_one_group_under_all_its_names(name):
    assert entities(f"It was said that {name} left the town") == ["islamic-state"]


@pytest.mark.parametrize(
    "text",
    ["This is a town.", "Is it over?", "is", "It is, is it not?", "WHAT IS KNOWN SO FAR", "هذا is"],
)
def test_the_verb_is_never_a_group(text):
    assert entities(text) == []
    assert "islamic-state" not in entities(text, lenient=True)


def test_capitals_in_a_line_of_capitals_say_nothing():
    assert entities("THE TOWN IS EMPTY\nFighters of IS left.") == ["islamic-state"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ISIS IS", ["islamic-state", "islamic-state"]),
        ("IS FSA", ["islamic-state", "free-syrian-army"]),
        ("IS DEIR EZZOR", ["islamic-state", "deir-ez-zor"]),
        ("DEIR EZZOR – IS fighters left.", ["deir-ez-zor", "islamic-state"]),
        ("WHO IS ISIS", ["islamic-state"]),
        ("THE FSA IS IN RAQQA", ["free-syrian-army", "raqqa"]),
        ("isis is", ["islamic-state"]),
    ],
)
def test_names_in_capitals_do_not_make_a_line_of_capitals(text, found):
    assert entities(text) == found
    assert entities(text, lenient=True) == found


@pytest.mark.parametrize(
    "name",
    [
        "Deir Ezzor", "Dier Ezzor", "Deir ez-Zor", "Deir-ez-Zour", "Deir al-Zour", "Deir Ezoor",
        "Dayr az-Zawr", "deir ezzor", "Deir Ezzor's", "دير الزور", "ديرالزور", "دير الزّور",
        "بدير الزور", "لدير الزور", "ودير الزور", "وبدير الزور", "#دير_الزور",
    ],
)  # fmt: skip
def test_deir_ez_zor_is_one_place_under_all_its_spellings(name):
    assert entities(f"in {name}.") == ["deir-ez-zor"]


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Alraqaa", "raqqa"), ("Ar-Raqqah", "raqqa"), ("للرقة", "raqqa"), ("وللرقة", "raqqa"),
        ("Homs", "homs"), ("Hama", "hama"), ("حماة", "hama"), ("حماه", "hama"),
        ("Idleb", "idlib"), ("Dar'a", "daraa"), ("al-Fouaa", "fua"), ("Ankara", "ankara"),
    ],
)  # fmt: skip
def test_places_are_known_by_their_usual_spellings(name, entity):
    assert entities(f"near {name}") == [entity]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("سيطروا على مدينة الباب أمس", "al-bab"),
        ("قصف طال منبج والباب", "al-bab"),
        ("The town of Jasim was shelled.", "jasim"),
        ("They left Inkhil, Jasim and Nawa.", "nawa"),
        ("This region, which is named as Alsharqia by others", "deir-ez-zor"),
    ],
)
def test_an_ordinary_word_is_a_town_beside_a_cue_or_in_a_list(text, entity):
    assert entity in entities(text)


@pytest.mark.parametrize(
    "text",
    [
        "فتح الباب وخرج", "طرق على الباب", "الثورة مستمرة في سوريا", "حماة الديار", "حظر الجولان",
        "نصف قطر الدائرة", "Michael Jordan scored", "a roast turkey", "the harem of the sultan",
        "Jasim said that he would come", "join us", "un jour", "كان من نصيب الفريق", "قالت فاطمة",
    ],
)  # fmt: skip
def test_an_ordinary_word_alone_is_no_place(text):
    assert not {e for e in entities(text) if not e.startswith("person:")} - {"syria"}


def test_a_town_that_is_settled_once_is_settled_in_the_whole_text():
    text = "خرج سكان مدينة تدمر ليلا. ثم عادت الحياة إلى تدمر."
    assert entities(text) == ["palmyra", "palmyra"]


def test_of_two_quarters_of_one_name_the_one_in_the_nearer_city_is_meant():
    text = "Homs mourns: the Zahraa district was hit. In Aleppo and in Damascus it rained."
    assert entities(text) == ["homs", "zahraa-homs", "aleppo", "damascus"]
    assert "zahraa-district-aleppo" in entities(
        "In Homs it rained. In Aleppo the Zahraa district was hit."
    )


def test_the_regime_is_syria_s_where_the_text_speaks_of_syria():
    assert "syrian-government-forces" in entities("In Homs they fought against the regime.")
    assert entities("In Beirut they fought against the regime.") == ["beirut"]


def test_the_mention_covers_the_written_word_and_names_the_bare_name():
    text = "قصف بِدَيْر الزور، وللرقة نصيب. In “Raqqa’s” streets"
    mentions = TAGGER.mentions(text, field="title")
    assert [(text[m.start : m.end], m.text) for m in mentions] == [
        ("بِدَيْر الزور", "دير الزور"),
        ("وللرقة", "الرقة"),
        ("Raqqa’s", "Raqqa’s"),
    ]
    assert {m.field for m in mentions} == {"title"}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("خرجوا من منبج وتل رفعت", "tal-rifaat"), ("احتفال بتل أبيض", "tal-abyad"),
        ("وصلوا لسد الفرات", "tabqa-dam"), ("قصف بحي الوعر في حمص", "al-waer"),
    ],
)  # fmt: skip
def test_a_short_first_word_of_a_name_has_letters_attached_too(text, entity):
    assert entity in entities(text)


def test_the_longest_name_wins():
    assert entities("مطار دير الزور العسكري") == ["deir-ez-zor-airport"]
    assert entities("the Free Syrian Army in the Damascus countryside") == [
        "free-syrian-army",
        "rif-dimashq",
    ]


def test_a_sure_name_wins_over_an_unsure_one_that_it_overlaps():
    assert tagged("In Homs, the regime forces left.") == [
        ("homs", "Homs"),
        ("syrian-government-forces", "regime forces"),
    ]


def test_a_group_before_a_hyphen_is_no_article():
    assert tagged("IS-Syrian forces clashes") == [
        ("islamic-state", "IS"),
        ("syrian-government-forces", "Syrian forces"),
    ]
    assert entities("is-Suwayda") == ["suwayda"]
    assert tagged("al-Kafr Takharim") == [("kafr-takharim", "al-Kafr Takharim")]


def test_a_name_does_not_reach_over_a_full_stop():
    assert entities("They came to Deir. Ezzor was far.") == []


def test_a_small_town_in_a_query_needs_to_stand_alone_or_beside_its_governorate():
    assert entities("قنوات", lenient=True) == ["qanawat"]
    assert entities("قنوات تلفزيونية", lenient=True) == []
    assert "qanawat" in entities("قنوات، السويداء", lenient=True)


def test_a_query_is_read_leniently():
    assert [(m.entity, m.evidence) for m in TAGGER.mentions("الباب", lenient=True)] == [
        ("al-bab", "context")
    ]
    assert entities("jordan", lenient=True) == ["jordan"]
    assert entities("IS", lenient=True) == ["islamic-state"]
    assert entities("us", lenient=True) == []


PIECES = st.sampled_from(
    [alias.text for entity in Gazetteer.load() for alias in entity.aliases]
    + ["و", "في", "مدينة", "the", "town of", "and", ",", ".", "\n", "'s", "-", "IS", "is", "ب"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "-", ", "])), max_size=12))
def test_mentions_are_whole_words_in_order_and_apart(pieces):
    text = "".join(piece + gap for piece, gap in pieces)
    tokens = tokenize(text)
    for lenient in (False, True):
        mentions = TAGGER.mentions(text, tokens=tokens, lenient=lenient)
        assert {m.start for m in mentions} <= {t.start for t in tokens}
        assert {m.end for m in mentions} <= {t.end for t in tokens}
        assert all(m.start < m.end for m in mentions)
        assert all(one.end <= other.start for one, other in pairwise(mentions))
        for m in mentions:
            assert m.evidence.startswith("rule") or Gazetteer.load().entity(m.entity)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "ال", "و", "'s", "-", "لل", "\ud800", "ﷺ", "." * 99]
)
def test_any_text_is_read(text):
    assert tagged(text) == [] == tagged(text, lenient=True)
