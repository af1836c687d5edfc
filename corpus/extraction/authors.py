"""Who wrote the article?"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import ELSEWHERE, names
from corpus.extraction.dates import LONGEST, find_date
from corpus.extraction.head import Head, load_names, site_names
from corpus.extraction.jsonld import plain
from corpus.extraction.layout import Layout
from corpus.extraction.spelling import fold
from corpus.extraction.titles import title_places
from corpus.extraction.urls import source_host

_NOISE = re.compile(
    r"view all posts by|(?:view )?(?:all )?posts by|more from|مشاهدة جميع (?:المقالات|التدوينات).*|https?://\S+"
    r"|\S+@\S+\.\w+",
    re.I,
)
_EDGES = " ,،|/»·•–—-:："
_ACCOUNT = re.compile(r"[a-z0-9._-]*(?:admin|editor|webmaster)[0-9]*")  # "saeditor"
LONGEST_NAME = 80
SHORT = 7  # words
# "كتب محمد الرسالة" is a sentence, "كتب: محمد" is none.
_VERBS = ("كتب", "كتبت", "تقرير", "ترجمة", "حوار", "تحرير", "إعداد", "اعداد", "author", "Author")
MOST = 100  # elements that are called an author


def find_author(layout: Layout, head: Head, title: str) -> str | None:
    """The author's name; None when the page names nobody but its publisher or an account."""
    site = set(map(fold, _publishers(head)))
    for value in (*_values(layout, head), *_bylines(layout, title)):
        name = _cleaned(value, head)
        if name and fold(name) not in site and is_person(name):
            return name
    return None


def is_person(name: str) -> bool:
    """Whether a name is one that people have: no account ("admin"), no number, no sentence."""
    return (
        len(name) <= LONGEST_NAME
        and re.search(r"[^\W\d_]", name) is not None
        and fold(name) not in load_names().accounts
        and _ACCOUNT.fullmatch(name) is None
    )


def _publishers(head: Head) -> Iterator[str]:
    yield from site_names(head)
    yield from (plain(node.get("publisher")) for node in head.articles())
    yield source_host(head.url)


def _values(layout: Layout, head: Head) -> Iterator[str]:
    """What may name the author, the most trusted first."""
    people = {str(node["@id"]): node for node in head.nodes if node.get("@id")}
    for node in head.articles():
        yield _named(node.get("author"), people)
    yield head.first(*load_names().author)
    named = (
        element
        for element in layout.root.iter("a", "span", "div", "p", "strong", "address")
        if _is_called(element, load_names().authors)
    )
    for element in islice(named, MOST):
        if layout.box_of(element) not in ELSEWHERE:
            yield " ".join(element.text_content().split())


def _bylines(layout: Layout, title: str) -> Iterator[str]:
    """Short lines around the title that say who wrote: "بقلم: سلمى مثال", "By Nour Example"."""
    words = _any(load_names().bylines)
    byline = re.compile(rf"(?:{words})(?:\s*[:：]\s*|\s+)(?=\S)", re.I)
    for place in title_places(layout, title):
        for block in layout.page.blocks[max(0, place - 2) : place + 5]:
            label = byline.match(block.text) if block.words <= SHORT else None
            if label is None or block.box in ELSEWHERE:
                continue
            is_sentence = ":" not in label[0] and block.text.startswith(_VERBS)
            if not is_sentence and not block.text[label.end()].islower():
                yield block.text


def _is_called(element: HtmlElement, known: frozenset[str]) -> bool:
    """Whether an element has one of the names as a class, an id, a relation or a property."""
    relations, own = element.get("rel"), element.get("itemprop")
    return (
        not known.isdisjoint(names(element))
        or (relations is not None and not known.isdisjoint(relations.lower().split()))
        or (own is not None and own.lower() in known)
    )


def _named(value: Any, people: dict[str, dict[str, Any]]) -> str:
    """The name of an author, who may stand elsewhere under an id."""
    values = value if isinstance(value, list) else [value]
    for each in values:
        if isinstance(each, dict) and not each.get("name"):
            each = people.get(str(each.get("@id")), each)
        if name := plain(each):
            return name
    return ""


def _cleaned(text: str, head: Head) -> str:
    """The name in a line, without the date, the byline's words and the role."""
    known = load_names()
    if len(text) > 4 * LONGEST_NAME:
        return ""
    if len(text) <= LONGEST and (found := find_date(text, head.captured)):
        before, _, after = text.partition(found[1])
        text = before.strip(_EDGES) or after
    text = " ".join(_NOISE.sub("", text).split()).strip(_EDGES)
    text = re.sub(rf"^(?:{_any(known.bylines)})(?:\s*[:：]\s*|\s+)", "", text, flags=re.I)
    text = re.sub(rf"\s*[,،|/–—-]\s*(?:{_any(known.roles)})\b.*$", "", text, flags=re.I)
    return text.strip(_EDGES)


def _any(words: tuple[str, ...]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
