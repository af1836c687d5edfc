"""Are exactly the published posts of a WordPress export read, however damaged it is?"""

import gzip
import json
import os
from datetime import UTC, datetime

import pytest
from lxml import etree

from corpus.readers import read_items
from corpus.values import Page, Problem

WP = "http://wordpress.org/export/1.2/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ROOT = f'<rss version="2.0" xmlns:content="{CONTENT}" xmlns:wp="{WP}">'
TEXT = "<p>The bakery opened again. أعيد فتح الفرن.</p>"


def item(number=1, text=TEXT, kind="post", status="publish", extra="", link=True):
    address = f"<link>https://example.org/{number}/</link>" if link else ""
    return (
        f"<item>\n<title>Bread</title>\n{address}<wp:post_id>{number}</wp:post_id>\n"
        f"<content:encoded><![CDATA[{text}]]></content:encoded>\n"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{extra}\n</item>\n"
    )


def export(*items, head='<?xml version="1.0" encoding="UTF-8"?>\n', root=ROOT):
    about = (
        "<channel><title>A site</title><pubDate>Wed, 05 Jun 2024 10:00:00 +0300</pubDate>\n"
        "<wp:author><wp:author_login>editor</wp:author_login></wp:author>\n"
    )
    return f"{head}{root}\n{about}{''.join(items)}</channel></rss>\n"


def read(tmp_path, content, name="site.xml"):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    return list(read_items(tmp_path / name))


def pages(items):
    return [found for found in items if isinstance(found, Page)]


def told(items):
    """(place, kind, reason) of every problem."""
    return [
        (found.where.partition(", ")[2], found.kind, found.reason)
        for found in items
        if isinstance(found, Problem)
    ]


def text_of(page):
    """content:encoded of a page that holds one item."""
    return etree.fromstring(page.content).findtext(f"{{{CONTENT}}}encoded")


def test_a_published_post_is_a_page_that_holds_its_item(tmp_path):
    (page,) = read(tmp_path, export(item()))
    assert (page.url, page.content_type) == (
        "https://example.org/1/",
        "application/rss+xml; type=wxr-item",
    )
    found = etree.fromstring(page.content)
    assert (found.tag, found.findtext(f"{{{WP}}}post_id")) == ("item", "1")
    assert text_of(page) == TEXT


def test_a_post_was_captured_when_the_export_was_made(tmp_path):
    (page,) = read(tmp_path, export(item()))
    assert page.captured == datetime(2024, 6, 5, 7, 0, tzinfo=UTC)


def test_an_export_without_a_date_was_made_when_its_file_was(tmp_path):
    content = export(item()).replace("05 Jun 2024", "35 Foo 2024")
    (page,) = read(tmp_path, content)
    assert page.captured.timestamp() == int((tmp_path / "site.xml").stat().st_mtime)


PASSWORD = "<wp:post_password><![CDATA[secret]]></wp:post_password>"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "draft"}, "WordPress post, not published: draft"),
        ({"status": "private"}, "WordPress post, not published: private"),
        ({"status": "trash", "kind": "page"}, "WordPress page, not published: trash"),
        ({"status": "<![CDATA[pending]]>"}, "WordPress post, not published: pending"),
        ({"extra": PASSWORD}, "WordPress post behind a password"),
        ({"kind": "attachment", "status": "inherit"}, "WordPress item of type attachment"),
        ({"kind": "nav_menu_item"}, "WordPress item of type nav_menu_item"),
        ({"kind": "flamingo_inbound"}, "WordPress item of type flamingo_inbound"),
    ],
)
def test_what_the_public_could_not_read_is_skipped(tmp_path, fields, reason):
    found = read(tmp_path, export(item(1), item(2, **fields), item(3)))
    assert [page.url for page in pages(found)] == [
        "https://example.org/1/",
        "https://example.org/3/",
    ]
    assert told(found) == [("item 2", "skip", reason)]


