"""Is a name that no table knows found in every spelling, and an ordinary word only as it is?"""

import pytest

from indexer import build_index, open_index

# Alfourati is a person and Khrab Warda a village; both are invented, and no table has them.
TEXTS = {
    "zaid-en": "The activist Zaid Alfourati wrote about the road.",
    "zaid-ar": "قال الناشط زيد الفراتي إن الطريق مفتوح",
    "surname": "Later that day AlFourati ended his report.",
    "zayd": "They met Zayd al-Fourati in the north",
    "attached": "التقينا بالفراتي قرب الجسر",
    "marked": "وتحدث الفُراتيّ عن البئر",
    "village-en": "They reached Khrab Warda at night",
    "village-ar": "وصلوا إلى خراب وردة ليلا",
    "village-one": "The well of Kharabwarda is dry",
    "village-from": "مررنا بخراب وردة أمس",
    "market": "The market is open, he said, and prices are dire. A court sat in Souq street.",
    "market-ar": "افتتح سوق المدينة وسعيد في المحكمة",
    "said-name": "A man by the name of Said went to court",
    "daraa": "Rain fell on Daraa",
    "river": "Boats on the Furat",
    "dear": "Bread was dear, he said. The market, he said, is a market.",
}
FOURATI = {"zaid-en", "zaid-ar", "surname", "zayd", "attached", "marked"}
VILLAGE = {"village-en", "village-ar", "village-one", "village-from"}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lexicon")
    build_index([{"id": n, "title": "", "text": text} for n, text in TEXTS.items()], folder)
    with open_index(folder) as opened:
        yield opened


def ids(index, q, **options):
    return {hit.id for hit in index.search(q, size=100, **options)}


def reading(index, q, **options):
    [found] = index.search(q, **options).interpretation.readings
    return found


def marked(index, q):
    return {
        s.text[a:b] for hit in index.search(q, size=100) for s in hit.snippets for a, b in s.marks
    }


@pytest.mark.parametrize("name", ["Alfourati", "AlFourati", "alfourati", "al-Fourati", "الفراتي"])
def test_a_surname_is_one_set_under_every_spelling(index, name):
    assert ids(index, name) == FOURATI


@pytest.mark.parametrize("name", ["Zaid Alfourati", "Zayd al-Fourati", "زيد الفراتي"])
def test_a_name_of_two_words_is_found_where_its_spellings_stand_in_a_row(index, name):
    assert ids(index, name) == {"zaid-en", "zayd", "zaid-ar"}


@pytest.mark.parametrize("name", ["Khrab Warda", "Kharabwarda", "خراب وردة", "Kharab Wardeh"])
def test_a_village_in_no_table_is_one_set_in_one_word_or_two(index, name):
    assert ids(index, name) == VILLAGE


def test_an_equals_sign_asks_for_the_name_as_typed(index):
    assert ids(index, "=Alfourati") == {"zaid-en", "surname"}
    assert ids(index, "=الفراتي") == {"zaid-ar", "marked"}


def test_spelling_narrows_names_by_rule_as_it_does_names_of_the_tables(index):
    assert ids(index, "Alfourati", spelling="forms") == {"zaid-en", "surname"}
    assert ids(index, "Alfourati", spelling="exact") == {"zaid-en", "surname"}
    assert reading(index, "Alfourati", spelling="forms").kind == "word"


def test_a_fuzzy_word_is_close_misspellings_and_no_name(index):
    assert ids(index, "~Alfourati") == {"zaid-en", "surname"}
    assert ids(index, "~Alfuorati") == {"zaid-en", "surname"}


@pytest.mark.parametrize("quoted", ['"Alfourati"', "«الفراتي»", '"Zaid Alfourati"'])
def test_a_quoted_phrase_keeps_its_count(index, quoted):
    found = [ids(index, quoted, spelling=setting) for setting in ("exact", "forms", "all")]
    assert found[0] == found[1] == found[2] != set()


