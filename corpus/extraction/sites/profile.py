"""What is known about one site?"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.extraction.sites.paths import Path, read_path
from corpus.extraction.spelling import fold
from corpus.extraction.urls import canonical, source_host, split_url

Evidence = Literal["pages", "twins"]

LONGEST_LINE = 60  # words; a longer text that repeats is a post that was published twice
# Of the pages: a line that opens fewer articles is the name of the town that they come from.
OPENING = 0.5

# Languages in which sites of the region have sections of their own; "it", "no", "is" and the like
# are words of English addresses.
_LANGUAGE = re.compile(r"(?:ar|en|fr|de|tr|ku|ckb|es|ru|fa|he|arabic|english)(?:[-_][a-z]{2})?")
_IN_QUERY = re.compile(r"(?:^|&)lang=([\w-]+)")


@dataclass(frozen=True, slots=True)
class Shared:
    """A line or a value that many pages of a site have: how it is written, how many of the read
    pages have it, the address of one, and on how many it opens or ends the article (0 where it also
    stands amid articles: then it is their text). A line that a person added has no pages. `keep` is
    a curator's veto: it stays in the text."""

    text: str
    pages: int = 0
    example: str = ""
    keep: bool = False
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """What one site's pages share, as data that people read and edit.

    `lines` are the template's. `values` are what the heads declare on page after page, and the
    site's name: none of it is an article's title, date or author. Those of most pages come first.
    `container` names the element that holds the articles as style sheets do
    ("main > div.post > div.text:nth-of-type(2)"), or is None where the pages do not agree.
    `evidence` tells what taught it: the pages alone, or their twins, the same posts from an export
    or the REST interface. `confirmed`: a person looked, or the twins agree; then the container is
    trusted, and no general extractor is asked.
    """

    name: str = ""
    pages: int = 0  # that were read to learn it
    lines: tuple[Shared, ...] = ()
    values: tuple[Shared, ...] = ()
    container: str | None = None
    evidence: Evidence = "pages"
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """A site as extraction needs it: without what a curator keeps. Lines are folded."""

    lines: frozenset[str]  # of the template, outside the article
    openings: frozenset[str]  # those with which articles open
    endings: frozenset[str]  # those with which they end
    added: frozenset[str]  # those that a person added: wherever they stand
    values: frozenset[str]
    container: Path | None


@lru_cache(maxsize=64)
def site_rules(site: Site) -> Rules:
    """The rules of a site; made once for many pages."""
    lines = {fold(line.text): line for line in site.lines if not line.keep}
    least = least_pages(site.pages)
    most = max(least, OPENING * site.pages)
    return Rules(
        lines=frozenset(lines),
        openings=frozenset(text for text, line in lines.items() if line.inside >= most),
        endings=frozenset(text for text, line in lines.items() if line.inside >= least),
        added=frozenset(text for text, line in lines.items() if not line.pages),
        values=frozenset(value.text for value in site.values if not value.keep),
        container=read_path(site.container) if site.container is not None else None,
    )


def rules_text(site: Site) -> str:
    """What reading a page depends on, as a text: two profiles with the same one read every page
    alike, however their counts and examples differ. "" for a profile that changes nothing."""
    rules = site_rules(site)
    if not (rules.lines or rules.values or rules.container):
        return ""
    sets = (rules.lines, rules.openings, rules.endings, rules.added, rules.values)
    return repr((site.container, site.confirmed, *map(sorted, sets)))


def least_pages(pages: int) -> float:
    """On how many of so many pages a line must stand to be the template's."""
    return max(3.0, 0.08 * pages)


def site_name(url: str) -> str:
    """The site of a page: its host without "www." and, where it has one, the language section:
    "example.org", "example.org/ar". The key under which a profile is kept."""
    url = canonical(url)
    parts = split_url(url)
    asked = _IN_QUERY.search(parts.query)
    section = parts.path.lower().split("/")[1:3]
    for place, step in enumerate(section):
        if _LANGUAGE.fullmatch(step):  # "/ar/", or below the folder of an installation
            return "/".join([source_host(url), *section[: place + 1]])
    if asked and _LANGUAGE.fullmatch(asked[1].lower()):
        return f"{source_host(url)}/{asked[1].lower()}"
    return source_host(url)