def test_an_item_that_does_not_say_what_it_is_is_not_taken_for_published(tmp_path):
    found = read(tmp_path, export(item(status="")))
    reason = "does not say whether it is a published post"
    assert told(found) == [("item 1", "quarantine", reason)]


def test_comments_and_the_addresses_of_those_who_wrote_them_stay_behind(tmp_path):
    comment = "<wp:comment><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP></wp:comment>"
    (page,) = read(tmp_path, export(item(extra=comment * 3)))
    assert b"192.0.2.7" not in page.content
    assert text_of(page) == TEXT


def test_several_cdata_sections_are_one_text(tmp_path):
    (page,) = read(tmp_path, export(item(text="one ]]]]><![CDATA[> <item> two]]><![CDATA[ three")))
    assert text_of(page) == "one ]]> <item> two three"


@pytest.mark.parametrize("version", ["1.0/", "1.1/", "1.2/", "1.3/"])
def test_every_version_of_the_export_is_read(tmp_path, version):
    content = export(item()).replace("export/1.2/", f"export/{version}")
    assert [text_of(page) for page in read(tmp_path, content)] == [TEXT]


def test_control_signs_are_left_out(tmp_path):
    (page,) = read(tmp_path, export(item(text="br\x00ea\x0bd\x1f \ufffe\n\tagain")))
    assert text_of(page) == "bread \n\tagain"


def test_html_entities_outside_cdata_are_read(tmp_path):
    content = export(item()).replace("<title>Bread<", "<title>Bread&nbsp;&amp;&laquo;salt&raquo;<")
    (page,) = read(tmp_path, content)
    assert etree.fromstring(page.content).findtext("title") == "Bread\xa0&«salt»"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_the_encoding_is_the_declared_one(tmp_path, encoding):
    content = export(item(), head=f"<?xml version='1.0' encoding='{encoding[:12]}'?>\n")
    content = content.replace("utf-8-sig", "utf-8")
    (page,) = read(tmp_path, content.encode(encoding))
    assert text_of(page) == TEXT


