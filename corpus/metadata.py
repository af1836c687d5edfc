"""What does a page say about its article: title, author, dates, tags, address, language?

The visible page is believed before its head where they differ, because heads are copied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from corpus import jsonld
from corpus.blocks import WORD
from corpus.boilerplate import names
from corpus.dates import WrittenDate, find_date, read_date
from corpus.jsonld import Node
from corpus.layout import Layout
from corpus.spelling import fold

_ELSEWHERE = frozenset(
    ("related-posts", "comments", "sidebar", "navigation", "footer", "newsletter")
)


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


@dataclass(frozen=True, slots=True)
class _Head:
    """The page's declarations. `metas`: name or property in lower case -> contents, in order."""

    url: str
    captured: datetime
    metas: dict[str, list[str]]
    nodes: list[Node]
    title: str
    copied: bool  # the head is the home page's

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")


def read_metadata(
    layout: Layout, url: str, captured: datetime, ignored: frozenset[str] = frozenset()
) -> Metadata:
    """What the page at `url` says; `captured` is needed for relative dates and to refuse dates that
    had not come. `ignored`: what the heads of this site declare on page after page."""
    head = _read_head(layout.tree, url, captured, ignored)
    title_element, title = _title(layout, head)
    published = next(_published(layout, head, title_element), None)
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


def declared_values(layout: Layout) -> Iterator[str]:
    """Titles and moments that the head declares: what may differ from page to page, and does not
    where a head is copied. A day alone is no moment: many posts share one."""
    head = _read_head(layout.tree, "", datetime.max, frozenset())
    yield from filter(None, [head.title, head.first("og:title"), head.first("twitter:title")])
    for name in (*_PUBLISHED, *_MODIFIED):
        if len(value := head.first(name)) > len("2014-06-30"):
            yield value
    for node in head.nodes:
        for name in ("headline", "datePublished", "dateModified"):
            if len(value := jsonld.plain(node.get(name))) > len("2014-06-30"):
                yield value


def _read_head(tree: HtmlElement, url: str, captured: datetime, ignored: frozenset[str]) -> _Head:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = " ".join((meta.get("content") or "").split())
        if name and content and content not in ignored:
            metas.setdefault(name.lower(), []).append(content)
    title = next((" ".join(each.text_content().split()) for each in tree.iter("title")), "")
    nodes = [
        {key: value for key, value in node.items() if jsonld.plain(value) not in ignored}
        for node in jsonld.read_jsonld(tree)
    ]
    title = "" if title in ignored else title
    return _Head(url, captured, metas, nodes, title, _is_copied(metas, url))


def _is_copied(metas: dict[str, list[str]], url: str) -> bool:
    declared = metas.get("og:url", [""])[0]
    if not declared or urlsplit(url).path in ("", "/"):
        return False
    parts = urlsplit(declared)
    return parts.path in ("", "/") and not parts.query


# Title

_TITLE_NAMES = frozenset(
    [
        "entry-title",
        "post-title",
        "article-title",
        "single-title",
        "headline",
        "title",
        "entry__title",
        "post__title",
        "article__title",
        "page-title",
        "post_title",
        "story-title",
        "news-title",
        "td-post-title",
        "tdb-title-text",
        "jeg_post_title",
        "single-post-title",
        "article-headline",
        "main-title",
    ]
)
_SITE_NAMES = frozenset(
    ["logo", "site-title", "site-name", "site-logo", "brand", "blog-title", "h1-off"]
)
_SEPARATOR = re.compile(r"\s+[|–—»«:·•-]\s+|\s*[|»«•]\s*")


def _title(layout: Layout, head: _Head) -> tuple[HtmlElement | None, str]:
    """The element that shows the title, if there is one, and the title."""
    references = [] if head.copied else list(_declared_titles(head))
    headings = sorted(_headings(layout), key=lambda each: -each[0])
    for _, element, text in headings:
        if any(_shared(text, reference) >= 0.75 for reference in references):
            return element, text
    if headings and (headings[0][0] >= 3 or not references):
        return headings[0][1:]
    return (headings[0][1] if headings else None), (references or [head.title])[0]


