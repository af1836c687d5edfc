"""What does a page's head declare about the article?"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

from corpus.extraction.jsonld import Node, kinds, plain, read_jsonld
from corpus.extraction.spelling import fold
from corpus.extraction.urls import split_url

_SITE_NAMES = ("og:site_name", "application-name")
_PUBLISHERS = frozenset(("website", "organization", "newsmediaorganization"))


CANONICAL = "link canonical"  # among the metas


@dataclass(frozen=True, slots=True)
class Names:
    """How pages name what they say: the table metadata.toml."""

    articles: frozenset[str]
    published: tuple[str, ...]
    script_dates: tuple[str, ...]
    modified: tuple[str, ...]
    author: tuple[str, ...]
    titles: frozenset[str]
    site_titles: frozenset[str]
    authors: frozenset[str]
    bylines: tuple[str, ...]
    roles: tuple[str, ...]
    accounts: frozenset[str]  # folded


@dataclass(frozen=True, slots=True)
class Head:
    """A page's declarations. `metas`: name or property in lower case -> contents, in order; the
    addresses of links rel=canonical are among them."""

    url: str
    captured: datetime
    metas: dict[str, list[str]]
    nodes: list[Node]  # JSON-LD
    title: str
    ignored: frozenset[str]  # values that the pages of this site share: its name, and no article's
    copied: bool  # it is the home page's, as on sites whose theme is broken

    def first(self, *names: str) -> str:
        """The first value of the first of these names that has one; "" if none has."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def articles(self) -> list[Node]:
        """The JSON-LD nodes that are articles."""
        return [node for node in self.nodes if kinds(node) & load_names().articles]


@cache
def load_names() -> Names:
    """Reads corpus/extraction/metadata.toml once."""
    table = tomllib.loads((files("corpus.extraction") / "metadata.toml").read_text("utf-8"))
    return Names(
        articles=frozenset(table["articles"]),
        published=tuple(table["published"]),
        script_dates=tuple(table["script_dates"]),
        modified=tuple(table["modified"]),
        author=tuple(table["author"]),
        titles=frozenset(table["titles"]),
        site_titles=frozenset(table["site_titles"]),
        authors=frozenset(table["authors"]),
        bylines=tuple(table["bylines"]),
        roles=tuple(table["roles"]),
        accounts=frozenset(map(fold, table["accounts"])),
    )


def read_head(
    tree: HtmlElement, url: str, captured: datetime, ignored: frozenset[str] = frozenset()
) -> Head:
    """The declarations of the page at `url`, without the `ignored` values."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = " ".join((meta.get("content") or "").split())
        if name and content and (content not in ignored or name.lower() in _SITE_NAMES):
            metas.setdefault(name.lower(), []).append(content)
    for link in tree.iter("link"):
        address = (link.get("href") or "").strip()
        is_canonical = "canonical" in (link.get("rel") or "").lower().split()
        if is_canonical and address and address not in ignored:
            metas.setdefault(CANONICAL, []).append(address)
    nodes = [
        node
        if not ignored or kinds(node) & _PUBLISHERS
        else {key: value for key, value in node.items() if plain(value) not in ignored}
        for node in read_jsonld(tree)
    ]
    title = next((" ".join(each.text_content().split()) for each in tree.iter("title")), "")
    title = "" if title in ignored else title
    return Head(url, captured, metas, nodes, title, ignored, _is_copied(metas, url))


def declared_values(head: Head) -> Iterator[str]:
    """Titles, moments, addresses and images: what should differ from page to page, and does not
    where a head is copied. A day alone is no moment: many posts share one."""
    yield from filter(None, [head.title, head.first("og:title"), head.first("twitter:title")])
    names = load_names()
    addresses = (CANONICAL, "og:url", "og:image")
    values = [head.first(name) for name in (*names.published, *names.modified, *addresses)]
    for node in head.nodes:
        values += [plain(node.get(key)) for key in ("headline", "datePublished", "dateModified")]
    yield from (value for value in values if len(value) > len("2014-06-30"))


def site_names(head: Head) -> Iterator[str]:
    """What the page calls its site, and what is known of it."""
    yield from (head.first(name) for name in _SITE_NAMES)
    for node in head.nodes:
        if kinds(node) & _PUBLISHERS and "person" not in kinds(node):  # a blog can be its author
            yield plain(node)
    yield from head.ignored


def _is_copied(metas: dict[str, list[str]], url: str) -> bool:
    declared = split_url(metas.get("og:url", [""])[0])
    is_home = bool(declared.netloc) and declared.path in ("", "/") and not declared.query
    return is_home and split_url(url).path not in ("", "/")
