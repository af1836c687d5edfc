"""Does a record hold exactly what the page said, and does it tell what was cut?

The pages in tests/corpus/pages are invented, each in another look; beside each lies its text.
"""

import hashlib
import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from corpus.errors import CorpusError, NotAnArticle, UnreadablePage
from corpus.extraction import extract
from corpus.extraction.decoding import fluency
from corpus.values import Page

PAGES = Path(__file__).with_name("pages")
CAPTURED = datetime(2023, 1, 1, tzinfo=UTC)
SENTENCE = "قال سكان في بلدة عين الوادي إن المياه عادت إلى أحيائهم بعد انقطاع دام ثلاثة أسابيع. "

# name -> title, published, precision, author, language
SAID = {
    "bare-english": ("Notes from the valley: bread", "2015-06-30", "day", None, "en"),
    "copied-head": (
        "مياهُ عينِ الوادي تعودُ بعدَ ثلاثةِ أسابيعَ",
        "2022-05-16",
        "day",
        None,
        "ar",
    ),
    "drupal-english": (
        "Bread in the valley",
        "2013-09-02T08:00+00:00",
        "minute",
        "Rima Sample",
        "en",
    ),
    "mixed-languages": ("شهادة بلغتين", "2014-05-05T10:15", "minute", None, "ar"),
    "old-tables": ("خزان عين الوادي", "2009-11-03", "day", None, "ar"),
    "one-link": ("صحيفة أجنبية: تقرير عن المياه", "2021-03-23", "day", None, "ar"),
    "one-photo": ("The tank on its first day", "2015-08-03", "day", None, "en"),
    "one-video": ("فيديو: يوم في المخبز", "2016-02-01", "day", None, "ar"),
    "wordpress-arabic": ("عودة المياه إلى عين الوادي", "2014-05-05", "day", "سلمى مثال", "ar"),
    "wordpress-english": (
        "Bread returns to the valley",
        "2014-05-12T09:30+03:00",
        "minute",
        "Nour Example",
        "en",
    ),
}


def page(content: str | bytes, url: str = "https://site.example/2014/a", kind: str = "text/html"):
    return Page(url, content.encode() if isinstance(content, str) else content, CAPTURED, kind)


def read(name: str):
    return extract(page((PAGES / f"{name}.html").read_bytes(), f"https://site.example/{name}"))


@pytest.mark.parametrize("name", sorted(SAID))
def test_the_text_is_the_article_to_the_letter(name):
    assert read(name).text == (PAGES / f"{name}.txt").read_text("utf-8").strip("\n")


@pytest.mark.parametrize("name", sorted(SAID))
def test_title_date_author_and_language_are_those_of_the_page(name):
    record = read(name)
    title, published, precision, author, language = SAID[name]
    assert record.title == title
    assert record.published == datetime.fromisoformat(published)
    assert (record.published_precision, record.author, record.lang) == (precision, author, language)


@pytest.mark.parametrize("name", sorted(SAID))
def test_every_word_of_the_page_is_in_the_text_or_in_what_was_removed(name):
    record = read(name)
    kept = record.text + "".join(cut.text for cut in record.removed)
    for line in (PAGES / f"{name}.txt").read_text("utf-8").splitlines():
        assert line in kept
    assert all(cut.reason and cut.text for cut in record.removed)


def test_the_columns_of_a_layout_share_no_line():
    menu = "<td><a href='/'>الرئيسية</a><br><a href='/n'>أخبار</a></td>"
    record = extract(page(f"<table><tr>{menu}<td>{SENTENCE}<br>{SENTENCE}</td></tr></table>"))
    assert record.text.split("\n")[-2:] == [SENTENCE.strip()] * 2


def test_a_cell_of_several_lines_begins_a_line_of_its_own():
    rows = "<tr><th>الحي</th><td>الفرن<br>المدرسة</td></tr><tr><th>عدد</th><td>12</td></tr>"
    record = extract(page(f"<div class=entry-content><p>{SENTENCE}</p><table>{rows}</table></div>"))
    assert record.text.split("\n")[1:] == ["الحي", "الفرن", "المدرسة", "عدد 12"]


def test_what_was_cut_is_kept_with_its_reason():
    removed = {cut.reason: cut.text for cut in read("wordpress-english").removed}
    assert "About The Author" in removed["author-box"]
    assert "Leave a Reply" in removed["comments"]
    assert "Water returns after three weeks" in removed["related-posts"]
    assert "Facebook" in removed["share"]
    assert "Road opened to trucks" in removed["sidebar"]
    assert "All rights reserved" in removed["footer"]


