"""What do the pages of one site share?

What stands on many pages of a site is its template, whatever it is called: menus, calls, the head of
a home page copied everywhere; and the element that holds what differs is the article's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from statistics import fmean

from lxml.html import HtmlElement

from corpus.decoding import decode
from corpus.errors import UnreadablePage
from corpus.layout import Layout, read_layout
from corpus.metadata import declared_values
from corpus.parsing import parse_html
from corpus.spelling import fold
from corpus.values import Page

SAMPLE_PAGES = 60
LONGEST_LINE = 60  # words; a longer text that repeats is a post that was published twice
SURE = 0.6  # of the container's recall and precision


@dataclass(frozen=True, slots=True)
class Site:
    """What one site's pages share. `lines`: folded lines of the template; `values`: what the heads
    declare on page after page; `container`: the signature of the element that holds the articles, or
    None where the pages do not agree."""

    pages: int = 0
    lines: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    container: str | None = None


def learn_site(pages: Iterable[Page]) -> Site:
    """What the pages of one site share, from its first SAMPLE_PAGES HTML pages. Pages that cannot be
    parsed teach nothing; fewer than three pages teach nothing."""
    layouts = list(_layouts(pages))
    count = len(layouts)
    if count < 3:
        return Site(count)
    frequent = max(3.0, 0.08 * count) if count >= 10 else 0.3 * count
    lines, values = Counter[str](), Counter[str]()
    for layout in layouts:
        lines.update(
            {fold(b.text) for b in layout.page.blocks if b.words <= LONGEST_LINE}
        )
        values.update(set(declared_values(layout)))
    template = frozenset(line for line, times in lines.items() if times >= max(2, frequent))
    repeated = frozenset(value for value, times in values.items() if times >= max(3, count / 10))
    container = _find_signature(layouts, template) if count >= 10 else None
    return Site(count, template, repeated, container)


def apply_site(layout: Layout, site: Site) -> Layout:
    """The layout with the site's template lines marked as cut, and with the site's container where
    none is known by name."""
    for block in layout.page.blocks:
        if site.lines and block.words <= LONGEST_LINE and fold(block.text) in site.lines:
            block.cut = "template"
    if layout.container is None and site.container is not None:
        return replace(layout, container=unique_signatures(layout).get(site.container))
    return layout


def _layouts(pages: Iterable[Page]) -> Iterator[Layout]:
    count = 0
    for page in pages:
        if count >= SAMPLE_PAGES:
            return
        if "html" in page.content_type:
            try:
                yield read_layout(parse_html(decode(page.content, page.content_type).text).tree)
                count += 1
            except UnreadablePage:
                continue


def signature(element: HtmlElement) -> str:
    """What an element and its parent are called, without what differs from post to post."""
    parent = element.getparent()
    return _called(element) + ("" if parent is None else f" < {_called(parent)}")


def _called(element: HtmlElement) -> str:
    words = f"{element.get('class', '')} {element.get('id', '')}".split()
    own = sorted({word for word in words if not re.search(r"\d|^(?:post|category|tag)-", word)})
    return ".".join([str(element.tag), *own])


def unique_signatures(layout: Layout) -> dict[str, HtmlElement]:
    """The page's elements whose signature no other element has."""
    found: dict[str, HtmlElement | None] = {}
    for element in layout.root.iter("div", "section", "article", "main", "td"):
        if element in layout.page.spans:
            name = signature(element)
            found[name] = None if name in found else element
    return {name: element for name, element in found.items() if element is not None}


def _find_signature(layouts: list[Layout], template: frozenset[str]) -> str | None:
    """The signature of the elements that hold the most of what differs and the least of what does
    not, on at least half of the pages."""
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for layout in layouts:
        titles = {fold(" ".join(each.text_content().split())) for each in layout.root.iter("h1")}
        own = [0]
        for block in layout.page.blocks:
            text = fold(block.text)
            own.append(own[-1] + (block.words if text not in template | titles else 0))
        if not own[-1]:
            continue
        for name, element in unique_signatures(layout).items():
            first, end = layout.page.spans[element]
            words = own[end] - own[first]
            scores[name].append((words / own[-1], words / (layout.page.words(element) or 1)))
    rated = {
        name: _rate(found) * len(found) / len(layouts)
        for name, found in scores.items()
        if len(found) * 2 >= len(layouts)
    }
    best = max(rated, key=lambda name: rated[name], default=None)
    return best if best is not None and rated[best] > SURE else None


def _rate(found: list[tuple[float, float]]) -> float:
    """The harmonic mean of recall and precision, without the worst tenth of the pages."""
    recall, precision = (
        fmean(sorted(values)[len(values) // 10 :]) for values in zip(*found, strict=True)
    )
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
