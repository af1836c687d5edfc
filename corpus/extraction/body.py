"""Which of a page's blocks are the article?

The named container and the general extractors are asked, and each is believed where it is good:
the container on short posts, the extractors on long ones, both against each other's mistakes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import dropwhile, groupby, islice, takewhile

from lxml.html import HtmlElement

from corpus.extraction.blocks import HEADINGS, Block, Blocks, is_running
from corpus.extraction.boilerplate import (
    ELSEWHERE,
    TEMPLATE,
    cut_boxes,
    cut_tails,
    is_caption,
    tail_reason,
)
from corpus.extraction.dates import find_date, read_date
from corpus.extraction.layout import Layout, read_layout
from corpus.extraction.opinions import (
    Opinion,
    agreement,
    opinion,
    part_opinion,
    plain_opinion,
    settled_opinion,
)
from corpus.extraction.parsing import parse_html
from corpus.extraction.spelling import fold
from corpus.values import Removed

LONG = 100_000  # words; comparing longer texts takes seconds
MANY = 20_000  # blocks, likewise
DEEP = 500  # elements inside each other; trafilatura's time grows with the square
AGREED = 0.95  # of container and plain opinion: a third would change nothing, and costs most
_SHORT = (HEADINGS - {"h1"}) | {"li"}  # no paragraphs, but text among paragraphs
_MARKUP = re.compile(r"<(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li)\b[^<>]*>", re.I)
SHORT = 60  # words; the general extractors take the title for the text of shorter posts


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text as blocks joined by newlines, how it was found, and what was left out."""

    text: str
    method: str
    confidence: float
    removed: tuple[Removed, ...] = ()


def read_body(html: str, layout: Layout, title: str = "") -> Body:
    """The text of the article with this title."""
    page, container = layout.page, layout.container
    if page.words(layout.root) > LONG or len(page.blocks) > MANY:
        return _whole(page, layout.root if container is None else container)
    if container is None:
        plain = plain_opinion(html)
        return _by_opinion(page, _settled(layout, plain), plain, title)
    cut_boxes(container, page, layout.boxes)
    cut_tails(page.of(container))
    _cut_opening(page.of(container), fold(title), _is_title if layout.learned else _is_heading)
    inside = [block for block in page.of(container) if not block.cut]
    if layout.trusted:
        return _body(page, inside, "container", 1.0)
    plain = plain_opinion(html)
    text = "\n".join(block.text for block in inside)
    is_sure = _words(inside) <= SHORT or agreement(opinion(text), plain) >= AGREED
    general = plain if is_sure or page.depth > DEEP else part_opinion(container)
    if _is_partial(page, container, inside, general, plain):
        general = _settled(layout, plain)
        if _is_partial(page, container, inside, general, general):
            return _by_opinion(page, general, plain, title)
    return _by_container(page, inside, general, plain)


def _settled(layout: Layout, plain: Opinion) -> Opinion:
    """The general extractors' opinion; the plain one on a tree that takes them minutes."""
    page = layout.page
    return plain if page.depth > DEEP else settled_opinion(layout.tree, plain, page.blocks)


def _whole(page: Blocks, element: HtmlElement) -> Body:
    shown = [block for block in page.of(element) if not (block.box or block.cut)]
    return _body(page, shown, "container", 0.5)


def _is_partial(
    page: Blocks, container: HtmlElement, inside: list[Block], general: Opinion, whole: Opinion
) -> bool:
    """Whether much of the article lies outside the container, in the opinion on the whole page."""
    first, end = page.spans[container]
    outside = [
        block
        for block in page.blocks[:first] + page.blocks[end:]
        if not block.box and is_running(block, 20, 0.35) and whole.share_of(block.text) >= 0.6
    ]
    missing = _words(outside)
    if _is_short(inside, general):
        return len(outside) >= 4 and missing > 300
    return missing > 0.25 * _words(inside) and (len(outside) >= 2 or missing > 80)


def _is_short(inside: list[Block], general: Opinion) -> bool:
    """Whether a container is too short for the general extractors."""
    known = [block for block in inside if general.share_of(block.text) >= 0.4]
    words = _words(inside)
    return words <= SHORT or _words(known) < 0.3 * words


def _by_container(page: Blocks, inside: list[Block], general: Opinion, plain: Opinion) -> Body:
    """The container's text, of which `inside` are the blocks that are not cut."""
    if _is_short(inside, general):
        return _body(page, inside, "container", 0.9)
    kept = [
        block
        for block in inside
        if general.share_of(block.text) >= 0.4
        or (
            is_running(block, 20, 0.35)
            and plain.share_of(block.text) >= 0.6
            and not is_caption(block)
        )
    ]
    return _body(page, kept, "container+generic", 1.0)


