"""Are title, author, dates and tags those that the page says, and none where it says nothing?"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Page, extract
from corpus.extraction.head import declared_values, read_head
from corpus.extraction.layout import read_layout
from corpus.extraction.metadata import read_metadata
from corpus.extraction.parsing import parse_html

CAPTURED = datetime(2022, 3, 1, 10, 0, tzinfo=UTC)
URL = "https://site.example/a"
NODES = "<script type='application/ld+json'>%s</script>"


def said(head: str = "", body: str = "<h1>Bread</h1>", url: str = URL):
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(read_layout(parse_html(html).tree), url, CAPTURED)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Bread returns | Herald</title>", "<h1>Bread returns</h1>", "Bread returns"),
        ("<title>Bread returns | Herald</title>", "", "Bread returns"),
        (
            "<title>دفتر - عودة الرغيف</title>",
            "<font><b>دفتر</b></font><p>عودة الرغيف</p>",
            "عودة الرغيف",
        ),
        (
            "<title>Herald</title><meta property='og:title' content='Bread returns - Herald'>"
            "<meta property='og:site_name' content='Herald'>",
            "<div class='logo'><h1>Herald</h1></div><h2 class='entry-title'>Bread returns</h2>",
            "Bread returns",
        ),
        (
            "<title>Reports: bread – Record</title>",
            "<h1 class='entry-title'>https://paper.example/bread</h1>",
            "Reports: bread",
        ),
        (
            "<title>Bread returns | Herald</title>",
            "<h1 class='title'>Herald</h1><h3 class='post-title entry-title'>Bread returns</h3>",
            "Bread returns",
        ),
        # The section's name, a date or a label stands in the heading with the title.
        (
            "<meta property='og:title' content='Bread returns'>",
            "<h1><a>Reports |</a> <span>Bread returns</span></h1>",
            "Bread returns",
        ),
        (
            "<meta property='og:title' content='Bread returns'>",
            "<h1><time>Dec <b>18</b> 2025</time> Bread returns</h1>",
            "Bread returns",
        ),
        ("", "<h1>Bread returns<br>to the old market</h1>", "Bread returns to the old market"),
        # The theme's heading is the section's; what the head says twice is the title.
        (
            "<title>Bread returns to town - Herald</title>"
            "<meta property='og:title' content='Bread returns to town'>",
            "<h1 class='page-title'>The blog</h1>",
            "Bread returns to town",
        ),
        # The heading is another wording of the title: it is what readers saw.
        (
            "<title>Bread: five things to know in town</title>"
            "<meta property='og:title' content='Bread: five things to know in town'>",
            "<h1 class='entry-title'>Five things about bread in town today</h1>",
            "Five things about bread in town today",
        ),
        (
            "<meta property='og:title' content='Minister: «bread returns to town»'>",
            "<p>text</p>",
            "Minister: «bread returns to town»",
        ),
        # For search engines in the breadcrumbs, for readers below.
        (
            "<title>Town bakery: bread returns | Herald</title>"
            "<meta property='og:title' content='Bread returns'>",
            "<h1 class='breadcrumb-title'>Town bakery: bread returns</h1><h2>Bread returns</h2>",
            "Bread returns",
        ),
        ("", "<h1>Half-open - a story</h1>", "Half-open - a story"),
        ("", "<p>no title</p>", ""),
    ],
)
def test_the_title_is_the_article_s_and_not_the_site_s(head, body, title):
    assert said(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta property='article:published_time' content='2014-05-12T09:30:00+03:00'>", "", 12),
        ("", "<time datetime='2014-05-12'>yesterday</time>", 12),
        ("", "<span class='post-date'>12 أيار 2014</span>", 12),
        ("", "<h1>Bread</h1><p>Damascus, 12/5/2014 (Herald)</p>", 12),
        (
            "",
            "<h1>Bread</h1><article><footer class='node__meta'>By Rima, 12 May 2014</footer>",
            12,
        ),
        ("", "<aside><time>3 May 2013</time></aside><time>12 May 2014</time>", 12),
        (
            "",
            "<p class='date'>Last updated 14 May 2014</p><p class='date'>12 May 2014</p>",
            12,
        ),
        ("", "<div class='related-posts'><time>3 May 2013</time></div>", None),
        ("", "<p class='date'>conference on 12 May 2030</p>", None),
        ("", "<p>He was born on 12 May 1951.</p>", None),
        # The day of the capture, which many sites show above everything, gives way to any other.
        ("", "<p class='date'>1 March 2022</p><h1>Bread</h1><p class='date'>12 May 2014</p>", 12),
        (
            "",
            "<p class='date'>الثلاثاء 1 آذار 2022</p><h1>Bread</h1><p>نشر في ١٢ أيار ٢٠١٤</p>",
            12,
        ),
        ("", "<h1>Bread</h1><p class='date'><b>12</b><b>أيار</b><b>2014</b></p>", 12),
        # Above the title, beside it, and not in the list of other articles below.
        ("", "<div>12 May 2014</div><h1>Bread</h1>" + 12 * "<p>text</p>" + "<i>3 May 2013</i>", 12),
        ("", "<h1>Bread</h1>" + 12 * "<p>text</p>" + "<p class='date'>3 weeks ago</p>", None),
        # Month first where another date of the page can be read in no other way.
        ("", "<h1>Bread</h1><p class='date'>5/12/2014</p><p>On 4/30/2014 the oven broke.</p>", 12),
        ("", "<h1>Bread</h1><p class='date'>5/12/2014 7:38:01 PM</p>", 12),
        ("", "<h1>Bread</h1><p class='date'>12/5/2014</p><p>30/4/2014 or 4/30/2014</p>", 12),
        # Only the data of a script tells, and of one article.
        ("", "<h1>Bread</h1><script>layer = [{'pubDate': '2014-05-12'}]</script>", 12),
        ("", "<h1>Bread</h1><script>{'published_at':1399890600}</script>", 12),
        (
            "",
            "<h1>Bread returns</h1><script>[{'title': 'Bread returns', 'pubDate': '2014-05-12'}, "
            + 4000 * " "
            + "{'title': 'Other', 'pubDate': '2013-01-01'}]</script>",
            12,
        ),
        (
            "",
            "<h1>Bread</h1><script>{'pubDate': '2014-05-12'}, {'pubDate': '2013-05-03'}</script>",
            None,
        ),
    ],
)
def test_the_date_is_the_article_s(head, body, date):
    published = said(head, body).published
    expected = (2014, 5, date) if date else None
    moment = published and published.moment
    assert (moment and (moment.year, moment.month, moment.day)) == expected


def test_a_page_that_was_saved_on_its_day_has_that_date():
    for body in (
        "<p class='date'>1 March 2022</p><h1>Bread</h1><p>text</p>",
        "<h1>Bread</h1><p class='date'>1 March 2022</p><p>text</p><time>12 May 2014</time>",
    ):
        assert said(body=body).published.moment == datetime(2022, 3, 1)


@pytest.mark.parametrize(
    "shown", ['<time datetime="2022-06-18">18 June</time>', "<span>18 June 2022</span>"]
)
def test_the_day_of_something_announced_is_no_date_of_publication(shown):
    body = f"<article><h1>A meeting</h1><p class='event-date'>{shown}</p><p>Come.</p></article>"
    assert said("<title>A meeting</title>", body).published is None


def test_a_date_that_had_not_come_when_the_page_was_saved_is_no_sure_one():
    for day, is_unsure in (("2022-06-18", True), ("2022-03-02", False)):
        body = f"<article><h1>A meeting</h1><time datetime='{day}'></time><p>Come.</p></article>"
        published = said("<title>A meeting</title>", body).published
        assert (published.moment.isoformat()[:10], published.approximate) == (day, is_unsure)


def test_the_date_in_the_address_counts_when_the_page_says_none():
    found = said(url="https://site.example/2014/05/12/bread/")
    assert found.published.moment == datetime(2014, 5, 12)


def test_a_relative_date_is_counted_from_the_capture():
    found = said(body="<h1>خبز</h1><span class='date'>منذ يومين</span>")
    assert found.published.moment == datetime(2022, 2, 27, tzinfo=UTC)
    assert (found.published.approximate, found.published_text) == (True, "منذ يومين")


@pytest.mark.parametrize(
    ("head", "body", "modified"),
    [
        ("<meta property='article:modified_time' content='2014-05-13'>", "", 13),
        ("", "<p class='date'>12 May 2014</p><p class='date'>Last updated: 14 May 2014</p>", 14),
        ("", "<time class='updated' datetime='2014-05-15'>yesterday</time>", 15),
        ("", "<time class='published updated' datetime='2014-05-15'>15 May</time>", None),
        ("", "<p class='entry-modified'>آخر تحديث: 16 أيار 2014</p>", 16),
        ("", "<p class='date'>12 May 2014</p>", None),
    ],
)
def test_a_change_is_told_apart_from_the_publication(head, body, modified):
    found = said(head, f"<h1>Bread</h1>{body}").modified
    assert (found and (found.year, found.month, found.day)) == (modified and (2014, 5, modified))


def test_json_ld_is_read_though_it_is_broken():
    node = (
        "<script type='application/ld+json'>/*<![CDATA[*/"
        '{"@graph":[{"@type":["BlogPosting"],"datePublished":"2014-05-12T09:30:00Z",'
        '"dateModified":"2014-05-13","author":[{"@type":"Person","name":"Nour &amp; Rima"}],'
        '"keywords":"bread, relief",},]}/*]]>*/</script>'
    )
    found = said(node)
    assert found.published.moment == datetime(2014, 5, 12, 9, 30, tzinfo=UTC)
    assert found.modified == datetime(2014, 5, 13)
    assert (found.author, found.tags) == ("Nour & Rima", ("bread", "relief"))


@pytest.mark.parametrize(
    "text", ["{", "[" * 50_000, "null", '{"@type": {"a": 1}, "author": {"name": {"name": 5}}}', ""]
)
def test_json_ld_that_is_none_is_no_fault(text):
    assert said(f"<script type='application/ld+json'>{text}</script>").title == "Bread"


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ("<meta name='author' content='Nour Example'>", "", "Nour Example"),
        ("", "<span class='byline'>By Nour Example</span>", "Nour Example"),
        ("", "<p class='byline'>By Nour Example | May 12, 2014</p>", "Nour Example"),
        ("", "<p class='byline'>نشر في ١٢ أيار ٢٠١٤ بواسطة سلمى مثال</p>", "سلمى مثال"),
        ("", "<p class='author'>بواسطة سلمى مثال » ١٢ أيار ٢٠١٤</p>", "سلمى مثال"),
        ("", "<div class='td-post-author-name'>By <a>Nour Example</a> - </div>", "Nour Example"),
        (
            "",
            "<article><footer class='node__meta'>By <a class='username'>Rima Sample</a></footer>",
            "Rima Sample",
        ),
        ("", "<div class='author'>بقلم: سلمى مثال</div>", "سلمى مثال"),
        ("<meta name='author' content='https://social.example/x'>", "", None),
        (
            "<meta property='og:site_name' content='Herald'><meta name='author' content='Herald'>",
            "",
            None,
        ),
        ("", "<div class='comments'><span class='author'>A reader</span></div>", None),
        ("", "<h1>Bread</h1><p>بقلم : سلمى مثال</p><p>text</p>", "سلمى مثال"),
        ("", "<p>By Nour Example</p><h1>Bread</h1><p>text</p>", "Nour Example"),
        ("", "<h1>Bread</h1><p>كتب محمد الرسالة</p>", None),
        ("", "<h1>Bread</h1><p>By noon it was over.</p>", None),
        ("", "<h1>Bread</h1>" + 9 * "<p>text</p>" + "<p>By Nour Example</p>", None),
        ("<meta name='author' content='admin'>", "", None),
        ("<meta name='author' content='saeditor'>", "<i></i>", None),
        ("<meta name='author' content='محرر الموقع'>", "<p class='byline'>By Rima S</p>", "Rima S"),
        ("", "<p class='byline'>View all posts by Nour Example</p>", "Nour Example"),
        ("", "<p class='byline'>By Nour Example, Staff Writer</p>", "Nour Example"),
        ("", "<p class='byline'>إعداد وتحرير: سلمى مثال</p>", "سلمى مثال"),
        ("", "<p class='byline'>تقرير: سلمى مثال - مراسلة حلب</p>", "سلمى مثال"),
        ("", "<p class='byline'>site.example</p>", None),
        ("", "<p class='byline'>reader@post.example</p>", None),
        (
            NODES % '[{"@type":"Article","author":{"@id":"#1"}},'
            '{"@type":"Person","@id":"#1","name":"Nour Example"}]',
            "",
            "Nour Example",
        ),
        (
            NODES % '{"@type":"NewsArticle","author":{"name":"Herald"},'
            '"publisher":{"@type":"Organization","name":"Herald"}}',
            "",
            None,
        ),
    ],
)
def test_the_author_is_a_person_whom_the_page_names(head, body, author):
    assert said(head, body).author == author


def test_tags_come_from_the_head_where_the_page_shows_none():
    head = "<meta property='article:section' content='Reports'><meta name='keywords' content='a'>"
    assert said(head).tags == ("Reports",)
    assert said("<meta name='keywords' content='خبز، ماء؛ Relief'>").tags == (
        "خبز",
        "ماء",
        "Relief",
    )


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ("<link rel='alternate' hreflang='en-US' href='/en/bread/'>", "", {"en": "/en/bread/"}),
        ("<link rel='alternate' hreflang='x-default' href='/bread/'>", "", {}),
        ("<link rel='alternate' hreflang='en' href='https://other.example/bread/'>", "", {}),
        ("<link rel='alternate' hreflang='en' href='https://en.site.example/b/'>", "", "en."),
        ("<link rel='alternate' hreflang='en' href='/'>", "", {}),  # the home page
        ("<link rel='alternate' hreflang='ar' href='/a'>", "", {}),  # the page itself
        (
            "",
            "<ul><li class='lang-item lang-item-en'><a hreflang='en' href='/en/bread/'>English</a>",
            {"en": "/en/bread/"},
        ),
        (
            "",
            "<ul><li class='lang-item lang-item-en no-translation'><a hreflang='en' href='/en/b/'>",
            {},
        ),
        (
            "",
            "<li class='wpml-ls-item wpml-ls-item-fr'><a class='wpml-ls-link' href='/fr/pain/'>",
            {"fr": "/fr/pain/"},
        ),
        ("", "<p>See the <a href='/en/bread/'>other article</a>.</p>", {}),
    ],
)
def test_translations_are_those_that_the_page_names(head, body, found):
    if found == "en.":
        found, host = {"en": "/b/"}, "https://en.site.example"
    else:
        host = "https://site.example"
    got = {other.lang: other.url for other in said(head, f"<h1>خبز</h1>{body}").translations}
    assert got == {lang: host + path for lang, path in found.items()}


def test_the_article_s_images_are_the_largest_copies_with_their_captions():
    body = """
    <img src="/logo.png"><article><div class="entry-content"><h1>Bread</h1>
    <figure><img src="data:image/gif;base64,R0" data-src="/a-300x200.jpg"
      srcset="/a-300x200.jpg 300w, /a-1024x683.jpg 1024w"><figcaption>The <b>oven</b></figcaption>
    <noscript><img src="/a.jpg"></noscript></figure>
    <div class="wp-caption"><img data-orig-file="/b.jpg" src="/b-150x150.jpg">
      <p class="wp-caption-text">The queue</p></div>
    <p>Text of the article, long enough to be one.<img class="emoji" src="/smile.png">
      <img src="/pixel.gif" width="1" height="1"><img src="/icon.png" width="32px">
      <img src="https://secure.gravatar.com/avatar/0"><img src="javascript:alert(1)">
      <img data-lazy-src="https://cdn.example/c.jpg"></p>
    <div class="related-posts"><img src="/other.jpg"></div></div></article>"""
    head = "<meta property='og:image' content='https://site.example/b.jpg'>"
    images = [(image.url, image.caption) for image in said(head, body).images]
    assert images == [
        ("https://site.example/b.jpg", "The queue"),
        ("https://site.example/a-1024x683.jpg", "The oven"),
        ("https://cdn.example/c.jpg", ""),
    ]


KEYS = (
    "@type @id @graph @value name author headline datePublished dateModified image url keywords"
    " publisher mainEntity"
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just("Article"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=6)
    ),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_json_ld_of_any_shape_is_no_fault(value):
    assert said(NODES % json.dumps(value).replace("</", "<\\/")).title is not None


@pytest.mark.parametrize(
    "head",
    [
        "<body>" + "<div class='date author'>" * 2_000 + "a " * 50_000,
        "<body>" + "<span class='date author'>12 May 2030</span>" * 20_000,
        "".join(f"<meta name='m{i}' content='{i}'>" for i in range(10_000)),
        "<meta property='article:published_time' content='x'>" * 10_000,
        "<meta name='author' content='" + "by " * 100_000 + "'>",
        "<title>" + "a | " * 50_000 + "</title>",
        NODES % json.dumps([{"@type": "Article", "author": "a", "headline": "b"}] * 20_000),
        NODES % ('{"@graph":' * 5_000 + "1" + "}" * 5_000),
        NODES % json.dumps({"@type": ["Article"] * 50_000, "author": [{"@id": "#"}] * 50_000}),
        NODES % ('"' + "x," * 1_000_000),
        "<link rel='alternate' hreflang='en' href='/b'>" * 10_000,
        "<script>" + '{"pubDate":"2014-05-12"},' * 50_000 + "</script>",
    ],
    ids=[
        "nested",
        "many",
        "metas",
        "dates",
        "byline",
        "title",
        "nodes",
        "deep",
        "wide",
        "broken",
        "langs",
        "data",
    ],
)
def test_a_hostile_head_costs_no_more_than_its_length(head):
    """Seconds, where a rule that is not linear would need hours; the suite's own limit ends it."""
    assert said(head).title in ("Bread", "b")


