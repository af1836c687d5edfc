"""What of a page is needed to learn its site from it?

Not its tree: two hundred of them would take the memory of a machine.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from lxml.html import Element

from corpus.errors import UnreadablePage
from corpus.extraction.blocks import Block
from corpus.extraction.decoding import decode
from corpus.extraction.head import declared_values, read_head, site_names
from corpus.extraction.layout import Layout, read_layout
from corpus.extraction.parsing import parse_html
from corpus.extraction.sites.paths import Path, read_paths
from corpus.extraction.sites.sample import address
from corpus.extraction.spelling import fold
from corpus.extraction.titles import title_ends
from corpus.extraction.urls import canonical
from corpus.values import Page

_HOLDERS = ("div", "section", "article", "main", "td")  # elements that may hold an article
_NOWHERE = Element("p")  # an element of the page would hold its whole tree
_MOST = 5_000  # blocks, and elements that may hold an article; 200 real pages have 640 at most


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a page: what it is called, and its blocks (first, after last)."""

    steps: Path
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page's blocks and elements."""

    url: str
    addresses: frozenset[str]  # its own, the one it declares, its short link
    blocks: list[Block]
    parts: list[Part]
    named: tuple[int, int] | None  # the blocks of the container that is known by its name
    values: frozenset[str]  # declared in its head
    names: frozenset[str]  # that may be its site's
    titles: frozenset[str]  # openings of its h1


def read_sheets(pages: Iterable[Page]) -> Iterator[Sheet]:
    """The sheets of these pages, each article once: a page that was saved under three addresses
    would make a template of its text. Pages that cannot be parsed are left out, and very large
    ones, a handful of which would cost the memory for all."""
    seen: set[object] = set()
    for page in pages:
        try:
            text = decode(page.content, page.content_type).text
            sheet = _read_sheet(page, read_layout(parse_html(text).tree))
        except UnreadablePage:
            continue
        told = _told(sheet)
        if max(len(sheet.blocks), len(sheet.parts)) <= _MOST and told not in seen:
            seen.add(told)
            yield sheet


def _told(sheet: Sheet) -> object:
    """The same for two captures of an article: its titles with its longest paragraph, or without
    titles all lines."""
    if not sheet.titles:
        return frozenset(block.text for block in sheet.blocks)
    longest = max(sheet.blocks, key=lambda block: block.words, default=None)
    return sheet.values, sheet.titles, longest and longest.text


def _read_sheet(page: Page, layout: Layout) -> Sheet:
    head = read_head(layout.tree, page.url, datetime.max)
    spans = layout.page.spans
    return Sheet(
        url=page.url,
        addresses=frozenset(map(address, [page.url, *_declared(page.url, layout)])),
        blocks=[replace(block, element=_NOWHERE) for block in layout.page.blocks],
        parts=[
            Part(steps, *spans[element])
            for element, steps in read_paths(layout, *_HOLDERS)
            if element in spans
        ],
        named=None if layout.container is None else spans.get(layout.container),
        values=frozenset(declared_values(head)),
        names=frozenset(filter(None, [*site_names(head), *title_ends(head.title)])),
        titles=frozenset(opening(each.text_content()) for each in layout.root.iter("h1")),
    )


def _declared(url: str, layout: Layout) -> Iterator[str]:
    for link in layout.tree.iter("link"):
        href = link.get("href")
        if href and link.get("rel") == "canonical":
            yield canonical(url, href)
        elif href and link.get("rel") == "shortlink":
            with suppress(ValueError):
                yield urljoin(url, href)


def opening(text: str) -> str:
    """The first five words of a title, which links to the article show."""
    return " ".join(fold(text).split()[:5])
