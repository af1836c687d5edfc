"""What does a page say about its article: title, author, dates, tags, address, language?

The visible page is believed before its head where they differ, because heads are copied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import ELSEWHERE, names
from corpus.extraction.dates import LONGEST, WrittenDate, find_date
from corpus.extraction.head import Head, load_names, read_head, site_names
from corpus.extraction.jsonld import plain
from corpus.extraction.layout import Layout
from corpus.extraction.publication import find_modified, find_published
from corpus.extraction.spelling import fold
from corpus.extraction.titles import find_title

_NOISE = re.compile(r"view all posts by|posts by|مشاهدة جميع المقالات.*|https?://\S+", re.I)
_EDGES = " ,|/»·•–-"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its article."""

    title: str = ""
    author: str | None = None
    published: WrittenDate | None = None
    published_text: str | None = None
    modified: datetime | None = None
    tags: tuple[str, ...] = ()
    canonical: str | None = None
    language: str | None = None  # as declared


def read_metadata(
    layout: Layout, url: str, captured: datetime, ignored: frozenset[str] = frozenset()
) -> Metadata:
    """What the page at `url` says; `captured` is needed for relative dates and to refuse dates that
    had not come. `ignored`: what the heads of this site declare on page after page."""
    head = read_head(layout.tree, url, captured, ignored)
    title = find_title(layout, head)
    published = next(find_published(layout, head, title), None)
    return Metadata(
        title=title,
        author=_author(layout, head),
        published=published[0] if published else None,
        published_text=published[1] if published else None,
        modified=find_modified(head),
        tags=_tags(layout, head),
        canonical=None if head.copied else _canonical(layout.tree, head),
        language=layout.tree.get("lang") or head.first("og:locale", "content-language"),
    )


def _author(layout: Layout, head: Head) -> str | None:
    """The author's name; None when the page names nobody but its publisher."""
    site = set(map(fold, site_names(head)))
    byline = re.compile(rf"^(?:{'|'.join(load_names().bylines)})\s*[:：]?\s+", re.I)
    for value in _author_values(layout, head):
        name = byline.sub("", _undated(plain(value), head).strip(_EDGES))
        name = _NOISE.sub("", name).strip(_EDGES)
        if name and fold(name) not in site and len(name) <= 80 and re.search(r"[^\W\d]", name):
            return name
    return None


def _undated(text: str, head: Head) -> str:
    """What stands before the date in a line, or else after it."""
    if len(text) <= LONGEST and (found := find_date(text, head.captured)):
        before, _, after = text.partition(found[1])
        return before or after
    return text


def _author_values(layout: Layout, head: Head) -> Iterator[Any]:
    yield from (node.get("author") for node in head.articles())
    yield head.first(*load_names().author)
    for element in layout.root.iter("a", "span", "div", "p", "strong", "address"):
        called = names(element) | set((element.get("rel") or "").lower().split())
        called |= {(element.get("itemprop") or "").lower()}
        if called & load_names().authors and layout.box_of(element) not in ELSEWHERE:
            yield " ".join(element.text_content().split())


def _tags(layout: Layout, head: Head) -> tuple[str, ...]:
    """Categories and tags: the article's links first, else what the head declares."""
    found = [
        " ".join(link.text_content().split())
        for link in layout.root.iter("a")
        if {"tag", "category"} & set((link.get("rel") or "").lower().split())
        and layout.box_of(link) not in ELSEWHERE
    ]
    if not found and not head.copied:
        found = [*head.metas.get("article:section", []), *head.metas.get("article:tag", [])]
        for node in head.articles():
            words = node.get("keywords")
            found += map(plain, words if isinstance(words, list) else [words])
        found = found if any(found) else [head.first("news_keywords", "keywords")]
        found = [part for each in found for part in re.split("[,،;؛]", each)]
    clean = dict.fromkeys(tag.strip(" #") for tag in found)
    return tuple(tag for tag in clean if tag and len(tag) <= 80)[:30]


def _canonical(tree: HtmlElement, head: Head) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return head.first("og:url") or None
