"""What does a page say about its article: title, author, dates, tags, address, images, languages?

Each question has a module of its own; a head that is copied from the home page is believed nowhere.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from corpus.extraction.authors import find_author
from corpus.extraction.boilerplate import ELSEWHERE
from corpus.extraction.dates import WrittenDate
from corpus.extraction.head import CANONICAL, Head, read_head
from corpus.extraction.images import find_images
from corpus.extraction.jsonld import plain
from corpus.extraction.layout import Layout
from corpus.extraction.publication import find_modified, find_published
from corpus.extraction.titles import find_title
from corpus.extraction.translations import find_translations
from corpus.extraction.urls import canonical
from corpus.values import Image, Translation


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
    translations: tuple[Translation, ...] = ()
    images: tuple[Image, ...] = ()


def read_metadata(
    layout: Layout, url: str, captured: datetime, ignored: frozenset[str] = frozenset()
) -> Metadata:
    """What the page at `url` says; `captured` is needed for relative dates and to refuse dates that
    had not come. `ignored`: what the heads of this site declare on page after page."""
    head = read_head(layout.tree, url, captured, ignored)
    title = find_title(layout, head)
    published = next(find_published(layout, head, title), None)
    address = None if head.copied else _canonical(head)
    return Metadata(
        title=title,
        author=find_author(layout, head, title),
        published=published[0] if published else None,
        published_text=published[1] if published else None,
        modified=find_modified(layout, head),
        tags=_tags(layout, head),
        canonical=address,
        language=layout.tree.get("lang") or head.first("og:locale", "content-language"),
        translations=find_translations(layout.tree, canonical(url, address)),
        images=find_images(layout, head),
    )


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


def _canonical(head: Head) -> str | None:
    """The first declared address that is this page's and says more than the one it came from."""
    own = canonical(head.url)
    declared = (*head.metas.get(CANONICAL, [])[:5], head.first("og:url"))
    return next((each for each in declared if each and canonical(head.url, each) != own), None)
