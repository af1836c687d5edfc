"""Does each word become the term that its readers would look for?"""

import threading
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text import fold_word, is_stop_word, language_name, light10, stem_word, tokenize
from indexer.text.clean import clean
from tests.indexer.random_collections import asked


def folded(text):
    return [token.text for token in tokenize(text)]


def stems(text):
    return [token.stem for token in tokenize(text)]


def written(text):
    return [text[token.start : token.end] for token in tokenize(text)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("word", ["أحمد", "احمد", "إحمد", "آحمد", "ٱحمد", "أَحْمَد"])
def test_every_alef_is_one_letter(word, form):
    assert folded(unicodedata.normalize(form, word)) == ["احمد"]


@pytest.mark.parametrize("word", ["مسؤول", "مسئول", "مسؤُول", "بؤ", "بئر", "شيء"])
def test_hamza_on_other_letters_stays_composed_and_decomposed(word):
    assert folded(unicodedata.normalize("NFD", word)) == folded(unicodedata.normalize("NFC", word))
    assert folded(word) == [word.replace("ُ", "")]


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("فاطمة", "فاطمه"),
        ("الدورى", "الدوري"),
        ("مُحَمَّدٌ", "محمد"),
        ("مـــحمد", "محمد"),
        ("می‌خواهم", "ميخواهم"),  # Persian yeh, zero width non-joiner
        ("ﻣﺤﻤﺪ", "محمد"),  # presentation forms
        ("Ḥamāh", "hamah"),
        ("Dayr", "dayr"),
        ("SYRIA", "syria"),
        ("Raqqa's", "raqqa"),
        ("Raqqa’s", "raqqa"),
        ("Ra'ad", "raad"),
        ("ＩＳＩＳ", "isis"),  # full width
        ("Straße", "strasse"),
        ("٢٠١٤", "2014"),
        ("۲۰۱۴", "2014"),
    ],
)
def test_one_word_becomes_one_term(word, term):
    assert folded(word) == [term]
    assert folded(unicodedata.normalize("NFD", word)) == [term]


def test_words_are_split_where_readers_split_them():
    assert folded("#دير_الزور و2015") == ["دير", "الزور", "و", "2015"]
    assert folded("Deir ez-Zor, 24/7") == ["deir", "ez", "zor", "24", "7"]
    assert folded("سوريا،العراق") == ["سوريا", "العراق"]
    assert folded("ﷺ") == ["صلي", "الله", "عليه", "وسلم"]
    assert folded("snow*man (a)") == ["snow", "man", "a"]


@pytest.mark.parametrize(
    "family",
    [
        "كتاب الكتاب وبالكتاب والكتاب للكتاب",
        "مدرسة المدرسة والمدرسة",
        "school schools",
        "bombing bombed bombs",
    ],
)
def test_the_forms_of_a_word_have_one_stem(family):
    assert len(set(stems(family))) == 1


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("والمدارس", "مدارس"),
        ("المدرسه", "مدرس"),
        ("باب", "باب"),
        ("الباب", "باب"),
        ("ال", "ال"),
        ("وال", "وال"),
        ("ولد", "ولد"),
        ("وولد", "ولد"),
        ("معلمون", "معلم"),
    ],
)
def test_light10_takes_what_is_attached_and_leaves_two_letters(word, stem):
    assert light10(word) == stem


def test_words_with_dots_and_digits_are_not_stemmed():
    assert [stem_word(word) for word in ("u.s", "2014s", "is")] == ["u.s", "2014s", "is"]


def test_folding_keeps_a_sign_that_stands_alone():
    assert fold_word("ʿ") == "ʿ"


def test_offsets_point_into_the_text_as_written():
    text = "قال مُحَمَّدٌ: «مـدرسة»، e\u0301cole ﷺ Ra’ad’s."
    assert written(text) == ["قال", "مُحَمَّدٌ", "مـدرسة", "e\u0301cole", "ﷺ", "ﷺ", "ﷺ", "ﷺ", "Ra’ad’s"]
    assert [token.position for token in tokenize(text)] == list(range(9))


def test_scripts_are_told():
    assert [token.script for token in tokenize("سوريا Syria 2014")] == ["Arab", "Latn", "Zyyy"]


def test_stop_words_are_folded_like_all_words():
    assert is_stop_word("the") and is_stop_word("ماذا") and not is_stop_word("bridge")


def test_languages_have_names_in_both_languages():
    assert language_name("ar", "en") == "Arabic"
    assert language_name("en", "ar") == "الإنجليزية"
    assert language_name("zzz", "en") == "zzz"


any_text = st.text(
    st.characters() | st.sampled_from("أإآةىؤئ\u064b\u0654\u0651\u0640\u200cﷺﻻ𝐀😀\ud800_'’.2٢")
)


@settings(asked, max_examples=1000)
@given(any_text)
def test_any_text_has_tokens_with_ascending_offsets(text):
    end = 0
    for place, token in enumerate(tokenize(text)):
        assert token.position == place
        assert token.text and token.stem
        assert 0 <= token.start < token.end <= len(text)
        assert token.end >= end
        end = token.end
        # Marks belong to the letter before them: no word ends between the two.
        assert text[token.end : token.end + 1] not in set("\u064b\u0651\u0301\u0640")
    cleaned, origins = clean(text)
    assert len(origins) == len(cleaned) + 1
    assert list(origins) == sorted(origins)


@settings(asked, max_examples=300)
@given(any_text)
def test_a_term_is_found_by_its_own_spelling(text):
    for token in tokenize(text):
        assert [found.text for found in tokenize(text[token.start : token.end])].count(token.text)


def test_threads_do_not_disturb_each_other():
    texts = ["وبالكتاب schools " * n for n in range(1, 40)]
    alone = [tokenize(text) for text in texts]
    together = [None] * len(texts)

    def work(first):
        for n in range(first, len(texts), 4):
            together[n] = tokenize(texts[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone
