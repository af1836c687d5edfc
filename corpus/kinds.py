"""Is a page an article, or a listing, a feed or an attachment?"""

import re
from urllib.parse import urlsplit

from corpus.blocks import is_running
from corpus.layout import Layout
from corpus.values import PageKind

# WordPress says on <body> which template made the page.
_LISTINGS = frozenset(
    ("archive", "category", "search", "search-results", "tag", "author", "date", "error404")
)
_HOMES = frozenset(("home", "blog"))
_SINGLES = frozenset(("single", "single-post", "page", "singular", "page-template"))
_LISTING_PATH = re.compile(
    r"/(?:tag|category|author|page/\d+|search)/?[^/]*/?$|^/\d{4}/(?:\d\d?/){0,2}$"
)
_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.S
)
TEASERS = 3


def page_kind(layout: Layout, url: str) -> PageKind:
    """What kind of page this is. Only what several signs agree on is no article: short posts, posts
    that are one link, photos and videos are articles."""
    own = set((layout.root.get("class") or "").lower().split())
    if own & {"attachment", "attachment-template-default", "single-attachment"}:
        return "attachment"
    if own & _SINGLES or layout.tree.xpath("//meta[@property='og:type' and @content='article']"):
        return "article"
    listing = own & _LISTINGS or own & _HOMES or _LISTING_PATH.search(urlsplit(url).path)
    teasers = sum(1 for _ in layout.root.iter("article"))
    if listing and (teasers >= TEASERS or own & _LISTINGS) and not _has_long_text(layout):
        return "listing"
    return "article"


def is_feed(html: str) -> bool:
    """Whether the text is a feed or a sitemap, which are lists of pages."""
    return bool(_FEED.match(html[:2000]))


def _has_long_text(layout: Layout) -> bool:
    """Whether the named container holds an article: five paragraphs."""
    if layout.container is None:
        return False
    blocks = layout.page.of(layout.container)
    return sum(is_running(block, 25, 0.3) for block in blocks) >= 5
