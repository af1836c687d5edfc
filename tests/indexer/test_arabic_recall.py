"""Are Arabic words found however they are written onto, and other words not?"""

import pytest

from indexer import build_index, open_index

TEXTS = {
    "document": "وثائق من الفرع",
    "the documents": "فتحوا الوثائق ليلا",
    "mines": "انفجرت ألغام هنا",
    "the mines": "أزالوا الألغام",
    "fighters of": "انسحب مقاتلو الفصيل",
    "a fighter": "جلس مقاتل",
    "a man": "رأينا رجلاً وحيدا",
    "the man": "جاء الرجل",
    "militias": "نهبت ميليشياته البيوت",
    "a militia": "دخلت مليشيا أخرى",
    "civilians": "خرج المدنيون",
    "city": "وصلوا إلى المدينة",
    "family": "انتظرت الأسرة",
    "captive": "عاد الأسير",
    "student": "كتب الطالب",
    "request": "قدم الطلب",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("arabic")
    build_index([{"id": name, "text": text} for name, text in TEXTS.items()], folder)
    with open_index(folder) as index:
        yield index


@pytest.mark.parametrize(
    ("words", "records"),
    [
        (("وثائق", "الوثائق", "وثيقة"), {"document", "the documents"}),
        (("ألغام", "الألغام", "لغم"), {"mines", "the mines"}),
        (("مقاتل", "مقاتلون", "المقاتلين"), {"fighters of", "a fighter"}),
        (("رجل", "الرجل"), {"a man", "the man"}),
        (("ميليشيا", "ميليشيات", "المليشيات"), {"militias", "a militia"}),
        (("مدنيين", "المدنيون"), {"civilians"}),
        (("مدينة",), {"city"}),
        (("أسير",), {"captive"}),
        (("طلاب", "طالب"), {"student"}),
    ],
)
def test_a_word_is_found_in_its_forms_and_in_no_other_word_s(index, words, records):
    for word in words:
        assert {hit.id for hit in index.search(word).hits} == records, word


def test_the_whole_written_word_is_marked(index):
    for word, record, marked in [
        ("وثائق", "the documents", "الوثائق"),
        ("الألغام", "mines", "ألغام"),
        ("رجل", "a man", "رجلاً"),
        ("مقاتل", "fighters of", "مقاتلو"),
    ]:
        [snippet] = next(h for h in index.search(word).hits if h.id == record).snippets
        assert [snippet.text[start:end] for start, end in snippet.marks] == [marked]


def test_the_spellings_of_a_name_are_shown_without_vowel_signs(tmp_path):
    build_index([{"id": "1", "text": "قُصفت دَيرُ الزورِ"}], tmp_path)
    with open_index(tmp_path) as index:
        assert [variant.text for variant in index.variants("Deir Ezzor")] == ["دير الزور"]
        [snippet] = index.search("Deir Ezzor").hits[0].snippets
        assert [snippet.text[start:end] for start, end in snippet.marks] == ["دَيرُ الزورِ"]
