"""Which other pages say the same in another language?

Pages tell it in their head (`link rel=alternate hreflang`) and in the language switcher of WPML,
Polylang and their like; the REST interface has a field.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import names
from corpus.extraction.urls import canonical, is_home, source_host, split_url, unwrap
from corpus.values import Translation

MOST = 40
# Links of switchers; an item's class says its language, and whether this page has no translation.
_CALLED = re.compile(r"wpml-ls|lang-item|lang_sel|\bicl-|qtranxs|trp-|menu-item-language", re.I)
_ITEM = re.compile(r"^(?:wpml-ls-item|lang-item|menu-item-language|icl|lang)-([a-z]{2})$")
_NO_TRANSLATION = frozenset(
    ("no-translation", "current-lang", "wpml-ls-current-language", "active")
)
_FIELDS = ("translations", "polylang_translations", "wpml_translations")
_CODE = re.compile(r"([a-z]{2})(?:[-_]\w+)*$", re.I)


def find_translations(tree: HtmlElement, url: str) -> tuple[Translation, ...]:
    """The other pages that the page at `url` (canonical) calls itself in other languages, one for
    each."""
    found = [*_alternates(tree), *_switches(tree)]
    return _kept(found, url)


def rest_translations(post: dict[str, Any], url: str) -> tuple[Translation, ...]:
    """The translations that a post of the REST interface names by their addresses."""
    found = []
    for value in map(post.get, _FIELDS):
        pairs: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else ()
        if isinstance(value, list):
            pairs = (("", row) for row in value)
        for key, given in pairs:
            row = given if isinstance(given, dict) else {"url": given}
            address = next((row[n] for n in ("href", "link", "url", "permalink") if row.get(n)), "")
            code = row.get("locale") or row.get("language") or row.get("lang") or key
            if isinstance(address, str) and isinstance(code, str):
                found.append((code, address))
    return _kept(found, url)


def _alternates(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for link in tree.iter("link"):
        if "alternate" in (link.get("rel") or "").lower().split() and link.get("hreflang"):
            yield link.get("hreflang", ""), link.get("href") or ""


def _switches(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The links of language switchers."""
    for link in tree.iter("a"):
        around = link.getparent()
        if not link.get("hreflang") and not _CALLED.search(
            f"{link.get('class', '')} {around.get('class', '')}"
        ):
            continue
        own = names(link) | names(around)
        coded = (found[1] for name in sorted(own) if (found := _ITEM.match(name)))
        code = link.get("hreflang") or link.get("lang") or next(coded, "")
        if code and not own & _NO_TRANSLATION:
            yield code, link.get("href") or ""


def _kept(found: list[tuple[str, str]], url: str) -> tuple[Translation, ...]:
    """The first other address of each language; no home pages for a page that is none, and nothing
    on other sites."""
    kept: dict[str, Translation] = {}
    for code, address in found:
        language = _language(code)
        if not language or language in kept or len(kept) >= MOST:
            continue
        try:
            other = canonical(urljoin(url, unwrap(address.strip())))
        except ValueError:
            continue
        if other == url or not _is_sibling(source_host(url), source_host(other)):
            continue
        if split_url(other).scheme in ("http", "https") and (is_home(url) or not is_home(other)):
            kept[language] = Translation(language, other)
    return tuple(kept.values())


def _language(code: str) -> str:
    """ "ar" of "ar-SY" or "ar_SY"; "" for x-default and what is no code."""
    found = _CODE.match(code.strip())
    return found[1].lower() if found else ""


def _is_sibling(host: str, other: str) -> bool:
    """Whether two hosts are one site's: equal, or different in their first part alone ("ar." and
    "en.")."""
    parts, others = host.split("."), other.split(".")
    return bool(host) and (
        host == other
        or parts[1:] == others
        or parts == others[1:]
        or (parts[1:] == others[1:] and len(parts) > 2)
    )
