"""What did the server answer, and is it a page?"""

import re
from dataclasses import dataclass

from fastwarc.warc import WarcRecord

from corpus.readers.http import unwrap
from corpus.readers.inflate import TooLarge
from corpus.readers.kinds import looks_like_html
from corpus.readers.limits import PAGE_BYTES
from corpus.readers.source import brief, cause

HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
# Servers send pages under these when nobody has told them better, so the bytes decide.
UNSURE_TYPES = ("", "application/octet-stream", "unknown/unknown", "application/unknown")
ROBOTS = re.compile(r"[a-z]+://[^/]+/robots\.txt(\?.*)?", re.IGNORECASE)
LONGEST_HEADERS = 1_000_000


class NoPage(Exception):
    """What was captured is no page; the message says what it is."""


class Unreadable(Exception):
    """What was captured cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """What was captured: the body as it is stored, and what the headers say of it."""

    body: bytes
    content_type: str = ""
    status: int = 200
    transfer: str = ""
    encoding: str = ""
    length: str = ""


def read_message(record: WarcRecord) -> Message:
    """Takes the HTTP headers off, where there are any. Raises Unreadable.

    A revisit record may leave them out and be empty.
    """
    declared = record.headers.get("Content-Type") or ""
    if not record.is_http:
        return Message(record.reader.read(), declared)
    if record.content_length == 0:
        return Message(b"")
    try:
        record.parse_http(quirks_mode=True, max_header_len=LONGEST_HEADERS)
        headers = record.http_headers
        body = record.reader.read()
    except (OSError, ValueError) as error:
        raise Unreadable(f"its HTTP headers cannot be read ({cause(error)})") from error
    if not (headers.status_line or "").startswith("HTTP/") or headers.status_code is None:
        raise Unreadable("no HTTP status line")
    return Message(
        body,
        headers.get("Content-Type") or "",
        headers.status_code,
        headers.get("Transfer-Encoding") or "",
        headers.get("Content-Encoding") or "",
        headers.get("Content-Length") or "",
    )


def is_whole(message: Message) -> bool:
    """Whether the body has the length that the server told, newlines behind it aside."""
    length = message.length.strip()
    if not length.isdigit() or len(length) > 15:
        return False
    return len(message.body) >= int(length) and not message.body[int(length) :].strip(b"\r\n")


def check_is_page(message: Message, url: str) -> None:
    """Raises NoPage for what is none: errors, redirects, images …"""
    if message.status in range(300, 400) and message.status != 304:
        raise NoPage(f"redirect ({message.status})")
    if message.status not in {200, 203, 304}:
        raise NoPage(f"HTTP status {message.status}")
    if ROBOTS.fullmatch(url):
        raise NoPage("robots.txt")
    mime = _mime(message.content_type)
    if mime not in HTML_TYPES and mime not in UNSURE_TYPES:
        raise NoPage(f"no page: {brief(mime)}")


def unpack(message: Message) -> list[bytes]:
    """The body as it is stored, after each step of unpacking, and at last as it was meant.

    Raises Damaged, TooLarge; NoPage when it is empty or of no known type and no HTML.
    """
    stages = unwrap(message.body, message.transfer, message.encoding, PAGE_BYTES)
    if len(stages[-1]) > PAGE_BYTES:
        raise TooLarge
    if not stages[-1].strip():
        raise NoPage("empty body")
    if _mime(message.content_type) in UNSURE_TYPES and not looks_like_html(stages[-1]):
        raise NoPage("no page: of no known type")
    return stages


def _mime(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