@pytest.mark.parametrize(
    "line",
    [
        "12 أيار 2014",
        "مارس 15, 2021/في <a href='/c'>تقارير</a>، <a href='/d'>ماء</a> /بواسطة <a>سلمى</a>",
        "March 15, 2021 / in <a href='/c'>Reports</a> / by <a href='/a'>Nour Example</a>",
    ],
)
@pytest.mark.parametrize("times", [1, 4])
def test_title_and_date_that_open_the_container_are_no_text(line, times):
    text = f"<h1>عودة المياه</h1><div>{line}</div>" + f"<p>{SENTENCE}</p>" * times
    record = extract(page(f"<title>عودة المياه</title><div class='entry-content'>{text}</div>"))
    assert record.text.split("\n") == [SENTENCE.strip()] * times
    assert [cut.reason for cut in record.removed] == ["header", "meta"]


def test_a_date_in_the_first_sentence_is_text():
    text = "عين الوادي، <a href='/m'>15 آذار 2021</a> - قال سكان إن المياه عادت"
    record = extract(page(f"<div class='entry-content'><h1>الماء</h1><p>{text}</p></div>"))
    assert record.text == "عين الوادي، 15 آذار 2021 - قال سكان إن المياه عادت"


@pytest.mark.parametrize("place", [0, 1])
def test_of_several_articles_the_one_with_the_title_of_the_page_is_read(place):
    articles = [
        f"<article><h1>خبز اليوم</h1><div class='entry-content'><p>{SENTENCE}</p></div></article>",
        f"<article><h1>أخبار أخرى</h1><div class='entry-content'><p>{'خبر آخر. ' * 20}</p></div>"
        "</article>",
    ]
    html = "<title>خبز اليوم</title>" + articles[place] + articles[1 - place]
    assert extract(page(html)).text == SENTENCE.strip()


@pytest.mark.parametrize(
    "shown", ["hidden id='S:1'", "class='hidden md:block'", "class='d-none d-lg-flex'"]
)
def test_a_body_that_is_uncovered_is_read(shown):
    body = f"<div class='entry-content'><p>{SENTENCE}</p></div>"
    record = extract(page(f"<h1>خبز</h1><div {shown}>{body}</div><p hidden>{SENTENCE * 2}</p>"))
    assert record.text == SENTENCE.strip()


@pytest.mark.parametrize(
    "name", ["authorBio", "author_bio", "article__bio", "post-author", "article__bio--large"]
)
@pytest.mark.parametrize("tag", ["div", "p"])
def test_a_name_is_known_in_every_spelling(name, tag):
    box = f"<{tag} class='{name}'>Nour Example writes about rivers.</{tag}>"
    record = extract(page(f"<h1>خبز</h1><div class='entry-content'><p>{SENTENCE}</p>{box}</div>"))
    assert record.text == SENTENCE.strip()
    assert "author-box" in [cut.reason for cut in record.removed]


def test_many_pieces_under_one_name_that_are_all_of_the_text_stay():
    lines = [f"{SENTENCE}{number}" for number in range(12)]
    body = "".join(f"<p class='paywall'>{line}</p>" for line in lines)
    record = extract(page(f"<h1>خبز</h1><div class='entry-content'>{body}<p>نهاية</p></div>"))
    assert record.text.split("\n")[:12] == lines


def test_the_widgets_of_a_page_builder_are_text():
    parts = "".join(f"<div class='so-panel widget'><p>{SENTENCE}</p></div>" for _ in range(2))
    record = extract(page(f"<h1>خبز</h1><div class='entry-content'>{parts}</div>"))
    assert record.text == "\n".join([SENTENCE.strip()] * 2)


def test_the_author_box_below_a_short_post_without_names_is_cut():
    author = f"<h3>About the author</h3><p>{'Nour Example writes about rivers and roads. ' * 6}</p>"
    html = f"<h1>خبز</h1><p>{SENTENCE}</p><div class='author-box'>{author}</div>"
    assert extract(page(f"<body>{html}</body>")).text == SENTENCE.strip()


