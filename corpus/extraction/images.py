"""Which images belong to the article, and what is written below them?

Only their addresses are kept: no page of ours loads an image from another host.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urljoin

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import names
from corpus.extraction.head import Head
from corpus.extraction.jsonld import plain
from corpus.extraction.layout import Layout
from corpus.extraction.parsing import parse_html
from corpus.extraction.urls import split_url, unwrap
from corpus.values import Image

MOST = 60
SMALLEST = 80  # pixels of either side
_SOURCES = ("data-large-file", "data-src", "data-lazy-src", "data-original", "src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_IMAGE = re.compile(
    r"gravatar\.com|/avatars?/|/emoji/|/smil(?:ies|eys)/|pixel\.wp\.com|doubleclick|/pixel[./?]"
    r"|spacer\.|blank\.gif"
    r"|[-_](?:[1-7]?\d)x(?:[1-7]?\d)\.\w+$|feeds\.feedburner|google-analytics|facebook\.com/tr",
    re.I,
)
_NO_NAMES = re.compile(
    r"(?:^|[-_\s])(?:avatar|emoji|smiley|icon|logo|pixel|spacer)(?:$|[-_\s])", re.I
)
_SIZE = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled)(?=\.\w+$)")  # WordPress makes these copies
_COPY = re.compile(r"(\S+)\s+(\d{1,6}(?:\.\d+)?)[wx]\s*(?:,|$)")  # of a srcset
_ADDRESS = re.compile(r"https?://[^\"{}<>]+$")
# The shortcode of WordPress: [caption …]<img …> what is written below it[/caption]
_CODE = re.compile(
    r"\[caption[^\]]*\]\s*((?:<a [^<>]*>)?\s*<img [^<>]*>\s*(?:</a>)?)([^\[\]]{0,2000})\[/caption\]"
)
_CAPTIONS = frozenset(("wp-caption-text", "caption", "image-caption", "media-caption"))


def find_images(layout: Layout, head: Head) -> tuple[Image, ...]:
    """The image that the page declares, and those of the article's container, each once."""
    found = [*_declared(head)]
    if layout.container is not None:
        found += _in(layout.container, layout)
    base = head.url
    with suppress(ValueError):  # "http://[" is none to start from
        base = urljoin(
            base, next((each.get("href") or "" for each in layout.tree.iter("base")), "")
        )
    return _kept(found, base)


def read_images(html: str, url: str, first: str = "") -> tuple[Image, ...]:
    """The images of a post's own HTML; `first` is the one that stands above it."""
    coded = _CODE.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    tree = parse_html(f"<html><body><div>{coded}</div></body></html>").tree
    return _kept([(first, ""), *_in(tree, None)], url)


def _declared(head: Head) -> Iterator[tuple[str, str]]:
    if head.copied:
        return
    yield head.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image"), ""
    for node in head.articles():
        image = node.get("image")
        image = image[0] if isinstance(image, list) and image else image
        yield plain(image.get("url") if isinstance(image, dict) else image), ""


def _in(root: HtmlElement, layout: Layout | None) -> Iterator[tuple[str, str]]:
    """(address, caption) of each image; lazy ones have it in another attribute or in a noscript."""
    for image in root.iter("img", "amp-img"):
        if _is_small(image) or _NO_NAMES.search(" ".join(names(image))):
            continue
        if layout is not None and layout.box_of(image) not in (None, "header", "hidden"):
            continue
        yield _largest(image), _caption(image)


def _is_small(image: HtmlElement) -> bool:
    sides = [
        re.match(r"\s*(\d{1,5})(?:px)?\s*$", image.get(side) or "") for side in ("width", "height")
    ]
    return any(side is not None and int(side[1]) < SMALLEST for side in sides)


def _largest(image: HtmlElement) -> str:
    """The address of the largest copy."""
    if original := image.get("data-orig-file") or image.get("data-full-url"):
        return str(original)
    sized = [
        (float(found[2]), found[1])
        for name in _SETS
        for found in _COPY.finditer(image.get(name) or "")
    ]
    if sized:
        return max(sized)[1].lstrip(",")
    values = (image.get(name) or "" for name in _SOURCES)
    return next((value for value in values if value and not value.startswith("data:")), "")


def _caption(image: HtmlElement) -> str:
    for around in image.iterancestors("figure", "div", "dl"):
        is_figure = around.tag == "figure" or "wp-caption" in names(around)
        if is_figure:
            for each in around.iter("figcaption", "p", "dd", "div", "span"):
                if each.tag == "figcaption" or names(each) & _CAPTIONS:
                    return " ".join(each.text_content().split())
            return ""
    return ""


def _kept(found: list[tuple[str, str]], base: str) -> tuple[Image, ...]:
    """Each image once; a copy of another size is the same image, and the first caption is kept."""
    saved = unwrap(base)
    kept: dict[str, Image] = {}
    for address, caption in found:
        try:
            url = urljoin(saved, unwrap(address.strip())) if address.strip() else ""
        except ValueError:
            continue
        path = split_url(url).path
        if not _ADDRESS.match(url) or _NO_IMAGE.search(url):
            continue
        key = _SIZE.sub("", path)
        if key not in kept and len(kept) < MOST:
            kept[key] = Image(url, caption)
        elif key in kept and caption and not kept[key].caption:
            kept[key] = Image(kept[key].url, caption)
    return tuple(kept.values())
