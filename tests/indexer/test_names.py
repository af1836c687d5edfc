"""Do spellings of one name find each other, and no other name?"""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.names import NameIndex, similarity
from indexer.names.likeness.alignment import Alignment, Model, information, load_models
from indexer.names.likeness.exonyms import other_words
from indexer.names.likeness.romanization import latin_letters, name_words
from indexer.names.likeness.skeleton import keys, near_keys, shared_consonants


def loose(name):
    return keys(*name_words(name), "loose")


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("Ḩamāh", "hamah"), ("7ama", "hama"), ("3arab", "arab"), ("Şanlıurfa", "şanliurfa"),
        ("Da'el", "dael"), ("ʿAzāz", "azaz"), ("Ğabal", "ghabal"), ("2014", ""),
    ],
)  # fmt: skip
def test_latin_letters_lose_marks_and_keep_sounds(word, letters):
    assert latin_letters(word) == letters


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir ez-Zor", "Deir Ezzor", "Dayr az-Zawr", "دير الزور", "ديرالزور"),
        ("Raqqa", "Ar-Raqqah", "Alraqaa", "الرقة", "رقة"),
        ("Muammar Gaddafi", "Moammar Qadhafi", "Muʿammar al-Qaḏḏāfī", "معمر القذافي"),
        ("Abdul Rahman", "Abdurrahman", "Abd ar-Rahman", "عبد الرحمن", "عبدالرحمن"),
        ("Anbar", "Ambar", "أنبار"),
        ("Kaybilli", "كيبللي"),
        ("Hawa", "حوا"),
    ],
)
def test_spellings_of_a_name_share_a_key(spellings):
    assert frozenset.intersection(*map(loose, spellings))


def test_names_that_differ_in_one_consonant_nearly_share_a_key():
    assert {"MRB", "MRKJB", "MRKB", "RMJB"} <= near_keys("MRJB")
    assert "MRJB" not in near_keys("MRJB")
    assert near_keys("HM") == frozenset()
    assert shared_consonants(loose("المريجب"), loose("Mreiheb")) == (3, True)
    assert shared_consonants(loose("المسيطبة"), loose("Musibteh"))[1] is True
    assert shared_consonants(loose("الرقة"), loose("Raqqa")) == (2, False)
    assert shared_consonants(loose("الرقة"), loose("London")) == (0, True)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("Aleppo", "halab"),
        ("Kafr Aleppo", "kafr halab"),
        ("Upper Qana", "qana fawqani"),
        ("Nejem Castle", "qalat nejem"),
        ("Little Eastern Balqis", "balqis saghir sharqi"),
    ],
)
def test_what_other_languages_call_a_place_is_read_in_arabic_order(name, reading):
    assert reading in [" ".join(words) for words in other_words(name_words(name)[1])]


@pytest.mark.parametrize("name", ["Upper", "Big Castle", "Raqqa", "", "حلب"])
def test_a_name_without_exonyms_has_no_other_reading(name):
    assert other_words(name_words(name)[1]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Aleppo", "حلب"), ("Damascus", "دمشق"), ("Palmyra", "تدمر"), ("Big Jarrah", "جراح كبير")],
)
def test_exonyms_are_similar_to_the_arabic_name(one, other):
    assert similarity(one, other) > 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zaid Alfourati", "زيد الفراتي"),
        ("Deir Ezzor", "دير الزور"),
        ("Dier Ezoor", "Dayr az-Zawr"),
        ("Alraqaa", "الرقة"),
        ("Jisr ash-Shughur", "جسر الشغور"),
        ("Idlib", "إدلب"),
        ("حماه", "حماة"),
        ("ابراهيم", "إبراهيم"),
    ],
)
def test_spellings_of_one_name_are_similar(one, other):
    assert similarity(one, other) > 0.5
    assert similarity(other, one) == similarity(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Homs", "Hama"), ("Hassan", "Husayn"), ("حمص", "حماة"), ("Idlib", "حلب"),
        ("نور", "نار"), ("Daraa", "Dera Ismail Khan"), ("", "Homs"), ("2014", "2014"),
    ],
)  # fmt: skip
def test_other_names_are_not(one, other):
    assert similarity(one, other) < 0.45


