"""Is a page an article, or a listing, a feed or an attachment?"""

import re

from corpus.extraction.blocks import is_running
from corpus.extraction.layout import Layout
from corpus.extraction.urls import split_url
from corpus.values import PageKind

# WordPress says on <body> which template made the page.
_SINGLES = frozenset(("single", "single-post", "page", "singular", "page-template"))
_LISTINGS = frozenset(
    ("archive", "category", "search", "search-results", "tag", "author", "date", "error404")
)
_ATTACHMENTS = frozenset(("attachment", "attachment-template-default", "single-attachment"))
_HOMES = frozenset(("home", "blog"))
_HOME_PATH = re.compile(r"^(?:/(?:[a-z]{2}/)?)?$|/(?:index|default|home)\d*\.\w+$", re.I)
_LISTING_PATH = re.compile(
    r"/(?:tag|category|author|page/\d+|search)/?[^/]*/?$|^/\d{4}/(?:\d\d?/){0,2}$"
)
_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.S
)
HEADLINES = 5  # links of three words and more


def page_kind(layout: Layout, url: str) -> PageKind:
    """What kind of page this is. Only what several signs agree on is no article: short posts, posts
    that are one link, photos and videos are articles."""
    own = set((layout.root.get("class") or "").lower().split())
    if own & _ATTACHMENTS:
        return "attachment"
    if own & _SINGLES or layout.tree.xpath("//meta[@property='og:type' and @content='article']"):
        return "article"
    if _has_long_text(layout):
        return "article"
    if own & _LISTINGS:
        return "listing"
    parts = split_url(url)
    path = parts.path if not parts.query else "/?"
    sign = own & _HOMES or _LISTING_PATH.search(path) or _HOME_PATH.search(path)
    blocks = layout.page.blocks
    linked = sum(block.words >= 3 and block.linked * 2 > block.words for block in blocks)
    if sign and linked >= HEADLINES:
        return "listing"
    return "listing" if layout.container is None and _is_all_links(layout) else "article"


def is_feed(html: str) -> bool:
    """Whether the text is a feed or a sitemap, which are lists of pages."""
    return bool(_FEED.match(html[:2000]))


def _is_all_links(layout: Layout) -> bool:
    """Whether the page is a long list of links and hardly anything else."""
    words = layout.page.words(layout.root)
    own = layout.page.words(layout.root, plain=True)
    blocks = layout.page.blocks
    lines = sum(block.linked > 0 for block in blocks)
    return lines >= 30 and own < 0.2 * words and not any(is_running(b, 20, 0.3) for b in blocks)


def _has_long_text(layout: Layout) -> bool:
    """Whether the named container holds an article: five paragraphs."""
    if layout.container is None:
        return False
    blocks = layout.page.of(layout.container)
    return sum(is_running(block, 25, 0.3) for block in blocks) >= 5