def test_the_banner_of_the_wayback_machine_is_no_text():
    banner = "<div id='wm-ipp-base'><p>The Wayback Machine - 14 captures</p></div>"
    for body in (f"<div class='entry-content'><p>{SENTENCE}</p></div>", f"<p>{SENTENCE * 3}</p>"):
        text = extract(page(f"<body>{banner}<h1>خبز</h1>{body}")).text
        assert SENTENCE.strip() in text
        assert "Wayback" not in text


@pytest.mark.parametrize("told", [SENTENCE[:40] + "...", "Bread is back in the town. " * 12])
def test_the_article_in_json_ld_is_read_only_where_the_page_shows_none(told):
    node = json.dumps({"@type": "NewsArticle", "headline": "خبز", "articleBody": told})
    head = f"<head><script type='application/ld+json'>{node}</script></head>"
    shown = "".join(f"<p>{SENTENCE}{place}</p>" for place in range(4))
    text = "\n".join(f"{SENTENCE}{place}" for place in range(4))
    assert extract(page(f"{head}<body><h1>خبز</h1>{shown}</body>")).text == text
    if len(told) > 100:
        record = extract(page(f"{head}<body><h1>خبز</h1><div id='app'></div></body>"))
        assert told.strip() in record.text


@pytest.mark.parametrize("times", [0, 1, 2])
def test_markup_in_the_article_of_json_ld_is_no_text(times):
    told = f"<p>{SENTENCE * 5}</p><p>قال <b>نور</b> ذلك.</p>"
    for _ in range(times):
        told = escape(told)
    node = json.dumps({"@type": "NewsArticle", "headline": "خبز", "articleBody": told})
    head = f"<head><script type='application/ld+json'>{node}</script></head>"
    record = extract(page(f"{head}<body><h1>خبز</h1><div id='app'></div></body>"))
    assert " ".join(record.text.split()) == f"{(SENTENCE * 5).strip()} قال نور ذلك."


def test_a_line_of_both_scripts_is_kept_as_it_was_written():
    line = "قال Nour \u2068(UNHCR)\u2069: عاد 1,200 شخص\u200f."
    record = extract(page(f"<div class='entry-content'><p>{line}</p></div>"))
    assert record.text == line


def test_comments_that_are_longer_than_the_post_are_cut():
    comments = f"<div id='comments'><p>{SENTENCE * 6}</p></div>"
    html = f"<h1>خبز</h1><div class='entry-content'><p>{SENTENCE}</p>{comments}</div>"
    assert extract(page(html)).text == SENTENCE.strip()


def test_a_post_that_is_its_title_keeps_it():
    record = extract(page("<title>خبز</title><div class='entry-content'><h1>خبز</h1></div>"))
    assert record.text == "خبز"


def test_a_line_that_leads_elsewhere_is_cut_from_between_paragraphs():
    record = read("wordpress-arabic")
    assert "اقرأ أيضاً" not in record.text
    assert any("اقرأ أيضاً" in cut.text for cut in record.removed if cut.reason == "related-posts")


def test_a_copied_head_gives_no_address_no_date_and_no_change():
    record = read("copied-head")
    assert record.url == "https://site.example/copied-head"
    assert record.modified is None


def test_tags_are_the_links_of_the_article():
    assert read("wordpress-english").tags == ("Reports", "bread")
    assert read("drupal-english").tags == ("bread", "relief")


def test_the_date_is_kept_as_it_was_written():
    assert read("wordpress-arabic").published_text == "٥ أيار ٢٠١٤"


def test_the_record_says_which_bytes_it_comes_from():
    content = (PAGES / "one-photo.html").read_bytes()
    provenance = read("one-photo").provenance
    assert provenance.sha256 == hashlib.sha256(content).hexdigest()
    assert (provenance.url, provenance.captured) == ("https://site.example/one-photo", CAPTURED)
    assert provenance.extractor


def test_an_old_page_in_windows_1256_is_read_though_it_says_nothing():
    html = (PAGES / "old-tables.html").read_text("utf-8")
    record = extract(page(html.encode("windows-1256")))
    assert record.text == (PAGES / "old-tables.txt").read_text("utf-8").strip("\n")
    assert record.provenance.encoding == "windows-1256"


def test_a_post_without_text_is_a_record_for_people_to_look_at():
    record = read("one-video")
    assert (record.text, record.confidence < 0.6) == ("", True)