@pytest.mark.parametrize(
    "word", ["is", "market", "court", "said", "dear", "dire", "سوق", "سعيد", "open", "Market"]
)
def test_an_ordinary_word_is_no_name(index, word):
    assert reading(index, word).kind == "word"
    assert ids(index, word) == ids(index, word, spelling="forms")


@pytest.mark.parametrize("name", ["Souq", "Daraa", "Said"])
def test_a_name_does_not_pull_in_the_words_that_it_looks_like(index, name):
    found = marked(index, name)
    assert found and found.isdisjoint({"سوق", "dire", "dear", "وسعيد"})
    assert ids(index, name) == ids(index, name, spelling="forms")


def test_the_reading_tells_each_spelling_with_its_records_the_typed_one_first(index):
    found = reading(index, "Alfourati")
    assert (found.kind, found.entity) == ("name", None)
    assert [(v.text, v.kind, v.records) for v in found.variants] == [
        ("Alfourati", "typed", 2),
        ("الفراتي", "rule", 3),
        ("al-Fourati", "rule", 1),
    ]


def test_a_spelling_that_is_taken_out_stays_out(index):
    for variant in reading(index, "Alfourati").variants:
        left = index.search("Alfourati", without=[variant.text], size=100)
        assert left.total == len(FOURATI) - variant.records, variant.text
        told = left.interpretation.readings[0].variants
        assert [v.text for v in told if v.dropped] == [variant.text]
    assert ids(index, "Zaid Alfourati", without=["زيد الفراتي"]) == {"zaid-en", "zayd"}
    assert ids(index, "Alfourati", without=["ALFOURATI", "al fourati"]) == {
        *("zaid-ar", "attached", "marked")
    }


def test_the_typed_spelling_comes_first_and_its_script_second(tmp_path):
    filler = "Nothing else happened in the valley that week and people went about their work."
    texts = {
        "1-others": ("الفراتي والفراتي", "الفراتي، الفراتي، الفراتي، al-Fourati and al-Fourati"),
        "2-arabic": ("", "تحدث الفراتي"),
        "3-latin": ("", f"al-Fourati spoke. {filler}"),
        "4-typed": ("", f"Alfourati spoke. {filler} {filler}"),
    }
    rows = [{"id": name, "title": a, "text": b} for name, (a, b) in texts.items()]
    rows += [{"id": f"filler-{n}", "title": "", "text": filler} for n in range(6)]
    build_index(rows, tmp_path)
    with open_index(tmp_path) as small:
        assert [hit.id for hit in small.search("Alfourati")][:2] == ["4-typed", "1-others"]
        assert [hit.id for hit in small.search("Alfourati -title:الفراتي")] == [
            *("4-typed", "3-latin", "2-arabic")
        ]


def test_the_highlight_is_the_whole_word_with_what_is_attached_and_its_marks(index):
    assert marked(index, "Alfourati") == {
        *("Alfourati", "AlFourati", "al-Fourati", "الفراتي", "بالفراتي", "الفُراتيّ")
    }
    assert marked(index, "Khrab Warda") >= {"خراب وردة", "بخراب وردة", "Kharabwarda"}


def test_why_names_the_spelling_that_matched(index):
    why = index.explain("attached", "Alfourati")
    assert why.found
    assert [(m.query, m.text, m.kind) for m in why.matches] == [("Alfourati", "بالفراتي", "name")]
    [match] = index.explain("zaid-ar", "Zaid Alfourati").matches
    assert (match.text, match.kind) == ("زيد الفراتي", "name")


def test_excluding_a_name_excludes_all_its_spellings(index):
    assert ids(index, "-Alfourati") == set(TEXTS) - FOURATI
    assert ids(index, "الناشط OR Kharabwarda") == VILLAGE | {"zaid-ar"}


def test_variants_are_told_for_any_name_and_in_quotation_marks(index):
    texts = [variant.text for variant in index.variants("Alfourati")]
    assert texts == ["Alfourati", "الفراتي", "al-Fourati"]
    assert [v.text for v in index.variants("«Alfourati»")] == texts
    whole = index.variants("زيد الفراتي")
    assert [(v.text, v.kind) for v in whole] == [
        ("زيد الفراتي", "typed"),
        ("Zaid Alfourati", "rule"),
        ("Zayd al-Fourati", "rule"),
    ]
    assert index.variants("is") == []


