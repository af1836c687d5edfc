"""Which of a page's blocks are the article?

The named container and the general extractors are asked, and each is believed where it is good:
the container on short posts, the extractors on long ones, both against each other's mistakes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.blocks import Block, Blocks, is_running
from corpus.boilerplate import cut_boxes, cut_tails
from corpus.layout import Layout
from corpus.opinions import Opinion, general_opinions
from corpus.values import Removed

SHORT = 60  # words; the general extractors take the title for the text of shorter posts


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text as blocks joined by newlines, how it was found, and what was left out."""

    text: str
    method: str
    confidence: float
    removed: tuple[Removed, ...] = ()


def read_body(html: str, layout: Layout) -> Body:
    """The article's text."""
    general, second = general_opinions(html, layout.tree)
    if layout.container is None:
        return _by_opinion(layout, general, second)
    cut_boxes(layout.container, layout.page, layout.boxes)
    cut_tails(layout.page.of(layout.container))
    return _by_container(layout, general, second)


def _by_container(layout: Layout, general: Opinion, second: Opinion) -> Body:
    page = layout.page
    first, end = page.spans[layout.container]
    inside = [block for block in page.blocks[first:end] if not block.cut]
    words = sum(block.words for block in inside)
    known = sum(block.words for block in inside if general.share_of(block.text) >= 0.4)
    outside = [
        block
        for block in page.blocks[:first] + page.blocks[end:]
        if is_running(block, 20, 0.35) and general.share_of(block.text) >= 0.6
    ]
    missing = sum(block.words for block in outside)
    plain = words - sum(block.linked for block in inside)
    if plain < 5 and len(outside) >= 2 and missing > 100:
        return _by_opinion(layout, general, second)
    if known < 0.3 * words or (words <= SHORT and general.words > words):
        return _body(page, inside, "container", 0.9)
    if missing > 0.25 * words and (len(outside) >= 2 or missing > 80):
        return _by_opinion(layout, general, second)
    kept = [
        block
        for block in inside
        if general.share_of(block.text) >= 0.4
        or (is_running(block, 20, 0.35) and second.share_of(block.text) >= 0.6)
    ]
    return _body(page, kept, "container+generic", 1.0)


def _by_opinion(layout: Layout, general: Opinion, second: Opinion) -> Body:
    page = layout.page
    kept = [b for b in page.blocks if general.share_of(b.text) >= 0.5 and b.words]
    if sum(b.words for b in kept) < 0.5 * general.words:
        return Body(general.text, "generic", 0.7)
    return _body(page, kept, "generic", 0.8)


def _body(page: Blocks, kept: list[Block], method: str, confidence: float) -> Body:
    text = "\n".join(block.text for block in kept)
    return Body(text, method, confidence, tuple(removed_runs(page.blocks, kept)))


def removed_runs(blocks: list[Block], kept: list[Block]) -> Iterator[Removed]:
    """Everything else that the page shows, in order; neighbours with one reason together."""
    ids = set(map(id, kept))
    left = (block for block in blocks if id(block) not in ids)
    for reason, run in groupby(left, key=lambda block: block.cut or block.box or "other"):
        yield Removed(reason, "\n".join(block.text for block in run))
