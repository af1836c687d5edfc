"""What do the pages of one site share?

What stands on many pages of a site is its template, whatever it is called: menus, calls, the head
of a home page copied everywhere; and the element that holds what differs is the article's.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
from corpus.extraction.sites.profile import Shared, Site, site_name, site_rules
from corpus.extraction.spelling import fold
from corpus.values import Page

SAMPLE_PAGES = 60
LONGEST_LINE = 60  # words; a longer text that repeats is a post that was published twice
SURE = 0.6  # of the container's recall and precision


def learn_site(pages: Iterable[Page], name: str = "") -> Site:
    """What the pages of one site share, from its first SAMPLE_PAGES HTML pages; `name` is theirs
    where it is not given. Pages that cannot be parsed teach nothing; fewer than three pages teach
    nothing."""
    sample = list(_layouts(pages))
    layouts = [layout for _, layout in sample]
    name = name or next((site_name(page.url) for page, _ in sample), "")
    count = len(layouts)
    if count < 3:
        return Site(name, count)
    frequent = max(3.0, 0.08 * count) if count >= 10 else 0.3 * count
    lines, values = Tally(), Tally()
    for page, layout in sample:
        for block in layout.page.blocks:
            if block.words <= LONGEST_LINE:
                lines.add(fold(block.text), block.text, page.url)
        for value in declared_values(read_head(layout.tree, "", datetime.max)):
            values.add(value, value, page.url)
    repeated = lines.shared(max(2, frequent))
    template = frozenset(fold(line.text) for line in repeated)
    classes = Counter(each for layout in layouts for each in _all_names(layout))
    known = frozenset(each for each, times in classes.items() if times * 2 >= count)
    container = _find_signature(layouts, template, known) if count >= 10 else None
    return Site(
        name,
        count,
        repeated,
        values.shared(max(3, count / 10)),
        tuple(sorted(known)) if container else (),
        container,
    )


class Tally:
    """On how many pages does something stand, as which page writes it?"""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}
        self._written: dict[str, str] = {}

    def add(self, key: str, text: str, url: str) -> None:
        """Counts `key`, written as `text`, once for the page at `url`."""
        pages = self._found.setdefault(key, [])
        if not pages or pages[-1] != url:
            pages.append(url)
            self._written.setdefault(key, text)

    def shared(self, least: float) -> tuple[Shared, ...]:
        """What stands on at least so many pages, that of most pages first."""
        found = [
            Shared(self._written[key], len(pages), pages[0])
            for key, pages in self._found.items()
            if len(pages) >= least
        ]
        return tuple(sorted(found, key=lambda each: (-each.pages, each.text)))


def _all_names(layout: Layout) -> set[str]:
    return {name for element in layout.root.iter("*") for name in names(element)}


def apply_site(layout: Layout, site: Site) -> Layout:
    """The layout with the site's template lines marked as cut, and with the site's container where
    none is known by name."""
    rules = site_rules(site)
    for block in layout.page.blocks:
        if rules.lines and block.words <= LONGEST_LINE and fold(block.text) in rules.lines:
            block.cut = "template"
    if layout.container is None and site.container is not None:
        return replace(layout, container=unique_signatures(layout, rules.names).get(site.container))
    return layout


def _layouts(pages: Iterable[Page]) -> Iterator[tuple[Page, Layout]]:
    count = 0
    for page in pages:
        if count >= SAMPLE_PAGES:
            return
        if "html" in page.content_type:
            try:
                text = decode(page.content, page.content_type).text
                yield page, read_layout(parse_html(text).tree)
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
