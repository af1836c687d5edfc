"""What do the pages of one site share?

What stands on many pages of a site is its template, whatever it is called: menus, calls, the head
of a home page copied everywhere; and the element that holds what differs is the article's.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from math import log
from statistics import fmean

from lxml.html import HtmlElement

from corpus.errors import UnreadablePage
from corpus.extraction.blocks import WORD, Block
from corpus.extraction.boilerplate import names
from corpus.extraction.decoding import decode
from corpus.extraction.head import declared_values, read_head
from corpus.extraction.layout import Layout, read_layout
from corpus.extraction.parsing import parse_html
from corpus.extraction.spelling import fold
from corpus.values import Page

SAMPLE_PAGES = 60
LONGEST_LINE = 60  # words; a longer text that repeats is a post that was published twice
SURE = 0.6  # of the container's recall and precision


@dataclass(frozen=True, slots=True)
class Site:
    """What one site's pages share. `lines`: folded lines of the template; `values`: what the heads
    declare on page after page; `names`: classes and ids that most pages have; `container`: the
    signature, in such names, of the element that holds the articles, or None where the pages do not
    agree."""

    pages: int = 0
    lines: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    container: str | None = None


def learn_site(pages: Iterable[Page]) -> Site:
    """What the pages of one site share, from its first SAMPLE_PAGES HTML pages. Pages that cannot
    be parsed teach nothing; fewer than three pages teach nothing."""
    layouts = list(_layouts(pages))
    count = len(layouts)
    if count < 3:
        return Site(count)
    frequent = max(3.0, 0.08 * count) if count >= 10 else 0.3 * count
    lines, values = Counter[str](), Counter[str]()
    for layout in layouts:
        lines.update({fold(b.text) for b in layout.page.blocks if b.words <= LONGEST_LINE})
        values.update(set(declared_values(read_head(layout.tree, "", datetime.max))))
    template = frozenset(line for line, times in lines.items() if times >= max(2, frequent))
    repeated = frozenset(value for value, times in values.items() if times >= max(3, count / 10))
    classes = Counter(name for layout in layouts for name in _all_names(layout))
    known = frozenset(name for name, times in classes.items() if times * 2 >= count)
    container = _find_signature(layouts, template, known) if count >= 10 else None
    return Site(count, template, repeated, known if container else frozenset(), container)


def _all_names(layout: Layout) -> set[str]:
    return {name for element in layout.root.iter("*") for name in names(element)}


def apply_site(layout: Layout, site: Site) -> Layout:
    """The layout with the site's template lines marked as cut, and with the site's container where
    none is known by name."""
    for block in layout.page.blocks:
        if site.lines and block.words <= LONGEST_LINE and fold(block.text) in site.lines:
            block.cut = "template"
    if layout.container is None and site.container is not None:
        return replace(layout, container=unique_signatures(layout, site.names).get(site.container))
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


def signature(element: HtmlElement, known: frozenset[str]) -> str:
    """What an element and its parent are called, in names that most pages of the site know."""
    parent = element.getparent()
    around = "" if parent is None else f" < {_called(parent, known)}"
    return _called(element, known) + around


def _called(element: HtmlElement, known: frozenset[str]) -> str:
    return ".".join([str(element.tag), *sorted(names(element) & known)])


def unique_signatures(layout: Layout, known: frozenset[str]) -> dict[str, HtmlElement]:
    """The page's elements whose signature no other element has."""
    found: dict[str, HtmlElement | None] = {}
    for element in layout.root.iter("div", "section", "article", "main", "td"):
        if element in layout.page.spans:
            name = signature(element, known)
            found[name] = None if name in found else element
    return {name: element for name, element in found.items() if element is not None}


def _find_signature(
    layouts: list[Layout], template: frozenset[str], known: frozenset[str]
) -> str | None:
    """The signature of the elements that hold the most of what differs and the least of what does
    not, on at least half of the pages."""
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    is_content = _content_test(layouts, template)
    for layout in layouts:
        own = [0, *accumulate(b.words if is_content(b) else 0 for b in layout.page.blocks)]
        if not own[-1]:
            continue
        for name, element in unique_signatures(layout, known).items():
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


def _content_test(layouts: list[Layout], template: frozenset[str]) -> Callable[[Block], bool]:
    """Tells blocks that are some article's text: no template line, no title, no link to another
    article, and words that few other pages have."""
    titles = set()
    pages_with = Counter[str]()
    for layout in layouts:
        titles |= {_opening(each.text_content()) for each in layout.root.iter("h1")}
        pages_with.update({word for b in layout.page.blocks for word in WORD.findall(b.text)})
    most = log(len(layouts))

    def is_content(block: Block) -> bool:
        words = WORD.findall(block.text)
        if not words or fold(block.text) in template or _opening(block.text) in titles:
            return False
        return fmean(log(len(layouts) / pages_with[word]) for word in words) >= 0.3 * most

    return is_content


def _opening(text: str) -> str:
    return " ".join(fold(text).split()[:5])


def _rate(found: list[tuple[float, float]]) -> float:
    """The harmonic mean of recall and precision, without the worst tenth of the pages."""
    recall, precision = (
        fmean(sorted(values)[len(values) // 10 :]) for values in zip(*found, strict=True)
    )
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
