"""Does a reader see, drop and take back the spellings of a name that no table knows?

Alfourati is invented, and in no table.
"""

import json

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from indexer import build_index
from search_app import Settings, create_app
from search_app.cli import main

TEXTS = {
    "zaid-en": "The activist Zaid Alfourati wrote about the road.",
    "zaid-ar": "قال الناشط زيد الفراتي إن الطريق مفتوح",
    "attached": "التقينا بالفراتي قرب الجسر",
    "surname": "Later that day AlFourati ended his report.",
    "market": "The market was open, he said, and the market was full.",
}


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    rows = [{"id": name, "title": "", "text": text} for name, text in TEXTS.items()]
    build_index(rows, folder / "index")
    return folder


@pytest.fixture(scope="module")
def client(var):
    return create_app(Settings(var=var)).test_client()


def hits_of(page):
    return {hit["id"].removeprefix("r-") for hit in page.select(".hit")}


def test_the_drawer_lists_the_spellings_and_each_can_be_dropped_and_taken_back(look):
    page = look("/search?q=Alfourati")
    assert hits_of(page) == {"zaid-en", "zaid-ar", "attached", "surname"}
    rows = {row.bdi.text: row for row in page.select(".drawer li")}
    assert {text: row.select_one(".number").text for text, row in rows.items()} == {
        "Alfourati": "2",
        "الفراتي": "2",
    }
    dropped = look(rows["الفراتي"].select_one("a.cross")["href"])
    assert hits_of(dropped) == {"zaid-en", "surname"}
    row = dropped.select_one(".drawer .dropped")
    assert row.bdi.text == "الفراتي"
    assert hits_of(look(row.a["href"])) == hits_of(page)


def test_a_dropped_spelling_stays_dropped_in_every_link_of_the_results(look):
    page = look("/search?q=Alfourati&without=الفراتي&ui=ar")
    for link in page.select(".facet a.label, .hit h3 a"):
        assert "without=" in link["href"]


@pytest.mark.parametrize(
    ("ui", "told"), [("en", "a spelling of your Alfourati"), ("ar", "كتابة أخرى لـ Alfourati")]
)
def test_a_hit_says_which_spelling_was_found(look, ui, told):
    page = look(f"/search?q=Alfourati&ui={ui}")
    hit = page.select_one("#r-attached")
    assert [mark.text for mark in hit.select(".snippet mark")] == ["بالفراتي"]
    why = "".join(c for c in hit.select_one(".why").text if c not in "\u2066\u2067\u2068\u2069")
    assert "بالفراتي" in why and told in " ".join(why.split())


def test_an_ordinary_word_has_no_drawer(look):
    assert look("/search?q=market").select(".drawer") == []


def test_the_page_of_spellings_the_api_and_the_shell_tell_the_same(look, client, var):
    rows = look("/variants?name=Alfourati").select(".spellings tbody tr")
    page = [(row.bdi.text, int(row.td.text)) for row in rows]
    api = client.get("/variants.json?name=Alfourati").json
    shell = CliRunner().invoke(main, ["--var", str(var), "variants", "Alfourati", "--json"])
    assert json.loads(shell.stdout) == api
    assert [(v["text"], v["records"]) for v in api] == page == [("Alfourati", 2), ("الفراتي", 2)]
    assert [v["kind"] for v in api] == ["typed", "rule"]


def test_the_record_page_marks_every_spelling(client):
    answer = client.get("/record/attached.json?q=Alfourati")
    assert answer.status_code == 200
    page = BeautifulSoup(client.get("/record/attached?q=Alfourati").data, "lxml")
    assert [mark.text for mark in page.select("mark")] == ["بالفراتي"]


@pytest.fixture
def look(client):
    """A page that must be there, as HTML."""

    def fetch(url):
        answer = client.get(url)
        assert answer.status_code == 200, url
        return BeautifulSoup(answer.data, "lxml")

    return fetch
