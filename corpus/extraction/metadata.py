"""What does a page say about its article: title, author, dates, tags, address, language?

The visible page is believed before its head where they differ, because heads are copied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import ELSEWHERE, names
from corpus.extraction.dates import LONGEST, WrittenDate, find_date, read_date
from corpus.extraction.head import Head, load_names, read_head
from corpus.extraction.jsonld import kinds, plain
from corpus.extraction.layout import Layout
from corpus.extraction.spelling import fold
from corpus.extraction.titles import find_title
from corpus.extraction.urls import split_url

_DATED = re.compile(
    r"(?:^|[-_\s])(?:date|time|datetime|published|pubdate|posted|timestamp|dateline)(?:$|[-_\s])",
    re.I,
)
_DATED_TAGS = ("time", "span", "div", "p", "li", "a", "abbr", "b", "small", "strong")
_CHANGED = re.compile(r"updated|modified|آخر تحديث|اخر تحديث|تم التحديث", re.I)
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
_NOISE = re.compile(r"view all posts by|posts by|مشاهدة جميع المقالات.*|https?://\S+", re.I)
_EDGES = " ,|/»·•–-"
TITLES = 3  # places; a page that shows its title more often is hostile
FIRST_YEAR = 1990  # no page of the web is older

Found = tuple[WrittenDate, str]


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
    published = next(_published(layout, head, title), None)
    return Metadata(
        title=title,
        author=_author(layout, head),
        published=published[0] if published else None,
        published_text=published[1] if published else None,
        modified=_modified(head),
        tags=_tags(layout, head),
        canonical=None if head.copied else _canonical(layout.tree, head),
        language=layout.tree.get("lang") or head.first("og:locale", "content-language"),
    )


def _published(layout: Layout, head: Head, title: str) -> Iterator[Found]:
    """The dates that the page gives for its article, the most trusted first."""
    if not head.copied:
        for node in head.articles():
            yield from _declared(plain(node.get("datePublished")), head)
        for name in load_names().published:
            yield from _declared(head.first(name), head)
        for node in head.nodes:
            if kinds(node) & {"webpage", "itempage"}:
                yield from _declared(plain(node.get("datePublished")), head)
    yield from _visible_dates(layout, head)
    if found := _IN_URL.search(split_url(head.url).path):
        yield from _declared("-".join(found.groups()), head)
    yield from _dates_near(layout, head, title)


def _visible_dates(layout: Layout, head: Head) -> Iterator[Found]:
    """Dates in elements that are called dates, those in the article or beside its title first."""
    found: list[tuple[bool, bool, HtmlElement, str]] = []
    for element in layout.root.iter(*_DATED_TAGS):
        called = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"
        if element.tag != "time" and not _DATED.search(called):
            continue
        text = " ".join(element.text_content().split())
        box = layout.box_of(element)
        if len(text) > LONGEST or box in ELSEWHERE or _CHANGED.search(text):
            continue
        inside = any(each.tag in ("article", "main") for each in element.iterancestors())
        found.append((box == "header", not inside, element, text))
    for _, _, element, text in sorted(found, key=lambda each: each[:2]):
        for value in (element.get("datetime"), element.get("content")):
            yield from _declared(value or "", head)
        yield from _shown(text, head)


def _dates_near(layout: Layout, head: Head, title: str) -> Iterator[Found]:
    """Dates in the lines around the title."""
    blocks, wanted = layout.page.blocks, fold(title)
    places = (
        place
        for place, block in enumerate(blocks)
        if title and block.box not in ELSEWHERE and fold(block.text) == wanted
    )
    for place in islice(places, TITLES):
        for near in blocks[max(0, place - 3) : place + 6]:
            if len(near.text) < 400 and near.box not in ELSEWHERE:
                yield from _shown(near.text, head)


def _declared(text: str, head: Head) -> Iterator[Found]:
    """A date written for machines. It may be later than the capture, whose time is sometimes only
    the file's."""
    if text and (read := read_date(text, head.captured)) and read.moment.year >= FIRST_YEAR:
        yield read, text


def _shown(text: str, head: Head) -> Iterator[Found]:
    """A date written for readers, alone or in a line. One that had not come when the page was
    captured is not its date, but that of something announced."""
    read = read_date(text, head.captured)
    found = (read, text) if read else find_date(text, head.captured)
    latest = head.captured.replace(tzinfo=None) + timedelta(days=2)
    if found and datetime(FIRST_YEAR, 1, 1) <= found[0].moment.replace(tzinfo=None) <= latest:
        yield found


def _modified(head: Head) -> datetime | None:
    if head.copied:
        return None
    values = [plain(node.get("dateModified")) for node in head.articles()]
    for text in (*values, *(head.first(name) for name in load_names().modified)):
        for read, _ in _declared(text, head):
            return read.moment
    return None


def _author(layout: Layout, head: Head) -> str | None:
    """The author's name; None when the page names nobody but its publisher."""
    site = {fold(head.first("og:site_name"))}
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
