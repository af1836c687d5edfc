"""What does a known site change about one of its pages?"""

from collections.abc import Iterable
from dataclasses import replace

from lxml.html import HtmlElement

from corpus.extraction.blocks import Block
from corpus.extraction.boilerplate import MOST, TEMPLATE
from corpus.extraction.containers import MEDIA
from corpus.extraction.layout import Layout
from corpus.extraction.sites.paths import find_element
from corpus.extraction.sites.profile import LONGEST_LINE, Rules, Site, site_rules
from corpus.extraction.spelling import fold


def apply_site(layout: Layout, site: Site) -> Layout:
    """The layout with the site's container, where none is known by name or the site's is trusted,
    and with the site's lines marked as cut."""
    rules = site_rules(site)
    if rules.container is not None and (layout.container is None or site.confirmed):
        found = find_element(layout, rules.container)
        if found is not None and _holds_something(found, layout):
            is_learned = found != layout.container
            layout = replace(layout, container=found, learned=is_learned, trusted=site.confirmed)
    if rules.lines:
        _cut_lines(layout, rules)
    return layout


def _holds_something(element: HtmlElement, layout: Layout) -> bool:
    """Whether there is text or a picture; broken markup leaves containers empty, and the text
    stands elsewhere."""
    return bool(layout.page.words(element)) or next(element.iter(*MEDIA), None) is not None


def _cut_lines(layout: Layout, rules: Rules) -> None:
    blocks, spans = layout.page.blocks, layout.page.spans
    first, end = (0, 0) if layout.container is None else spans[layout.container]
    for block in blocks[:first] + blocks[end:]:
        if _is_line(block, rules.lines):
            block.cut = TEMPLATE
    _cut_inside(blocks[first:end], rules)


def _cut_inside(article: list[Block], rules: Rules) -> None:
    """Marks what the site's articles repeat: a firm line wherever it stands, another one where
    they open or end, beside nothing but boxes and links. Where that is much of the article, it is
    the article."""
    firm = [block for block in article if _is_line(block, rules.firm)]
    edges = [*_opening(article, rules), *_opening(reversed(article), rules)]
    total = sum(block.words for block in article)
    for found in (firm, edges):
        if sum(block.words for block in found) <= MOST * total:
            for block in found:
                block.cut = TEMPLATE


def _opening(article: Iterable[Block], rules: Rules) -> list[Block]:
    found = []
    for block in article:
        if _is_line(block, rules.edges):
            found.append(block)
        elif not block.box and block.linked * 2 <= block.words:
            break
    return found


def _is_line(block: Block, lines: frozenset[str]) -> bool:
    return block.words <= LONGEST_LINE and fold(block.text) in lines
