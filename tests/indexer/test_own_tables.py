"""Can staff add tables of their own, and do faults in them stay without harm?"""

import pytest

from indexer import (
    affected_records,
    build_index,
    open_index,
    ordinary_words,
    read_table_change,
    store_table,
)
from indexer.errors import TableError
from indexer.names import Gazetteer, check_tables, import_table
from indexer.names.listed.importing import needs_context

SHIPPED = Gazetteer.load()
HEADER = "id,kind,label_en,label_ar,part_of,latitude,longitude,aliases,note,source\n"
MILL = "mill-bridge,site,Mill Bridge,جسر الطاحون,raqqa,35.9,39.0,the crooked bridge,,a resident\n"
RECORDS = [
    {"id": "1", "title": "Mill Bridge", "text": "The crooked bridge was mended."},
    {"id": "2", "title": "Market", "text": "A market in Raqqa."},
]

OCHA = (
    "admin1Name_en,admin1Name_ar,admin1Pcode,admin2Name_en,admin2Name_ar,admin2Pcode,"
    "admin3Name_en,admin3Name_ar,admin3Pcode,admin4Name_en,admin4Name_ar,admin4Pcode,lat,lon\n"
)
IN_AFRIN = "Aleppo,حلب,SY02,Afrin,عفرين,SY0203,Raju,راجو,SY020303,"
GEONAMES = (
    "{0}\t{1}\t{1}\t{2}\t36.68\t36.60\tP\t{3}\tSY\t\t09\t\t\t\t120\t\t400\tAsia\t2020-01-01\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gazetteer").mkdir()
    return tmp_path / "gazetteer"


def test_own_tables_are_loaded_beside_the_others(folder):
    (folder / "bridges.csv").write_text(HEADER + MILL, "utf-8")
    gazetteer = Gazetteer.load(folder)
    assert [e.id for e in gazetteer.find("the crooked bridge")] == ["mill-bridge"]
    assert gazetteer.closure("mill-bridge") == ("mill-bridge", "raqqa", "syria")
    assert gazetteer.version != Gazetteer.load().version
    assert Gazetteer.load(folder) is gazetteer


def test_a_table_that_was_edited_is_read_again(folder):
    (folder / "bridges.csv").write_text(HEADER + MILL, "utf-8")
    Gazetteer.load(folder)
    (folder / "bridges.csv").write_text(HEADER + MILL.replace("crooked", "old stone"), "utf-8")
    assert Gazetteer.load(folder).find("the crooked bridge") == []


def test_an_own_row_takes_the_place_of_the_one_with_its_id(folder):
    row = "raqqa,governorate,Raqqa,الرقة,syria,,,Raqqah city {context},,us\n"
    (folder / "mine.csv").write_text(HEADER + row, "utf-8")
    entity = Gazetteer.load(folder).entity("raqqa")
    assert (entity.source, [a.text for a in entity.aliases]) == (
        "us", ["Raqqa", "الرقة", "Raqqah city"],
    )  # fmt: skip
    assert Gazetteer.load().entity("raqqa").source != "us"


def test_own_words_that_are_no_names_count_too(folder):
    (folder / "others.csv").write_text("text,reason\nRaqqa Street,a street of another city\n")
    assert "Raqqa Street" in Gazetteer.load(folder).others


def test_an_index_is_read_with_the_tables_that_it_was_built_with(folder, tmp_path):
    (folder / "bridges.csv").write_text(HEADER + MILL, "utf-8")
    build_index(RECORDS, tmp_path / "index", gazetteer=Gazetteer.load(folder))
    (folder / "bridges.csv").unlink()  # staff change their tables afterwards
    with open_index(tmp_path / "index") as index:
        assert [hit.id for hit in index.search(location="mill-bridge")] == ["1"]
        assert [hit.id for hit in index.search("جسر الطاحون")] == ["1"]
        labels = {value.id: value.label_ar for value in index.search().facets["location"]}
        assert labels["mill-bridge"] == "جسر الطاحون"
        assert index.cautions == ()


