"""Do the tables hold together, and does a bad row say where it stands?"""

import re
from collections import Counter, defaultdict

import pytest

from indexer.errors import TableError
from indexer.names import Gazetteer, Tagger, fold_name
from indexer.names.listed.tables import decode_table, read_cues, read_entities

GAZETTEER = Gazetteer.load()
HEADER = "id,kind,label_en,label_ar,part_of,latitude,longitude,aliases,note,source\n"
GOOD = "raqqa,town,Raqqa,الرقة,,35.9,39.0,Ar-Raqqah | Raqa {context},,somewhere\n"


def test_a_row_is_read_whole():
    [entity] = read_entities("locations.csv", HEADER + GOOD)
    assert (entity.id, entity.facet, entity.latitude, entity.part_of) == (
        "raqqa", "location", 35.9, None,
    )  # fmt: skip
    assert [(a.text, a.rule) for a in entity.aliases] == [
        ("Raqqa", ""), ("الرقة", ""), ("Ar-Raqqah", ""), ("Raqa", "context"),
    ]  # fmt: skip


def test_a_rule_holds_for_the_label_of_that_spelling_too():
    row = "tabqa,town,Tabqa,الطبقة,,,,الطبقة {context},,\n"
    [entity] = read_entities("locations.csv", HEADER + row)
    assert [(a.text, a.rule) for a in entity.aliases] == [("Tabqa", ""), ("الطبقة", "context")]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("homs,town,,حمص,,,,,,\n", "label_en must not be empty"),
        ("homs,town,Homs,حمص\n", "10 columns are needed"),
        ("homs,town,Homs,حمص,,north,36.7,,,\n", "could not convert"),
        ("homs,town,Homs,حمص,,,,Hims {sometimes},,\n", "no rule of that name"),
        ("homs,town,Homs,حمص,,,,Hims | --,,\n", "holds no word"),
        ('homs,town,"Homs" city,حمص,,,,,,\n', "quotation marks"),
    ],
)
def test_a_bad_row_names_its_file_and_line(row, complaint):
    with pytest.raises(TableError, match=f"^locations.csv, line 3: .*{complaint}"):
        list(read_entities("locations.csv", HEADER + GOOD + row))


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match=r"^locations.csv, line 1: there is no column note"):
        list(read_entities("locations.csv", HEADER.replace(",note", "") + GOOD))


def test_a_table_from_a_spreadsheet_is_read_and_one_in_windows_1256_is_named():
    [entity] = read_entities(
        "locations.csv", decode_table("x", (HEADER + GOOD).encode("utf-8-sig"))
    )
    assert entity.label_ar == "الرقة"
    with pytest.raises(TableError, match=r"^locations.csv, line 2: the file is not UTF-8"):
        decode_table("locations.csv", (HEADER + GOOD).encode("windows-1256"))


def test_a_bad_cue_names_its_file_and_line():
    with pytest.raises(TableError, match=r"^cues.csv, line 2: .*before, after, weak"):
        list(read_cues("word,facet,side,note\ncity,location,beside,\n"))


def test_no_name_means_two_things_without_a_rule():
    owners = defaultdict(set)
    for entity in GAZETTEER:
        for alias in entity.aliases:
            if alias.rule == "":
                owners[fold_name(alias.text)].add(entity.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_row_has_both_labels_an_id_and_a_source():
    bad = [
        entity.id
        for entity in GAZETTEER
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entity.id)
        or not re.search(r"[A-Za-z]", entity.label_en)
        or not re.search("[\u0621-\u064a]", entity.label_ar)
        or not entity.source
    ]
    assert bad == []


def test_a_town_lies_near_the_place_that_it_is_part_of():
    """Within 4 degrees of the governorate's seat: a swapped or mistyped number is further off."""
    far = [
        entity.id
        for entity in GAZETTEER
        if (larger := GAZETTEER.entity(entity.part_of or "")) and larger.kind == "governorate"
        if entity.latitude and entity.longitude and larger.latitude and larger.longitude
        if abs(entity.latitude - larger.latitude) + abs(entity.longitude - larger.longitude) > 4
    ]
    assert far == []


