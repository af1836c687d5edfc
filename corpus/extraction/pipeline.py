"""How does a page become a record?"""

import hashlib

from corpus.errors import NotAnArticle, UnreadablePage
from corpus.extraction.blocks import WORD
from corpus.extraction.body import Body, read_body
from corpus.extraction.containers import MEDIA
from corpus.extraction.decoding import Decoded, decode, is_binary
from corpus.extraction.kinds import is_feed, page_kind
from corpus.extraction.language import language
from corpus.extraction.layout import Layout, read_layout
from corpus.extraction.metadata import Metadata, read_metadata
from corpus.extraction.parsing import parse_html
from corpus.extraction.passages import read_passages
from corpus.extraction.posts import read_export_item, read_rest_post
from corpus.extraction.sites import Site, apply_site, site_rules
from corpus.extraction.spelling import fold
from corpus.extraction.urls import canonical, record_id, source_host
from corpus.values import Page, Provenance, Record

EXTRACTOR = "2"
VISIBLE = 2000  # characters outside menus and the like; a page that shows more holds some text
SOURCE = 2000  # bytes; a page of so much HTML shows a text or a picture
TITLE = 1000  # characters; every list of results shows it whole
EMPTY = 0.4  # a post without text may be a photo or a video: for people to look at


def extract(page: Page, site: Site | None = None) -> Record:
    """The record of a page, with what was cut from it.

    Raises NotAnArticle for listings, feeds and attachment pages, and UnreadablePage when the text
    could not be got. A post that is only a link, a photo or a video is a record with little text.
    """
    if is_binary(page.content):
        raise UnreadablePage("The page's bytes are no text, but an image or another file.")
    decoded = decode(page.content, page.content_type)
    if "type=wxr-item" in page.content_type:
        said, body = read_export_item(page)
    elif "type=wp-post" in page.content_type:
        said, body = read_rest_post(page)
    else:
        said, body = _read_html(page, decoded.text, site or Site())
    return _record(page, decoded, said, body)


def _read_html(page: Page, text: str, site: Site) -> tuple[Metadata, Body]:
    if is_feed(text):
        raise NotAnArticle("The page is a feed or a sitemap, not an article.", "feed")
    parsed = parse_html(text)
    layout = read_layout(parsed.tree)
    kind = page_kind(layout, page.url)
    if kind != "article":
        raise NotAnArticle(f"The page is a {kind}, not an article.", kind)
    layout = apply_site(layout, site)
    # Before anything is cut.
    said = read_metadata(layout, page.url, page.captured, site_rules(site).values)
    body = read_body(parsed.html, layout, said.title)
    _check_text(body, said.title, layout, page)
    return said, body


def _check_text(body: Body, title: str, layout: Layout, page: Page) -> None:
    """Raises UnreadablePage where an empty text would hide that the page was not understood."""
    shown = any(not block.box for block in layout.page.blocks)
    is_title = not shown and fold(body.text) == fold(title)
    if body.method != "generic" or (WORD.search(body.text) and not is_title):
        return
    unnamed = sum(len(cut.text) for cut in body.removed if cut.reason == "other")
    if len(body.text) + unnamed > VISIBLE:
        raise UnreadablePage("No article was found, though the page shows much text.")
    if len(page.content) > SOURCE and not _shows_media(layout):
        raise UnreadablePage(
            "No text was found: scripts or frames fill the page, or it is cut off."
        )


def _shows_media(layout: Layout) -> bool:
    """Whether a picture or a video stands outside the boxes; data-href and data-src are what
    scripts put one in the place of."""
    return any(
        layout.box_of(each) is None and next(each.iterancestors("noscript"), None) is None
        for each in layout.root.iter("*")
        if each.tag in MEDIA or each.get("data-href") or each.get("data-src")
    )


def _record(page: Page, decoded: Decoded, said: Metadata, body: Body) -> Record:
    url = canonical(page.url, said.canonical)
    lang = language(body.text, said.title, hint=said.language)
    return Record(
        id=record_id(url),
        url=url,
        title=_title(said.title),
        text=body.text,
        provenance=Provenance(
            url=page.url,
            captured=page.captured,
            sha256=hashlib.sha256(page.content).hexdigest(),
            method=body.method,
            encoding=decoded.encoding,
            declared_encoding=decoded.declared,
            replaced=decoded.replaced,
            extractor=EXTRACTOR,
        ),
        author=said.author,
        published=said.published.moment if said.published else None,
        published_text=said.published_text,
        published_precision=said.published.precision if said.published else None,
        published_approximate=said.published.approximate if said.published else False,
        modified=said.modified,
        lang=lang,
        passages=read_passages(body.text),
        translations=tuple(other for other in said.translations if other.lang != lang),
        images=said.images,
        tags=said.tags,
        source=source_host(url),
        confidence=body.confidence if body.text else min(body.confidence, EMPTY),
        removed=body.removed,
    )


def _title(text: str) -> str:
    """A title; of one that is longer than any title, its beginning."""
    return text if len(text) <= TITLE else text[:TITLE].rsplit(" ", 1)[0] + "…"