def test_p_codes_become_rows_in_the_places_that_are_known():
    table = import_table(
        "ocha.csv", OCHA + IN_AFRIN + "Kafr Mithal,كفر مثال,C9,36.68,36.6\n", SHIPPED
    )
    assert (table.added, table.known, table.faults) == (1, 3, ())
    [entity] = [e for e in Gazetteer.of({"ocha.csv": table.text}) if e.source == "OCHA C9"]
    assert (entity.id, entity.kind, entity.latitude) == ("kafr-mithal", "village", 36.68)
    assert Gazetteer.of({"ocha.csv": table.text}).closure("kafr-mithal")[1:] == (
        "raju", "afrin", "aleppo", "syria",
    )  # fmt: skip
    assert Gazetteer.of({"ocha.csv": table.text}).is_minor("kafr-mithal")


def test_a_seat_shares_the_row_of_its_district():
    row = "Aleppo,حلب,SY02,Testan,تستان,SY0299,Testan,تستان,SY029900,Testan,تستان,C1,,\n"
    table = import_table("ocha.csv", OCHA + row, SHIPPED)
    assert (table.added, table.known) == (1, 3)
    assert "testan,district,Testan,تستان,aleppo" in table.text


def test_two_villages_of_one_name_are_two_and_their_name_needs_context():
    rows = "".join(IN_AFRIN + f"Kafr Mithal,كفر مثال,{code},,\n" for code in ("C1", "C2"))
    table = import_table("ocha.csv", OCHA + rows, SHIPPED)
    assert table.added == 2
    assert table.text.count("Kafr Mithal {context}") == 2
    assert check_tables({"ocha.csv": table.text}) == []


def test_geonames_and_wikidata_become_rows():
    dump = GEONAMES.format(1, "Kafr Mithal", "Kafar Mithal,كفر مثال,Кафр", "PPL")
    dump += GEONAMES.format(2, "Mithal River", "نهر مثال", "STM")
    table = import_table("SY.txt", dump, SHIPPED)
    assert (table.added, table.faults) == (1, ())
    assert "kafr-mithal,village,Kafr Mithal,كفر مثال,aleppo,36.6800,36.6000" in table.text
    wiki = "item\tlabel_en\tlabel_ar\tkind\tpart_of\tcoord\n"
    wiki += "http://www.wikidata.org/entity/Q1\tMithal Dam\tسد مثال\tsite\tRaqqa\tPoint(39 35.9)\n"
    table = import_table("dams.tsv", wiki, SHIPPED)
    assert "mithal-dam,site,Mithal Dam,سد مثال,raqqa,35.9000,39.0000" in table.text


def test_a_place_that_is_known_is_not_added_again():
    dump = GEONAMES.format(1, "Rajo", "Raju,راجو", "PPL")
    assert import_table("SY.txt", dump, SHIPPED).known == 1


def test_rows_that_cannot_be_used_are_told_with_their_line_and_skipped():
    rows = IN_AFRIN + ",بلا اسم,C1,,\n" + IN_AFRIN + "Kafr Mithal,كفر مثال,,,\n"
    rows += IN_AFRIN + "Kafr Jayyid,كفر جيد,C3,,\n"
    table = import_table("ocha.csv", OCHA + rows, SHIPPED)
    assert table.added == 1
    assert [fault.partition(": ")[0] for fault in table.faults] == [
        "ocha.csv, line 2", "ocha.csv, line 3",
    ]  # fmt: skip
    table = import_table(
        "SY.txt", GEONAMES.format(1, "Mithal", "", "PPL") + "torn\tline\n", SHIPPED
    )
    assert (table.added, len(table.faults), table.text) == (0, 2, "")
    table = import_table("mine.csv", HEADER + MILL + MILL + "x,moon,X,س,,,,,,me\n", SHIPPED)
    assert (table.added, len(table.faults)) == (1, 2)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00", "item\n", "id\tname\n"])
def test_a_file_of_another_kind_is_refused_in_one_line(text):
    try:
        table = import_table("odd.csv", text, SHIPPED)
    except TableError as error:
        assert str(error).startswith("odd.csv, line 1: ") and "\n" not in str(error)
    else:
        assert (table.added, table.text) == (0, "")