def _by_opinion(page: Blocks, general: Opinion, plain: Opinion, title: str) -> Body:
    """The blocks that the general extractor chose; its own text where they are not on the page, as
    when it comes from JSON-LD."""
    cut_tails(page.blocks)
    shown = [block for block in page.blocks if block.cut in (None, TEMPLATE)]
    kept = general.choose([block for block in shown if not block.box])
    if _words(kept) < 0.5 * general.words:
        every = general.choose(page.blocks)
        if _words(every) < 0.5 * general.words:
            text = _unmarked(general.text)
            return Body(text, "generic", 0.7, tuple(removed_runs(page.blocks, [])))
        uncut = [block for block in every if not block.cut]
        own = [block for block in uncut if block.box not in ELSEWHERE | {"author-box"}]
        kept = own if any(is_running(block, 10, 0.35) for block in own) else uncut or every
    kept = _with_neighbours(page, [block for block in kept if not block.cut], plain)
    return _body(page, _below_title(page, kept, title), "generic", 0.8)


def _with_neighbours(page: Blocks, kept: list[Block], plain: Opinion) -> list[Block]:
    """The chosen blocks and those that the plain opinion has and that stand on the page as the
    chosen running text does: the general extractor stops where a body is in pieces, and drops
    lists and headings."""
    known = set(map(id, kept))
    places = {_place(block) for block in kept if is_running(block, 15, 0.35)}
    return [
        block
        for block in page.blocks
        if id(block) in known
        or (
            not (block.box or block.cut)
            and is_running(block, 1 if block.tag in _SHORT else 15, 0.35)
            and _place(block) in places
            and plain.share_of(block.text) >= 0.6
            and not is_caption(block)
        )
    ]


_LINES = frozenset(("p", "li", "ul", "ol", "blockquote", "dl", "dd", "dt"))


def _place(block: Block) -> tuple[str, ...]:
    """What the two elements around a paragraph or a list are called."""
    around = (each for each in block.element.iterancestors() if each.tag not in _LINES)
    return tuple(f"{each.tag} {each.get('class')}" for each in islice(around, 2))


def _unmarked(text: str) -> str:
    """A text that is on no page, as text: articles in JSON-LD are often HTML, escaped once or
    twice."""
    once = unescape(text)
    for html in (text, once, unescape(once)):
        if _MARKUP.search(html):
            layout = read_layout(parse_html(f"<html><body>{html}</body></html>").tree)
            return "\n".join(block.text for block in layout.page.blocks)
    return text


def _words(blocks: list[Block]) -> int:
    return sum(block.words for block in blocks)


def _body(page: Blocks, kept: list[Block], method: str, confidence: float) -> Body:
    text = "\n".join(block.text for block in kept)
    return Body(text, method, confidence, tuple(removed_runs(page.blocks, kept)))


def removed_runs(blocks: list[Block], kept: list[Block]) -> Iterator[Removed]:
    """Everything else that the page shows, in order; neighbours with one reason together."""
    ids = set(map(id, kept))
    left = (block for block in blocks if id(block) not in ids)
    for reason, run in groupby(left, key=_reason):
        yield Removed(reason, "\n".join(block.text for block in run))


def _reason(block: Block) -> str:
    cut = None if block.cut == TEMPLATE and block.box else block.cut  # a box tells more
    return cut or block.box or tail_reason(block) or "other"


def _below_title(page: Blocks, kept: list[Block], title: str) -> list[Block]:
    """The blocks after the page's title and its date, when only labels stand above them."""
    name = fold(title)
    above = list(takewhile(lambda block: block.box or not _is_title(block, name), page.blocks))
    if len(above) == len(page.blocks) or any(is_running(each, 18, 0.4) for each in above):
        return kept
    labels = set(map(id, above))
    below = (block for block in kept if id(block) not in labels)
    return list(dropwhile(lambda block: _is_title(block, name) or _is_dateline(block), below))


def _cut_opening(blocks: list[Block], name: str, is_title: Callable[[Block, str], bool]) -> None:
    """Marks the title and the date below it as cut where they open the container; but not where
    nothing would be left. What the site's other pages link to may be this page's title."""
    shown = [block for block in blocks if block.cut in (None, TEMPLATE)]
    opening = list(
        takewhile(lambda each: each.cut or is_title(each, name) or _is_dateline(each), shown)
    )
    rest = shown[len(opening) :]
    if any(not block.cut for block in rest) and any(is_title(block, name) for block in opening):
        for block in opening:
            block.cut = "header" if block.tag in HEADINGS else "meta"


def _is_heading(block: Block, name: str) -> bool:
    return block.tag in HEADINGS and _is_title(block, name)


def _is_dateline(block: Block) -> bool:
    """Whether a block is a date, or a line like "March 15, 2021 / in Reports / by Nour" whose
    names are links; not "Damascus, 15 March 2021 - People said", which is text."""
    if read_date(block.text):
        return True
    if not block.linked or block.words > 20 or block.text.endswith((".", ":", "؟", "!")):
        return False
    found = find_date(block.text)
    return found is not None and block.text.startswith(found[1].rstrip(" /|"))


def _is_title(block: Block, name: str) -> bool:
    return block.tag == "h1" or (bool(name) and fold(block.text) == name)
