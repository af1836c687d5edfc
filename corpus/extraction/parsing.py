"""Which tree is this HTML, if its visible letters shall be there?"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import lxml.etree
import lxml.html
from bs4 import BeautifulSoup
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from corpus.errors import UnreadablePage

TAGS = 200_000  # the largest of 597 real pages has a tenth; what follows takes time for each
SOUP_TAGS = 20_000  # BeautifulSoup takes a second for so many

_WRAPPERS = re.compile(r"</?(?:div|font|span|b|i|em|strong|center|small|section)\b[^<>]*>", re.I)
_SILENT = re.compile(r"<(?:(script|style|noscript|template|svg)\b|!--)")
# libxml2 compares each attribute of a tag with each other.
ENDLESS = 50_000  # characters
_ENDLESS_TAG = re.compile(rf"<([a-z]\w*)[^<>]{{{ENDLESS},}}>", re.I)

# lxml.html looks up a class for each element in Python (forms, inputs …): for us all are the same.
_ELEMENTS = lxml.etree.ElementDefaultClassLookup(element=HtmlElement)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, and the HTML that it was made of."""

    tree: HtmlElement
    html: str


def parse_html(text: str) -> Parsed:
    """The page's tree, without comments. Raises UnreadablePage when no parser keeps half of the
    visible letters, or when the page has more than TAGS tags."""
    if text.count("<") > TAGS:
        raise UnreadablePage(f"The page has more than {TAGS} tags.")
    if max(map(len, text.split("<"))) > ENDLESS:
        text = _ENDLESS_TAG.sub(r"<\1>", text)
    wanted = _letters("".join(_shown(text)))
    tree = _parse(text)
    if tree is None or _visible(tree) * 2 < wanted:
        # A ">" inside an attribute shows markup as text; an HTML5 parser knows, but takes longer.
        plain = extract_plain_text(text)
        wanted = min(wanted, _letters(plain))
        if tree is None or _visible(tree) * 2 < wanted:
            text, tree = _rescue(text, plain, wanted)
    return Parsed(tree, text)


def _rescue(text: str, plain: str, wanted: int) -> tuple[str, HtmlElement]:
    """lxml drops without a word what lies deeper than its limit: first the wrappers go, then
    another parser is tried, then the lines of the plain text are all there is."""
    for html in _attempts(text, plain):
        tree = _parse(html)
        if tree is not None and _visible(tree) * 2 >= wanted:
            return html, tree
    raise UnreadablePage("The page's HTML could not be parsed without losing most of its text.")


def _attempts(text: str, plain: str) -> Iterator[str]:
    yield _WRAPPERS.sub(" ", text)
    if text.count("<") <= SOUP_TAGS:
        with suppress(RecursionError):
            yield str(BeautifulSoup(text, "html.parser"))
    lines = (line.replace("&", "&amp;").replace("<", "&lt;") for line in plain.splitlines())
    yield "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"


def _parse(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    if tree.find("body") is None and (head := tree.find("head")) is not None:
        head.tag = "body"  # libxml2 knows no <article>: it does not end a head
    return tree


def _shown(text: str) -> Iterator[str]:
    """What stands outside tags, comments and scripts. Takes time in proportion to the text: what is
    not closed hides the rest."""
    lower, start = text.lower(), 0
    while found := _SILENT.search(lower, start):
        yield _outside_tags(text[start : found.start()])
        start = lower.find(f"</{found[1]}" if found[1] else "-->", found.end())
        if start < 0:
            return
    yield _outside_tags(text[start:])


def _outside_tags(text: str) -> str:
    first, *rest = text.split("<")
    return first + "".join([part.partition(">")[2] for part in rest])


def _visible(tree: HtmlElement) -> int:
    text = lxml.etree.tostring(tree, method="text", encoding="unicode")
    silent = (element.text or "" for element in tree.iter("script", "style"))
    return _letters(text) - sum(map(_letters, silent))


def _letters(text: str) -> int:
    return len(text) - sum(map(text.count, " \n\t\r\xa0"))
