"""What on a page is the template's, by what templates call their parts?

The names stand in boilerplate.toml. They never cut what holds most of the words, because names lie.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

from corpus.extraction.blocks import HEADINGS, Block, Blocks, is_running
from corpus.extraction.spelling import fold

_TAGS = {"nav": "navigation", "aside": "sidebar", "footer": "footer", "form": "form"}
_NEVER = HEADINGS | {"p", "strong", "table", "tbody", "tr", "td", "th", "html", "body"}
_HIDDEN = re.compile(r"display:none|visibility:hidden")
# Boxes that speak about other pages, or in which readers speak.
ELSEWHERE = frozenset(
    ("related-posts", "comments", "sidebar", "navigation", "footer", "newsletter")
)
TEMPLATE = "template"  # the reason of lines that many pages of a site have
_SPEAKING = ("author-box", "comments")
MOST = 0.4  # a part with more of the container's words is no boilerplate, whatever its name


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The names and headings that tell a template's parts."""

    containers: frozenset[str]
    boxes: dict[str, str]  # class or id -> reason
    headings: dict[str, str]  # folded heading -> reason
    openings: tuple[tuple[str, str], ...]  # folded start of a heading, reason
    calls: tuple[tuple[str, str], ...]  # folded part of a line, reason


@cache
def boilerplate() -> Boilerplate:
    """The table of boilerplate.toml."""
    table = tomllib.loads((files("corpus.extraction") / "boilerplate.toml").read_text("utf-8"))
    headings = {fold(row): why for why, rows in table["headings"].items() for row in rows}
    return Boilerplate(
        containers=frozenset(table["containers"]),
        boxes={name: why for why, names in table["boxes"].items() for name in names},
        headings={row.rstrip(":"): why for row, why in headings.items() if row[-3:] != "..."},
        calls=tuple((fold(row), why) for why, rows in table["calls"].items() for row in rows),
        openings=tuple((row[:-3], why) for row, why in headings.items() if row[-3:] == "..."),
    )


def names(element: HtmlElement) -> set[str]:
    """The class and id words of an element, in lower case."""
    called, own = element.get("class"), element.get("id")
    return set(f"{called or ''} {own or ''}".lower().split()) if called or own else set()


def find_boxes(root: HtmlElement) -> dict[HtmlElement, str]:
    """The elements that are called something else than an article, and what."""
    boxes = {}
    known = boilerplate().boxes
    for element in root.iter("*"):
        if element.tag in _NEVER:
            continue
        if reason := _box(element, known):
            boxes[element] = reason
    return boxes


def _box(element: HtmlElement, known: dict[str, str]) -> str | None:
    if found := names(element) & known.keys():
        return known[min(found)]
    if element.tag in _TAGS:
        return _TAGS[element.tag]
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style.replace(" ", ""))):
        return "hidden"
    return None


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
    if colon and boilerplate().headings.get(start.strip()) == "related-posts":
        return "related-posts" if block.linked > 0.4 * block.words else None
    if block.linked or block.words <= 12:
        return next((why for call, why in boilerplate().calls if call in text), None)
    return None


def tail_reason(block: Block) -> str | None:
    """Why a block is a heading that ends the article; None if it is not."""
    return heading_reason(block.text) if block.words <= 12 else None


def heading_reason(line: str) -> str | None:
    """Why a line is one of the headings that templates have; None if it is not."""
    text = fold(line).strip(" :.-–—|»«>")
    table = boilerplate()
    if text in table.headings:
        return table.headings[text]
    parts = re.findall(r"\w+", text)
    if parts and all(table.headings.get(part) == "share" for part in parts):
        return "share"
    return next((why for start, why in table.openings if text.startswith(start)), None)
