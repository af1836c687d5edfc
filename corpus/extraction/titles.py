"""What is the article called?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from corpus.extraction.blocks import HEADINGS, WORD
from corpus.extraction.boilerplate import ELSEWHERE, names
from corpus.extraction.head import Head, load_names, site_names
from corpus.extraction.jsonld import plain
from corpus.extraction.layout import Layout
from corpus.extraction.spelling import fold

_SEPARATOR = re.compile(r"\s+[|–—»«:·•-]\s+|\s*[|»«•]\s*")
_BESIDE_QUOTES = re.compile(r"\s+[|–—:·•-]\s+|\s*[|•]\s*")
_LINK = re.compile(r"https?://\S+$")  # themes show the link of a link post in place of its title
_LINES = HEADINGS | {"br", "div", "p", "small", "time"}
PLACES = 3  # a page that shows its title more often is hostile
LARGEST = 100  # elements in a heading; one that is not closed holds the rest of the page
PARTS = 12  # of a title; every run of them is compared with every line of the page


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and how much it looks like the title."""

    score: int
    text: str
    element: HtmlElement


def find_title(layout: Layout, head: Head) -> str:
    """The title: a heading that the head confirms, or the part of it that the head names; else what
    the head declares twice, as where a theme's heading is the section's; else a heading that is
    called a title, else what the head declares without the site's name; "" if there is nothing."""
    references = [] if head.copied else list(_declared(layout, head))
    wanted = {fold(reference): reference for reference in references}
    headings = sorted(_headings(layout, wanted), key=lambda each: -each.score)
    for heading in headings:
        for part in _parts(heading.element):
            if fold(part) in wanted:
                return part
    for heading in headings:
        for reference in references:
            if _letters(heading.text) == _letters(reference):
                return reference  # two parts of the heading stand together without a space
            if _shared(heading.text, reference) >= 0.75:
                return heading.text
    likely = headings[:1] if headings and headings[0].score >= 3 else []
    for reference in references:
        # Below a quarter it is the section's heading ("Blog") and not another wording of the title.
        is_other = all(_shared(each.text, reference) < 0.25 for each in likely)
        if is_other and _is_repeated(reference, references):
            return reference
    if likely or (headings and not references):
        return headings[0].text
    return (references or [head.title])[0]


def _is_repeated(reference: str, references: list[str]) -> bool:
    """Whether two declarations say the same, or one says it with something before or after it."""
    own = fold(reference)
    others = [fold(each) for each in references]
    return sum(each.startswith(own) or each.endswith(own) for each in others) > 1


def _headings(layout: Layout, wanted: dict[str, str]) -> Iterator[Heading]:
    known = load_names()
    for element in layout.root.iter("h1", "h2", "h3"):  # Blogger's are h3
        if next(islice(element.iterdescendants("*"), LARGEST, None), None) is not None:
            continue
        text = _text(element)
        titled = bool((names(element) | {(element.get("itemprop") or "").lower()}) & known.titles)
        is_candidate = element.tag == "h1" or titled or fold(text) in wanted
        if not 0 < len(text) <= 400 or not is_candidate or _LINK.match(text):
            continue
        box = layout.box_of(element)
        near: list[HtmlElement] = [element, *element.iterancestors()]
        is_site = any(names(each) & known.site_titles for each in near[:4])
        # Some publishers have the title for search engines there, and their own in an h2.
        is_crumb = any(
            "breadcrumb" in " ".join(map(str, each.attrib.items())).lower() for each in near[:2]
        )
        score = 2 * (box not in ELSEWHERE) + 2 * titled + (element.tag == "h1")
        score -= 2 * (element.tag == "h3")  # related posts have them, too
        score += any(each.tag in ("article", "main") for each in near)
        yield Heading(score - 3 * is_site - 2 * (box == "header") - 3 * is_crumb, text, element)


def _parts(heading: HtmlElement) -> Iterator[str]:
    """A heading's text, and those of its parts: a section's name or a date may stand beside it."""
    yield _text(heading)
    for element in islice(heading.iterdescendants("*"), PARTS):
        yield _text(element)
        yield " ".join((element.tail or "").split())


def _text(element: HtmlElement) -> str:
    """An element's text; a new line in it is a space."""
    pieces: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if each is not element and each.tag in _LINES:
            pieces.append(" ")
        if event == "start":
            pieces.append(each.text or "")
        elif each is not element:
            pieces.append(each.tail or "")
    return " ".join("".join(pieces).split())


def title_places(layout: Layout, title: str) -> list[int]:
    """Which blocks show the title, without those of other articles."""
    wanted = fold(title)
    shown = (
        place
        for place, block in enumerate(layout.page.blocks)
        if title and block.box not in ELSEWHERE and fold(block.text) == wanted
    )
    return list(islice(shown, PLACES))


def title_ends(text: str) -> list[str]:
    """The first and the last part of a title, where sites put their names; none where it has one
    part only."""
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    return [parts[0], parts[-1]] if len(parts) > 1 else []


def _letters(text: str) -> str:
    return "".join(WORD.findall(fold(text)))


def _declared(layout: Layout, head: Head) -> Iterator[str]:
    """The titles that the head declares, without the site's name."""
    site = set(map(fold, site_names(head)))
    shown = {fold(block.text) for block in layout.page.blocks} - site
    articles = (plain(node.get("headline")) for node in head.articles())
    for text in (head.first("og:title", "twitter:title"), *articles, head.title):
        if text:
            yield _without_site(text, site, shown)


def _without_site(text: str, site: set[str], shown: set[str]) -> str:
    """The longest part that the page shows as a line; else what is left without the site's name."""
    separator = _BESIDE_QUOTES if "«" in text and "»" in text else _SEPARATOR
    marks = [
        (0, 0),
        *(found.span() for found in islice(separator.finditer(text), PARTS)),
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