def read_post(post):
    content = json.dumps(post).encode()
    return extract(Page(post["link"], content, CAPTURED, "application/json; type=wp-post"))


def test_a_post_of_the_rest_interface_tells_translations_images_and_people():
    post = {
        "link": "https://site.example/ar/bread/",
        "title": {"rendered": "خبز"},
        "content": {
            "rendered": "<p>عاد الخبز إلى البلدة بعد شهر.</p><figure><img src='/oven.jpg'>"
            "<figcaption>الفرن</figcaption></figure>"
        },
        "wpml_translations": [
            {"locale": "en_US", "href": "https://site.example/en/bread/"},
            {"locale": "ar", "href": "https://site.example/ar/bread/"},
            {"locale": "fr_FR", "id": 12},
        ],
        "translations": {"de": 14, "en": "https://site.example/second/"},
        "_embedded": {
            "author": [{"name": "admin"}],
            "wp:featuredmedia": [{"source_url": "https://site.example/top.jpg"}],
        },
    }
    record = read_post(post)
    assert [(other.lang, other.url) for other in record.translations] == [
        ("en", "https://site.example/second/")
    ]
    assert [(image.url, image.caption) for image in record.images] == [
        ("https://site.example/top.jpg", ""),
        ("https://site.example/oven.jpg", "الفرن"),
    ]
    assert record.author is None
    for odd in (None, 5, [None], {"en": {"href": 5}}, [{"locale": 5, "href": "/x"}]):
        odd_post = {**post, "translations": odd, "wpml_translations": odd, "_embedded": odd}
        assert read_post(odd_post).translations == ()


