"""Does what a reader types find what the search guide promises?"""

import pytest

from indexer import build_index, open_index

TEXTS = {
    "airport-en": "Shelling hit the airport of Deir Ezzor on Monday, 3 June 2014.",
    "airport-ar": "قصف مطار دير الزور العسكري يوم الاثنين",
    "base": "Deir ez-Zor military airport was closed",
    "misspelt": "Trucks left Dier Ezzor for the north",
    "dashed": "The road to Deir-ez-Zour is open",
    "al-zour": "Wheat from Deir al-Zour",
    "scholarly": "A market in Dayr az-Zawr",
    "joined": "سوق في ديرالزور",
    "isis": "ISIS held the bridge",
    "isil": "A checkpoint of ISIL",
    "is-group": "Fighters of IS held the bakery",
    "is-verb": "This is the old bakery",
    "daesh": "Daesh left the village",
    "daesh-ar": "خرج عناصر داعش من القرية",
    "tanzim": "حاجز تابع لتنظيم الدولة",
    "town": "وصلت القافلة إلى مدينة الباب",
    "door": "أغلق الحارس باب المدرسة",
    "book": "كتاب عن المدينة",
    "the-book": "وصل الكتاب أمس",
    "with-the-book": "جاء بالخبز وبالكتاب",
    "weapons": "نقلوا السلاح ليلا",
    "with-weapons": "هددهم بسلاحه",
    "and-for-weapons": "بحثوا عن مخابئ ولسلاح ثقيل",
    "hit": "القصف مستمر",
    "they-hit": "قصفوا التلة، ثم قصفت الطائرات ما حولها",
    "their-school": "عادوا إلى مدرستهم وبمدرستنا خيمة",
    "writer": "قال تاب الرجل",
    "ahmad-1": "وصل أحمد",
    "ahmad-2": "وصل احمد",
    "ahmad-3": "وصل إحمد",
    "ahmad-4": "وصل آحمد",
    "ahmad-5": "وصل أحمد",  # decomposed
    "ahmad-6": "وصل أَحْمَد",
    "dori-1": "قال الدورى",
    "dori-2": "قال الدوري",
    "year-ar": "حدث ذلك عام ٢٠١٥",
    "year-en": "It happened in 2015",
    "army": "The army was free of debt, and the free army marched",
    "schools": "Two schools were bombed",
    "school": "The school closed after the bombing",
    "cafe": "The café reopened",
    "ratio": "Open 24/7, said a:b",
}
TITLES = {"bridge": "The bridge", "well": "البئر"}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    rows = [{"id": name, "title": "", "text": text} for name, text in TEXTS.items()]
    rows += [{"id": f"title-{n}", "title": t, "text": "…"} for n, t in TITLES.items()]
    folder = tmp_path_factory.mktemp("index")
    build_index(rows, folder)
    with open_index(folder) as opened:
        yield opened


def ids(index, q, **options):
    return {hit.id for hit in index.search(q, size=100, **options)}


DEIR_EZZOR = {
    *("airport-en", "airport-ar", "base", "misspelt", "dashed", "al-zour", "scholarly", "joined")
}
ISLAMIC_STATE = {"isis", "isil", "is-group", "daesh", "daesh-ar", "tanzim"}


@pytest.mark.parametrize("name", ["أحمد", "احمد", "إحمد", "آحمد", "أحمد", "أَحمد"])
def test_every_alef_and_every_mark_writes_the_same_name(index, name):
    assert ids(index, name) == {f"ahmad-{n}" for n in range(1, 7)}


@pytest.mark.parametrize("word", ["كتاب", "الكتاب", "وبالكتاب"])
def test_a_word_finds_itself_with_article_and_particles(index, word):
    assert ids(index, word) == {"book", "the-book", "with-the-book"}


@pytest.mark.parametrize("word", ["سلاح", "السلاح", "بسلاح", "والسلاح"])
def test_a_word_finds_itself_with_particles_of_one_letter(index, word):
    assert ids(index, word) == {"weapons", "with-weapons", "and-for-weapons"}


def test_endings_of_verbs_and_pronouns_do_not_matter(index):
    assert ids(index, "قصف") >= {"hit", "they-hit"}
    assert ids(index, "مدرسة") >= {"door", "their-school"}
    marks = [s.text[a:b] for hit in index.search("مدرسة") for s in hit.snippets for a, b in s.marks]
    assert {"مدرستهم", "وبمدرستنا"} <= set(marks)


def test_a_first_letter_of_the_word_itself_is_no_particle(index):
    assert ids(index, "تاب") == {"writer"}


def test_a_waw_that_stands_apart_belongs_to_the_next_word(index):
    assert ids(index, "بالخبز و الكتاب") == ids(index, "بالخبز والكتاب") == {"with-the-book"}
    assert ids(index, "و") == set()


