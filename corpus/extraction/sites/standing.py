"""On how many of a site's pages does its container stand?"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import UnreadablePage
from corpus.extraction.decoding import decode
from corpus.extraction.layout import read_layout
from corpus.extraction.parsing import parse_html
from corpus.extraction.sites.applying import find_container
from corpus.extraction.sites.profile import Site
from corpus.extraction.sites.twins import is_twin
from corpus.values import Page


@dataclass(frozen=True, slots=True)
class Standing:
    """The pages that were looked at, and those on which the container was found."""

    pages: int
    found: int


def count_standing(pages: Iterable[Page], site: Site) -> Standing:
    """On how many of the HTML pages reading would find the site's container. Pages that cannot be
    parsed, and the items of exports, are not counted."""
    looked = found = 0
    for page in pages:
        if is_twin(page) or "html" not in page.content_type:
            continue
        try:
            text = decode(page.content, page.content_type).text
            layout = read_layout(parse_html(text).tree)
        except UnreadablePage:
            continue
        looked += 1
        found += find_container(layout, site) is not None
    return Standing(looked, found)
