"""Do the choices beside the results tell what lies where, and which words counted?"""

import json

import pytest
from bs4 import BeautifulSoup

from corpus import Archive
from indexer import build_index
from search_app import Settings, create_app
from tests.search_app.conftest import make_record

VILLAGES = (
    ("Shelling in Atarib", "Atarib and Darat Izza were shelled.", "en"),
    ("قصف على الأتارب", "قُصفت الأتارب في ريف حلب.", "ar"),
    ("Aleppo", "A quiet day in Aleppo.", "en"),
    ("Two in one", "Kafr Takharim and Harem and Salqin, in Idlib.", "en"),
    ("Abroad", "They met in Beirut.", "en"),
)


@pytest.fixture(scope="module")
def villages(tmp_path_factory):
    var = tmp_path_factory.mktemp("villages") / "var"
    with Archive(var) as archive:
        for number, (title, text, lang) in enumerate(VILLAGES):
            archive.add(make_record(number, title, text, lang))
        build_index(archive.records(), var / "index", source=archive.digest())
    return create_app(Settings(var=var)).test_client()


@pytest.fixture
def places(villages):
    """The items of the facet of places by their labels."""

    def fetch(url):
        page = BeautifulSoup(villages.get(url).data, "lxml")
        return {
            " ".join(item.select_one(".label").text.split()): item
            for item in page.select(".facet.location li")
        }

    return fetch


def count(item):
    return int(item.select_one(".number").text)


def test_a_village_counts_once_for_its_district_and_its_governorate(places):
    found = places("/search?q=")
    assert count(found["al-Atarib · الأتارب"]) == 2
    assert count(found["Aleppo · حلب"]) == 3  # two villages of one record, and the city
    assert count(found["Harem · حارم"]) == 1
    assert count(found["Syria · سوريا"]) == 4


def test_a_place_stands_in_the_larger_place_and_opens_without_javascript(places):
    found = places("/search?q=")
    larger = found["Salqin · سلقين"].find_parent("li")
    assert larger is found["Harem · حارم"].find_parent("li") or larger is found["Harem · حارم"]
    assert larger.select_one("details > summary")
    assert "places inside" in found["Idlib · إدلب"].select_one("summary").text
    assert found["Syria · سوريا"].find("details").has_attr("open")
    assert not found["Idlib · إدلب"].find("details").has_attr("open")
    assert not found["Lebanon · لبنان"].find("details").has_attr("open")


def test_what_leads_to_a_chosen_place_is_open(places):
    found = places("/search?q=&location=salqin")
    assert found["Idlib · إدلب"].find("details").has_attr("open")
    assert "selected" in found["Salqin · سلقين"]["class"]
    assert found["Beirut · بيروت"]  # what else there would be stays on the page


def test_the_words_that_count_are_told_with_their_numbers(look):
    found = look("/search?q=")
    deir = next(
        item for item in found.select(".facet.location li")
        if item.select_one(".label").text.strip().startswith("Deir ez-Zor")
    )  # fmt: skip
    told = " ".join(deir.select_one(".written").text.split())
    assert "دير الزور 8" in told
    assert "Deir Ezzor" in told
    assert "Deir al-Zour 4" in told


def test_words_are_counted_over_the_records_that_the_facet_counts(client):
    def spellings(url):
        facets = json.loads(client.get(url).data)["facets"]["location"]
        return dict(next(v["spellings"] for v in facets if v["id"] == "deir-ez-zor"))

    everywhere = spellings("/search.json?q=")
    arabic = spellings("/search.json?q=&lang=ar")
    assert everywhere["دير الزور"] == arabic["دير الزور"] == 8
    assert arabic["Deir Ezzor"] < everywhere["Deir Ezzor"]
    assert "Deir al-Zour" not in arabic
    # A facet's own choice is left out of its counts, and of the words.
    assert spellings("/search.json?q=&location=idlib") == everywhere


def test_a_value_that_is_only_written_as_its_label_has_no_line_of_words(places):
    assert not places("/search?q=")["Beirut · بيروت"].select(".written")
