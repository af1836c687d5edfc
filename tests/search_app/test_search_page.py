"""Does the search page show what the index found, and does each link lead to what it says?"""

import random
import re
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from indexer import build_index
from search_app import Settings, create_app


def count_of(page):
    """The total that the page tells."""
    number = re.match(r"[\d,]+", page.select_one(".total strong").text)
    return int(number[0].replace(",", "")) if number else 0


def hits_of(page):
    return [hit["id"].removeprefix("r-") for hit in page.select(".hit")]


def facet_links(page):
    """(link, count) of every value that can be chosen."""
    return [
        (row.select_one("a.label")["href"], int(row.select_one(".number").text.replace(",", "")))
        for row in page.select(".facet .row")
        if row.select_one("a.label")
    ]


def test_a_name_is_found_under_every_spelling_in_both_scripts(look):
    latin = look("/search?q=Deir+Ezzor&size=100")
    arabic = look("/search?q=دير الزور&size=100")
    assert set(hits_of(latin)) == set(hits_of(arabic))
    assert count_of(latin) == len(hits_of(latin)) > 20
    assert {mark.text for mark in latin.select(".snippet mark")} >= {"Deir ez-Zor", "دير الزور"}


def test_every_hit_has_a_passage_with_the_words_marked_and_says_why(look):
    for hit in look("/search?q=Deir+Ezzor&size=100").select(".hit"):
        assert hit.select(".snippet")
        assert hit.select("mark")
        assert hit.select_one(".why .reason")
        assert "Published" in hit.text or "undated" in hit.text
        assert "Captured" in hit.text


def test_the_reason_is_told_in_the_language_of_the_interface(look):
    for ui, reason in (
        ("en", "دير الزور (a spelling of your Deir Ezzor) ×1 in the title"),
        ("ar", "دير الزور (كتابة أخرى لـ Deir Ezzor) ×1 في العنوان"),
    ):
        lines = look(f"/search?q=Deir+Ezzor&lang=ar&ui={ui}").select(".why")
        assert any(reason in " ".join(line.text.split()) for line in lines)


def test_the_count_tells_captures_and_undated_articles(look):
    page = look("/search?q=Deir+Ezzor")
    total = count_of(page)
    line = " ".join(page.select_one(".total").text.split())
    assert line.startswith(f"{total} articles ({total + 2} captures)")
    assert "without a date" in line


def test_arabic_counts_have_their_plural_forms(look):
    assert "مقالة واحدة" in look("/search?q=%22Undated note%22&ui=ar").select_one(".total").text
    assert "لا مقالات" in look("/search?q=xyzzy&ui=ar").select_one(".total").text


def test_a_spelling_can_be_left_out_and_put_back(look):
    page = look("/search?q=Deir+Ezzor&size=100")
    all_hits = set(hits_of(page))
    drawer = {item.bdi.text: item for item in page.select(".drawer li")}
    leave_out = drawer["دير الزور"].a["href"]
    assert "without=" in leave_out
    fewer = look(leave_out)
    assert "دير الزور" not in {mark.text for mark in fewer.select(".snippet mark")}
    assert set(hits_of(fewer)) < all_hits
    dropped = fewer.select_one(".drawer .dropped")
    assert dropped.bdi.text == "دير الزور"
    assert set(hits_of(look(dropped.a["href"]))) == all_hits


def test_a_new_question_keeps_a_spelling_that_was_left_out_only_while_it_is_shown(look):
    kept = look("/search?q=Deir+Ezzor&without=دير الزور")
    assert kept.select_one('form#search input[name="without"]')
    assert not look("/search?q=wheat&without=دير الزور").select_one('input[name="without"]')


@pytest.mark.parametrize("q", ["Deir Ezzor", "", "road OR school", "مدرسة أو دير الزور"])
def test_a_facet_link_gives_exactly_its_count(look, q):
    """Number 15 of design/reader.md at this door: 25 links from each question, each followed from
    where the last one led, with filters added, excluded and taken away on the way."""
    chance = random.Random(q)
    start = "/search?" + urlencode({"q": q, "size": 1})
    page = look(start)
    for _ in range(25):
        links = facet_links(page) or facet_links(look(start))
        link, count = chance.choice(links)
        if count and chance.random() < 0.4:
            actions = page.select(".facet .actions a")
            page = look(chance.choice(actions)["href"]) if actions else page
        else:
            page = look(link)
            assert count_of(page) == count, link


def test_excluded_values_stay_on_the_page_and_can_be_taken_back(look):
    page = look("/search?q=Deir+Ezzor")
    before = count_of(page)
    exclude = page.select_one('.facet.actor .actions a[href*="not_actor"]')["href"]
    without = look(exclude)
    assert 0 < count_of(without) < before
    again = without.select_one(".facet .excluded .actions a")["href"]
    assert count_of(look(again)) == before


def test_chosen_values_stay_on_the_page_at_zero(look):
    page = look("/search?q=xyzzy&actor=islamic-state&location=deir-ez-zor&lang=ar&source=a.example")
    assert count_of(page) == 0
    assert [row.select_one(".number").text for row in page.select(".facet .selected > .row")] == [
        "0"
    ] * 4