@pytest.mark.parametrize("encoding", ["utf-7", "zlib", "unicode_escape", "no-such-thing"])
def test_encodings_that_are_a_way_in_are_refused(tmp_path, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    reason = f"declares the encoding {encoding}, which is not read"
    assert told(read(tmp_path, export(item(), head=head))) == [("", "quarantine", reason)]


def test_a_post_without_address_is_addressed_by_its_file_and_number(tmp_path):
    (tmp_path / "in").mkdir()
    (page,) = read(tmp_path / "in", export(item(7, link=False)))
    assert page.url == "file:///in/site.xml?p=7"


def test_the_guid_is_the_address_where_there_is_no_link(tmp_path):
    guid = '<guid isPermaLink="false">https://example.org/?p=7</guid>'
    (page,) = read(tmp_path, export(item(7, link=False, extra=guid)))
    assert page.url == "https://example.org/?p=7"


DTD = '<!DOCTYPE rss [<!ENTITY a "boo"><!ENTITY b "&a;&a;&a;">]>\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- made by a plugin -->\n", "<?php ?>", "\n\n"])
def test_a_document_type_is_refused_before_anything_is_parsed(tmp_path, before, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>{before}{DTD}'
    found = read(tmp_path, export(item(text="&b;"), head=head).encode(encoding))
    reason = "XML with a document type of its own (DTD): refused"
    assert told(found) == [("", "quarantine", reason)]


def test_a_document_type_that_a_post_writes_about_is_text(tmp_path):
    (page,) = read(tmp_path, export(item(text=DTD + "<!-- <item> -->")))
    assert text_of(page) == DTD + "<!-- <item> -->"


def test_nothing_outside_the_file_is_fetched(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    include = (
        '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
    )
    hidden = '<!DOCTYPE item [<!ENTITY e SYSTEM "secret.txt">]>&e;'
    found = read(tmp_path, export(item(1, extra=include), item(2, extra=hidden)))
    assert len(pages(found)) == 2
    assert not any(b"secret<" in page.content for page in pages(found))


def test_damage_in_one_item_is_repaired_and_told(tmp_path):
    broken = item(2).replace("<title>Bread</title>", "<title>Bread & salt</titel>")
    found = read(tmp_path, export(item(1), broken, item(3)))
    assert [text_of(page) for page in pages(found)] == [TEXT, TEXT, TEXT]
    reason = "damaged XML, read as far as possible, in 1 items"
    assert told(found) == [("item 2", "quarantine", reason)]


def test_damage_that_hides_the_text_takes_no_other_item_along(tmp_path):
    broken = item(2).replace("<title>Bread</title>", "<title>Bread and <b>salt</title>")
    found = read(tmp_path, export(item(1), broken, item(3)))
    assert [page.url[-2] for page in pages(found)] == ["1", "3"]
    ((place, kind, reason),) = told(found)
    assert (place, kind, reason[:13]) == ("item 2", "quarantine", "damaged XML (")


def test_a_password_counts_wherever_a_repair_moves_it(tmp_path):
    broken = item(2, extra=f"<a>{PASSWORD}").replace("</item>", "</b></item>")
    found = read(tmp_path, export(item(1), broken))
    assert [page.url[-2] for page in pages(found)] == ["1"]
    assert ("item 2", "skip", "WordPress post behind a password") in told(found)


def test_two_items_without_a_border_are_not_taken_for_one(tmp_path):
    draft = item(1, status="draft").replace("<wp:status>draft</wp:status>", "")
    merged = (draft + item(2)).replace("</item>\n<item>", "")
    found = read(tmp_path, export(merged))
    reason = "several items in one: the end of the first is lost"
    assert told(found) == [("item 1", "quarantine", reason)]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (item(2).replace("</item>", ""), "not closed"),
        (item(2).replace("]]>", ""), "its <![CDATA[ is not closed"),
        (item(2).replace("<title>", "<!-- <title>"), "its <!-- is not closed"),
    ],
)
def test_an_item_that_is_not_closed_ends_where_the_next_begins(tmp_path, broken, reason):
    found = read(tmp_path, export(item(1), broken, item(3), item(4)))
    assert [page.url[-2] for page in pages(found)] == ["1", "3", "4"]
    assert told(found) == [("item 2", "quarantine", reason)]


def test_every_cut_of_an_export_is_told_and_no_half_post_is_read(tmp_path):
    first = export(item(1)).index("</item>") + len("</item>")
    whole = export(item(1), item(2, text="short"))
    for end in range(len(ROOT) + 60, len(whole) - len("</channel></rss>"), 5):
        found = read(tmp_path, whole[:end])
        assert [page.url[-2] for page in pages(found)] == ["1", "2"][: whole[:end].count("</item>")]
        assert told(found) != [] or end < first


def test_an_export_packed_with_gzip_is_read_up_to_its_damage(tmp_path):
    many = export(*(item(number, text=os.urandom(3_000).hex()) for number in range(40)))
    packed = gzip.compress(many.encode())
    assert len(pages(read(tmp_path, packed, "site.xml.gz"))) == 40
    found = read(tmp_path, packed[: len(packed) // 2], "site.xml.gz")
    assert 10 < len(pages(found)) < 30
    assert ("offset 0", "quarantine", "the compressed data ends early") in told(found)


def test_what_follows_a_gap_is_not_taken_for_the_rest_of_a_post(tmp_path):
    half = export(item(1), item(2)).encode()
    start, rest = half[: half.index(b"<content", 600)], half[half.index(b"<content", 600) :]
    broken = gzip.compress(b"<!-- lost -->")[:-8] + bytes(8)
    content = gzip.compress(start) + broken + gzip.compress(rest)
    found = read(tmp_path, content, "site.xml.gz")
    assert [page.url[-2] for page in pages(found)] == ["1"]
    assert ("item 2", "quarantine", "cut off") in told(found)


def test_an_export_of_terms_alone_is_skipped(tmp_path):
    assert told(read(tmp_path, export())) == [("", "skip", "WordPress export without posts")]


def test_an_item_of_any_depth_ends_nothing(tmp_path):
    found = read(tmp_path, export(item(1, extra="<a>" * 100_000), item(2)))
    assert "https://example.org/2/" in [page.url for page in pages(found)]


def test_an_item_that_is_too_large_is_told(tmp_path):
    found = read(tmp_path, export(item(1, text="x" * 10_000_001), item(2)))
    assert [page.url[-2] for page in pages(found)] == ["2"]
    assert told(found) == [("item 1", "quarantine", "page larger than 10 MB")]


def test_a_post_with_thousands_of_comments_is_read_and_so_is_the_next(tmp_path):
    comment = "<wp:comment><wp:comment_content><![CDATA[Thanks]]></wp:comment_content></wp:comment>"
    found = read(tmp_path, export(item(1, extra=comment * 30_000), item(2)))
    assert [text_of(page) for page in pages(found)] == [TEXT, TEXT]
    assert b"Thanks" not in pages(found)[0].content


def test_an_item_of_a_million_tags_is_told_and_never_becomes_a_tree(tmp_path):
    found = read(tmp_path, export(item(1, extra="<a/>" * 1_000_000), item(2)))
    assert [page.url[-2] for page in pages(found)] == ["2"]
    assert told(found) == [("item 1", "quarantine", "more than 1000000 tags")]


@pytest.mark.parametrize(
    "extra",
    [
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>',
        '<?xml-stylesheet href="secret.txt"?>',
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'secret.txt'>]><a>&e;</a>",
        "<!ENTITY % p SYSTEM 'secret.txt'> %p;",
    ],
)
def test_nothing_that_an_item_points_at_is_read(tmp_path, extra):
    (tmp_path / "secret.txt").write_text("secret words")
    found = read(tmp_path, export(item(1, extra=extra), item(2)))
    assert "https://example.org/2/" in [page.url for page in pages(found)]
    assert not any(b"secret words" in page.content for page in pages(found))


def post(number=1, **fields):
    return {
        "id": number,
        "type": "post",
        "status": "publish",
        "link": f"https://example.org/{number}/",
        "title": {"rendered": "Bread"},
        "content": {"rendered": TEXT, "protected": False},
        **fields,
    }


def test_every_post_of_a_list_is_a_page_that_holds_its_json_as_it_was_sent(tmp_path):
    written = [json.dumps(post(1), ensure_ascii=False), json.dumps(post(2), indent=1)]
    found = read(tmp_path, f" [\n{written[0]} ,\n{written[1]}\n]\n", "posts.json")
    assert [page.content.decode() for page in found] == written
    assert [page.url for page in found] == ["https://example.org/1/", "https://example.org/2/"]
    assert {page.content_type for page in found} == {"application/json; type=wp-post"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_one_post_alone_is_a_page(tmp_path, encoding):
    content = json.dumps(post(), ensure_ascii=False).encode(encoding)
    (page,) = read(tmp_path, content, "post.json")
    assert json.loads(page.content) == post()


def test_a_list_packed_with_gzip_is_read(tmp_path):
    assert (
        len(pages(read(tmp_path, gzip.compress(json.dumps([post()]).encode()), "a.json.gz"))) == 1
    )


def test_half_a_letter_in_an_escape_is_kept_as_it_was_sent(tmp_path):
    text = json.dumps(post(title={"rendered": "\ud83d"}))
    (page,) = read(tmp_path, text, "post.json")
    assert page.content.decode() == text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "draft"}, "WordPress post, not published: draft"),
        ({"type": "attachment"}, "WordPress item of type attachment"),
        ({"content": {"rendered": "", "protected": True}}, "WordPress post behind a password"),
    ],
)
def test_what_the_interface_protects_is_skipped(tmp_path, fields, reason):
    found = read(tmp_path, json.dumps([post(1), post(2, **fields)]), "posts.json")
    assert (len(pages(found)), told(found)) == (1, [("item 2", "skip", reason)])


