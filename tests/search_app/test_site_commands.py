"""Can staff see what imports learned of their sites, change it, and see what that does?"""

import json
import shutil

import pytest
from click.testing import CliRunner

from corpus import Archive
from search_app.cli import main

SLOGAN = "The valley office works with the help of people from the villages."
DEEDS = ["opened", "closed", "left", "found", "mended", "sold", "carried", "painted", "lost"]


def article(number):
    """A page of its own words, with a line that all pages of its site have."""
    words = "".join(
        f"<p>In house {number * n} they {DEEDS[(number + n) % 9]} door {number + n * 7}, and their"
        f" neighbours {DEEDS[(number * 2 + n) % 9]} window {n * 3 + number} on that morning.</p>"
        for n in range(1, 5)
    )
    return (
        f"<html><head><title>Day {number}</title></head><body><article><h1>Day {number}</h1>"
        f"{words}<p>{SLOGAN}</p></article></body></html>"
    )


def run(var, *words, **options):
    return CliRunner().invoke(main, ["--var", str(var), *map(str, words)], **options)


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """What an import of twelve pages, and one of another site, says, and its archive."""
    folder = tmp_path_factory.mktemp("valley")
    (folder / "pages").mkdir()
    lines = ["file,url"]
    for n in range(12):
        (folder / "pages" / f"{n}.html").write_text(article(n), "utf-8")
        lines.append(f"{n}.html,https://valley.example/{n}/")
    (folder / "pages" / "hill.html").write_text(article(40), "utf-8")
    (folder / "pages" / "empty.html").write_text("")
    lines.append("hill.html,https://hill.example/1/")
    (folder / "pages" / "pages.csv").write_text("\n".join(lines), "utf-8")
    done = run(folder / "var", "import", folder / "pages", "--items", folder / "items.jsonl")
    assert done.exit_code == 0, done.output
    return folder, done.output


@pytest.fixture
def var(imported, tmp_path):
    shutil.copytree(imported[0] / "var", tmp_path / "var")
    return tmp_path / "var"


def texts(var):
    with Archive(var, readonly=True) as archive:
        return {record.url: record.text for record in archive.records()}


def test_an_import_tells_outcomes_samples_sites_and_what_is_next(imported):
    told = imported[1].splitlines()
    assert told[0] == "Read 14 items: 13 new, 1 quarantined."
    assert "    Day 0 · https://valley.example/0/" in told
    assert "      1  empty file" in told
    assert told.index("new: 13") < told.index("quarantined: 1")
    [row] = [line for line in told if line.startswith("valley.example ")]
    assert row.split()[1:] == ["12", "·", "·", "·", "·", "·"]
    assert "Learned what the pages share of valley.example." in told
    assert "12 pages read again with that; 12 records changed by it." in told
    assert told[-1] == "Now build the index: kashaf index"


def test_the_list_of_items_says_of_each_why_it_was_read(imported):
    lines = (imported[0] / "items.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["read"] for row in rows] == ["first"] * 14 + ["profile"] * 12
    assert {row["outcome"] for row in rows if not row["again"]} == {"new", "quarantined"}


def test_a_dry_run_shows_the_same_table(imported, tmp_path):
    dry = run(tmp_path / "none", "import", "--dry-run", imported[0] / "pages").output.splitlines()
    assert dry[0] == "Dry run: this is what would happen. Nothing was stored."
    assert dry[-1] == "To import it, run the same without --dry-run."
    assert [line for line in imported[1].splitlines() if line not in dry] == [
        "What is cut from whose pages: kashaf sites",
        "What is in quarantine, and why: kashaf quarantine",
        "Now build the index: kashaf index",
    ]


def test_the_list_of_sites_and_one_of_them(var):
    [listed] = json.loads(run(var, "sites", "--json").output)
    assert (listed["name"], listed["pages"], listed["state"]) == ("valley.example", 12, "learned")
    short = run(var, "sites").output.splitlines()
    assert short[1].split() == ["valley.example", "12", "1", "its", "pages", "learned"]
    assert short[2:] == ["and 1 site with fewer than 10 pages (--all)"]
    assert run(var, "sites", "--all").output.splitlines()[2].split() == [
        "hill.example", "1", "no", "profile",
    ]  # fmt: skip
    shown = json.loads(run(var, "sites", "show", "valley.example", "--json").output)
    assert (shown["records"], shown["cut"]) == (12, 12)
    [line] = [cut for cut in shown["lines"] if cut["line"]["text"] == SLOGAN]
    assert (line["records"], line["words"]) == (12, 12 * len(SLOGAN.split()))
    told = run(var, "sites", "show", "valley.example").output
    assert f"12       12     144  {SLOGAN}" in told
    assert "From 12 of 12 records, 144 words are cut with this reason; other rules may" in told


def test_a_line_that_a_person_keeps_comes_back_into_the_texts(var, tmp_path):
    assert not any(SLOGAN in text for url, text in texts(var).items() if "valley" in url)
    assert run(var, "sites", "save", "valley.example", tmp_path / "a.toml").exit_code == 0
    text = (tmp_path / "a.toml").read_text("utf-8")
    assert SLOGAN in text
    (tmp_path / "a.toml").write_text(text.replace("keep = false", "keep = true"), "utf-8")
    done = run(var, "sites", "load", tmp_path / "a.toml")
    assert "12 pages read again; 12 records changed by it." in done.output
    assert all(SLOGAN in text for text in texts(var).values())
    assert json.loads(run(var, "sites", "--json").output)[0]["state"] == "edited"


def test_confirmed_forgotten_and_learned_anew(var):
    assert "(confirmed)" in run(var, "sites", "confirm", "valley.example").output
    assert json.loads(run(var, "sites", "--json").output)[0]["state"] == "confirmed"
    assert "12 records changed" in run(var, "sites", "forget", "valley.example").output
    assert json.loads(run(var, "sites", "--json").output) == []
    assert "12 records changed" in run(var, "sites", "learn", "valley.example").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "nowhere.example"], "No profile has the name nowhere.example. See: kashaf sites"),
        (["confirm", "nowhere.example"], "No profile has the name nowhere.example."),
        (["forget", "nowhere.example"], "No profile has the name nowhere.example."),
        (["save", "nowhere.example", "-"], "No profile has the name nowhere.example."),
        (["learn", "nowhere.example"], "The archive has no pages of a site nowhere.example."),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)