def test_names_that_may_be_words_or_families_need_context():
    assert needs_context("Kafr") and needs_context("al-Karama") and needs_context("أبو كمال")
    assert not needs_context("Kafr Mithal") and not needs_context("تل أبيض")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("x,town,Aleppo,س,,,,,,me\n", "'Aleppo' is a name of x, and of aleppo"),
        ("x,town,X,س,atlantis,,,,,me\n", "x is part of atlantis, which no table has"),
        ("x,town,X,س,x,,,,,me\n", "part_of goes round: x, x"),
        ("x,town,The,من,,,,,,me\n", "'The' is an ordinary word"),
        ("x,town,City,س,,,,,,me\n", "'City' is an ordinary word"),
        ("X y,town,X,س,,,,,,me\n", "the id 'X y' is not made of small letters"),
        ("x,town,س,س,,,,,,me\n", "label_en 'س' has no Latin letter"),
        ("x,town,X,X,,,,,,me\n", "label_ar 'X' has no Arabic letter"),
        ("x,town,X,,,,,,,me\n", "label_ar must not be empty"),
        ("x,town,X,س,,,,,,\n", "source is empty"),
        ("x,town,X,س,raqqa,53.9,39.0,,,me\n", "x lies far from raqqa"),
        ("x,town,X,س,,35.9,390,,,me\n", "390 is no number of degrees"),
        (MILL.replace("mill-bridge", "other"), "other seems to be mill-bridge"),
        (MILL, "mine.csv, line 2 has the id mill-bridge too"),
    ],
)
def test_the_check_names_file_and_row_of_every_fault(row, fault):
    faults = check_tables({"mine.csv": HEADER + MILL + row})
    assert any(f.startswith("mine.csv, line 3: ") and fault in f for f in faults), faults


def test_the_shipped_tables_have_no_fault():
    assert check_tables() == []


def test_the_check_goes_on_behind_a_row_that_cannot_be_read():
    faults = check_tables({"mine.csv": HEADER + 'x,town,"X" y,س,,,,,,me\n' + "y,town,Y,,,,,,,me\n"})
    assert [fault.partition(": ")[0] for fault in faults] == [
        "mine.csv, line 2", "mine.csv, line 3",
    ]  # fmt: skip


def test_what_a_table_would_change_is_known_before_it_is_stored(folder, tmp_path):
    file = tmp_path / "bridges.csv"
    file.write_text(HEADER + MILL, "utf-8")
    change = read_table_change(file, folder)
    assert list(folder.iterdir()) == []
    told = list(affected_records(RECORDS, change.before, change.after))
    assert [(t.id, t.gained, t.lost) for t in told if t] == [
        ("1", ("mill-bridge", "raqqa", "syria"), ())
    ]
    assert told[1] is None
    store_table(change, folder)
    assert Gazetteer.load(folder).version == change.after.version
    again = read_table_change(file, folder)  # the same file takes its own place
    assert (again.added, again.conflicts, again.after.version) == (1, (), change.after.version)


def test_conflicts_come_with_the_change_and_a_table_that_would_not_load_is_refused(
    folder, tmp_path
):
    file = tmp_path / "mine.csv"
    file.write_text(HEADER + "x,town,Aleppo,س,,,,,,me\n", "utf-8")
    [conflict] = read_table_change(file, folder).conflicts
    assert conflict.startswith("mine.csv, line 2: 'Aleppo' is a name of x, and of aleppo")
    file.write_text(HEADER + "x,town,X,س,atlantis,,,,,me\n", "utf-8")
    with pytest.raises(TableError, match="x is part of atlantis"):
        read_table_change(file, folder)
    assert list(folder.iterdir()) == []


def test_a_name_that_the_archive_mostly_writes_small_is_a_fault(tmp_path):
    row = "gate,town,Gatehouse,الباب القديم,,,,,,me\n"
    texts = ["The gatehouse was shut.", "A gatehouse of stone.", "Gatehouse keepers left."]
    build_index([{"id": str(n), "title": "", "text": t} for n, t in enumerate(texts)], tmp_path)
    tables = {"mine.csv": HEADER + row}
    assert check_tables(tables) == []
    ordinary = ordinary_words(tmp_path, Gazetteer.of(tables))
    assert ordinary == {"gatehouse"}
    [fault] = check_tables(tables, ordinary)
    assert fault.startswith("mine.csv, line 2: 'Gatehouse' is an ordinary word")