def test_fields_that_were_not_asked_for_may_be_missing(tmp_path):
    bare = {
        "id": 7,
        "content": {"rendered": TEXT},
        "guid": {"rendered": "https://example.org/?p=7"},
    }
    (page,) = read(tmp_path, json.dumps([bare]), "posts.json")
    assert page.url == "https://example.org/?p=7"


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (
            '{"code": "rest_post_invalid_page_number", "message": "No.", "data": {"status": 400}}',
            "skip",
            "error of the REST interface: rest_post_invalid_page_number",
        ),
        ("[]", "skip", "empty list"),
        ("17", "skip", "JSON that is no WordPress post"),
        ('{"name": "package"}', "skip", "JSON that is no WordPress post"),
        ("", "quarantine", "damaged JSON at character 0 (Expecting value)"),
        ("[" * 200_000, "quarantine", "damaged JSON at character 1 (nested too deep)"),
        ('"' + "x" * 64_000_000, "quarantine", "JSON larger than 64 MB"),
        (b'{"id": "\xe3"}', "quarantine", "JSON that is no Unicode"),
        (gzip.compress(b"[1, 2]")[:-4], "quarantine", "damaged gzip file"),
    ],
)
def test_other_json_is_told(tmp_path, content, kind, reason):
    ((_, found_kind, found_reason),) = told(read(tmp_path, content, "a.json"))
    assert found_kind == kind
    assert found_reason.startswith(reason)


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (', {"id": 3, "content"', "damaged JSON at character"),
        ("", "damaged JSON at character"),
        (" 5]", "damaged JSON at character"),
        (",]", "damaged JSON at character"),
    ],
)
def test_the_posts_before_the_damage_are_read(tmp_path, end, reason):
    content = f"[{json.dumps(post(1))}, {json.dumps(post(2))}{end}"
    found = read(tmp_path, content, "posts.json")
    assert [page.url[-2] for page in pages(found)] == ["1", "2"]
    ((place, kind, found_reason),) = told(found)
    assert (place, kind) == ("item 3", "quarantine")
    assert found_reason.startswith(reason)


