"""What does a page say about itself in JSON-LD?"""

import html
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

Node = dict[str, Any]

_WRAPPING = re.compile(
    r"^\s*(?:/\*)?<!\[CDATA\[(?:\*/)?|(?:/\*)?\]\]>(?:\*/)?\s*$|^\s*<!--|-->\s*$"
)
_TRAILING = re.compile(r",(\s*[}\]])")
_DEEPEST = 12
MOST = 1000  # objects; pages have a few dozen


def read_jsonld(tree: HtmlElement) -> list[Node]:
    """Every object with a type in the page's JSON-LD, outermost first; what cannot be repaired is
    left out."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += islice(_walk(_load(script.text or ""), 0), MOST - len(nodes))
    return nodes


def kinds(node: Node) -> set[str]:
    """The types of a node, in lower case, without their namespace."""
    named = node.get("@type")
    every = named if isinstance(named, list) else [named]
    return {str(each).rsplit("/", 1)[-1].lower() for each in every if each}


def plain(value: Any) -> str:
    """A value as text: of objects the name, of lists the first; "" if there is none."""
    if isinstance(value, list):
        return next((text for text in map(plain, value) if text), "")
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("@value"))
    return " ".join(html.unescape(str(value)).split()) if isinstance(value, str | int) else ""


_REPAIRS: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: _WRAPPING.sub("", text),
    lambda text: _TRAILING.sub(r"\1", _WRAPPING.sub("", text)),
    lambda text: html.unescape(_WRAPPING.sub("", text)),
)


def _load(text: str) -> Any:
    for repair in _REPAIRS:
        try:
            return json.loads(repair(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from _walk(each, depth + 1)