def test_all_governorates_are_there_and_part_of_syria():
    governorates = [e for e in GAZETTEER if e.kind == "governorate"]
    assert len(governorates) == 14
    assert {e.part_of for e in governorates} == {"syria"}


def test_closure_climbs_to_the_country():
    assert GAZETTEER.closure("tabqa-airport") == ("tabqa-airport", "tabqa", "raqqa", "syria")
    assert GAZETTEER.closure("kirkuk") == ("kirkuk", "iraq")
    assert GAZETTEER.closure("nowhere") == ()


@pytest.mark.parametrize("name", ["Deir-ez-Zour", "deir ez zour", "دير الزور", "Dayr Az-Zawr"])
def test_find_knows_every_spelling(name):
    assert [e.id for e in GAZETTEER.find(name)] == ["deir-ez-zor"]


def test_find_knows_nothing_of_other_words():
    assert GAZETTEER.find("door") == [] == GAZETTEER.find("")


def test_the_version_is_a_digest_of_the_tables():
    assert re.fullmatch("[0-9a-f]{16}", GAZETTEER.version)
    assert Gazetteer.load() is GAZETTEER


def test_a_folded_name_keeps_words_apart():
    assert fold_name("Deir-ez-Zour") == fold_name("deir ez zour") == "deir ez zour"
    assert fold_name("ديرالزور") != fold_name("دير الزور")
    assert fold_name("حماه") == fold_name("حماة")
    assert fold_name("Dara'a") == fold_name("Daraa")


def test_actors_of_all_sides_and_kinds_are_there():
    kinds = Counter(e.kind for e in GAZETTEER if e.facet == "actor" and e.source)
    assert sum(kinds.values()) >= 250
    assert set(kinds) == {"armed group", "state body", "organisation", "person"}
    assert min(kinds.values()) >= 100


def test_every_district_is_there_as_its_own_row_or_as_its_governorates():
    """The 14 seats of governorates share the row of the governorate, but Rif Dimashq's."""
    districts = [e for e in GAZETTEER if e.kind == "district"]
    assert len(districts) + 13 >= 65
    assert {GAZETTEER.entity(e.part_of).kind for e in districts} == {"governorate"}


@pytest.mark.parametrize(
    ("place", "district", "governorate"),
    [
        ("salqin", "harem", "idlib"), ("tal-rifaat", "azaz", "aleppo"),
        ("hajin", "albukamal", "deir-ez-zor"), ("harasta", "douma", "rif-dimashq"),
        ("ain-issa", "tal-abyad", "raqqa"), ("nawa", "izra", "daraa"),
    ],
)  # fmt: skip
def test_a_place_counts_for_its_district_and_its_governorate(place, district, governorate):
    assert GAZETTEER.closure(place) == (place, district, governorate, "syria")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("وصل الوفد إلى العاصمة الأردنية عمان", {"amman"}),
        ("لجأت عائلات إلى عمان عبر الأردن", {"amman", "jordan"}),
        ("قالت سلطنة عمان إنها تتابع", {"oman"}),
        ("قال وزير خارجية عمان", set()),
        ("قُصف حي الكلاسة في مدينة حلب", {"kallaseh", "aleppo"}),
        ("صحيفة القدس العربي نقلت الخبر", {"al-quds-al-arabi"}),
        ("The day after, the white house beside the desert was empty.", set()),
        ("a spokesman of the White House said", {"white-house"}),
    ],
)
def test_what_two_names_share_is_read_by_what_stands_around(text, named):
    assert {mention.entity for mention in Tagger(GAZETTEER).mentions(text)} == named


def test_the_words_beside_a_name_never_stand_for_a_place_of_the_tables():
    words = {fold_name(cue.text) for cue in GAZETTEER.cues}
    assert [word for word in words for e in GAZETTEER.find(word)] == []
