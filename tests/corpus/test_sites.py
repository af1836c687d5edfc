"""Is what a site's pages share told from what each of them says?

The pages are in a look that no table knows: their class names mean nothing.
"""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest

from corpus.errors import UnreadablePage
from corpus.extraction import Shared, Site, extract, learn_site, site_name
from corpus.extraction.sites.paths import read_path, write_path
from corpus.values import Page

CAPTURED = datetime(2023, 1, 1, tzinfo=UTC)
VILLAGES = ("الوادي", "النبعة", "الكرمة", "البيدر", "الجسر", "الطاحونة", "الحارة", "المنارة")
VILLAGES = (*VILLAGES, "الساقية", "البستان", "العين", "الدرب")
TEMPLATE = ("اكتب إلى الدفتر من أي قرية كانت وسنقرأ رسالتك في الأسبوع نفسه", "كل الصور من أصحابها")
WORDS = ("well", "road", "house", "field", "bridge", "school", "river", "market", "tower", "lamp")


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


def story(number: int) -> list[str]:
    """Two paragraphs that no other number has."""
    words = [f"{word}{number}" for word in WORDS]
    return [f"The {' and the '.join(words)} of day {number}.", f"Later {' or '.join(words[::-1])}."]


def report(
    number: int,
    *paragraphs: str,
    before: str = "",
    after: str = "",
    url: str = "",
    head: str = "",
) -> Page:
    """A page of an English site whose container no table knows, with lines around its story."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs or story(number))
    html = f"""<html><head><title>Day {number} | Field notes</title>{head}</head><body>
    <div class="z1"><a href="/">Home</a> <a href="/all">All our days</a></div>
    <div class="z2"><h1>Day {number}</h1><div class="z3 d{number}">{before}{text}{after}</div>
    <div class="z4">Write to us at the usual place, on any day of the week</div></div>
    <div class="z5">These notes may be copied by everybody</div></body></html>"""
    return Page(url or f"https://notes.example/{number}", html.encode(), CAPTURED)


REPORTS = [report(number) for number in range(20)]


def post(number: int, *paragraphs: str) -> Page:
    """What the REST interface tells of the same story."""
    content = {"rendered": "".join(f"<p>{each}</p>" for each in paragraphs or story(number))}
    told = {"id": number, "link": f"http://www.notes.example/{number}/", "content": content}
    return Page(
        f"https://notes.example/wp-json/{number}",
        json.dumps(told).encode(),
        CAPTURED,
        "application/json; type=wp-post",
    )


def texts(site: Site) -> dict[str, Shared]:
    return {shared.text: shared for shared in site.lines}


def cut(page: Page, site: Site) -> str:
    removed = extract(page, site).removed
    return "\n".join(each.text for each in removed if each.reason == "template")


# Lines and values


def test_lines_that_repeat_are_the_template_s_with_their_count_and_a_page_that_has_them():
    site = learn_site(PAGES)
    assert site.pages == len(PAGES)
    urls = {each.url for each in PAGES}
    for text in TEMPLATE:
        shared = texts(site)[text]
        assert (shared.pages, shared.inside, shared.keep) == (len(PAGES), 0, False)
        assert shared.example in urls
    assert not any("رسالة1" in text for text in texts(site))
    assert [each.pages for each in site.lines] == sorted(
        (e.pages for e in site.lines), reverse=True
    )


def test_the_template_s_lines_are_told_as_removed():
    assert TEMPLATE[1] in cut(PAGES[0], learn_site(PAGES))


def test_a_line_inside_the_articles_is_cut_where_they_end():
    pages = [report(n, after="<p>Read us on the radio</p>" * (n < 4)) for n in range(20)]
    site = learn_site(pages)
    assert texts(site)["Read us on the radio"].inside == 4
    assert extract(pages[0], site).text.splitlines() == story(0)
    assert "Read us on the radio" in cut(pages[0], site)


def test_a_line_that_a_curator_keeps_stays():
    pages = [report(n, after="<p>Read us on the radio</p>" * (n < 4)) for n in range(20)]
    site = learn_site(pages)
    kept = replace(site, lines=tuple(replace(each, keep=True) for each in site.lines))
    assert extract(pages[0], kept).text.splitlines() == [*story(0), "Read us on the radio"]
    assert cut(pages[0], kept) == ""


def test_a_line_that_a_person_added_is_cut_wherever_it_stands():
    site = replace(learn_site(REPORTS), lines=(Shared("A word of thanks"),))
    first, second = story(1)
    assert extract(report(1, first, "A word of thanks", second), site).text.splitlines() == story(1)


def test_a_heading_that_a_few_articles_share_is_their_text():
    pages = [
        report(n, story(n)[0], "Background", story(n)[1]) if n < 4 else report(n) for n in range(20)
    ]
    site = learn_site(pages)
    assert (texts(site)["Background"].pages, texts(site)["Background"].inside) == (4, 0)
    assert "Background" in extract(pages[0], site).text.splitlines()


def daily(number: int) -> Page:
    """A report with a part for each province, in another order every day, and a closing line."""
    provinces = [VILLAGES[(number * 5 + each * 3) % 7] for each in range(4)]
    parts = [text for each in provinces for text in (each, story(number)[0] + each)]
    return report(number, *parts, "From our office")


def test_the_provinces_of_a_daily_report_are_its_text_though_every_report_has_them():
    pages = [daily(number) for number in range(20)]
    site = learn_site(pages)
    assert site.container
    assert {VILLAGES[each] for each in range(7)} <= set(texts(site))
    wanted = [VILLAGES[each] for each in (1, 4, 0, 3)]
    assert extract(pages[3], site).text.splitlines()[::2] == wanted
    lost = replace(site, container=None)  # then the first part's heading is taken for a label
    assert [each for each in extract(pages[3], lost).text.splitlines() if each in wanted] == (
        wanted[1:]
    )


def test_a_town_above_its_news_is_their_text_and_a_call_above_all_articles_is_not():
    def town(number: int) -> str:
        return f"<p>{VILLAGES[number % 5]}</p>"

    towns = [report(number, before=town(number)) for number in range(20)]
    assert extract(towns[0], learn_site(towns)).text.splitlines() == [VILLAGES[0], *story(0)]
    calls = [report(number, before="<p>Listen to this page</p>") for number in range(20)]
    assert extract(calls[0], learn_site(calls)).text.splitlines() == story(0)


def test_a_post_that_was_published_three_times_keeps_its_text():
    same = "Nothing was heard from the road on this day."
    pages = [report(n, same) if n < 3 else report(n) for n in range(20)]
    assert extract(pages[0], learn_site(pages)).text == same


def test_captures_of_one_article_under_several_addresses_make_no_template():
    copies = [
        Page(f"{each.url}?from={way}", each.content, CAPTURED) for each in REPORTS for way in "abc"
    ]
    site = learn_site([*REPORTS, *copies])
    assert site.pages == len(REPORTS)
    assert extract(REPORTS[5], site).text.splitlines() == story(5)


def test_values_that_every_head_declares_are_not_believed():
    site = learn_site(PAGES)
    assert [(each.text, each.pages) for each in site.values] == [("الدفتر", len(PAGES))]
    assert extract(PAGES[3], site=site).title == f"قرية {VILLAGES[3]}"


def test_a_value_that_a_curator_keeps_is_believed():
    head = '<meta name="author" content="Nour"><meta property="og:title" content="A day">'
    bare = [
        Page(each.url, each.content.replace(b"h1>", b"b>"), CAPTURED)
        for each in (report(n, head=head) for n in range(12))
    ]
    site = learn_site(bare)
    assert "A day" in {each.text for each in site.values}
    kept = replace(site, values=tuple(replace(each, keep=True) for each in site.values))
    assert extract(bare[0], site).title != "A day"
    assert extract(bare[0], kept).title == "A day"


def test_the_site_s_name_is_no_author():
    byline = '<span class="byline">{}</span>'
    pages = [report(n, before=byline.format("By Field notes")) for n in range(6)]
    pages += [report(n, before=byline.format("By Nour Haddad")) for n in range(6, 12)]
    site = learn_site(pages)
    assert {each.text for each in site.values} == {"Field notes"}
    assert extract(pages[0]).author == "Field notes"
    assert extract(pages[0], site).author is None
    assert extract(pages[6], site).author == "Nour Haddad"


# The container


def test_a_short_post_in_an_unknown_look_is_found_by_what_differs():
    site = learn_site(PAGES)
    assert site.container == "div.q4"
    assert [extract(each, site=site).text for each in PAGES] == [
        line(number) for number in range(len(PAGES))
    ]


def test_pages_that_taught_nothing_are_read_as_well():
    site = learn_site(REPORTS[:12])
    assert [extract(each, site).text.splitlines() for each in REPORTS[12:]] == [
        story(number) for number in range(12, 20)
    ]


def test_a_site_without_names_is_known_by_places():
    tables = [
        Page(
            f"https://old.example/{n}.htm",
            f"<table><tr><td>Home</td><td>About this page</td></tr><tr>"
            f"<td>Old news<br>and links</td><td>{'<br>'.join(story(n))}</td></tr></table>".encode(),
            CAPTURED,
        )
        for n in range(12)
    ]
    site = learn_site(tables)
    assert site.container is not None
    assert "nth-of-type" in site.container
    assert extract(tables[3], replace(site, confirmed=True)).text.splitlines() == story(3)


def test_what_themes_write_for_machines_teaches_no_container():
    def short(number: int) -> Page:
        data = " ".join(f"{number}{each}" for each in range(100, 112))
        picture = f"https://notes.example/{'/'.join(f'{word}{number}-a' for word in WORDS)}.jpg"
        html = f"""<div class="a"><p>{data}</p><p>{picture}</p>
        <div class="b{number} c">well{number} road{number} tower{number}</div></div><p>Home</p>"""
        return Page(f"https://short.example/{number}", html.encode(), CAPTURED)

    assert learn_site([short(number) for number in range(12)]).container == "div.c"


def test_the_title_and_the_date_that_open_a_learned_container_are_no_text():
    def old(number: int) -> Page:
        near = "".join(f"<li><a href='/{n}'>Day {n}</a>" for n in (number + 1, number + 2))
        html = f"""<title>Day {number}</title><table><tr><td><b>Day {number}</b><br>
        {number + 1} October 2013<br>{"<br>".join(story(number))}<ul>{near}</ul></td>
        <td>Our news<br>Our links</td></tr></table>"""
        return Page(f"https://old.example/{number}", html.encode(), CAPTURED)

    site = learn_site([old(number) for number in range(12)])
    assert extract(old(5), site).text.splitlines() == story(5)


def test_twins_confirm_the_container_that_says_the_same():
    site = learn_site([*REPORTS, *(post(number) for number in range(8))])
    assert (site.container, site.evidence, site.confirmed) == ("div.z3", "twins", True)
    assert extract(REPORTS[15], site).text.splitlines() == story(15)


def test_twins_are_matched_by_the_number_of_the_post():
    numbered = [
        report(
            n,
            url=f"https://notes.example/a/{n}",
            head=f'<link rel="shortlink" href="https://notes.example/?p={n}">',
        )
        for n in range(6)
    ]
    assert learn_site([*numbered, *(post(n) for n in range(6))]).evidence == "twins"
    wxr = [
        Page(
            f"https://notes.example/?post={n}",
            f"<item xmlns:c='c' xmlns:wp='w'><c:encoded>{' '.join(story(n))}</c:encoded>"
            f"<wp:post_id>{n}</wp:post_id></item>".encode(),
            CAPTURED,
            "application/rss+xml; type=wxr-item",
        )
        for n in range(6)
    ]
    assert learn_site([*numbered, *wxr]).evidence == "twins"


def test_twins_that_say_something_else_confirm_nothing():
    site = learn_site([*REPORTS, *(post(n, "An older text of the day.") for n in range(8))])
    assert (site.container, site.evidence, site.confirmed) == ("div.z3", "pages", False)


def test_a_confirmed_container_wins_over_one_that_has_a_name():
    named = [
        report(n, after=f'<div class="entry-content">Comment number {n} of day {n * 7}</div>')
        for n in range(12)
    ]
    site = learn_site([*named, *(post(n) for n in range(12))])
    site = replace(site, container="div.z3", evidence="twins", confirmed=True)
    assert extract(named[3], site).text.splitlines()[:2] == story(3)
    assert extract(named[3], replace(site, confirmed=False)).text.startswith("Comment number")


@pytest.mark.parametrize("container", ["div.gone", "div", "div.z9"])
def test_a_profile_that_no_longer_fits_changes_nothing(container):
    page = report(4, after='<div class="z9"></div>')
    site = Site("notes.example", 40, container=container, confirmed=True)
    assert extract(page, site) == extract(page)


def test_a_path_is_read_as_it_was_written():
    text = "main > div.post.wide > div.text:nth-of-type(2)"
    assert write_path(read_path(text)) == text
    for broken in ("", "div p", "div >", "div:first-child", ".post"):
        with pytest.raises(ValueError, match="names no element"):
            read_path(broken)


# The site


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.Notes.example/2014/05/a/", "notes.example"),
        ("http://notes.example/ar/2014/", "notes.example/ar"),
        ("http://notes.example/AR", "notes.example/ar"),
        ("http://notes.example/?p=3&lang=en", "notes.example/en"),
        ("http://notes.example/ps/ar/archives/3", "notes.example/ps/ar"),
        ("http://notes.example/area/a", "notes.example"),
        ("http://notes.example/2014/05/03/en/", "notes.example"),
        ("https://web.archive.org/web/2015/http://notes.example/en/a", "notes.example/en"),
        ("http://notes.example:8080/", "notes.example"),
        ("", ""),
    ],
)
def test_a_site_is_a_host_and_its_language_section(url, name):
    assert site_name(url) == name


def test_a_profile_has_the_name_of_its_pages_or_the_given_one():
    section = [report(n, url=f"https://notes.example/en/{n}") for n in range(4)]
    assert learn_site(section).name == "notes.example/en"
    assert learn_site(section, "notes").name == "notes"


@pytest.mark.parametrize("pages", [[], PAGES[:2]])
def test_few_pages_teach_nothing(pages):
    assert learn_site(pages) == Site("daftar.example" if pages else "", len(pages))


def test_what_cannot_be_parsed_and_what_is_no_html_teaches_nothing():
    odd = Page("https://daftar.example/x", b"{}", CAPTURED, "application/json; type=wp-post")
    list_ = Page("https://daftar.example/z", b"[1", CAPTURED, "application/json; type=wp-post")
    endless = Page("https://daftar.example/y", b"<p>a" * 300_000, CAPTURED)
    with pytest.raises(UnreadablePage):
        extract(endless)
    assert learn_site([odd, list_, endless, *PAGES]) == learn_site(PAGES)


def test_very_large_pages_teach_nothing_and_the_others_do():
    large = [
        report(number, after="<i>x</i><br>" * 5_001, url=f"https://notes.example/large/{number}")
        for number in range(100, 103)
    ]
    wide = report(200, before="<div></div>" * 5_001, url="https://notes.example/wide")
    assert learn_site([*large, wide, *REPORTS]) == learn_site(REPORTS)


def test_a_page_of_100_000_names_teaches_the_others_nothing():
    names = " ".join(f"c{number}" for number in range(100_000))
    odd = [report(number, before=f"<div class='{names}'></div>") for number in range(3)]
    assert learn_site([*odd, *REPORTS[3:]]).container == learn_site(REPORTS).container


def test_a_profile_does_not_depend_on_the_order_of_the_pages():
    assert learn_site(reversed(REPORTS)) == learn_site(iter(REPORTS))


def test_a_site_is_plain_data_that_stays():
    site = learn_site(PAGES)
    with pytest.raises(FrozenInstanceError):
        site.pages = 1
    assert hash(site) == hash(learn_site(PAGES))
