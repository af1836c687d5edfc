"""What does a known site change about one of its pages?"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from lxml.html import HtmlElement

from corpus.extraction.blocks import Block, is_running
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
    if layout.container is None or site.confirmed:
        found = find_container(layout, site)
        if found is not None:
            is_learned = found != layout.container
            layout = replace(layout, container=found, learned=is_learned, trusted=site.confirmed)
    if rules.lines:
        _cut_lines(layout, rules)
    return layout


def find_container(layout: Layout, site: Site) -> HtmlElement | None:
    """The site's container on a page, if it stands there and holds something."""
    path = site_rules(site).container
    found = find_element(layout, path) if path is not None else None
    return found if found is not None and _holds_something(found, layout) else None


def _holds_something(element: HtmlElement, layout: Layout) -> bool:
    """Whether there is text or a picture; broken markup leaves containers empty, and the text
    stands elsewhere."""
    return bool(layout.page.words(element)) or next(element.iter(*MEDIA), None) is not None


def _cut_lines(layout: Layout, rules: Rules) -> None:
    blocks = layout.page.blocks
    if layout.container is None:
        first, end = _between(blocks, rules)
    else:
        first, end = layout.page.spans[layout.container]
        _cut_inside(blocks[first:end], rules)
    for place, block in enumerate(blocks):
        is_amid = first <= place < end and (layout.container is not None or _is_plain(block))
        if not is_amid and _is_line(block, rules.lines):
            block.cut = TEMPLATE


def _between(blocks: list[Block], rules: Rules) -> tuple[int, int]:
    """From the first text to read to after the last. Where no element is known to hold the article,
    a line amid it may be the article's: the name of a province in a daily report."""
    read = [
        place
        for place, block in enumerate(blocks)
        if is_running(block, 15, 0.35) and not block.box and not _is_line(block, rules.lines)
    ]
    return (read[0], read[-1]) if read else (0, 0)


def _is_plain(block: Block) -> bool:
    return not block.box and block.linked * 2 <= block.words


def _cut_inside(article: list[Block], rules: Rules) -> None:
    """Marks what the site's articles repeat where they open and where they end, and what a person
    added wherever it stands. Where that is much of the article, it is the article."""
    added = [block for block in article if _is_line(block, rules.added)]
    edges = [*edge(article, rules.openings), *edge(reversed(article), rules.endings)]
    total = sum(block.words for block in article)
    for found in (added, edges):
        if sum(block.words for block in found) <= MOST * total:
            for block in found:
                block.cut = TEMPLATE


def edge(article: Iterable[Block], lines: Collection[str]) -> list[Block]:
    """Those of the (folded) lines that stand before all text of an article, beside nothing but
    boxes and links."""
    found = []
    for block in article:
        if _is_line(block, lines):
            found.append(block)
        elif _is_plain(block):
            break
    return found


def _is_line(block: Block, lines: Collection[str]) -> bool:
    return block.words <= LONGEST_LINE and fold(block.text) in lines
