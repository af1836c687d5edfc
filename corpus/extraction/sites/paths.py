"""Which element does a name like "main > div.post > div.text" mean on a page?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import names
from corpus.extraction.layout import Layout

DEPTH = 3  # steps: the element, its parent, and the parent's parent
_NAME = re.compile(r"[^\s.:>]+")
_STEP = re.compile(r"([a-z][a-z0-9]*)((?:\.[^\s.:>]+)*)(?::nth-of-type\((\d{1,2})\))?")


@dataclass(frozen=True, slots=True)
class Step:
    """An element's tag, class and id words, and place among its siblings of that tag (0: any)."""

    tag: str
    names: frozenset[str] = frozenset()
    place: int = 0

    def __str__(self) -> str:
        place = f":nth-of-type({self.place})" if self.place else ""
        return ".".join([self.tag, *sorted(self.names)]) + place


Path = tuple[Step, ...]  # from the element upwards


def write_path(path: Path) -> str:
    """The path as style sheets write it, the element last. Classes and ids are not told apart."""
    return " > ".join(str(step) for step in reversed(path))


def read_path(text: str) -> Path:
    """The path that was written. Raises ValueError when it is none."""
    found = [_STEP.fullmatch(part.strip()) for part in reversed(text.split(">"))]
    if not all(found):
        raise ValueError(f"This names no element: {text}")
    return tuple(
        Step(step[1], frozenset(step[2].split(".")) - {""}, int(step[3] or 0))
        for step in found
        if step
    )


def is_on(path: Path, steps: Path) -> bool:
    """Whether an element whose steps these are is one that the path means."""
    return len(path) <= len(steps) and all(
        wanted.tag == step.tag and wanted.names <= step.names and wanted.place in (0, step.place)
        for wanted, step in zip(path, steps, strict=False)
    )


def read_paths(layout: Layout, *tags: str) -> Iterator[tuple[HtmlElement, Path]]:
    """The elements of these tags, each with all that a path could say about it."""
    steps: dict[HtmlElement, Step] = {}
    for parent in layout.root.iter("*"):
        places = Counter[str]()
        for child in parent.iterchildren("*"):
            places[child.tag] += 1
            steps[child] = Step(child.tag, _called(child), places[child.tag])
    steps[layout.root] = Step(layout.root.tag, _called(layout.root))
    for element in layout.root.iter(*tags):
        around = takewhile(steps.__contains__, chain([element], element.iterancestors()))
        yield element, tuple(steps[each] for each in islice(around, DEPTH))


def _called(element: HtmlElement) -> frozenset[str]:
    return frozenset(filter(_NAME.fullmatch, names(element)))


def find_element(layout: Layout, path: Path) -> HtmlElement | None:
    """The only element of the page that the path means; None when there is none, or several."""
    found = (
        element
        for element in layout.root.iter(path[0].tag)
        if element in layout.page.spans and _is_meant(element, path)
    )
    first, second = next(found, None), next(found, None)
    return first if second is None else None


def _is_meant(element: HtmlElement, path: Path) -> bool:
    at: HtmlElement | None = element
    for step in path:
        if at is None or at.tag != step.tag or not step.names <= names(at):
            return False
        before = at.itersiblings(at.tag, preceding=True)
        if step.place and sum(1 for _ in islice(before, step.place)) != step.place - 1:
            return False
        at = at.getparent()
    return True
