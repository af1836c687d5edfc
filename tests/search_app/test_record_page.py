"""Does a record's page show the text, the words that were searched, and where it all comes from?"""

import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime

import pytest
from bs4 import BeautifulSoup

from corpus import Archive, Image, Passage, Translation, record_id
from indexer import build_index
from search_app import Settings, create_app

FIRST = f"{0:016x}"
MIXED = f"{9:016x}"  # Arabic, with an English quotation


@pytest.fixture
def own(settings, tmp_path):
    """An installation that a test may change."""
    shutil.copytree(settings.var, tmp_path / "var")
    return Settings(var=tmp_path / "var")


def test_the_words_of_the_question_are_marked_and_told(look):
    page = look(f"/record/{FIRST}?q=Deir+Ezzor+bridge")
    assert [mark.text for mark in page.select("h1 mark")] == ["Bridge", "Deir Ezzor"]
    assert "Deir ez-Zor" in [mark.text for mark in page.select("article p mark")]
    assert "a spelling of your Deir Ezzor" in page.select_one(".why").text
    assert "No word of wheat" in look(f"/record/{FIRST}?q=wheat").select_one(".why").text


def test_each_block_has_its_language_and_direction(look):
    blocks = [(p["lang"], p["dir"]) for p in look(f"/record/{MIXED}").select("article.body > p")]
    assert blocks == [("ar", "rtl"), ("en", "ltr")]


def test_dates_are_labelled(look):
    facts = " ".join(look(f"/record/{FIRST}").select_one(".body .facts").text.split())
    assert "Published 3 January 2012" in facts
    assert "Captured" in facts
    undated = " ".join(look("/record/" + f"{40:016x}").select_one(".body .facts").text.split())
    assert undated.startswith("undated Captured")


def test_all_captures_are_listed_over_time(look):
    rows = look(f"/record/{FIRST}").select("#captures ~ .scroll tbody tr")
    times = [row.time["datetime"] for row in rows]
    assert len(times) == 3
    assert times == sorted(times)
    assert all(len(row.code.text) == 64 for row in rows)


def test_provenance_names_the_bytes_and_how_they_were_read(look):
    with_arabic = " ".join(look("/record/" + f"{5:016x}").select_one(".evidence").text.split())
    assert "windows-1256, declared as utf-8" in with_arabic
    assert "container" in with_arabic
    assert "SHA-256" in with_arabic


def test_what_was_removed_is_shown_with_its_reason(look):
    page = look(f"/record/{FIRST}")
    removed = {
        " ".join(part.summary.text.split()): part.select_one(".cut").text
        for part in page.select("#removed ~ details")
    }
    assert removed == {"share buttons 1": "Share this page", "related posts 1": "More news"}
    assert "Share this page" not in page.select_one("article.body").text


def test_names_are_shown_with_the_words_that_name_them(look):
    named = look("/record/" + f"{2:016x}").select(".named li")
    texts = [" ".join(item.text.split()) for item in named]
    assert "Islamic State · تنظيم الدولة الإسلامية ISIS" in texts
    link = next(item.a["href"] for item in named if "Islamic State" in item.text)
    assert look(link).select(".hit")


def test_the_address_of_the_original_is_text_and_a_link_that_tells_nothing(look):
    link = look(f"/record/{FIRST}").select_one('a[href^="https://"]')
    assert link.text == link["href"] == "https://old.example/0/"
    assert set(link["rel"]) == {"noopener", "noreferrer", "nofollow"}


def test_the_way_back_leads_to_the_same_results(look):
    results = look("/search?q=Deir+Ezzor&lang=en&sort=newest&page=2")
    hit = results.select_one(".hit")
    record = look(hit.h3.a["href"])
    back = record.select_one(".back a")["href"]
    assert back.endswith("#" + hit["id"])
    assert look(back).select_one(".hits")["start"] == results.select_one(".hits")["start"]
    assert not look(f"/record/{FIRST}").select(".back")


def test_a_record_as_json_is_the_record_of_the_store(client, settings):
    told = client.get(f"/record/{FIRST}.json").json
    with Archive(settings.var, readonly=True) as archive:
        record = archive.record(FIRST)
    assert told["record"]["text"] == record.text
    assert told["record"]["provenance"]["sha256"] == record.provenance.sha256
    assert len(told["captures"]) == 3
    assert {mention["entity"] for mention in told["mentions"]} >= {"deir-ez-zor"}


@pytest.mark.parametrize("name", ["zzz", "../../etc/passwd", "%2e%2e%2fvar", "a" * 5000, "%00"])
def test_there_is_no_such_record(client, name):
    for url in (f"/record/{name}", f"/record/{name}.json"):
        assert client.get(url).status_code == 404