def test_an_item_of_an_export_tells_its_language_and_images():
    item = """<item xmlns:content="c" xmlns:dc="d"><title>Bread</title><link>https://site.example/b</link>
      <dc:creator>editor</dc:creator><category domain="language" nicename="fr">Français</category>
      <content:encoded><![CDATA[[caption id="a" width="600"]<a href="/x"><img width="600"
      src="/oven-600x400.jpg"></a> The oven[/caption] Pain.]]></content:encoded></item>"""
    page = Page(
        "https://site.example/?p=1", item.encode(), CAPTURED, "application/rss+xml; type=wxr-item"
    )
    record = extract(page)
    assert (record.lang, record.author) == ("fr", None)
    assert [(image.url, image.caption) for image in record.images] == [
        ("https://site.example/oven-600x400.jpg", "The oven")
    ]


def test_a_reckoned_date_says_so_on_the_record():
    html = "<h1>خبز</h1><article class='entry-content'><span class='date'>منذ يومين</span><p>نص</p>"
    record = extract(Page(URL, html.encode(), CAPTURED))
    assert (record.published_approximate, record.published_text) == (True, "منذ يومين")
    html = html.replace("منذ يومين", "12 رمضان 1435 هـ")
    record = extract(Page(URL, html.encode(), CAPTURED))
    assert record.published == datetime(2014, 7, 9)
    assert (record.published_approximate, record.published_text) == (True, "12 رمضان 1435 هـ")


def test_an_address_that_every_page_declares_is_none_s():
    head = "<link rel='canonical' href='/all-reports/'><meta name='og:url' content='/all-reports/'>"
    tree = parse_html(f"<html><head>{head}</head><body><h1>Bread</h1></body></html>").tree
    layout = read_layout(tree)
    assert read_metadata(layout, URL, CAPTURED).canonical == "/all-reports/"
    repeated = frozenset(declared_values(read_head(tree, URL, CAPTURED)))
    assert read_metadata(layout, URL, CAPTURED, repeated).canonical is None


def test_a_declared_address_of_another_site_gives_way_to_the_next():
    head = (
        "<link rel='canonical' href='https://other.example/b/'>"
        "<meta property='og:url' content='https://site.example/2014/bread/'>"
    )
    assert said(head).canonical == "https://site.example/2014/bread/"