def test_a_second_value_of_a_facet_widens_the_results(look):
    one = look("/search?q=&location=idlib")
    also = one.select_one('.facet.location .actions a[href*="location=idlib&location="]')
    assert count_of(look(also["href"])) > count_of(one)


def test_places_stand_under_the_places_that_they_lie_in(look):
    names = [
        item.select_one(".label bdi").text
        for item in look("/search?q=Deir+Ezzor").select(
            ".facet.location > ul > li > details > ul > li"
        )
    ]
    assert "Deir ez-Zor" in names


def test_values_are_shown_in_both_languages(look):
    labels = [label.text for label in look("/search?q=Deir+Ezzor").select(".facet.location .label")]
    assert "Deir ez-Zor · دير الزور" in [" ".join(label.split()) for label in labels]


def test_each_bar_of_the_date_strip_gives_exactly_its_count(look):
    page = look("/search?q=Deir+Ezzor")
    bars = page.select(".strip.years li a")
    assert (len(page.select(".strip.years li")), len(bars)) == (5, 4)  # nothing in 2015
    rows = page.select(".twin tbody tr")
    for row in rows:
        found, archived = (int(cell.text) for cell in row.select("td"))
        assert found <= archived
        if not row.a:
            assert found == 0
            continue
        year = look(row.a["href"])
        assert count_of(year) == found
        months = year.select(".strip.months li")
        assert len(months) == 12
        assert sum(int(r.select("td")[0].text) for r in year.select(".twin tbody tr")) == found
    assert [bar["href"] for bar in bars] == [row.a["href"] for row in rows if row.a]


def test_the_strip_shows_what_was_archived_where_nothing_was_found(look):
    heights = [
        (int(bar.select_one(".counted")["height"]), int(bar.select_one(".archived")["height"]))
        for bar in look("/search?q=wheat").select(".strip svg")
    ]
    assert all(counted <= archived for counted, archived in heights)
    assert any(archived > counted for counted, archived in heights)


@pytest.mark.parametrize("dates", ["since=2016&until=2012", "since=2030", "until=1990"])
def test_dates_that_meet_no_record_leave_the_strip_of_all_years(look, dates):
    bars = look(f"/search?q=Deir+Ezzor&{dates}").select(".strip li")
    assert [bar.text for bar in bars] == ["2012", "2013", "2014", "2015", "2016"]
    assert not any("selected" in bar["class"] for bar in bars)


def test_records_dated_by_the_year_alone_are_told_beside_the_months(tmp_path):
    dates = ("2014", "2014-06-03", "2014-06-20")
    records = [
        {"id": str(n), "title": "Wheat", "text": "Wheat.", "published": date}
        for n, date in enumerate(dates)
    ]
    build_index(records, tmp_path / "index")
    client = create_app(Settings(var=tmp_path)).test_client()
    page = BeautifulSoup(client.get("/search?q=wheat").data, "lxml")
    (row,) = page.select(".twin tbody tr")
    assert [cell.text for cell in row.select("td")] == ["2", "2"]
    assert "1 is dated by the year alone" in page.select_one(".legend").text
    june = BeautifulSoup(client.get(row.a["href"]).data, "lxml")
    assert count_of(june) == 2 + 1


@pytest.mark.parametrize("text", ["2014", "٢٠١٤", "3/2014", "آذار 2014", "March 2014"])
def test_dates_are_typed_as_people_write_them(look, text):
    page = look("/search?" + urlencode({"q": "", "since": text, "until": text}))
    assert count_of(page) > 0
    assert not page.select(".notices")
    assert page.select_one('input[name="since"]')["value"] == text


def test_kanun_is_january_whatever_it_is_called(look):
    counts = {
        count_of(look("/search?" + urlencode({"q": "", "since": text, "until": text})))
        for text in ("كانون الثاني 2012", "يناير 2012", "January 2012", "1/2012")
    }
    assert len(counts) == 1
    assert counts != {0}


def test_pages_follow_each_other_without_gap_or_repetition(look):
    url, seen = "/search?q=Deir+Ezzor&size=10", []
    while url:
        page = look(url)
        seen += hits_of(page)
        following = page.select_one('.pager a[rel~="next"]')
        url = following["href"] if following else None
    assert len(seen) == len(set(seen)) == count_of(page)
    assert seen == hits_of(look("/search?q=Deir+Ezzor&size=100"))


def test_newest_and_oldest_are_each_others_mirror(look):
    def dates(sort):
        return [t["datetime"] for t in look(f"/search?q=&sort={sort}&size=40&until=2020").select(
            ".hit .facts > span:first-child time")]  # fmt: skip

    assert dates("newest") == sorted(dates("newest"), reverse=True)
    assert dates("oldest") == sorted(dates("newest"))


def test_nothing_found_offers_wider_questions_with_their_counts(look):
    page = look("/search?q=Dier+Ezzor+market&spelling=exact&since=2030")
    assert count_of(page) == 0
    assert page.select_one("#q")["value"] == "Dier Ezzor market"  # never asked on its own
    offers = page.select(".none li")
    assert offers
    for offer in offers:
        assert count_of(look(offer.a["href"])) == int(offer.select_one(".number").text.split()[0])