def test_an_equals_sign_asks_for_the_word_as_typed(index):
    assert ids(index, "=الباب") == {"town"}
    assert ids(index, "=الكتاب") == {"the-book"}
    assert ids(index, "=schools") == {"schools"}
    assert ids(index, "schools") == {"schools", "school"}


def test_a_town_that_is_also_a_word_comes_before_that_word(index):
    assert [hit.id for hit in index.search("الباب")] == ["town", "door"]


def test_final_yaa_and_alif_maqsura_are_one_letter(index):
    assert ids(index, "الدورى") == ids(index, "الدوري") == {"dori-1", "dori-2"}


@pytest.mark.parametrize("quotes", ['"%s"', "“%s”", "„%s“", "«%s»", "‘%s’"])
def test_every_kind_of_quotation_mark_makes_a_phrase(index, quotes):
    assert ids(index, quotes % "free army") == {"army"}
    assert ids(index, quotes % "army free") == set()
    assert ids(index, quotes % "مطار دير الزور") == {"airport-ar"}


@pytest.mark.parametrize("phrase", ['"Deir Ezzor"', '"schools were"', "«دير الزور»", '"free army"'])
def test_a_phrase_has_the_same_count_under_every_spelling_setting(index, phrase):
    found = [ids(index, phrase, spelling=setting) for setting in ("exact", "forms", "all")]
    assert found[0] == found[1] == found[2] != set()


@pytest.mark.parametrize(
    "name",
    [
        *("Deir Ezzor", "Dier Ezzor", "Deir ez-Zor", "Deir-ez-Zour", "Deir al-Zour"),
        *("Dayr az-Zawr", "دير الزور", "ديرالزور", "deir ezzor", "DEIR EZZOR", "لدير الزور"),
    ],
)
def test_a_place_is_one_set_under_every_spelling(index, name):
    results = index.search(name, size=100)
    assert {hit.id for hit in results} == DEIR_EZZOR
    values = results.facets["location"]
    assert [value.count for value in values if value.id == "deir-ez-zor"] == [len(DEIR_EZZOR)]


def test_each_spelling_can_be_taken_out_and_only_that(index):
    variants = index.search("Deir Ezzor").interpretation.readings[0].variants
    assert {v.text for v in variants} >= {"Deir ez-Zor", "Dier Ezzor", "دير الزور", "ديرالزور"}
    for variant in variants:
        left = index.search("Deir Ezzor", without=[variant.text], size=100)
        assert left.total == len(DEIR_EZZOR) - variant.records, variant.text
        dropped = [v.text for v in left.interpretation.readings[0].variants if v.dropped]
        assert dropped == [variant.text]


@pytest.mark.parametrize(
    "name", ["ISIS", "isis", "ISIL", "IS", "Daesh", "داعش", "تنظيم الدولة", "وداعش"]
)
def test_a_group_is_one_set_under_every_name(index, name):
    assert ids(index, name) == ISLAMIC_STATE


def test_the_verb_is_never_a_group(index):
    results = index.search("is", size=100)
    assert {hit.id for hit in results} == {"is-verb", "dashed", "is-group"}  # letters alone
    assert [reading.kind for reading in results.interpretation.readings] == ["word"]
    assert [hit.id for hit in results if "islamic-state" in hit.actors] == ["is-group"]


def test_spelling_narrows_from_names_to_forms_to_words_as_typed(index):
    assert ids(index, "Deir Ezzor", spelling="forms") == {"airport-en"} | {"misspelt"} - {
        "misspelt"
    }
    assert ids(index, "schools", spelling="forms") == {"schools", "school"}
    assert ids(index, "schools", spelling="exact") == {"schools"}


def test_a_place_inside_a_longer_name_is_found_wherever_its_words_stand(index):
    assert ids(index, "Deir Ezzor airport") == {"airport-en", "airport-ar", "base"}
    assert ids(index, "مطار دير الزور") >= {"airport-ar", "base"}