def _headings(layout: Layout) -> Iterator[tuple[int, HtmlElement, str]]:
    for element in layout.root.iter("h1", "h2"):
        text = " ".join(element.text_content().split())
        own = names(element) | {(element.get("itemprop") or "").lower()}
        titled = bool(own & _TITLE_NAMES)
        if not text or len(text) > 400 or (element.tag == "h2" and not titled):
            continue
        box = layout.box_of(element)
        around = {name for each in [element, *element.iterancestors()][:4] for name in names(each)}
        score = 2 * (box not in _ELSEWHERE) + 2 * titled + (element.tag == "h1")
        score += any(each.tag in ("article", "main") for each in element.iterancestors())
        score -= 3 * bool(around & _SITE_NAMES) + 2 * (box == "header")
        yield score, element, text


def _declared_titles(head: _Head) -> Iterator[str]:
    site = {fold(head.first("og:site_name", "application-name"))}
    site |= {
        fold(jsonld.plain(node))
        for node in head.nodes
        if jsonld.kinds(node) & {"website", "organization", "newsmediaorganization"}
    }
    og = head.first("og:title", "twitter:title")
    for text in (og, *(jsonld.plain(each.get("headline")) for each in jsonld.articles(head.nodes))):
        if text:
            yield _without_site(text, site)
    if head.title:
        yield _without_site(head.title, site)


def _without_site(text: str, site: set[str]) -> str:
    parts = _SEPARATOR.split(text)
    last = re.search(rf"(?:{_SEPARATOR.pattern})(?!.*(?:{_SEPARATOR.pattern}))", text)
    if len(parts) > 1 and last and (fold(parts[-1]) in site or len(parts[-1]) < len(text) / 3):
        return text[: last.start()].strip()
    if len(parts) > 1 and fold(parts[0]) in site:
        return text[text.index(parts[1], len(parts[0])) :].strip()
    return text


def _shared(text: str, reference: str) -> float:
    own, other = set(WORD.findall(fold(text))), set(WORD.findall(fold(reference)))
    return len(own & other) / max(len(own), len(other), 1)


# Dates

_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "published_time",
    "publication_date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "published",
    "created",
    "rnews:datepublished",
    "date.release",
    "bt:pubdate",
    "published-date",
    "cxenseparse:publishtime",
    "datecreated",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)
_DATED = re.compile(
    r"(?:^|[-_\s])(?:date|time|datetime|published|pubdate|posted|posted-on|timestamp|dateline|tarikh)(?:$|[-_\s])",
    re.I,
)
_CHANGED = re.compile(r"updated|modified|آخر تحديث|اخر تحديث|تم التحديث", re.I)
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")

Found = tuple[WrittenDate, str]


def _published(layout: Layout, head: _Head, title: HtmlElement | None) -> Iterator[Found]:
    """The dates that the page gives for its article, the most trusted first."""
    if not head.copied:
        for node in jsonld.articles(head.nodes):
            yield from _read(jsonld.plain(node.get("datePublished")), head)
        for name in _PUBLISHED:
            yield from _read(head.first(name), head)
        for node in head.nodes:
            if jsonld.kinds(node) & {"webpage", "itempage"}:
                yield from _read(jsonld.plain(node.get("datePublished")), head)
    yield from _visible_dates(layout, head)
    if found := _IN_URL.search(urlsplit(head.url).path):
        yield from _read("-".join(found.groups()), head)
    if title is not None:
        first, end = layout.page.spans.get(title, (0, 0))
        near = [block.text for block in layout.page.blocks[max(0, first - 3) : end + 5]]
        for text in near:
            if len(text) < 400 and (read := find_date(text, head.captured)):
                yield from _if_possible(read, head)