def test_a_name_of_the_tables_has_the_spellings_that_they_lack(tmp_path):
    texts = {
        "1": "A convoy left Deir Ezzor",
        "2": "The bridge of Dayr Azzour",
        "3": "قافلة من دير الزور",
        "4": "Deirezzour was quiet",
    }
    build_index([{"id": n, "title": "", "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as small:
        for name in ("Deir Ezzor", "Dayr Azzour", "دير الزور"):
            assert ids(small, name) == set(texts), name
        variants = small.variants("Deir Ezzor")
        assert variants[0].text == "Deir Ezzor"
        for variant in variants:
            left = ids(small, "Deir Ezzor", without=[variant.text])
            assert len(left) == 4 - variant.records


def test_a_name_of_the_tables_takes_no_ordinary_word_beside_it(tmp_path):
    texts = {
        "town": "Rain fell on Tabqa",
        "remains": "لم تبق خيمة في المكان",
        "rest": "تبقى الأسعار كما هي طبقا للتقرير",
        "al-bab": "They reached al-Bab at noon",
        "gate": "Shops near Bab Sharqi were open",
    }
    build_index([{"id": n, "title": "", "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as small:
        assert ids(small, "Tabqa") == {"town"}
        assert ids(small, "al-Bab") == {"al-bab"}


def test_what_english_writes_with_a_capital_is_no_name_in_either_direction(tmp_path):
    texts = {
        "day": "On Tuesday the State media spoke of rain. In July it was hot.",
        "resist": "دعا إلى التصدي للجراد",
        "reason": "من أجل الماء",
        "can": "لم يستطع أحد الوصول",
    }
    build_index([{"id": n, "title": "", "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as small:
        for word, record in {"Tuesday": "day", "State": "day", "أجل": "reason"}.items():
            assert ids(small, word) == {record}, word


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Nusra", {"front", "nusra"}),  # in the text as a word of a longer name, too
        ("الطبقة", {"layer"}),  # no mention of the town, but the word
        ("Eastern Ghouta", {"ghouta", "apart"}),
    ],
)
def test_the_typed_spelling_counts_what_it_finds_and_finds_nothing_when_taken_out(
    tmp_path, typed, found
):
    texts = {
        "front": "They spoke of the al-Nusra Front",
        "nusra": "They spoke of Nusra",
        "layer": "الطبقة العليا من الجليد",
        "ghouta": "The market of Eastern Ghouta",
        "apart": "Eastern winds over Ghouta",
    }
    build_index([{"id": n, "title": "", "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as small:
        first, *others = small.search(typed).interpretation.readings[0].variants
        assert (first.text, first.kind, first.records) == (typed, "typed", len(found))
        assert ids(small, typed, without=[other.text for other in others]) == found
        assert ids(small, typed, without=[typed, *(other.text for other in others)]) == set()
        [told] = small.search(typed, without=[typed]).interpretation.readings
        assert (told.variants[0].records, told.variants[0].dropped) == (len(found), True)


def test_an_empty_archive_answers(tmp_path):
    build_index([], tmp_path)
    with open_index(tmp_path) as empty:
        assert ids(empty, "Alfourati") == set()
        assert empty.variants("Alfourati") == []


@pytest.mark.parametrize("name", ["Homs", "Alfourati"])
def test_in_the_title_spellings_are_counted_in_titles(tmp_path, name):
    rows = [
        {"id": "1", "title": "حمص والفراتي", "text": "Hims, al-Fourati"},
        {"id": "2", "title": "rain", "text": "حمص والفراتي"},
    ]
    build_index(rows, tmp_path)
    with open_index(tmp_path) as small:
        found = small.search(f"title:{name}")
        counts = [v.records for r in found.interpretation.readings for v in r.variants]
    assert (found.total, sum(counts)) == (1, 1)
