"""Which posts does an export or the REST interface tell that are also there as pages?"""

import json
import re
from collections.abc import Iterable, Iterator

from corpus.errors import UnreadablePage
from corpus.extraction.posts import read_export_item, read_rest_post
from corpus.extraction.sites.sample import address
from corpus.extraction.sites.sheets import Sheet
from corpus.extraction.urls import source_host
from corpus.values import Page

_POST_ID = re.compile(rb"post_id>\s*(?:<!\[CDATA\[)?\s*(\d{1,12})")


def is_twin(page: Page) -> bool:
    """Whether a page is a WordPress item: one of an export or of the REST interface."""
    return _is_export(page) or "type=wp-post" in page.content_type


def _is_export(page: Page) -> bool:
    return "type=wxr-item" in page.content_type


def find_twins(sheets: list[Sheet], items: Iterable[Page]) -> dict[str, str]:
    """The texts of the items that are posts of these pages, by the URL of the page: matched by
    address, or by the number of the post. Items that cannot be read are left out."""
    pages = {key: sheet.url for sheet in sheets for key in sheet.addresses}
    twins = {}
    for item in items:
        try:
            said, body = read_export_item(item) if _is_export(item) else read_rest_post(item)
        except UnreadablePage:
            continue
        for key in (address(said.canonical or ""), address(item.url), *_short(item)):
            if key in pages:
                twins[pages[key]] = body.text
    return twins


def _short(item: Page) -> Iterator[str]:
    """The address of the post by its number, which pages have as their short link."""
    number = None
    if not _is_export(item):
        number = json.loads(item.content).get("id")
    elif found := _POST_ID.search(item.content):
        number = int(found[1])
    if isinstance(number, int):
        yield f"{source_host(item.url)}?p={number}"
