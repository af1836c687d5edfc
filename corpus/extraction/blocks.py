"""Which blocks of text does a page's tree hold, in order?"""

import re
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement

WORD = re.compile(r"\w+")

_TABLE = tomllib.loads((files("corpus.extraction") / "elements.toml").read_text("utf-8"))
_SILENT = frozenset(_TABLE["silent"])
_BLOCKS = frozenset(_TABLE["blocks"])
_CELLS = frozenset(("td", "th"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Block:
    """One run of text between two borders of block elements."""

    text: str
    tag: str  # the block element it stands in
    words: int
    linked: int  # words inside links
    element: HtmlElement  # the block element itself
    box: str | None = None  # what the box around it is called
    cut: str | None = None  # the reason, when it is boilerplate


def is_running(block: Block, words: int, links: float) -> bool:
    """Whether a block is text to read: at least so many words, a smaller share of them linked."""
    return block.words >= words and block.linked < links * block.words


@dataclass(slots=True)
class Blocks:
    """The blocks of a page, and for each element which of them it holds (first, after last);
    `depth`: how many elements stand inside each other."""

    blocks: list[Block] = field(default_factory=list)
    spans: dict[HtmlElement, tuple[int, int]] = field(default_factory=dict)
    depth: int = 0
    _words: list[int] = field(default_factory=list)
    _linked: list[int] = field(default_factory=list)

    def of(self, element: HtmlElement) -> list[Block]:
        """The blocks inside an element."""
        first, end = self.spans.get(element, (0, 0))
        return self.blocks[first:end]

    def words(self, element: HtmlElement, *, plain: bool = False) -> int:
        """How many words an element holds; `plain`: outside links."""
        if not self._words:
            self._words = list(accumulate((b.words for b in self.blocks), initial=0))
            self._linked = list(accumulate((b.linked for b in self.blocks), initial=0))
        first, end = self.spans.get(element, (0, 0))
        words = self._words[end] - self._words[first]
        return words - (self._linked[end] - self._linked[first]) if plain else words


def read_blocks(root: HtmlElement, boxes: dict[HtmlElement, str]) -> Blocks:
    """The blocks below `root`. `boxes` are elements with a name of their own, such as "share": they
    begin and end blocks even where they stand in a line."""
    found = Blocks()
    run = _Run(found.blocks, root)
    starts: dict[HtmlElement, int] = {}
    # No recursion: pages nest deeper than Python's stack.
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if tag in _SILENT and event == "start":
            walk.skip_subtree()  # only its tail counts
            continue
        is_text = event in ("start", "end") and tag not in _SILENT
        is_border = is_text and (tag in _BLOCKS or element in boxes)
        if event == "start":
            if is_border:
                run.end((element, boxes.get(element) or run.inside[-1][1]))
            elif tag == "br":
                run.end()
            if tag in _CELLS:
                run.open_cell()
            starts[element] = len(found.blocks)
            found.depth = max(found.depth, len(starts))
            run.links += tag == "a"
            run.add(element.text)
        elif is_text:
            if is_border:
                run.end(leave=True)
            run.links -= tag == "a"
            start = starts.pop(element)
            found.spans[element] = (start, len(found.blocks) + run.has_text)
            if tag in _CELLS and start < len(found.blocks):
                run.end()  # a cell of several lines is a layout's column, and no line goes on in it
            if tag in _CELLS:
                run.before_cell = (0, 0)
                run.add(" ")
        if event != "start" and element is not root:
            run.add(element.tail)
    run.end()
    return found


class _Run:
    """The text since the last border."""

    def __init__(self, blocks: list[Block], root: HtmlElement) -> None:
        self.blocks, self.links = blocks, 0
        self.parts: list[str] = []
        self.linked: list[str] = []
        self.before_cell = (0, 0)  # how many parts, and linked ones, when the open cell began
        self.inside: list[tuple[HtmlElement, str | None]] = [(root, None)]  # and its box
        self.has_text = False

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.has_text = self.has_text or not text.isspace()
            if self.links:
                self.linked.append(text)

    def end(
        self, enter: tuple[HtmlElement, str | None] | None = None, *, leave: bool = False
    ) -> None:
        """Closes the block, and enters or leaves a block element."""
        if self.has_text:
            # A cell of several lines begins a line of its own, after that of the cells before it.
            parts, linked = self.before_cell
            self._close(self.parts[:parts], self.linked[:linked])
            self._close(self.parts[parts:], self.linked[linked:])
        self.parts, self.linked, self.has_text, self.before_cell = [], [], False, (0, 0)
        if enter:
            self.inside.append(enter)
        if leave and len(self.inside) > 1:
            self.inside.pop()

    def open_cell(self) -> None:
        self.before_cell = (len(self.parts), len(self.linked))

    def _close(self, parts: list[str], links: list[str]) -> None:
        text = " ".join("".join(parts).split())
        if text:
            linked = len(WORD.findall(" ".join(links))) if links else 0
            words = len(WORD.findall(text))
            element, box = self.inside[-1]
            tag = str(element.tag)
            self.blocks.append(Block(text, tag, words, min(linked, words), element, box))
