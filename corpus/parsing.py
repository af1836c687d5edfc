"""Which tree is this HTML, if every visible letter of it shall be there?"""

import re

import lxml.etree
import lxml.html
from bs4 import BeautifulSoup
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from corpus.errors import UnreadablePage

_HIDDEN = re.compile(
    r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>",
    re.S | re.I,
)
_WRAPPERS = re.compile(r"</?(?:div|font|span|b|i|em|strong|center|small|section)\b[^>]*>", re.I)


def parse_html(text: str) -> HtmlElement:
    """The root of the page's tree, without comments. Raises UnreadablePage when no parser keeps
    half of the visible letters."""
    tree = _parse(text)
    wanted = _letters(_HIDDEN.sub("", text))
    if tree is not None and _visible(tree) * 2 >= wanted:
        return tree
    # A ">" inside an attribute shows markup as text; an HTML5 parser knows, but takes longer.
    wanted = min(wanted, _letters(extract_plain_text(text)))
    # lxml drops without a word what lies deeper than its limit: the wrappers go first.
    for attempt in (lambda: tree, lambda: _parse(_WRAPPERS.sub(" ", text)), lambda: _soup(text)):
        found = attempt()
        if found is not None and _visible(found) * 2 >= wanted:
            return found
    raise UnreadablePage("The page's HTML could not be parsed without losing most of its text.")


def _parse(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _soup(text: str) -> HtmlElement | None:
    try:
        return _parse(str(BeautifulSoup(text, "html.parser")))
    except RecursionError:
        return None


def _visible(tree: HtmlElement) -> int:
    texts = tree.xpath("//text()[not(parent::script or parent::style)]")
    return sum(map(_letters, texts))


def _letters(text: str) -> int:
    return sum(map(len, text.split()))
