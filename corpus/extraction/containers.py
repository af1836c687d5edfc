"""Which element of a page holds its article's body, by its name?"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from corpus.extraction.blocks import Blocks, is_running
from corpus.extraction.boilerplate import boilerplate, names
from corpus.extraction.spelling import fold

MEDIA = ("iframe", "video", "audio", "img", "object", "embed")
_MARKED = (
    "descendant-or-self::*[@itemprop or @property][contains(@itemprop, 'articleBody')"
    " or contains(@property, 'articleBody') or @property='content:encoded']"
)
ARTICLES = 500  # a page with more is hostile
_POST = re.compile(r"post-\d+")
_NAMED = ("div", "section", "article", "main", "span", "td")


def other_articles(tree: HtmlElement) -> set[HtmlElement]:
    """The <article> elements that are not the page's own: what follows below it without end, and
    cards that lead to others. Its own has the heading that the page's title repeats, or else the
    first h1."""
    articles = list(tree.iter("article"))
    if not 2 <= len(articles) <= ARTICLES:
        return set()
    headings = [
        each
        for tag in ("h1", "h2")
        for each in tree.iter(tag)
        if _article(each) is not None and next(each.iterancestors("a"), None) is None
    ]
    called = fold(" ".join(each.text_content() for each in tree.iter("title")))
    repeated = (h for h in headings if len(name := fold(h.text_content())) > 5 and name in called)
    own = next(chain(repeated, (each for each in headings if each.tag == "h1")), None)
    if own is None:
        return set()
    around = set(own.iterancestors("article"))
    posts = set().union(*map(_posts, around))
    return {
        each
        for each in articles
        if each not in around and (_has_title(each) or (posts and _posts(each) - posts))
    }


def _posts(article: HtmlElement) -> set[str]:
    """The numbers of WordPress posts by which it is called: "post-1806"."""
    return {name for name in names(article) if _POST.fullmatch(name)}


def _has_title(article: HtmlElement) -> bool:
    heading = next(article.iter("h1", "h2", "h3"), None)
    if heading is None:
        return False
    inside = next(heading.iter("a"), None) is not None
    return heading.tag == "h1" or inside or next(heading.iterancestors("a"), None) is not None


def find_container(
    root: HtmlElement, page: Blocks, boxes: dict[HtmlElement, str]
) -> HtmlElement | None:
    """The element that holds the article's body, by its name; None when no name is known."""
    candidates = [
        element
        for element in dict.fromkeys(_named(root))
        if element in page.spans and not _is_boxed(element, boxes)
    ]
    if not candidates:
        return None
    plain = {element: page.words(element, plain=True) for element in candidates}
    if max(plain.values()) < 5:  # a post that is one link
        filled = [each for each in candidates if page.words(each) and each.tag != "article"]
        shows = [each for each in candidates if next(each.iter(*MEDIA), None) is not None]
        return min(filled or shows, key=page.words, default=None)
    best = max(candidates, key=lambda each: plain[each])
    inner = [
        each
        for each in candidates
        if best in each.iterancestors()
        and (plain[each] >= 0.85 * plain[best] or _holds_the_text(each, best, page))
        and page.words(each)
    ]
    best = max(inner, key=lambda each: (plain[each], page.words(each)), default=best)
    return _around_parts(best, candidates, page)


def _holds_the_text(child: HtmlElement, parent: HtmlElement, page: Blocks) -> bool:
    """Whether nothing to read stands in a wrapper outside the child: headings and bars only."""
    first, end = page.spans[child]
    rest = page.blocks[page.spans[parent][0] : first] + page.blocks[end : page.spans[parent][1]]
    return parent.tag == "article" and not any(
        is_running(each, 15, 0.5) for each in rest if not each.box
    )


def _around_parts(best: HtmlElement, candidates: list[HtmlElement], page: Blocks) -> HtmlElement:
    """The element around all parts of a body that page builders and magazines cut into several
    elements of one name; `best` itself where there is one part. The posts of a list have one name
    too, but each stands in an article of its own."""
    called = names(best) & boilerplate().containers
    parts = [
        each
        for each in candidates
        if each.tag == best.tag
        and names(each) & called
        and _article(each) is _article(best)
        and any(is_running(block, 15, 0.3) for block in page.of(each))
    ]
    parts = [each for each in parts if not any(other in parts for other in each.iterancestors())]
    words = sum(page.words(each, plain=True) for each in parts)
    if len(parts) < 2 or words < 1.15 * page.words(best, plain=True):
        return best
    around = Counter(each for part in parts for each in part.iterancestors())
    whole = next(each for each in best.iterancestors() if around[each] == len(parts))
    return whole if page.words(whole, plain=True) <= 1.6 * words else best


def _article(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article"), None)


def _named(root: HtmlElement) -> Iterator[HtmlElement]:
    known = boilerplate().containers
    yield from root.xpath(_MARKED)
    for element in root.iter(*_NAMED):
        if not known.isdisjoint(names(element)):
            yield element


def _is_boxed(element: HtmlElement, boxes: dict[HtmlElement, str]) -> bool:
    """Whether it stands in a box; a box with the page's h1 is the main wrapper under an odd name,
    if it is no other article."""
    return any(
        boxes[each] == "related-posts" or each.find(".//h1") is None
        for each in [element, *element.iterancestors()]
        if each in boxes
    )