def test_a_long_list_is_read_to_its_end(tmp_path):
    found = read(tmp_path, json.dumps([post(n, extra="x" * 3_000_000) for n in range(9)]), "a.json")
    assert [page.url for page in pages(found)] == [f"https://example.org/{n}/" for n in range(9)]
    assert told(found) == []


def test_a_value_larger_than_a_page_is_told(tmp_path):
    found = read(
        tmp_path, json.dumps([post(1), post(2, extra="x" * 14_000_000), post(3)]), "a.json"
    )
    assert len(pages(found)) == 1
    ((place, kind, reason),) = told(found)
    assert (place, kind) == ("item 2", "quarantine")
    assert reason.endswith("(a value larger than a page)")


def test_a_list_of_too_many_values_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.readers.rest.JSON_VALUES", 5)
    found = read(tmp_path, json.dumps([post(1), *[[]] * 50]), "posts.json")
    assert len(pages(found)) == 1
    assert len(found) == 6
    assert told(found)[-1][2] == "more than 5 values: what follows is not read"


def test_a_number_without_end_is_told_as_what_it_is(tmp_path):
    found = read(tmp_path, '[{"content": "a", "id": ' + "9" * 5_000 + "}]", "posts.json")
    assert told(found)[0][2].endswith("(a number without end)")


def test_one_value_too_many_is_told(tmp_path):
    found = read(tmp_path, json.dumps(post()) + "\n{}", "posts.json")
    assert len(pages(found)) == 1
    assert told(found)[0][2].startswith("more than one JSON value")
