"""Does every command of the shell tell what it does, and end with the right code?"""

import json
import shutil

import pytest
from click.testing import CliRunner

from search_app import Settings
from search_app.cli import main

COMMANDS = sorted(main.commands)
PROMISED = {
    "import", "index", "search", "analyze", "variants", "status", "quarantine", "verify",
    "rollback", "serve", "demo", "explain",
}  # fmt: skip
WITH_JSON = {
    "import", "index", "search", "analyze", "variants", "status", "quarantine", "verify", "sites",
    "review", "leaks", "rollback", "explain",
}  # fmt: skip


@pytest.fixture
def own(settings, tmp_path):
    shutil.copytree(settings.var, tmp_path / "var")
    return Settings(var=tmp_path / "var")


def run(var, *words):
    return CliRunner().invoke(main, ["--var", str(var), *words])


def test_all_commands_are_there():
    assert set(COMMANDS) >= PROMISED


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0
    assert main.commands[command].get_short_help_str(200) in " ".join(done.output.split())
    assert ("--json" in done.output) == (command in WITH_JSON)


@pytest.mark.parametrize(
    "words",
    [
        ["search", "Deir", "Ezzor"],
        ["variants", "Daesh"],
        ["explain", f"{5:016x}", "Deir Ezzor"],
        ["analyze", "وبالكتاب"],
        ["status"],
        ["quarantine"],
        ["sites"],
        ["review"],
        ["leaks"],
        ["verify"],
        ["index"],
    ],
    ids=lambda words: words[0],
)
def test_json_is_all_that_is_printed(own, words):
    done = run(own.var, *words, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) is not None


def test_the_shell_finds_what_the_page_finds(settings, client):
    told = json.loads(run(settings.var, "search", "Deir Ezzor", "--lang", "ar", "--json").stdout)
    page = client.get("/search.json?q=Deir+Ezzor&lang=ar").json
    assert told == page


def test_people_get_the_same_in_words(settings):
    done = run(settings.var, "search", "Deir", "Ezzor", "--lang", "ar", "--size", "5")
    assert "Deir ez-Zor · دير الزور" in done.output
    assert "دير الزور (a spelling of your Deir Ezzor) ×1 in the title" in done.output


@pytest.mark.parametrize(
    "words",
    [
        ["search", "a"],
        ["explain", "1", "a"],
        ["variants", "a"],
        ["status"],
        ["verify"],
        ["quarantine"],
        ["rollback"],
    ],
    ids=lambda words: words[0],
)
def test_what_is_not_there_is_told_in_one_line(tmp_path, words):
    done = run(tmp_path / "none", *words)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["import"],
        ["import", "/no/such/folder"],
        ["search", "a", "--sort", "random"],
        ["search", "a", "--page", "0"],
        ["search", "a", "--size", "0"],
        ["analyze"],
        ["explain", "1"],
        ["serve", "--port", "99999"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(tmp_path, words):
    assert run(tmp_path / "var", *words).exit_code == 2


def test_an_odd_environment_is_wrong_usage(monkeypatch, tmp_path):
    monkeypatch.setenv("KASHAF_PORT", "eighty")
    done = run(tmp_path, "status")
    assert done.exit_code == 2
    assert "KASHAF_PORT" in done.stderr


def test_a_whole_archive_is_told_so_and_a_damaged_index_is_a_failure(own):
    assert "Whole: 51 records" in run(own.var, "verify").output
    columns = next((own.var / "index").rglob("columns.bin"))
    content = bytearray(columns.read_bytes())
    content[-1] ^= 1
    columns.write_bytes(content)
    done = run(own.var, "verify")
    assert done.exit_code == 1
    assert columns.name in done.output


def test_the_generation_before_comes_back(own):
    assert run(own.var, "index").exit_code == 0
    done = run(own.var, "rollback")
    assert (done.exit_code, done.output) == (0, "Generation 000001 is in use again.\n")
    assert run(own.var, "rollback").exit_code == 1
    assert run(own.var, "index").exit_code == 0
    told = run(own.var, "rollback", "--json").stdout
    assert json.loads(told) == {"generation": "000002"}


def test_a_record_is_explained_whether_it_is_found_or_not(settings):
    market = f"{5:016x}"
    told = run(settings.var, "explain", market, "Deir", "Ezzor").output.splitlines()
    assert told == [
        "The query finds this record.",
        "  دير الزور (a spelling of your Deir Ezzor) ×1 in the title ×1 in the text",
    ]
    told = run(settings.var, "explain", market, "Deir Ezzor wheat -السوق").output.splitlines()
    assert told[:3] == [
        "The query does not find this record.",
        "  not there: wheat",
        "  there, and the query excludes it: السوق",
    ]
    assert told[3:] == [
        "  دير الزور (a spelling of your Deir Ezzor) ×1 in the title ×1 in the text"
    ]
    asked = ["explain", market, "Deir Ezzor wheat", "--json"]
    why = json.loads(run(settings.var, *asked).stdout)
    assert (why["found"], why["missing"]) == (False, ["wheat"])


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["in words", "json"])
def test_a_record_that_the_index_does_not_have_is_a_failure_in_one_line(settings, more):
    done = run(settings.var, "explain", "nothing", "Deir Ezzor", *more)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: The index has no record nothing. For ids see: kashaf search\n"