def test_an_actor_inside_a_longer_name_is_another_actor(tmp_path):
    texts = {
        "1": "The Syrian army",
        "2": "الجيش السوري",
        "3": "The Free Syrian Army",
        "4": "الجيش السوري الحر",
    }
    build_index([{"id": n, "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as small:
        assert ids(small, "Syrian army") == {"1", "2", "3"}  # the words of 3 are as typed
        assert ids(small, "Free Syrian Army") == {"3", "4"}
        assert small.search("Syrian army").hits[0].id == "1"


def test_all_words_must_appear_in_title_or_text(index):
    assert ids(index, "free army") == {"army"}
    assert ids(index, "school bakery") == set()
    assert ids(index, "school bakery", match="any") == {
        *("school", "schools", "is-group", "is-verb")
    }


def test_operators_join_and_exclude(index):
    assert ids(index, "schools OR bakery") == {"school", "schools", "is-group", "is-verb"}
    assert ids(index, "كتاب أو المطار") == {"book", "the-book", "with-the-book", "airport-ar"}
    assert ids(index, "bakery -IS") == {"is-verb"}
    assert ids(index, "bakery NOT fighters") == {"is-verb"}
    assert ids(index, "كتاب ليس المدينة") == {"the-book", "with-the-book"}
    assert ids(index, "(schools OR bakery) old") == {"is-verb"}
    assert ids(index, "Deir Ezzor OR bakery") == DEIR_EZZOR | {"is-group", "is-verb"}


def test_a_query_of_exclusions_shows_all_others_and_says_so(index):
    results = index.search("-الكتاب")
    assert results.total == len(index) - 3
    assert results.warnings == ("The query only excludes; all other records are shown.",)


def test_signs_of_the_search_guide_work(index):
    assert ids(index, "scho*") == {"school", "schools"}
    assert ids(index, "القر*") == {"daesh-ar"}
    assert ids(index, "~shools") == {"schools", "school"}
    assert ids(index, "~shool") >= {"school"}
    assert ids(index, "title:bridge") == {"title-bridge"}
    assert ids(index, "bridge") == {"title-bridge", "isis"}
    assert ids(index, "title:البئر") == {"title-well"}
    assert ids(index, "schools NEAR/1 bombed") == {"schools"}
    assert ids(index, "school NEAR/0 bombing") == set()
    assert ids(index, "school NEAR/3 bombing") == {"schools", "school"}
    assert ids(index, "بحثوا NEAR/3 سلاح") == {"and-for-weapons"}


@pytest.mark.parametrize(
    "value", ["Daesh", "داعش", "islamic-state", "تنظيم الدولة", '"Islamic State"']
)
def test_an_actor_is_asked_for_by_any_name_and_without_quotes(index, value):
    assert ids(index, f"actor:{value}") == ISLAMIC_STATE
    assert ids(index, f"bakery -actor:{value}") == {"is-verb"}
    assert all(hit.snippets[0].marks for hit in index.search(f"actor:{value}"))


def test_a_location_takes_the_words_that_make_it_a_name(index):
    assert ids(index, "location:Deir Ezzor") == DEIR_EZZOR
    assert ids(index, "location:دير الزور سوق") == {"joined"}
    assert index.search("location:Atlantis").warnings == (
        "Atlantis is in no table of actors and locations.",
    )


def test_digits_of_every_kind_are_one_number(index):
    assert ids(index, "2015") == ids(index, "٢٠١٥") == {"year-ar", "year-en"}


def test_accents_do_not_matter(index):
    assert ids(index, "cafe") == ids(index, "CAFÉ") == {"cafe"}


def test_numbers_with_a_stroke_and_words_with_a_colon_are_found(index):
    assert ids(index, "24/7") == {"ratio"}
    assert ids(index, "a:b") == {"ratio"}


@pytest.mark.parametrize("q", ["القصف", "مَطار"])
def test_the_highlight_is_the_whole_written_word(index, tmp_path, q):
    text = "بدأ وَبِالقَصْفِ على المطارات"
    build_index([{"id": "1", "text": text}], tmp_path)
    with open_index(tmp_path) as small:
        [hit] = small.search(q, spelling="forms").hits
        marked = [s.text[start:end] for s in hit.snippets for start, end in s.marks]
    assert marked in (["وَبِالقَصْفِ"], ["المطارات"])


# The query bombs that stopped or broke Whoosh's own parser, and others of their kind.
BOMBS = [
    *("*", "*a*", "?*", "[a-z]*", "[a TO zzzz]", "[TO]", "(a+)+$", "(a|a)*b", ".*.*.*.*.*x", "["),
    *("(", ")", "[z-a]", "[a TO " * 800, "x* " * 96, "word~2", "word~9", "~", "=", "-", "NEAR/5"),
    *("a OR " * 10_000, "a " * 10_000, "(" * 100, "(" * 5000 + ")", "NOT " * 1000, "-" * 1000),
    *("x" * 1_000_000, "*" * 1_000_000, "?" * 1_000_000, "\0" * 1000, "\ud800", "\u202e" * 1000),
    *("😀" * 100_000, '"' * 5000, "'" * 5000, "title:" * 1000, "a NEAR/9999999999 b " * 100),
    *(
        "أو " * 5000,
        "ليس " * 5000,
        "و " * 5000,
        "ـ" * 5000,
        "ً" * 5000,
        "\ufdfa" * 5000,
        "a:" * 5000,
    ),
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: ascii(bomb[:12]))
def test_a_query_bomb_is_answered(index, bomb):
    results = index.search(bomb)
    assert 0 <= results.total <= len(index)
    assert len(results) == min(10, results.total)
    index.search(bomb, match="any", spelling="exact")
    index.explain("school", bomb)


def test_odd_queries_are_answered_and_repairs_are_told(index):
    for q, repair in (
        ('"free army', "quotation mark"),
        ("*", "holds no word"),
        ("foo:bar", "no field"),
        ("school " * 3000, "512 characters"),
    ):
        assert any(repair in warning for warning in index.search(q).warnings), q
    assert index.search("24/7").warnings == ()
