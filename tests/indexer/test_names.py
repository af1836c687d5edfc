"""Do spellings of one name find each other, and no other name?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.names import NameIndex, similarity
from indexer.names.alignment import joint_probability, load_models
from indexer.names.romanization import latin_letters, name_words
from indexer.names.skeleton import keys


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
    assert similarity(other, one) == pytest.approx(similarity(one, other), abs=0.1)


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


def test_the_probability_of_a_pair_is_the_sum_over_all_ways_to_cut_it():
    pieces = {"": {"e": 0.1}, "د": {"d": 0.5, "de": 0.25}, "$": {"$": 0.5}}
    # de-$, d-e-$ and, before d, nothing that is e.
    assert joint_probability(pieces, "د", "de") == pytest.approx(
        0.25 * 0.5 + 0.5 * 0.1 * 0.5, rel=1e-3
    )


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
