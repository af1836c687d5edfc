"""Which published posts and pages does a WordPress export (WXR) hold?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from lxml import etree

from corpus.readers.export import Export, NotReadable
from corpus.readers.limits import ITEM_TAGS, PAGE_BYTES, TOO_LARGE
from corpus.readers.source import InputFile, cause
from corpus.readers.streams import open_stream
from corpus.readers.wordpress import why_not
from corpus.values import Page, Problem

CONTENT_TYPE = "application/rss+xml; type=wxr-item"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no characters of XML 1.0
HTML_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z][a-zA-Z0-9]{1,31};")
PUB_DATE = re.compile(r"<pubDate>([^<]{1,60})</pubDate>")
SINGLE = ("post_id", "post_type", "status")  # in every item once
NEEDED = ("post_type", "status", "encoded")  # in an item that had to be repaired
# Nothing is fetched, no entity is replaced; items may be longer than libxml2's usual limits.
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}


def read_wxr(file: InputFile) -> Iterator[Page | Problem]:
    """Every item of an export, plain or packed with gzip; drafts and the like as problems."""
    with file.open() as opened:
        stream = open_stream(opened)
        try:
            yield from _read_items(Export(stream), file)
        except NotReadable as error:
            yield Problem(file.where, str(error))
        for fault in stream.damage:
            yield Problem(f"{file.where}, {fault.place}", fault.reason)


def _read_items(export: Export, file: InputFile) -> Iterator[Page | Problem]:
    captured = _time_of_export(export.head) or file.captured
    number, fault, repaired = 0, "", []
    for number, item in enumerate(export.iter_items(), start=1):
        where = f"{file.where}, item {number}"
        fault = item.fault
        if fault:
            yield Problem(where, fault)
            continue
        if item.text.count("<") > ITEM_TAGS:
            yield Problem(where, f"more than {ITEM_TAGS} tags")
            continue
        element, damage = _parse(item.text, export.root)
        if element is None or (damage and not all(_field(element, name) for name in NEEDED)):
            yield Problem(where, f"damaged XML ({damage})")
            continue
        if damage:
            repaired.append(number)
        yield _read_item(element, where, file.url, captured)
    if repaired:
        yield Problem(
            f"{file.where}, item {repaired[0]}",
            f"damaged XML, read as far as possible, in {len(repaired)} items",
        )
    if not export.has_end() and not fault:
        yield Problem(file.where, "cut off: the end of the export is missing")
    elif number == 0:
        yield Problem(file.where, "WordPress export without posts", "skip")


def _parse(text: str, root: str) -> tuple[etree._Element | None, str]:
    """The item as an element, and what is wrong with its XML ("" for nothing).

    It is parsed inside the root tag of its file, for the namespaces.
    """
    text = FORBIDDEN.sub("", f"{root}{text}</rss>")
    try:
        return _parse_strictly(text), ""
    except etree.XMLSyntaxError as error:
        damage = cause(error)
    try:
        # Themes and plugins write &nbsp; outside CDATA, which XML does not know.
        return _parse_strictly(HTML_ENTITY.sub(lambda found: unescape(found[0]), text)), ""
    except etree.XMLSyntaxError:
        parsed = etree.fromstring(text.encode(), etree.XMLParser(recover=True, **SAFE))
    item = parsed[0] if parsed is not None and len(parsed) else None
    return (item if item is not None and item.tag == "item" else None), damage


def _parse_strictly(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(**SAFE))[0]


def _read_item(
    item: etree._Element, where: str, file_url: str, captured: datetime
) -> Page | Problem:
    kind, status = _field(item, "post_type"), _field(item, "status")
    if not kind or not status:
        return Problem(where, "does not say whether it is a published post")
    names = [_name(child) for child in item]
    if any(names.count(name) > 1 for name in SINGLE):
        return Problem(where, "several items in one: the end of the first is lost")
    # Repairs may move the password into a neighbour, and it must count there too.
    locked = any(_name(found) == "post_password" and found.text for found in item.iter())
    if reason := why_not(kind, status, locked):
        return Problem(where, reason, "skip")
    for comment in item.xpath("*[local-name() = 'comment']"):
        # Comments hold the addresses of readers, and each new one would make a new version.
        item.remove(comment)
    content = etree.tostring(item, encoding="utf-8", with_tail=False)
    if len(content) > PAGE_BYTES:
        return Problem(where, TOO_LARGE)
    return Page(_address(item, file_url), content, captured, CONTENT_TYPE)


def _field(item: etree._Element, name: str) -> str:
    """The text of a child element, whatever the version of the export's namespace."""
    return next(((child.text or "").strip() for child in item if _name(child) == name), "")


def _name(element: etree._Element) -> str:
    """A tag without its namespace, or without its prefix where that was never declared."""
    return re.split("[}:]", str(element.tag))[-1]


def _address(item: etree._Element, file_url: str) -> str:
    for field in ("link", "guid"):
        url = _field(item, field)
        if url.startswith(("http://", "https://")):
            return url.replace(" ", "%20")
    return f"{file_url}?p={_field(item, 'post_id')}"


def _time_of_export(head: str) -> datetime | None:
    found = PUB_DATE.search(head)
    try:
        time = parsedate_to_datetime(found.group(1)) if found else None
        return time and (time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
