"""What does a WordPress item say: one <item> of an export, one post of the REST interface?"""

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from lxml import etree

from corpus.errors import UnreadablePage
from corpus.extraction.authors import is_person
from corpus.extraction.body import Body
from corpus.extraction.dates import WrittenDate, read_date
from corpus.extraction.decoding import scrub
from corpus.extraction.fragments import read_fragment
from corpus.extraction.images import read_images
from corpus.extraction.metadata import Metadata
from corpus.extraction.translations import rest_translations
from corpus.extraction.urls import canonical
from corpus.values import Page

_TAG = re.compile(r"<[^<>]*>")


def read_export_item(page: Page) -> tuple[Metadata, Body]:
    """One <item> of an export. Raises UnreadablePage when it is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
    )
    try:
        item = etree.fromstring(page.content, parser)
        if item is None:
            raise UnreadablePage("The item of the WordPress export is empty.")
        texts = [(child, "".join(child.itertext())) for child in item.iterchildren("*")]
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:  # the latter: &#xD800;
        raise UnreadablePage("The item of the WordPress export is no XML.") from error
    fields: dict[str, str] = {}
    tags: dict[str, None] = {}
    for child, written in texts:
        name = re.split("[}:]", str(child.tag))[-1]
        space = str(child.tag).rpartition("}")[0]
        text = scrub(written).strip()
        if name == "category" and child.get("domain") in ("category", "post_tag"):
            tags[_plain(text)] = None
        elif name == "category" and child.get("domain") == "language":  # Polylang
            fields.setdefault("language", child.get("nicename") or "")
        elif name != "encoded" or "excerpt" not in space:
            fields.setdefault(name, text)
    published = _date(fields.get("post_date_gmt"), fields.get("post_date"), fields.get("pubDate"))
    modified = _date(fields.get("post_modified_gmt"), fields.get("post_modified"))
    metadata = Metadata(
        title=_plain(fields.get("title", "")),
        author=_person(fields.get("creator", "")),
        published=published[0] if published else None,
        published_text=published[1] if published else None,
        modified=modified[0].moment if modified else None,
        tags=tuple(tag for tag in tags if tag),
        canonical=fields.get("link") or None,
        language=fields.get("language"),
        images=read_images(fields.get("encoded", ""), fields.get("link") or page.url),
    )
    return metadata, read_fragment(fields.get("encoded", ""), "wxr", autop=True)


def read_rest_post(page: Page) -> tuple[Metadata, Body]:
    """One post of the REST interface. Raises UnreadablePage when it is no JSON object."""
    try:
        post = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise UnreadablePage("The WordPress post is no JSON.") from error
    if not isinstance(post, dict):
        raise UnreadablePage("The WordPress post is no JSON object.")
    published = _date(_text(post, "date_gmt"), _text(post, "date"))
    modified = _date(_text(post, "modified_gmt"), _text(post, "modified"))
    metadata = Metadata(
        title=_plain(_text(post, "title")),
        author=_person(next(_names(post, "author"), "")),
        published=published[0] if published else None,
        published_text=published[1] if published else None,
        modified=modified[0].moment if modified else None,
        tags=tuple(dict.fromkeys(_names(post, "wp:term"))),
        canonical=_text(post, "link") or None,
        language=_text(post, "lang") or None,
        translations=rest_translations(post, canonical(page.url, _text(post, "link") or None)),
        images=read_images(_text(post, "content"), _text(post, "link"), _featured(post)),
    )
    return metadata, read_fragment(_text(post, "content"), "rest")


def _person(name: str) -> str | None:
    return name if name and is_person(name) else None


def _featured(post: dict[str, Any]) -> str:
    """The address of the image above the post."""
    embedded = post.get("_embedded")
    media = embedded.get("wp:featuredmedia") if isinstance(embedded, dict) else None
    first = media[0] if isinstance(media, list) and media else None
    return _text(first, "source_url") if isinstance(first, dict) else ""


def _text(post: dict[str, Any], field: str) -> str:
    """A field as text: rendered ones are objects, in older versions plain strings."""
    value = post.get(field)
    value = value.get("rendered") if isinstance(value, dict) else value
    return scrub(value) if isinstance(value, str) else ""


def _names(post: dict[str, Any], relation: str) -> Iterator[str]:
    """The names of embedded objects: lists, and for terms lists of lists."""
    embedded = post.get("_embedded")
    values = [embedded.get(relation)] if isinstance(embedded, dict) else []
    while values:
        value = values.pop(0)
        if isinstance(value, list):
            values = [*value, *values]
        elif isinstance(value, dict) and isinstance(value.get("name"), str):
            yield _plain(scrub(value["name"]))


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _date(gmt: str | None, *local: str | None) -> tuple[WrittenDate, str] | None:
    """The date in UTC where the item has it, else the site's own; 0000-00-00 is none."""
    if gmt and (read := read_date(gmt)):
        moment = read.moment if read.moment.tzinfo else read.moment.replace(tzinfo=UTC)
        return WrittenDate(moment, read.precision), gmt
    return next(((read, text) for text in local if text and (read := read_date(text))), None)