def _visible_dates(layout: Layout, head: _Head) -> Iterator[Found]:
    """Dates in elements that are called dates, those in the article or beside its title first."""
    found = []
    for element in layout.root.iter(
        "time", "span", "div", "p", "li", "a", "abbr", "b", "small", "strong"
    ):
        names_it = (
            f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"
        )
        if element.tag != "time" and not _DATED.search(names_it):
            continue
        text = " ".join(element.text_content().split())
        box = layout.box_of(element)
        if len(text) > 150 or box in _ELSEWHERE or _CHANGED.search(text):
            continue
        inside = any(each.tag in ("article", "main") for each in element.iterancestors())
        found.append((box == "header", not inside, element, text))
    for _, _, element, text in sorted(found, key=lambda each: each[:2]):
        for value in (element.get("datetime"), element.get("content"), text):
            if value:
                yield from _read(value, head)
        if read := find_date(text, head.captured):
            yield from _if_possible(read, head)


def _read(text: str, head: _Head) -> Iterator[Found]:
    if text and (read := read_date(text, head.captured)):
        yield from _if_possible((read, text), head)


def _if_possible(found: Found, head: _Head) -> Iterator[Found]:
    """A date that had not come when the page was captured is not its date."""
    if found[0].moment.year >= 1990 and found[0].moment.replace(
        tzinfo=None
    ) <= head.captured.replace(tzinfo=None) + timedelta(days=2):
        yield found


def _modified(head: _Head) -> datetime | None:
    if head.copied:
        return None
    values = [jsonld.plain(node.get("dateModified")) for node in jsonld.articles(head.nodes)]
    for text in (*values, *(head.first(name) for name in _MODIFIED)):
        for read, _ in _read(text, head):
            return read.moment
    return None


# Author

_BYLINE = re.compile(
    r"^(?:by|written by|posted by|author|بقلم|كتب|كتبه|كتبها|كتبت|بواسطة|الكاتب|إعداد|تحرير)\s*[:：]?\s+",
    re.I,
)
_AUTHORED = frozenset(
    [
        "author",
        "byline",
        "by-author",
        "author-name",
        "post-author",
        "entry-author",
        "vcard",
        "writer",
    ]
)
_NOISE = re.compile(r"view all posts by|posts by|مشاهدة جميع المقالات.*|https?://\S+", re.I)


def _author(layout: Layout, head: _Head) -> str | None:
    """The author's name; None when the page names nobody but its publisher."""
    site = {fold(head.first("og:site_name"))}
    values: list[Any] = [node.get("author") for node in jsonld.articles(head.nodes)]
    values += [
        head.first(
            "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"
        )
    ]
    values += [" ".join(each.text_content().split()) for each in _author_elements(layout)]
    for value in values:
        name = _NOISE.sub("", _BYLINE.sub("", jsonld.plain(value))).strip(" ,|/-")
        if name and fold(name) not in site and len(name) <= 80 and re.search(r"[^\W\d]", name):
            return name
    return None


def _author_elements(layout: Layout) -> Iterator[HtmlElement]:
    for element in layout.root.iter("a", "span", "div", "p", "strong", "address"):
        marks = names(element) | set((element.get("rel") or "").lower().split())
        marks |= {(element.get("itemprop") or "").lower()}
        if marks & _AUTHORED and layout.box_of(element) not in _ELSEWHERE:
            yield element


# Tags and address


def _tags(layout: Layout, head: _Head) -> tuple[str, ...]:
    """Categories and tags: the article's links first, else what the head declares."""
    found = [
        " ".join(link.text_content().split())
        for link in layout.root.iter("a")
        if {"tag", "category"} & set((link.get("rel") or "").lower().split())
        and layout.box_of(link) not in _ELSEWHERE
    ]
    if not found and not head.copied:
        found = [*head.metas.get("article:section", []), *head.metas.get("article:tag", [])]
        for node in jsonld.articles(head.nodes):
            keywords = node.get("keywords")
            found += map(jsonld.plain, keywords if isinstance(keywords, list) else [keywords])
        found = found if any(found) else [head.first("news_keywords", "keywords")]
        found = [part for each in found for part in re.split("[,،;؛]", each)]
    clean = dict.fromkeys(tag.strip(" #") for tag in found)
    return tuple(tag for tag in clean if tag and len(tag) <= 80)[:30]


def _canonical(tree: HtmlElement, head: _Head) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return head.first("og:url") or None
