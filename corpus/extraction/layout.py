"""Where on a page does what stand?"""

from dataclasses import dataclass

from lxml.html import HtmlElement

from corpus.extraction.blocks import Blocks, read_blocks
from corpus.extraction.boilerplate import find_boxes, odd_boxes
from corpus.extraction.containers import find_container, other_articles


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's tree with its blocks, its boxes (elements called something else than an article)
    and the container of the article, if there is one: named, or `learned` from the page's site. It
    is `trusted` when somebody confirmed it."""

    tree: HtmlElement
    root: HtmlElement  # the body
    boxes: dict[HtmlElement, str]
    page: Blocks
    container: HtmlElement | None
    elements: list[HtmlElement]  # held, because lxml makes an element anew each time it is asked
    learned: bool = False
    trusted: bool = False

    def box_of(self, element: HtmlElement) -> str | None:
        """What the nearest box around an element is called."""
        around = (each for each in [element, *element.iterancestors()] if each in self.boxes)
        return next((self.boxes[each] for each in around), None)


def read_layout(tree: HtmlElement) -> Layout:
    """The layout of a parsed page."""
    root = next(tree.iter("body"), tree)
    elements = list(tree.iter())
    boxes = find_boxes(root, other_articles(tree))
    page = read_blocks(root, boxes)
    if odd := odd_boxes(page, boxes):
        boxes = {element: reason for element, reason in boxes.items() if element not in odd}
        page = read_blocks(root, boxes)
    return Layout(tree, root, boxes, page, find_container(root, page, boxes), elements)
