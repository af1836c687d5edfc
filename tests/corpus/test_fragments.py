"""Is a WordPress item's text what its author wrote?"""

import json
from datetime import UTC, datetime

import pytest

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


def both(content: str) -> list[list[str]]:
    """The lines of an export's item and of a post of the REST interface."""
    rendered = post(content={"rendered": content})
    return [item(content).text.splitlines(), rendered.text.splitlines()]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<p>Before.</p>[gallery ids='1,2']<p>After.</p>", ["Before.", "After."]),
        (
            '[caption id="a"]<a href="b"><img src="x"></a> The bridge.[/caption]<p>Text.</p>',
            ["The bridge.", "Text."],
        ),
        (
            '[embed width="3"]https://video.example/1[/embed]<p>Text.</p>',
            ["https://video.example/1", "Text."],
        ),
        (
            "<p>Before.</p>\n<p>https://video.example/1</p>\n<p>After.</p>",
            ["Before.", "https://video.example/1", "After."],
        ),
        (
            '[vc_row][vc_column_text css=".vc_custom_1{margin: 0 !important;}"]In a column.'
            "[/vc_column_text][vc_raw_html]JTNDc2NyaXB0JTNF[/vc_raw_html][/vc_row]",
            ["In a column."],
        ),
        (
            '[et_pb_section fb_built="1"][et_pb_text label="[a]"]In a section.[/et_pb_text]'
            "[/et_pb_section]",
            ["In a section."],
        ),
        (
            '[fusion_builder_row][fusion_text size="1"]In a row.[/fusion_text]'
            "[/fusion_builder_row]",
            ["In a row."],
        ),
        (
            '[dropcap color="red"]A[/dropcap]way from [mark]the bridge[/mark] they went.',
            ["Away from the bridge they went."],
        ),
        ("[one_half]Left.[/one_half][other_half]Right.[/other_half]", ["Left.", "Right."]),
        (
            '<!-- wp:heading {"level":3} --><h3>Bread</h3><!-- /wp:heading --><!-- wp:quote -->'
            "<blockquote><p>It is back.</p><cite>Nour</cite></blockquote><!-- /wp:quote -->",
            ["Bread", "It is back.", "Nour"],
        ),
        (
            "<p>عاد الخبز إلى البلدة بعد أسبوعين من الانقطاع.</p><h3>مقالات ذات صلة</h3>"
            "<ul><li><a href='/a'>خبر آخر عن البلدة</a></li></ul>",
            ["عاد الخبز إلى البلدة بعد أسبوعين من الانقطاع."],
        ),
        (
            "<p>Bread is back in the town after two weeks.</p><div class='yarpp-related'>"
            "<h3>Others</h3><ol><li><a href='/a'>Other news</a></li></ol></div>",
            ["Bread is back in the town after two weeks."],
        ),
        (
            "<p>He wrote:</p><blockquote class='twitter-tweet'><p lang='ar'>عاد الخبز</p>&mdash; "
            "Nour <a href='https://x.example/1'>May 3, 2014</a></blockquote><script>a</script>",
            ["He wrote:", "عاد الخبز", "— Nour May 3, 2014"],
        ),
    ],
)
def test_an_item_and_a_post_say_what_their_author_wrote(content, lines):
    assert both(content) == [lines, lines]


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
