"""What on a page is the template's, by what templates call their parts?

The names stand in boilerplate.toml. They never cut what holds most of the words, because names lie.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, islice

from lxml.html import HtmlElement

from corpus.extraction.blocks import HEADINGS, Block, Blocks, is_running
from corpus.extraction.spelling import fold

_TAGS = {"nav": "navigation", "aside": "sidebar", "footer": "footer", "form": "form"}
_NEVER = HEADINGS | {"strong", "table", "tbody", "tr", "td", "th", "html", "body"}
# What a style sheet hides on small screens only: class="hidden md:block", class="d-none d-lg-flex".
_SHOWN = re.compile(r"(?:[a-z]\w*:|d-(?:sm|md|lg|xl|xxl|print)-)(?:block|flex|grid|inline|table)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display:none|visibility:hidden")
# Boxes that speak about other pages, or in which readers speak.
ELSEWHERE = frozenset(
    ("related-posts", "comments", "sidebar", "navigation", "footer", "newsletter")
)
_ODD = frozenset(("hidden", "sidebar", "navigation", "header", "overlay", "form", "meta", "ads"))
_SPEAKING = ("author-box", "comments")
LITTLE = 150  # words of running text; beside a short post a menu or a notice has more than the post
TEMPLATE = "template"  # the reason of lines that many pages of a site have
LONG = 500  # characters of classes; longer ones are not kept for the next page
MOST = 0.4  # a part with more of the container's words is no boilerplate, whatever its name


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The names and headings that tell a template's parts."""

    containers: frozenset[str]
    parts: frozenset[str]
    captions: frozenset[str]
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
        parts=frozenset(table["parts"]),
        captions=frozenset(table["captions"]),
        boxes={name: why for why, names in table["boxes"].items() for name in names},
        headings={row.rstrip(":"): why for row, why in headings.items() if row[-3:] != "..."},
        calls=tuple((fold(row), why) for why, rows in table["calls"].items() for row in rows),
        openings=tuple((row[:-3], why) for row, why in headings.items() if row[-3:] == "..."),
    )


def names(element: HtmlElement) -> frozenset[str]:
    """The class and id words of an element, in lower case."""
    called = _called(element)
    return _words(called) if len(called) <= LONG else _words.__wrapped__(called)


def _called(element: HtmlElement) -> str:
    called, own = element.get("class"), element.get("id")
    return f"{called or ''} {own}" if own else called or ""


@lru_cache(20_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def find_boxes(root: HtmlElement, others: Collection[HtmlElement]) -> dict[HtmlElement, str]:
    """The elements that are called something else than an article, and what, in the order of the
    page. `others`: the articles that are not the page's own."""
    boxes = {}
    for element in root.iter("*"):
        if element in others:
            boxes[element] = "related-posts"
        elif element.tag not in _NEVER and (reason := _box(element)):
            boxes[element] = reason
    return boxes


def _box(element: HtmlElement) -> str | None:
    if called := _called(element):
        find = _named_reason if len(called) <= LONG else _named_reason.__wrapped__
        if reason := find(called):
            return reason
    if element.tag in _TAGS:
        return _TAGS[element.tag]
    style = element.get("style")
    # React sends <div hidden id="S:1"> and shows it when its script has run.
    if element.get("hidden") is not None and not element.get("id", "").startswith("S:"):
        return "hidden"
    if style and _HIDDEN.search(style.replace(" ", "")):
        return "hidden"
    return None


@lru_cache(20_000)
def _named_reason(text: str) -> str | None:
    """What an element with these class and id words is called."""
    called = text.split()
    for name in called:
        if reason := _reason(name):
            is_shown = reason == "hidden" and any(map(_SHOWN.match, called))
            is_part = reason == "sidebar" and not boilerplate().parts.isdisjoint(called)
            if not is_shown and not is_part:
                return reason
    return None


@lru_cache(50_000)
def _reason(name: str) -> str | None:
    """What an element of this class or id is called: relatedPosts and related_posts are
    related-posts, and the bio of author__bio is a bio."""
    table = boilerplate().boxes
    hyphens = _HUMP.sub("-", name).replace("_", "-").lower()
    part = name.lower().rpartition("__")[2].partition("--")[0]
    forms = (name.lower(), hyphens, part)
    return next((table[form] for form in forms if form in table), None)


def odd_boxes(page: Blocks, boxes: dict[HtmlElement, str]) -> set[HtmlElement]:
    """The boxes that hold most of what there is to read on the page: main wrappers that are called
    after the sidebar beside them, and bodies that a script uncovers. Readers may write more than
    the author."""
    read = [0, *accumulate(b.words if is_running(b, 15, 0.35) else 0 for b in page.blocks)]
    return {
        element
        for element, reason in boxes.items()
        if reason in _ODD and element in page.spans
        for first, end in [page.spans[element]]
        if read[end] - read[first] > max(LITTLE, read[-1] / 2)
    }


def cut_boxes(container: HtmlElement, page: Blocks, boxes: dict[HtmlElement, str]) -> None:
    """Marks the blocks of the boxes inside the container as cut; but boxes of one kind that hold
    most of it, in one or in many pieces, only if there is nothing in them to read, and something
    beside them. Comments may be longer than the post."""
    first, end = page.spans[container]
    whole = page.words(container)
    read = [0, *accumulate(is_running(block, 12, 0.4) for block in page.blocks)]

    def holds_most(words: int, reads: bool, reason: str) -> bool:
        if reason == "comments" and whole - words >= 10:
            return False
        return words > MOST * whole and (words == whole or reads)

    found = defaultdict[str, list[Block]](list)
    reached = first
    for element, reason in boxes.items():  # outer ones first
        start, stop = page.spans.get(element, (0, 0))
        if element is container or start < first or not reached < stop <= end:
            continue
        if not holds_most(page.words(element), read[stop] > read[start], reason):
            found[reason] += page.blocks[max(start, reached) : stop]
            reached = stop
    for reason, blocks in found.items():
        words = sum(block.words for block in blocks)
        reads = any(is_running(block, 12, 0.4) for block in blocks)
        if words <= LITTLE or not holds_most(words, reads, reason):
            for block in blocks:
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


def is_caption(block: Block) -> bool:
    """Whether a block stands below an image."""
    around = [block.element, *islice(block.element.iterancestors(), 3)]
    captions = boilerplate().captions
    return any(each.tag == "figcaption" or names(each) & captions for each in around)


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
