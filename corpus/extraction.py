"""How does a page become a record?"""

import hashlib

import trafilatura

from corpus.decoding import decode
from corpus.errors import NotAnArticle
from corpus.language import language
from corpus.parsing import parse_html
from corpus.templates import Site
from corpus.urls import canonical, record_id, source_host
from corpus.values import Page, Provenance, Record

EXTRACTOR = "1"


def extract(page: Page, site: Site | None = None) -> Record:
    """The record of a page. Raises NotAnArticle or UnreadablePage."""
    decoded = decode(page.content, page.content_type)
    tree = parse_html(decoded.text)
    found = trafilatura.bare_extraction(
        tree, url=page.url, fast=True, include_comments=False, with_metadata=True
    )
    if found is None or not found.text:
        raise NotAnArticle("No text was found in the page.")
    url = canonical(page.url)
    return Record(
        id=record_id(url),
        url=url,
        title=found.title or "",
        text=found.text,
        provenance=Provenance(
            url=page.url,
            captured=page.captured,
            sha256=hashlib.sha256(page.content).hexdigest(),
            method="generic",
            encoding=decoded.encoding,
            declared_encoding=decoded.declared,
            replaced=decoded.replaced,
            extractor=EXTRACTOR,
        ),
        lang=language(found.text, found.title),
        source=source_host(url),
    )