def test_nothing_to_offer_is_told_plainly(look):
    page = look("/search?q=xyzzy")
    assert not page.select(".none li")
    assert "No article answers" in page.select_one(".none").text


def test_switching_the_language_keeps_the_question(look):
    """Number 22 of design/reader.md: the switch keeps the state."""
    asked = (
        "/search?q=Deir+Ezzor&actor=islamic-state&not_location=idlib&lang=en&since=2012&until=2016"
        "&spelling=forms&match=any&sort=newest&size=20"
    )
    english = look(asked)
    arabic = look(english.select_one("a.language")["href"])
    assert arabic.html["dir"] == "rtl"
    assert arabic.html["lang"] == "ar"
    assert hits_of(arabic) == hits_of(english) != []
    back = look(arabic.select_one("a.language")["href"])
    assert back.html["dir"] == "ltr"
    assert back.select_one(".total").text == english.select_one(".total").text
    links = [a["href"] for a in arabic.select("main a[href]") if "/search?" in a["href"]]
    assert links
    assert all("ui=ar" in link for link in links)


def test_the_browsers_language_decides_when_nothing_else_does(look):
    assert look("/", headers={"Accept-Language": "ar-SY,ar;q=0.9,en;q=0.5"}).html["lang"] == "ar"
    assert look("/", headers={"Accept-Language": "de,en;q=0.5"}).html["lang"] == "en"
    assert look("/?ui=en", headers={"Accept-Language": "ar"}).html["lang"] == "en"


def test_the_form_sends_every_choice_along(look):
    page = look("/search?q=a&actor=islamic-state&actor=free-syrian-army&sort=newest&page=2&ui=ar")
    sent = [
        (field["name"], field.get("value"))
        for field in page.select('form#search input[type="hidden"]')
    ]
    assert sent == [
        ("actor", "islamic-state"), ("actor", "free-syrian-army"), ("sort", "newest"), ("ui", "ar"),
    ]  # fmt: skip


def test_links_that_narrow_are_not_for_machines(look):
    page = look("/search?q=Deir+Ezzor")
    links = page.select(".facets a, .strip a, .sort a, .names a, .pager a")
    assert links
    assert all("nofollow" in link["rel"] for link in links)


def test_the_box_is_made_for_both_scripts(look):
    box = look("/search?q=دير").select_one("#q")
    assert (box["dir"], box["autocapitalize"], box["value"]) == ("auto", "off", "دير")


def test_the_rule_stands_beside_the_box_in_plain_words(look):
    rule = look("/").select_one("#rule").text
    assert "All words must appear. Word endings and name spellings are included." in rule
    assert "stem" not in rule.lower()


def test_headings_go_down_one_step_at_a_time(look):
    for url in ("/", "/search?q=Deir+Ezzor", "/record/" + f"{0:016x}", "/guide", "/status"):
        levels = [int(h.name[1]) for h in look(url).select("h1, h2, h3, h4, h5, h6")]
        assert levels.count(1) == 1, url
        assert levels[0] == 1, url
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_everything_that_can_be_used_has_a_name(look):
    for url in ("/", "/search?q=Deir+Ezzor&location=idlib", "/variants?name=Daesh"):
        page = look(url)
        for field in page.select("input:not([type=hidden]), select"):
            assert field.get("aria-label") or field.find_parent("label"), field
        for link in page.select("a, button, summary"):
            assert link.text.strip() or link.get("aria-label"), link
        ids = [element["id"] for element in page.select("[id]")]
        assert len(ids) == len(set(ids))
        for element in page.select("[aria-labelledby], [aria-describedby]"):
            assert (element.get("aria-labelledby") or element["aria-describedby"]) in ids


def test_the_home_page_says_how_much_there_is(look):
    page = look("/")
    assert "51 articles" in page.select_one(".holds").text
    assert count_of(look(page.select_one(".holds a")["href"])) == 51
    for example in page.select(".examples a"):
        look(example["href"])


def test_the_guide_shows_every_operator_and_each_example_can_be_tried(look):
    for ui in ("en", "ar"):
        examples = look(f"/guide?ui={ui}").select("table a")
        assert len(examples) > 10
        for example in examples:
            assert look(example["href"]).select_one("#q")["value"] == example.text


def test_spellings_of_a_name_are_listed_in_both_scripts(look):
    rows = look("/variants?name=Deir+Ezzor").select(".spellings tbody tr")
    spellings = {row.bdi.text: int(row.td.text) for row in rows}
    assert spellings.keys() >= {"Deir ez-Zor", "Deir al-Zour", "دير الزور"}
    assert all(number > 0 for number in spellings.values())
    assert "No table knows xyzzy" in look("/variants?name=xyzzy").main.text


def test_the_status_page_tells_numbers_and_no_folder(look, settings):
    page = look("/status")
    assert "51" in page.select_one(".numbers").text
    assert "The index holds what is stored." in page.text
    assert str(settings.var) not in page.text