def test_a_page_is_shown_while_the_store_does_not_answer(own):
    client = create_app(own).test_client()
    assert client.get(f"/record/{FIRST}").status_code == 200
    (own.var / "archive.sqlite").write_bytes(b"not a database")
    page = client.get(f"/record/{FIRST}?q=bridge")
    assert page.status_code == 200
    assert "<mark>Bridge</mark>" in page.text
    assert "does not answer at the moment" in page.text
    assert client.get(f"/record/{FIRST}.json").status_code == 200
    assert client.get("/status").status_code == 200


def test_a_page_is_shown_while_an_import_writes(own):
    writer = sqlite3.connect(own.var / "archive.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    page = create_app(own).test_client().get(f"/record/{FIRST}")
    writer.execute("ROLLBACK")
    writer.close()
    assert page.status_code == 200
    assert "SHA-256" in page.text


def test_a_newer_text_is_shown_without_the_marks_of_the_older(own):
    with Archive(own.var) as archive:
        record = archive.record(FIRST)
        later = replace(
            record.provenance,
            captured=datetime.fromisoformat("2021-01-01T00:00:00+00:00"),
            sha256="f" * 64,
        )
        archive.add(replace(record, text="Rewritten from the ground up.", provenance=later))
    page = create_app(own).test_client().get(f"/record/{FIRST}?q=bridge").text
    body = BeautifulSoup(page, "lxml").select_one("article.body")
    assert "Rewritten from the ground up." in body.text
    assert not body.select("mark")


@pytest.fixture
def shown(own):
    """The page of a record with a translation here and one elsewhere, images, and odd letters."""
    with Archive(own.var) as archive:
        first = archive.record(FIRST)
        english = "https://news.example/en/bread/"
        twin = replace(
            first,
            id=record_id(english),
            url=english,
            title="Bread for the town",
            text="The ovens are warm, residents said.",
            provenance=replace(first.provenance, url=english, sha256="e" * 64),
        )
        own_page = replace(
            first,
            id=record_id("https://news.example/ar/bread/"),
            title="خبز للبلدة \u202egpj.exe",
            provenance=replace(first.provenance, sha256="d" * 64),
            text="قال سكان إن الخبز عاد إلى البلدة.\n"
            "Le pain est revenu.\nنان بۆ شار گەڕایەوە.\n2014",
            passages=(Passage(0, 34, "ar"), Passage(34, 54, "fr"), Passage(54, 79, "ckb")),
            confidence=0.4,
            lang="ar",
            source="sуria.example",  # the second letter is Cyrillic
            published_approximate=True,
            published_text="قبل يومين",
            author="سلمى \u202eمثال",
            translations=(
                Translation("en", english),
                Translation("fr", "https://news.example/fr/pain/"),
                Translation("de", "javascript:alert(1)"),
            ),
            images=(Image("https://other.example/oven.jpg", "الفرن <b>"),),
        )
        archive.add(twin)
        archive.add(own_page)
        build_index(archive.records(), own.var / "index", source=archive.digest())
    answer = create_app(own).test_client().get(f"/record/{own_page.id}")
    return BeautifulSoup(answer.data, "lxml")


def test_a_translation_leads_to_its_record_and_else_to_its_page(shown):
    links = {link.text: link["href"] for link in shown.select(".about dd a")}
    assert links["Bread for the town"] == f"/record/{record_id('https://news.example/en/bread/')}"
    assert links["https://news.example/fr/pain/"] == "https://news.example/fr/pain/"
    assert not any("javascript" in link for link in links.values())
    assert "not in this archive" in shown.text


def test_images_are_told_and_never_loaded(shown):
    assert "Addresses and captions" in shown.text
    assert "الفرن <b>" in shown.text and "https://other.example/oven.jpg" in shown.text
    assert not shown.select("img, picture, source, [style*=url]")


def test_a_reckoned_date_says_about(shown):
    facts = " ".join(shown.select_one(".body .facts").text.split())
    assert "Published about 3 January 2012" in facts
    assert "قبل يومين" in shown.select_one(".about").text


def test_letters_of_another_script_in_a_host_are_told(shown):
    facts = shown.select_one(".body .facts").text
    assert "sуria.example (xn--sria-v6d.example)" in facts


def test_what_would_turn_the_text_around_it_is_not_shown(shown):
    assert not set("\u202a\u202b\u202c\u202d\u202e") & set(shown.text)
    assert shown.h1["dir"] == "auto"
    assert "gpj.exe" in shown.h1.text
    assert "signs that turn letters around" in shown.text


def test_an_ordinary_title_is_not_suspected(look):
    assert "signs that turn letters around" not in look(f"/record/{FIRST}").text


def test_each_block_has_the_language_of_its_passage(shown):
    blocks = [(block["lang"], block["dir"]) for block in shown.select("article.body > p")]
    assert blocks == [("ar", "rtl"), ("fr", "ltr"), ("ckb", "rtl"), ("ckb", "auto")]


def test_how_sure_extraction_was_of_the_text_is_told(shown):
    terms = {term.text: term.find_next_sibling("dd").text for term in shown.select("dt")}
    assert terms["Confidence in the text"] == "40%"
