"""Which language is a text in, and which part of it?"""

import pytest

from corpus.extraction.language import language
from corpus.extraction.passages import read_passages

ARABIC = "عادت المياه إلى القرية بعد ثلاثة أسابيع من الانقطاع"
ENGLISH = "Water returned to the village after three weeks, the people said."
SORANI = "ئاوارەکان گەڕانەوە بۆ ماڵەکانیان لە گوندەکە"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ar", "صلاة الغائب في الجامع الكبير، الله أكبر"),
        ("ar", "محمد احمد خالد سعيد حسن ابراهيم محمود"),
        ("ar", "تقرير عن شركة پيجو الفرنسية في سوريا"),
        ("fa", "آزادی زندانیان سیاسی در تهران"),
        ("fa", "سازمان ملل متحد در گزارشي كه از وضعيت آوارگان"),  # an old page's letters
        ("ckb", "سێ کەس لە هێرشێکدا کوژران"),
        ("ur", "شام میں تین شہری ہلاک ہو گئے"),
        ("ku", "Li gund xelk vegeriyan malên xwe piştî şer"),
        ("tr", "Köye su üç hafta sonra geri geldi, halk sevindi"),
        ("fr", "L'eau est revenue au village après trois semaines"),
        ("en", "Water returns after three weeks"),
    ],
)
def test_twenty_letters_tell_the_language(code, text):
    assert language(text) == code


def test_a_name_tells_nothing_and_the_hint_is_taken():
    assert language("@someone https://site.example/a-long-address حلب", hint="ar-SY") == "ar"
    assert language("حلب") == "und"


def told(text):
    passages = read_passages(text)
    assert "".join(text[each.start : each.end] for each in passages) == text
    return [(each.lang, text[each.start : each.end].split("\n")[0]) for each in passages]


def test_a_mixed_text_is_its_runs_in_one_language():
    text = "\n".join([ARABIC, ARABIC, ENGLISH, SORANI])
    assert told(text) == [("ar", ARABIC), ("en", ENGLISH), ("ckb", SORANI)]


def test_a_short_line_joins_the_neighbour_in_its_own_script():
    text = "\n".join([ENGLISH, "عين الوادي", ARABIC, "2014", "Bread", ENGLISH])
    assert told(text) == [("en", ENGLISH), ("ar", "عين الوادي"), ("en", "Bread")]


def test_a_signature_in_other_letters_is_no_passage():
    text = f"{ARABIC}\n— Nour (@nour_example) March 5, 2021"
    assert told(text) == [("ar", ARABIC)]


def test_a_text_that_tells_nothing_is_one_unknown_passage():
    assert told("12\n34") == [("und", "12")]
    assert read_passages("") == ()


def test_a_line_of_many_words_of_one_language_among_others_is_found():
    french = "Les habitants du village racontent que l'eau est revenue après trois semaines, " * 2
    assert told("\n".join([ENGLISH * 3, french, ENGLISH * 3])) == [
        ("en", ENGLISH * 3),
        ("fr", french),
        ("en", ENGLISH * 3),
    ]