def test_a_site_that_is_not_there_is_told_in_one_line(var, words, told):
    done = run(var, "sites", *words)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {told}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "content", [b"name = ", b"\xff\xfe\x00", b'lines = "x"', b"", b"name = 5"], ids=repr
)
def test_a_file_that_is_no_profile_is_told_in_one_line_and_changes_nothing(var, content):
    done = run(var, "sites", "load", "-", input=content)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert json.loads(run(var, "sites", "--json").output)[0]["state"] == "learned"


def test_only_an_import_makes_an_archive(tmp_path):
    for words in (["sites"], ["review"], ["leaks"], ["sites", "learn", "a.example"]):
        done = run(tmp_path / "none", *words)
        assert done.exit_code == 1
        assert "kashaf import" in done.stderr
    assert not (tmp_path / "none").exists()


def test_lines_that_came_through_are_listed_before_the_index_is_built(var, tmp_path):
    assert json.loads(run(var, "leaks", "--json").output) == []
    run(var, "sites", "save", "valley.example", tmp_path / "a.toml")
    text = (tmp_path / "a.toml").read_text("utf-8")
    (tmp_path / "a.toml").write_text(text.replace("keep = false", "keep = true"), "utf-8")
    run(var, "sites", "load", tmp_path / "a.toml")
    [leak] = json.loads(run(var, "leaks", "--json").output)
    assert (leak["text"], leak["kind"]) == (SLOGAN, "repeated")
    assert (leak["records"], leak["of"]) == (12, 12)
    assert SLOGAN in run(var, "leaks", "valley.example").output


def test_records_of_doubtful_text_are_listed_with_the_reason(var, tmp_path):
    assert run(var, "review").output == "0 records of doubtful text.\n"
    (tmp_path / "a.html").write_text(
        "<html><head><title>A photo</title></head><body><article><h1>A photo</h1><img src=a.jpg>"
        "</article></body></html>"
    )
    told = run(var, "import", tmp_path / "a.html").output
    assert "1 record of doubtful text: kashaf review" in told
    [doubt] = json.loads(run(var, "review", "--json").output)
    assert doubt["confidence"] < 0.6
    assert doubt["why"][0].startswith("no text")
    assert "A photo" in run(var, "review").output


def test_a_container_that_stands_on_no_page_is_not_confirmed(var, tmp_path):
    run(var, "sites", "save", "valley.example", tmp_path / "a.toml")
    text = (tmp_path / "a.toml").read_text("utf-8")
    head, rows = text.split("\n[[", 1)
    kept = [line for line in head.split("\n") if not line.startswith(("container", "confirmed"))]
    for container, told in (
        ("article", "The container stands on 12 of 12 pages looked at."),
        ("main > div.nowhere", "the container stands on no page of valley.example"),
    ):
        own = "\n".join([*kept, f'container = "{container}"', "confirmed = true", "\n[[" + rows])
        done = run(var, "sites", "load", "-", input=own)
        assert done.exit_code == 0 and told in done.output
        [site] = json.loads(run(var, "sites", "--json").output)
        assert (site["container"], site["confirmed"]) == (container, container == "article")
    done = run(var, "sites", "confirm", "valley.example")
    assert done.exit_code == 1 and done.stderr.count("\n") == 1
    assert "kashaf sites learn valley.example" in done.stderr
