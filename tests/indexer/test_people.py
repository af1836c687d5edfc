"""Are people who are in no table one person over all spellings, and true values of the facet?

All names are invented.
"""

import pytest

from indexer import build_index, open_index
from indexer.ingest import tagger_for
from indexer.names import Gazetteer
from indexer.names.tagging.grouping import group_names

ROWS = [
    {"id": "walk", "title": "Alfourati walks", "text": "The activist Zaid Alfourati left Raqqa."},
    {"id": "رحلة", "title": "نهاية رحلة", "text": "قال الناشط زيد الفراتي، إن الطريق طويل."},
    {"id": "talk", "text": "Zaid al-Furati told reporters in Homs. Activist Yazan was there."},
    {"id": "other", "text": "Activist Yazan left Homs. The doctor Samer Haddan said no."},
    {"id": "alike", "text": "The doctor Samir Haddan said no."},
]
ZAID = "person:zaid-alfourati"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    build_index(ROWS, folder)
    with open_index(folder) as opened:
        yield opened


def values(index, **query):
    return {value.id: value for value in index.search(**query).facets["actor"]}


def grouped(*names):
    often = {name: len(names) - place for place, name in enumerate(names)}
    return [group.members for group in group_names({name: name for name in names}, often)]


def test_one_person_is_one_value_with_both_labels(index):
    value = values(index)[ZAID]
    assert (value.label_en, value.label_ar, value.count) == ("Zaid Alfourati", "زيد الفراتي", 3)
    assert value.by_rule
    assert dict(value.spellings) == {
        "Zaid Alfourati": 1,
        "Alfourati": 1,
        "زيد الفراتي": 1,
        "Zaid al-Furati": 1,
    }


def test_a_value_of_the_tables_is_not_marked(index):
    assert not any(value.by_rule for value in index.search().facets["location"])


def test_the_click_gives_the_count(index):
    for value in values(index).values():
        assert index.search(actor=value.id).total == value.count
        assert index.search(not_actor=value.id).total == len(ROWS) - value.count


@pytest.mark.parametrize(
    "q", [f"actor:{ZAID}", 'actor:"زيد الفراتي"', "actor:Zaid al-Furati", 'actor:"zaid alfourati"']
)
def test_a_query_names_a_person_by_id_or_by_any_spelling(index, q):
    results = index.search(q)
    assert {hit.id for hit in results} == {"walk", "رحلة", "talk"}
    assert all(hit.snippets and hit.why.matches for hit in results)


def test_the_id_that_another_generation_gave_is_understood(index):
    for member in ("person:زيد-الفراتي", "person:zaid-al-furati"):
        results = index.search(actor=member)
        assert results.query.actor == (ZAID,)
        assert results.total == 3
        assert index.entity(member) == index.entity(ZAID)


def test_a_record_has_its_people_under_the_id_of_the_facet(index):
    document = index.document("talk")
    assert ZAID in document.actors
    assert [m.entity for m in document.mentions] == [ZAID, "homs", "someone:yazan"]
    assert [m.evidence for m in document.mentions if m.entity == ZAID] == ["rule: given name"]


def test_a_single_name_is_no_value(index):
    assert not any("yazan" in value for value in values(index))
    assert index.entity("someone:yazan") is None


def test_other_people_stay_apart(index):
    assert {"person:samer-haddan", "person:samir-haddan"} <= set(values(index))
    assert grouped("Samer al-Barazi", "Samir al-Barazi", "سمير البرازي") == [
        ["Samer al-Barazi"],
        ["Samir al-Barazi", "سمير البرازي"],
    ]
    assert len(grouped("Hassan Haddan", "Hussein Haddan", "حسن حدان", "حسين حدان")) >= 2
    assert ["حسن حدان", "حسين حدان"] not in grouped("حسن حدان", "حسين حدان")


@pytest.mark.parametrize(
    "names",
    [
        ("Zaid Alfourati", "Zaid al-Furati", "زيد الفراتي"),
        ("Pavlo Rudskoi", "Pavlo Rudskoy"),
        ("Samir Abdel Rahim", "Samir Abdulrahim", "سمير عبد الرحيم"),
        ("طلال برازي", "طلال البرازي"),
    ],
)
def test_spellings_of_one_full_name_are_one_group(names):
    assert grouped(*names) == [list(names)]


def test_an_archive_without_people_has_none(tmp_path):
    build_index([{"id": "1", "text": "rain"}], tmp_path)
    with open_index(tmp_path) as opened:
        assert values(opened) == {}


def test_no_name_begins_with_a_governorate_a_club_or_a_verb_behind_and(tmp_path):
    texts = {
        "1": "وفي ولاية بن عروس، قال المدرب إن فريق اتحاد بن قردان، ربح.",
        "2": "التقى الوزير سمير بن حدان، أمس. وأضاف سمير بن حدان، أن الطريق مفتوح.",
    }
    build_index([{"id": n, "text": text} for n, text in texts.items()], tmp_path)
    with open_index(tmp_path) as small:
        told = {s for v in values(small).values() if v.by_rule for s, _ in v.spellings}
    assert told == {"سمير بن حدان"}


def ids_in(text):
    mentions = tagger_for(Gazetteer.load()).mentions(text)
    return [mention.entity for mention in mentions if mention.entity.startswith("person:")]


def test_names_that_end_with_another_word_are_two_people():
    assert len(set(ids_in("Abdulrahman Mustafa Omar, Abdulrahman Mustafa Ali"))) == 2
    assert len(set(ids_in("Zaid Fourati came, Zaid Omar Fourati left"))) == 1


def test_a_list_of_hundreds_of_names_is_read():
    # Each compared with each, it took minutes.
    begins = [a + b for a in ("Zar", "Kol", "Fam", "Tub", "Nis", "Gad") for b in "bdfklmnrst"]
    ends = ("iam", "iur", "iof", "iek", "iash")
    names = [f"{given} {b}{e}" for given in ("Khaled", "Samer") for b in begins for e in ends]
    assert len(ids_in(", ".join(names))) == len(names)


@pytest.mark.parametrize("word", ["Al ", "Abu ", "أبو ", "عبد "])
def test_rows_of_articles_and_fathers_name_nobody(word):
    # At each word the text was read to its end.
    assert ids_in(word * 5_000) == []
