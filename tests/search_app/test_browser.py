"""What happens in a real browser, with JavaScript off?"""

import re
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def visit(server, chromium):
    """Open a page of the real server. Every request that the browser makes is noted, and none may
    go to another host (number 23 of design/reader.md)."""
    address, _ = server
    requests, contexts = [], []

    def open_page(path, **options):
        context = chromium.new_context(java_script_enabled=False, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address + path)
        return page

    yield open_page
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert cookies == []
    assert requests
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(address).netloc}


def total(page):
    return int(page.locator(".total strong").inner_text().split()[0].replace(",", ""))


def test_a_search_in_english(visit):
    page = visit("/")
    page.get_by_role("searchbox").fill("Deir Ezzor")
    page.get_by_role("button", name="Search").click()
    assert total(page) > 20
    assert page.locator(".hit mark").first.is_visible()
    page.locator(".hit h3 a").first.click()
    assert page.locator("article.body h1").is_visible()
    page.get_by_role("link", name="Back to the results").click()
    assert page.get_by_role("searchbox").input_value() == "Deir Ezzor"


def test_a_search_in_arabic_runs_from_right_to_left(visit):
    page = visit("/?ui=ar")
    page.get_by_role("searchbox").fill("دير الزور")
    page.get_by_role("button", name="ابحث").click()
    assert total(page) > 20
    root = page.locator("html")
    assert (root.get_attribute("dir"), root.get_attribute("lang")) == ("rtl", "ar")
    results = page.locator(".found").bounding_box()
    facets = page.locator(".facets").bounding_box()
    assert facets["x"] + facets["width"] < results["x"]  # mirrored: facets at the left
    bars = page.locator(".strip li")
    assert bars.first.bounding_box()["x"] > bars.last.bounding_box()["x"]  # time runs leftwards


def test_a_facet_link_gives_exactly_its_count(visit):
    page = visit("/search?q=Deir+Ezzor")
    row = page.locator(".facet.lang .row").first
    count = int(row.locator(".number").inner_text())
    row.locator("a.label").click()
    assert total(page) == count
    page.locator(".chosen a.cross").first.click()
    assert total(page) > count


def test_a_spelling_is_left_out_without_a_script(visit):
    page = visit("/search?q=Deir+Ezzor")
    before = total(page)
    page.locator(".reading summary").first.click()
    page.locator(".drawer li").filter(has_text="دير الزور").locator("a").first.click()
    assert "without=" in page.url
    assert total(page) < before
    page.locator(".drawer .dropped a").first.click()
    assert total(page) == before


def test_dates_and_options_belong_to_the_same_form(visit):
    page = visit("/search?q=Deir+Ezzor&sort=newest")
    page.get_by_role("textbox", name="From").fill("آذار 2014")
    page.locator(".range button").click()
    assert "sort=newest" in page.url
    assert page.get_by_role("textbox", name="From").input_value() == "آذار 2014"
    page.locator(".options summary").click()
    page.get_by_role("combobox", name="Spelling").select_option("exact")
    page.locator(".options button").click()
    assert "spelling=exact" in page.url
    assert page.get_by_role("textbox", name="From").input_value() == "آذار 2014"


def test_switching_the_language_keeps_the_state(visit):
    page = visit("/search?q=Deir+Ezzor&actor=islamic-state&sort=oldest")
    before = total(page)
    page.get_by_role("link", name="العربية", exact=True).first.click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert total(page) == before
    assert page.locator(".facet .selected").count() == 1


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_nothing_is_wider_than_a_phone(visit, server, ui):
    address, _ = server
    page = visit(f"/?ui={ui}", viewport={"width": 360, "height": 740})
    for path in ("/search?q=Deir+Ezzor&", f"/record/{0:016x}?", "/guide?"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url
        page.goto(f"{address}{path}ui={ui}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


@pytest.mark.parametrize("asked", ["q={}", "q=%22{}%22", "actor={}&source={}", "q={}:bridge"])
def test_a_long_word_does_not_widen_the_page(visit, asked):
    page = visit(
        "/search?" + asked.replace("{}", "a" * 300), viewport={"width": 360, "height": 740}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_spellings_stand_clear_of_the_box(visit):
    page = visit("/variants?name=Deir+Ezzor")
    box, heading = (page.locator(where).bounding_box() for where in (".box", "main h2"))
    assert heading["y"] - (box["y"] + box["height"]) >= 16


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("/search?q=Deir+Ezzor")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_hostile_records_run_nothing_even_where_scripts_may_run(server, chromium):
    address, _ = server
    context = chromium.new_context()
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for path in ("/search?q=title:Vector&size=100", f"/record/{101:016x}?q=trap"):
        page.goto(address + path)
        assert page.evaluate("window.broken") is None
    context.close()
    assert dialogs == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/search?q=Deir+Ezzor", f"/record/{0:016x}?q=bridge"])
def test_text_stands_out_from_its_background(visit, scheme, path):
    """WCAG 2.2 AA, 1.4.3: 4.5 to 1 for everything that is read."""
    page = visit(path, color_scheme=scheme)
    poor = page.evaluate(CONTRAST)
    assert poor == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_found_is_the_strong_colour_in_both_schemes(visit, scheme):
    """The legend must hold in both: what is dark on white paper is bright on black."""
    page = visit("/search?q=Deir+Ezzor&ui=en", color_scheme=scheme)
    assert page.locator(".legend").inner_text().startswith("Strong colour: found. Faint: archived")
    paper = brightness(page.locator("body"), "backgroundColor")
    found = brightness(page.locator(".strip .counted").first, "fill")
    archived = brightness(page.locator(".strip .archived").first, "fill")
    assert abs(found - paper) > 2 * abs(archived - paper)


def brightness(part, style):
    return sum(map(int, re.findall(r"\d+", part.evaluate(f"e => getComputedStyle(e).{style}"))))


# For each element with text of its own: its colour against the nearest background that is not
# transparent. Luminance and ratio as in WCAG 2.2.
CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const numbers = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = numbers(c).map(channel); return .2126*r+.7152*g+.0722*b };
  const clear = c => { const n = numbers(c); return n.length === 4 && n[3] === 0 };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (e.closest('mark, svg') || !e.checkVisibility()) continue;
    let b = e;
    while (b && clear(getComputedStyle(b).backgroundColor)) b = b.parentElement;
    const back = light(getComputedStyle(b || document.body).backgroundColor);
    const front = light(getComputedStyle(e).color);
    const ratio = (Math.max(front, back) + .05) / (Math.min(front, back) + .05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.trim().slice(0, 30), ratio]);
  }
  return poor;
}"""