@pytest.mark.parametrize(
    ("name", "url", "content"),
    [
        (
            "listing",
            "https://site.example/category/reports/",
            '<body class="archive category"><h1>Reports</h1>'
            + "".join(
                f"<article><h2><a href='/{n}'>A long headline {n}</a></h2></article>"
                for n in range(9)
            ),
        ),
        (
            "listing",
            "https://site.example/",
            "<body>"
            + "".join(f"<p><a href='/{n}'>خبر من عين الوادي {n}</a></p>" for n in range(9)),
        ),
        ("feed", "https://site.example/feed/", '<?xml version="1.0"?><rss version="2.0"></rss>'),
        (
            "attachment",
            "https://site.example/photo/",
            '<body class="attachment single-attachment"><img src="a.jpg"></body>',
        ),
    ],
)
def test_other_kinds_of_pages_are_refused_by_their_name(name, url, content):
    with pytest.raises(NotAnArticle, match=name):
        extract(page(content, url))


def test_an_image_under_a_name_of_a_page_is_unreadable():
    image = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40
    with pytest.raises(UnreadablePage, match="image"):
        extract(page(image))


def test_much_text_without_an_article_is_never_an_empty_record():
    with pytest.raises(UnreadablePage, match="much text"):
        extract(page("<p>" + "&amp;" * 3000))


UNREAD = {
    "drawn by scripts": "<div id='app'></div><script>" + "draw('bread');\n" * 200 + "</script>",
    "its text in a script": f"<script id='data' type='application/json'>{SENTENCE * 40}</script>",
    "frames": "<title>News</title><frameset><frame src='/a'></frameset>" + "<!-- -->" * 400,
    "sends elsewhere": "<title>News</title><meta http-equiv='refresh' content='0; url=/b'>"
    + "<!-- -->" * 400,
    "cut off in a comment": f"<h1>Bread</h1><!-- {SENTENCE * 40}",
    "cut off in a tag": f"<h1>Bread</h1><div title='{SENTENCE * 40}",
    "cut off in its title": f"<title>Bread {SENTENCE * 40}",
    "all of it in the footer": f"<footer><p>{SENTENCE * 40}</p></footer>",
    "only a picture that counts": "<noscript><img src='/count.gif'></noscript>" + "<!-- -->" * 400,
}


@pytest.mark.parametrize("name", sorted(UNREAD))
def test_much_source_without_a_text_is_never_an_empty_record(name):
    with pytest.raises(UnreadablePage, match=r"^No (?:text|article) was found"):
        extract(page(f"<html>{UNREAD[name]}"))


@pytest.mark.parametrize(
    "shown",
    [
        "<img src='/oven.jpg'>",
        "<video src='/oven.mp4'></video>",
        "<div class='fb-video' data-href='https://social.example/1'></div>",
        "<iframe src='https://video.example/1'></iframe>",
    ],
)
def test_a_page_of_one_picture_or_video_is_a_record_without_text(shown):
    record = extract(page(f"<html><h1>Bread</h1>{shown}" + "<!-- -->" * 400))
    assert (record.text, record.confidence < 0.6) == ("", True)


