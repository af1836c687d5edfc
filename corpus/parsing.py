"""Which tree is this HTML, if every visible letter of it shall be there?"""

import re

import lxml.etree
import lxml.html
from bs4 import BeautifulSoup
from lxml.html import HtmlElement

from corpus.errors import UnreadablePage

_HIDDEN = re.compile(
    r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>",
    re.S | re.I,
)
_DEEP = re.compile(r"</?(?:div|font|span|b|i|em|strong|center|small|section)\b[^>]*>", re.I)


def parse_html(text: str) -> HtmlElement:
    """The root of the page's tree, without comments. Raises UnreadablePage when no parser keeps
    half of the visible letters."""
    tree = _parse(text)
    wanted = len(re.sub(r"\s", "", _HIDDEN.sub("", text)))
    if tree is not None and _visible(tree) * 2 >= wanted:
        return tree
    # lxml drops without a word what lies deeper than its limit: take out the wrappers.
    flat = _parse(_DEEP.sub(" ", text))
    if flat is not None and _visible(flat) * 2 >= wanted:
        return flat
    try:
        soup = _parse(str(BeautifulSoup(text, "html.parser")))
    except RecursionError:
        soup = None
    if soup is not None and _visible(soup) * 2 >= wanted:
        return soup
    raise UnreadablePage("The page's HTML could not be parsed without losing most of its text.")


def _parse(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _visible(tree: HtmlElement) -> int:
    texts = tree.xpath("//text()[not(ancestor::script or ancestor::style)]")
    return sum(len(re.sub(r"\s", "", text)) for text in texts)