def test_a_name_finds_its_spellings_in_both_scripts_and_leaves_the_others():
    index = NameIndex(
        ["Deir Ezzor", "Dayr az-Zawr", "دير الزور", "Daraa", "درعا", "Dara'a", "Dreams", "Idlib"]
    )
    assert {name for name, _ in index.matches("Deir ez-Zour")} == {
        "Deir Ezzor", "Dayr az-Zawr", "دير الزور",
    }  # fmt: skip
    assert {name for name, _ in index.matches("درعا")} == {"Daraa", "درعا", "Dara'a"}
    assert index.matches("London") == []


def test_the_best_match_comes_first():
    matches = NameIndex(["Hasan", "Hassan", "Husayn", "Hussein", "حسن", "حسين"]).matches("Hassan")
    assert matches[0] == ("Hassan", 1.0)
    assert [likeness for _, likeness in matches] == sorted(
        (likeness for _, likeness in matches), reverse=True
    )


def test_a_person_is_found_without_the_middle_names():
    index = NameIndex(["سامر خالد عبد الرحمن النجار", "سامر الحداد", "خالد النجار"])
    best = next(name for name, _ in index.matches("Samer Khaled al-Najjar"))
    assert best.startswith("سامر خالد")
    assert "سامر الحداد" not in dict(index.matches("Samer Khaled al-Najjar"))


PIECES = {"": {"e": 0.1}, "د": {"d": 0.5, "de": 0.25}, "$": {"$": 0.5}}
SMALL = Model(PIECES, {"": 1.0}, {"": 2.0})


def test_the_evidence_is_the_sum_over_all_ways_to_cut_a_pair():
    # de-$, d-e-$ and, before d, nothing that is e.
    joint = 0.25 * 0.5 + 0.5 * 0.1 * 0.5
    evidence, told = Alignment(SMALL, "د").evidence("de")
    assert told == information(SMALL.right_pairs, "de") == 6.0
    assert evidence == pytest.approx(math.log(joint) + 2.0 + 6.0, abs=1e-3)


def test_a_model_can_be_turned_and_names_that_begin_alike_do_not_disturb_each_other():
    model = load_models()["ar-la"]
    there = Alignment(model, "دير_@زور")
    some = [there.evidence(other)[0] for other in ("deirezzor", "deir", "dayralzawr", "deirezzor")]
    assert some[0] == some[3] == Alignment(model, "دير_@زور").evidence("deirezzor")[0]
    back = [
        Alignment(model.turned, other).evidence("دير_@زور")[0]
        for other in ("deirezzor", "deir", "dayralzawr")
    ]
    assert back == pytest.approx(some[:3])


def test_the_learned_letters_are_those_that_people_write():
    pieces = load_models()["ar-la"].pieces
    assert max(pieces["ش"], key=pieces["ش"].get) == "sh"
    assert max(pieces["ق"], key=pieces["ق"].get) == "q"
    assert sorted(pieces["@"], key=pieces["@"].get, reverse=True)[:2] == ["", "al"]
    assert pieces["ظ"].keys() >= {"z", "dh", "d"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared(one, other):
    assert 0.0 <= similarity(one, other) <= 1.0
    assert {name for name, _ in NameIndex([one]).matches(other)} <= {one}


@pytest.mark.parametrize(("one", "other"), [("bkm" * 60, "رسن" * 60), ("ba" * 300, "nkz" * 90)])
def test_long_texts_that_have_nothing_in_common_are_compared_too(one, other):
    # Their probability is too little for a float.
    assert similarity(one, other) < 0.1
