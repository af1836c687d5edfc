"""Is what a site's pages share told from what each of them says?

The pages are in a look that no table knows: their class names mean nothing.
"""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from corpus.extraction import extract
from corpus.extraction.sites import Shared, Site, learn_site, site_from_toml, site_to_toml
from corpus.values import Page

CAPTURED = datetime(2023, 1, 1, tzinfo=UTC)
VILLAGES = ("الوادي", "النبعة", "الكرمة", "البيدر", "الجسر", "الطاحونة", "الحارة", "المنارة")
VILLAGES = (*VILLAGES, "الساقية", "البستان", "العين", "الدرب")
TEMPLATE = ("اكتب إلى الدفتر من أي قرية كانت وسنقرأ رسالتك في الأسبوع نفسه", "كل الصور من أصحابها")


def line(number: int) -> str:
    village = VILLAGES[number]
    return f"كتب {village}{number} رسالة{number} قصيرة{number} عن {village}{number + 1}."


def page(number: int) -> Page:
    html = f"""<html><head><title>الدفتر</title>
    <meta property="og:title" content="الدفتر"></head>
    <body><div class="q1">
    <div class="q2"><a href="/">الدفتر</a> <a href="/r">الرسائل</a></div>
    <div class="q3"><h1>قرية {VILLAGES[number]}</h1>
    <div class="q4 n{number}"><span>{line(number)}</span></div>
    <div class="q5">{TEMPLATE[0]}</div></div>
    <div class="q6">{TEMPLATE[1]}</div></div></body></html>"""
    return Page(f"https://daftar.example/{number}", html.encode(), CAPTURED)


PAGES = [page(number) for number in range(len(VILLAGES))]


def test_lines_that_repeat_are_the_template_s():
    site = learn_site(PAGES)
    assert site.pages == len(PAGES)
    for text in TEMPLATE:
        assert Shared(text, len(PAGES), PAGES[0].url) in site.lines
    assert not any("رسالة1" in known.text for known in site.lines)


def test_a_short_post_in_an_unknown_look_is_found_by_what_differs():
    site = learn_site(PAGES)
    assert site.container is not None
    assert [extract(each, site=site).text for each in PAGES] == [
        line(number) for number in range(len(PAGES))
    ]


def test_the_template_s_lines_are_told_as_removed():
    removed = extract(PAGES[0], site=learn_site(PAGES)).removed
    assert any(TEMPLATE[1] in cut.text for cut in removed if cut.reason == "template")


def test_values_that_every_head_declares_are_not_believed():
    assert Shared("الدفتر", len(PAGES), PAGES[0].url) in learn_site(PAGES).values
    assert extract(PAGES[3], site=learn_site(PAGES)).title == f"قرية {VILLAGES[3]}"


@pytest.mark.parametrize("pages", [[], PAGES[:2]])
def test_few_pages_teach_nothing(pages):
    assert learn_site(pages) == Site("daftar.example" if pages else "", len(pages))


def test_what_cannot_be_parsed_and_what_is_no_html_teaches_nothing():
    odd = Page("https://daftar.example/x", b"{}", CAPTURED, "application/json; type=wp-post")
    endless = Page("https://daftar.example/y", b"<p>a" * 300_000, CAPTURED)
    assert learn_site([odd, endless, *PAGES]) == learn_site(PAGES)


def test_a_site_is_plain_data_that_stays():
    site = learn_site(PAGES)
    with pytest.raises(FrozenInstanceError):
        site.pages = 1
    assert hash(site) == hash(learn_site(PAGES))
    assert site_from_toml(site_to_toml(site)) == site
