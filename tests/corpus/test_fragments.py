"""Is a WordPress item's text what its author wrote?"""

import json
from datetime import UTC, datetime

from corpus.extraction import extract
from corpus.values import Page

CAPTURED = datetime(2023, 1, 1, tzinfo=UTC)
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)


def item(content: str, fields: str = ""):
    text = (
        f"<item {SPACES}><title>الخبز &amp;amp; الماء</title>"
        "<link>https://site.example/2014/05/bread/</link>"
        "<dc:creator><![CDATA[nour]]></dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[excerpt]]></excerpt:encoded>{fields}</item>"
    )
    kind = "application/rss+xml; type=wxr-item"
    return extract(Page("https://site.example/?p=5", text.encode(), CAPTURED, kind))


def post(**fields):
    kind = "application/json; type=wp-post"
    return extract(Page("https://site.example/?p=5", json.dumps(fields).encode(), CAPTURED, kind))


def test_blank_lines_are_paragraphs_and_line_ends_count():
    assert item("One\ntwo <b>bold\nstill</b>\n\n\nThree <a\nhref='x'>link</a>").text == (
        "One\ntwo bold\nstill\nThree link"
    )


def test_blocks_are_read_without_their_comments():
    content = (
        '<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n<!-- wp:list {"a":1} -->'
        "<ul><li>a</li><li>b</li></ul><!-- /wp:list -->"
    )
    assert item(content).text == "One two\na\nb"


def test_shortcodes_go_and_what_they_hold_stays():
    record = item(
        '[vc_row][vc_column width="1/2"]Text in a column.[/vc_column][/vc_row]\n\n'
        '[caption id="a" width="9"]<img src="x"> The bridge.[/caption]\n\n[gallery ids="1,2"]\n\n'
        "[embed]https://video.example/1[/embed]\n\nHe said [sic] it twice [1]."
    )
    assert record.text.splitlines() == [
        "Text in a column.",
        "The bridge.",
        "https://video.example/1",
        "He said [sic] it twice [1].",
    ]
    assert '[gallery ids="1,2"]' in {cut.text for cut in record.removed}


def test_what_plugins_add_is_cut_and_told():
    record = post(
        content={
            "rendered": "<p>بيان قصير من المجلس.</p><div class='sharedaddy'><h3>شارك هذا:</h3>"
            "<ul><li><a href='#'>فيسبوك</a></li></ul></div>"
        },
        title={"rendered": "بيان"},
    )
    assert record.text == "بيان قصير من المجلس."
    assert {cut.reason for cut in record.removed} == {"share"}


def test_an_item_of_an_export_has_its_fields():
    record = item(
        "Text.",
        "<wp:post_date>2014-05-12 12:30:00</wp:post_date>"
        "<wp:post_date_gmt>2014-05-12 09:30:00</wp:post_date_gmt>"
        "<wp:post_modified_gmt>2014-06-01 08:00:00</wp:post_modified_gmt>"
        "<category domain='category' nicename='r'><![CDATA[Reports]]></category>"
        "<category domain='post_tag' nicename='b'><![CDATA[bread]]></category>"
        "<category domain='nav_menu' nicename='m'><![CDATA[menu]]></category>",
    )
    assert record.title == "الخبز & الماء"
    assert record.url == "https://site.example/2014/05/bread/"
    assert record.published == datetime(2014, 5, 12, 9, 30, tzinfo=UTC)
    assert record.modified == datetime(2014, 6, 1, 8, 0, tzinfo=UTC)
    assert (record.author, record.tags) == ("nour", ("Reports", "bread"))
    assert record.provenance.method == "wxr"


def test_a_date_of_zeros_is_no_date():
    zeros = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    assert item("Text.", zeros).published is None
    local = "<wp:post_date>2014-05-12 12:30:00</wp:post_date>"
    assert item("Text.", zeros + local).published == datetime(2014, 5, 12, 12, 30)


def test_a_post_of_the_rest_interface_has_its_fields():
    record = post(
        link="https://site.example/ar/bread/",
        title={"rendered": "&#8220;الخبز&#8221; <em>يعود</em>"},
        content={"rendered": "<p>" + "عاد الخبز إلى البلدة بعد أسبوعين. " * 3 + "</p>"},
        date_gmt="2014-05-12T09:30:00",
        date="2014-05-12T12:30:00",
        modified_gmt="2014-06-01T08:00:00",
        _embedded={
            "author": [{"name": "Nour Example"}],
            "wp:term": [[{"name": "Reports"}], [{"name": "bread"}]],
        },
    )
    assert record.title == "“الخبز” يعود"
    assert record.published == datetime(2014, 5, 12, 9, 30, tzinfo=UTC)
    assert record.modified == datetime(2014, 6, 1, 8, 0, tzinfo=UTC)
    assert (record.author, record.tags) == ("Nour Example", ("Reports", "bread"))
    assert (record.url, record.lang) == ("https://site.example/ar/bread/", "ar")
    assert record.provenance.method == "rest"


def test_odd_fields_are_no_fault():
    record = post(title=[], content=3, date="soon", link=5, _embedded=[], lang={})
    assert (record.title, record.text, record.published) == ("", "", None)
    assert post(content={"rendered": "a\ud800b"}).text == "a\ufffdb"
