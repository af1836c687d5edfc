"""Which part of a page is its article, and what in it is the template's?

The rules know what templates call their parts (boilerplate.toml); they never cut what holds most of
the words, because names lie.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

from corpus.extraction.blocks import HEADINGS, Block, Blocks, is_running
from corpus.extraction.spelling import fold

_TAGS = {"nav": "navigation", "aside": "sidebar", "footer": "footer", "form": "form"}
_NEVER = HEADINGS | {"p", "strong", "table", "tbody", "tr", "td", "th", "html", "body"}
_MEDIA = ("iframe", "video", "audio", "img", "object", "embed")
_HIDDEN = re.compile(r"display:none|visibility:hidden")
_MARKED = (
    "//*[contains(@itemprop, 'articleBody') or contains(@property, 'articleBody')"
    " or @property='content:encoded']"
)
# Boxes that speak about other pages, or in which readers speak.
ELSEWHERE = frozenset(
    ("related-posts", "comments", "sidebar", "navigation", "footer", "newsletter")
)
_SPEAKING = ("author-box", "comments")
MOST = 0.4  # a part with more of the container's words is no boilerplate, whatever its name


@dataclass(frozen=True, slots=True)
class _Tables:
    containers: frozenset[str]
    boxes: dict[str, str]  # class or id -> reason
    headings: dict[str, str]  # folded heading -> reason
    openings: tuple[tuple[str, str], ...]  # folded start of a heading, reason
    calls: tuple[tuple[str, str], ...]  # folded part of a line, reason


@cache
def _tables() -> _Tables:
    table = tomllib.loads((files("corpus.extraction") / "boilerplate.toml").read_text("utf-8"))
    headings = {fold(row): why for why, rows in table["headings"].items() for row in rows}
    return _Tables(
        containers=frozenset(table["containers"]),
        boxes={name: why for why, names in table["boxes"].items() for name in names},
        headings={row.rstrip(":"): why for row, why in headings.items() if row[-3:] != "..."},
        calls=tuple((fold(row), why) for why, rows in table["calls"].items() for row in rows),
        openings=tuple((row[:-3], why) for row, why in headings.items() if row[-3:] == "..."),
    )


def names(element: HtmlElement) -> set[str]:
    """The class and id words of an element, in lower case."""
    return set(f"{element.get('class', '')} {element.get('id', '')}".lower().split())


def find_boxes(root: HtmlElement) -> dict[HtmlElement, str]:
    """The elements that are called something else than an article, and what."""
    boxes = {}
    known = _tables().boxes
    for element in root.iter("*"):
        if element.tag in _NEVER:
            continue
        if reason := _box(element, known):
            boxes[element] = reason
    return boxes


def _box(element: HtmlElement, known: dict[str, str]) -> str | None:
    for name in sorted(names(element)):
        if name in known:
            return known[name]
    if element.tag in _TAGS:
        return _TAGS[element.tag]
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style.replace(" ", ""))):
        return "hidden"
    return None


def find_container(
    root: HtmlElement, page: Blocks, boxes: dict[HtmlElement, str]
) -> HtmlElement | None:
    """The element that holds the article's body, by its name; None when no name is known."""
    candidates = [
        element
        for element in _named(root)
        if element in page.spans and not _is_boxed(element, boxes)
    ]
    if not candidates:
        return None
    plain = {element: page.words(element, plain=True) for element in candidates}
    if max(plain.values()) < 5:  # a post that is one link
        filled = [each for each in candidates if page.words(each) and each.tag != "article"]
        shows = [each for each in candidates if next(each.iter(*_MEDIA), None) is not None]
        return min(filled or shows, key=page.words, default=None)
    best = max(candidates, key=lambda each: plain[each])
    inner = [
        each
        for each in candidates
        if best in each.iterancestors()
        and (plain[each] >= 0.85 * plain[best] or _holds_the_text(each, best, page))
        and page.words(each)
    ]
    return max(inner, key=lambda each: (plain[each], page.words(each)), default=best)


def _holds_the_text(child: HtmlElement, parent: HtmlElement, page: Blocks) -> bool:
    """Whether nothing to read stands in a wrapper outside the child: headings and bars only."""
    first, end = page.spans[child]
    rest = page.blocks[page.spans[parent][0] : first] + page.blocks[end : page.spans[parent][1]]
    return parent.tag == "article" and not any(
        is_running(each, 15, 0.5) for each in rest if not each.box
    )


def _named(root: HtmlElement) -> Iterator[HtmlElement]:
    known = _tables().containers
    yield from root.xpath(_MARKED)
    for element in root.iter("div", "section", "article", "main", "span", "td"):
        if names(element) & known:
            yield element


def _is_boxed(element: HtmlElement, boxes: dict[HtmlElement, str]) -> bool:
    """Whether it stands in a box; a box with the page's h1 is the main wrapper under an odd
    name."""
    return any(
        each in boxes and each.find(".//h1") is None for each in [element, *element.iterancestors()]
    )


def cut_boxes(container: HtmlElement, page: Blocks, boxes: dict[HtmlElement, str]) -> None:
    """Marks the blocks of the boxes inside the container as cut; but a box that holds most of it
    only if there is nothing in the box to read, and something beside it."""
    whole = page.words(container)
    first, end = page.spans[container]
    for element, reason in boxes.items():
        start, stop = page.spans.get(element, (0, 0))
        if element is container or start < first or stop > end:
            continue
        words = page.words(element)
        if words > MOST * whole and (
            words == whole or any(is_running(each, 12, 0.4) for each in page.blocks[start:stop])
        ):
            continue
        for block in page.blocks[start:stop]:
            block.cut = block.cut or reason


def cut_tails(blocks: list[Block]) -> None:
    """Marks what follows a heading like "Related Posts" or "اقرأ أيضا", up to the next real
    heading or running text; after "About the Author" and "Leave a Reply" running text goes too,
    because it is the author's life and the readers' words."""
    reason: str | None = None
    speaks = False
    total = sum(block.words for block in blocks)
    seen = 0
    for block in blocks:
        seen += block.words
        if block.cut:
            continue
        named = tail_reason(block)
        if named is None and (lone := _lone_reason(block)):
            block.cut = lone
            continue
        if named and (seen > total / 2 or block.linked * 2 > block.words):
            reason = named
            speaks = named in _SPEAKING and seen > total / 2  # above, "Comments" is only a link
        elif block.tag in HEADINGS or (not speaks and is_running(block, 18, 0.3)):
            reason = None
        block.cut = reason


def _lone_reason(block: Block) -> str | None:
    """Why a line between paragraphs is no part of the article: "Read also: <link>", or a call to
    subscribe or to share."""
    if len(block.text) > 200 or block.words > 40:
        return None
    text = fold(block.text)
    start, colon, _ = text.partition(":")
    if colon and _tables().headings.get(start.strip()) == "related-posts":
        return "related-posts" if block.linked > 0.4 * block.words else None
    if block.linked or block.words <= 12:
        return next((why for call, why in _tables().calls if call in text), None)
    return None


def tail_reason(block: Block) -> str | None:
    """Why a block is a heading that ends the article; None if it is not."""
    if block.words > 12:
        return None
    text = fold(block.text).strip(" :.-–—|»«>")
    table = _tables()
    if text in table.headings:
        return table.headings[text]
    parts = re.findall(r"\w+", text)
    if parts and all(table.headings.get(part) == "share" for part in parts):
        return "share"
    return next((why for start, why in table.openings if text.startswith(start)), None)
