"""What is the article called?"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from corpus.extraction.blocks import WORD
from corpus.extraction.boilerplate import ELSEWHERE, names
from corpus.extraction.head import Head, load_names
from corpus.extraction.jsonld import kinds, plain
from corpus.extraction.layout import Layout
from corpus.extraction.spelling import fold

_SEPARATOR = re.compile(r"\s+[|–—»«:·•-]\s+|\s*[|»«•]\s*")
_LINK = re.compile(r"https?://\S+$")  # themes show the link of a link post in place of its title
PARTS = 12  # of a title; every run of them is compared with every line of the page
_PUBLISHERS = frozenset(("website", "organization", "newsmediaorganization"))


def find_title(layout: Layout, head: Head) -> str:
    """The title: a heading that the head confirms, else a heading that is called one, else what the
    head declares without the site's name; "" if there is nothing."""
    references = [] if head.copied else list(_declared(layout, head))
    headings = sorted(_headings(layout), key=lambda each: -each[0])
    for _, text in headings:
        if any(_shared(text, reference) >= 0.75 for reference in references):
            return text
    if headings and (headings[0][0] >= 3 or not references):
        return headings[0][1]
    return (references or [head.title])[0]


def _headings(layout: Layout) -> Iterator[tuple[int, str]]:
    """(how much it looks like the title, its text)"""
    known = load_names()
    for element in layout.root.iter("h1", "h2", "h3"):  # Blogger's are h3
        text = " ".join(element.text_content().split())
        titled = bool((names(element) | {(element.get("itemprop") or "").lower()}) & known.titles)
        if not 0 < len(text) <= 400 or (element.tag != "h1" and not titled) or _LINK.match(text):
            continue
        box = layout.box_of(element)
        near: list[HtmlElement] = [element, *element.iterancestors()]
        is_site = any(names(each) & known.site_titles for each in near[:4])
        score = 2 * (box not in ELSEWHERE) + 2 * titled + (element.tag == "h1")
        score -= 2 * (element.tag == "h3")  # related posts have them, too
        score += any(each.tag in ("article", "main") for each in near)
        yield score - 3 * is_site - 2 * (box == "header"), text


def _declared(layout: Layout, head: Head) -> Iterator[str]:
    """The titles that the head declares, without the site's name."""
    site = {fold(head.first("og:site_name", "application-name"))}
    site |= {fold(plain(node)) for node in head.nodes if kinds(node) & _PUBLISHERS}
    shown = {fold(block.text) for block in layout.page.blocks} - site
    articles = (plain(node.get("headline")) for node in head.articles())
    for text in (head.first("og:title", "twitter:title"), *articles, head.title):
        if text:
            yield _without_site(text, site, shown)


def _without_site(text: str, site: set[str], shown: set[str]) -> str:
    """The longest part that the page shows as a line; else what is left without the site's name."""
    marks = [
        (0, 0),
        *(found.span() for found in islice(_SEPARATOR.finditer(text), PARTS)),
        (len(text),) * 2,
    ]
    parts = [
        text[start:end].strip()
        for (_, start) in marks[:-1]
        for (end, _) in marks[1:]
        if start < end
    ]
    for part in sorted(parts, key=len, reverse=True):
        if fold(part) in shown:
            return part
    if len(marks) == 2:
        return text
    first, last = text[: marks[1][0]].strip(), text[marks[-2][1] :].strip()
    if fold(last) in site or len(last) < len(text) / 3:
        return text[: marks[-2][0]].strip()
    return text[marks[1][1] :].strip() if fold(first) in site else text


def _shared(text: str, reference: str) -> float:
    own, other = set(WORD.findall(fold(text))), set(WORD.findall(fold(reference)))
    return len(own & other) / max(len(own), len(other), 1)
