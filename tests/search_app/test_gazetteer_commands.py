"""Does `kashaf gazetteer` show what a table would change, and store nothing that is faulty?"""

import json
import shutil

import pytest
from click.testing import CliRunner

from search_app.cli import main

TABLE = (
    "id,kind,label_en,label_ar,part_of,aliases,note,source\n"
    "airport-road,site,Airport Road,طريق المطار,deir-ez-zor,,,a resident\n"
    "nowhere,moon,Nowhere,لامكان,,,,a resident\n"
)


@pytest.fixture
def var(settings, tmp_path):
    shutil.copytree(settings.var, tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "roads.csv"
    path.write_text(TABLE, "utf-8")
    return path


def run(var, *words, **options):
    return CliRunner().invoke(main, ["--var", str(var), "gazetteer", *map(str, words)], **options)


def test_an_import_shows_first_what_it_would_change_and_asks(var, table):
    done = run(var, "import", table, input="n\n")
    assert done.exit_code == 1
    assert "roads.csv, line 3: there is no kind 'moon'" in done.output
    assert "1 row, 0 known already, 1 skipped, 0 conflicts" in done.output
    assert "8 records would change." in done.output
    assert "+airport-road" in done.output
    assert not (var / "gazetteer").exists()


def test_what_was_stored_counts_from_the_next_index_on(var, table):
    assert run(var, "import", table, "--yes").exit_code == 0
    whole = CliRunner().invoke(main, ["--var", str(var), "status"]).output
    assert "no: run kashaf index" in whole
    assert CliRunner().invoke(main, ["--var", str(var), "index"]).exit_code == 0
    assert "up to date        yes" in CliRunner().invoke(main, ["--var", str(var), "status"]).output
    assert "8 records name Airport Road · طريق المطار." in run(var, "pages", "airport-road").output


def test_pages_tells_the_records_of_a_table_or_of_an_id(var, table):
    told = json.loads(run(var, "pages", table, "--json").output)
    assert len(told) == 8
    assert {tuple(each["gained"]) for each in told} <= {
        ("airport-road",), ("airport-road", "deir-ez-zor", "syria"),
    }  # fmt: skip
    named = json.loads(run(var, "pages", "islamic-state", "--json").output)
    assert len(named) == 8
    assert run(var, "pages", "no-such-id").exit_code == 1


def test_the_check_ends_with_1_when_there_is_a_fault(var):
    assert run(var, "check").output == "The tables hold together.\n"
    (var / "gazetteer").mkdir()
    (var / "gazetteer" / "mine.csv").write_text(TABLE, "utf-8")
    done = run(var, "check")
    assert done.exit_code == 1
    assert "mine.csv, line 3: there is no kind 'moon'" in done.output
    assert len(json.loads(run(var, "check", "--json").stdout)) == 1


def test_a_faulty_table_of_staff_ends_in_one_line_and_the_old_index_answers(var):
    (var / "gazetteer").mkdir()
    (var / "gazetteer" / "mine.csv").write_text(TABLE, "utf-8")
    done = CliRunner().invoke(main, ["--var", str(var), "index"])
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "mine.csv, line 3" in done.output
    assert "records" in CliRunner().invoke(main, ["--var", str(var), "search", "road"]).output


def test_words_and_odd_files_are_refused_in_one_line(var, tmp_path):
    for name, content in (
        ("others.csv", b"text,reason\nx,y\n"),
        ("odd.csv", b"\x00\x01"),
        ("odd.csv", b""),
        ("odd.csv", "اسم,س\n".encode("windows-1256")),
    ):
        (tmp_path / name).write_bytes(content)
        done = run(var, "import", tmp_path / name, "--yes")
        assert (done.exit_code, done.output.count("\n")) == (1, 1), done.output
        assert not (var / "gazetteer").exists()


@pytest.mark.parametrize("command", ["check", "import", "pages"])
def test_every_command_says_what_it_does(command):
    done = CliRunner().invoke(main, ["gazetteer", command, "--help"])
    assert done.exit_code == 0
    assert "Options:" in done.output