HOSTILE = {
    "nested 200,000 deep": "<div>" * 200_000 + SENTENCE * 20,
    "lists nested 100,000 deep": "<ul><li>" * 100_000 + SENTENCE * 20,
    "wrappers with text nested 3,000 deep": f"<div><p>{SENTENCE}" * 3_000,
    "a million unclosed tags": "<p>a" * 1_000_000,
    "200,000 attributes": "<div " + " ".join(f"a{n}=x" for n in range(200_000)) + f">{SENTENCE}",
    "a million open brackets": "<" * 1_000_000,
    "unclosed quotes": '<a href="' * 100_000 + SENTENCE,
    "unclosed headings": "<h1>" * 5_000 + SENTENCE * 20,
    "headings inside headings": "<h1>a<h2>b<h3>c" * 700 + SENTENCE * 20,
    "unclosed comments": "<!--" * 200_000 + SENTENCE,
    "unclosed scripts": "<script>" * 100_000 + SENTENCE,
    "unclosed cells": "<table><tr><td>a" * 60_000,
    "a title of 3,000 parts": "<title>" + " | a" * 3_000 + "</title>" + SENTENCE,
    "a title that stands 2,000 times": "<title>a b</title>"
    + f"<p>a b</p><p>{'2014 ' * 9}</p>" * 2_000,
    "one long line": "<p>" + "كلمة " * 250_000,
    "nothing": "",
    "spaces": " \n\t ",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_html_ends_as_a_record_or_as_an_error_of_ours(name):
    try:
        record = extract(page(HOSTILE[name]))
    except CorpusError as error:
        assert str(error)
    else:
        assert record.text or record.confidence < 0.6


@pytest.mark.parametrize("name", ["nested 200,000 deep", "lists nested 100,000 deep"])
def test_text_that_lies_deep_is_found(name):
    assert SENTENCE.strip() in extract(page(HOSTILE[name])).text


def test_a_title_without_end_is_cut():
    long = extract(page(f"<title>{'خبز ' * 5_000}</title><p>{SENTENCE * 9}"))
    assert long.title == "خبز " * 249 + "خبز…"
    assert long.text == (SENTENCE * 9).strip()


def test_nuls_and_lone_surrogates_do_not_reach_the_record():
    record = extract(page("<p>" + SENTENCE * 5 + "a\0b &#xD800; c</p>"))
    assert "\0" not in record.text
    assert record.text.encode("utf-8")
    assert "ab" in record.text


@pytest.mark.parametrize("address", ["http://[1/a", "https://site.example/a"])
def test_an_address_that_is_none_is_no_fault(address):
    head = "<meta property='og:url' content='http://[1'><link rel='canonical' href='http://[1'>"
    head += "<base href='http://[1'><link rel='alternate' hreflang='en' href='http://[1'>"
    assert extract(page(f"<head>{head}</head><p>{SENTENCE}", address)).url == address


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\x00", b"[" * 100_000, b"<item>" * 100_000, b"{", b"null", b"<item/>"]
)
@pytest.mark.parametrize(
    "kind", ["application/rss+xml; type=wxr-item", "application/json; type=wp-post"]
)
def test_broken_wordpress_items_end_as_a_record_or_as_an_error_of_ours(content, kind):
    try:
        record = extract(page(content, kind=kind))
    except CorpusError as error:
        assert str(error)
    else:
        assert (record.text, record.confidence < 0.6) == ("", True)


@pytest.mark.parametrize(
    "content",
    ["<!--" * 50_000, "[a" + " " * 200_000, f"[a {'b' * 200_000}]", "[" * 200_000],
)
def test_a_hostile_post_takes_no_minutes(content):
    post = json.dumps({"title": "خبز", "content": SENTENCE + content})
    record = extract(page(post, kind="application/json; type=wp-post"))
    assert record.text.startswith(SENTENCE.strip())
    item = f"<item><encoded><![CDATA[{SENTENCE}{content}]]></encoded></item>"
    record = extract(page(item, kind="application/rss+xml; type=wxr-item"))
    assert record.text.startswith(SENTENCE.strip())


@pytest.mark.parametrize("opening", ["<script>" * 25_000, "<" * 200_000])
def test_a_hostile_page_in_an_old_encoding_takes_no_minutes(opening):
    assert fluency(opening) == 0


def test_an_export_item_with_an_unknown_entity_is_read():
    item = f"<item>&nbsp;<title>خبز&nbsp;وماء</title><encoded>{SENTENCE}</encoded>&x;</item>"
    record = extract(page(item, kind="application/rss+xml; type=wxr-item"))
    assert (record.title, record.text) == ("خبز وماء", SENTENCE.strip())


def test_an_export_item_with_half_a_letter_is_unreadable():
    with pytest.raises(UnreadablePage, match="no XML"):
        extract(page("<item><a>b&#xD800;</a></item>", kind="application/rss+xml; type=wxr-item"))


def test_headings_of_a_template_end_the_article_though_nothing_is_named():
    article = (PAGES / "bare-english.txt").read_text("utf-8").strip("\n").split("\n")
    tail = [
        "About The Author",
        "We are an invented group of people from the valley who write down what happens there, "
        "so that nobody can say later that it was never told.",
        "Related Posts",
        "Leave a Reply",
        "Your email address will not be published.",
    ]
    lines = "".join(f"<p>{line}</p>" for line in [*article, *tail])
    record = extract(page(f"<h1>Bread</h1><div class='entry-content'>{lines}</div>"))
    assert record.text.split("\n") == article
    assert [cut.reason for cut in record.removed][-3:] == [
        "author-box",
        "related-posts",
        "comments",
    ]
