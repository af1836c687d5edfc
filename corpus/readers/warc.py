"""Which pages do the WARC records of a file hold?

The framing is ours and survives damage (`framing.py`); FastWARC parses each WARC record alone.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BufferedReader
from typing import BinaryIO
from urllib.parse import urlsplit

from fastwarc.stream_io import Lz4Reader, ZstdReader
from fastwarc.warc import WarcRecord

from corpus.readers.digests import check_digest
from corpus.readers.framing import Block, PlainStream, Stream, iter_blocks
from corpus.readers.http import Damaged, decode_body
from corpus.readers.inflate import GZIP, GzipMembers, TooLarge
from corpus.readers.kinds import LZ4, ZSTD, looks_like_html
from corpus.readers.limits import PAGE_BYTES
from corpus.readers.revisits import Key, Originals, key_of_capture, key_of_digest
from corpus.readers.source import Fault, InputFile, read_time, shown, time_in_url
from corpus.values import Page, Problem

HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
# Servers send pages under these when nobody has told them better, so the bytes decide.
UNSURE_TYPES = ("", "application/octet-stream", "unknown/unknown", "application/unknown")
PAGE_TYPES = ("response", "resource", "revisit")
LONGEST_HEADERS = 1_000_000


class _Skip(Exception):
    """The WARC record holds no page; the message says what it is."""


class _Refuse(Exception):
    """The WARC record cannot be read; the message says why."""


def read_warc(file: InputFile, originals: Originals) -> Iterator[Page | Problem]:
    """Every WARC record of a file, plain or packed with gzip, LZ4 or Zstandard."""
    try:
        with file.path.open("rb") as opened:
            blocks = iter_blocks(open_stream(opened))
            yield from read_blocks(blocks, file.where, file.captured, originals)
    except OSError as error:
        yield Problem(file.where, f"cannot be read ({error.strerror or error})")


def open_stream(opened: BufferedReader) -> Stream:
    """The unpacked bytes of an open file, whose first bytes tell how it is packed."""
    mark = opened.peek(4)[:4]
    if mark.startswith(GZIP):
        return GzipMembers(opened)
    unpackers: dict[bytes, Callable[[BinaryIO], Lz4Reader | ZstdReader]] = {
        LZ4: Lz4Reader,
        ZSTD: ZstdReader,
    }
    return PlainStream(unpackers[mark](opened).read if mark in unpackers else opened.read)


def read_blocks(
    blocks: Iterable[Block | Fault], where: str, captured: datetime, originals: Originals
) -> Iterator[Page | Problem]:
    """One outcome for each WARC record and each fault; `captured` is for undated ones."""
    empty = True
    for block in blocks:
        place = f"{where}, {block.place}"
        empty = False
        if not isinstance(block, Block):
            yield Problem(place, block.reason)
            continue
        try:
            yield _read_block(block, captured, originals)
        except _Skip as skipped:
            yield Problem(place, str(skipped), "skip")
        except (_Refuse, Damaged) as refused:
            yield Problem(place, str(refused))
        except TooLarge:
            yield Problem(place, f"page larger than {PAGE_BYTES // 1_000_000} MB")
    if empty:
        yield Problem(where, "holds no record")


@dataclass(frozen=True, slots=True)
class _Payload:
    """What was captured: the body as stored, and what the headers say of it."""

    body: bytes
    content_type: str = ""
    status: int = 200
    transfer: str = ""
    encoding: str = ""
    length: str = ""


def _read_block(block: Block, captured: datetime, originals: Originals) -> Page:
    record = _parse(block)
    fields = record.headers
    kind = (fields.get("WARC-Type") or "").strip().lower()
    if kind == "continuation" or fields.get("WARC-Segment-Number"):
        raise _Refuse("part of a segmented WARC record")
    if kind not in PAGE_TYPES:
        # The standard asks to pass over types that are not understood.
        raise _Refuse(block.doubt) if block.doubt else _Skip(f"WARC record of type {_name(kind)}")
    payload = _read_payload(record)
    if block.doubt:
        _check_bytes(record, block, payload)
    url = _clean_url(fields.get("WARC-Target-URI") or "")
    captured = time_in_url(url) or read_time(fields.get("WARC-Date") or "") or captured
    _check_is_page(payload, url)
    if kind == "revisit":
        return _resolve(record, Page(url, b"", captured), originals)
    _check_bytes(record, block, payload)
    content = _decode(payload)
    page = Page(url, content, captured, payload.content_type.strip() or "text/html")
    originals.remember(page, _keys(fields.get("WARC-Payload-Digest"), url, captured))
    return page


def _check_bytes(record: WarcRecord, block: Block, payload: _Payload) -> None:
    """Raises _Refuse when digests are stated and none is right, and when a doubt is not settled.

    One right digest is enough: writers are known to state a wrong one for the block after they
    changed its headers, and one for the payload that was taken before or after unpacking. None
    right means that the bytes are not those that were captured, or that nobody can know it.
    """
    fields = record.headers
    verdicts = {
        check_digest(block.content, fields.get("WARC-Block-Digest") or ""),
        check_digest(payload.body, fields.get("WARC-Payload-Digest") or ""),
    }
    if True in verdicts:
        return
    if False in verdicts:
        raise _Refuse(block.doubt or "its bytes do not have the digest that it states")
    if block.doubt and not _is_whole(payload):
        raise _Refuse(block.doubt)


def _parse(block: Block) -> WarcRecord:
    try:
        # Quirks mode takes bare newlines, which old crawlers and hand-made files have.
        reader = io.BytesIO(block.head + block.content)
        return WarcRecord.from_reader(reader, quirks_mode=True)
    except (OSError, ValueError) as error:
        raise _Refuse(f"its named fields cannot be read ({error})") from error


def _read_payload(record: WarcRecord) -> _Payload:
    """Takes the HTTP headers off, where there are any."""
    declared = record.headers.get("Content-Type") or ""
    if not record.is_http:
        return _Payload(record.reader.read(), declared)
    try:
        record.parse_http(quirks_mode=True, max_header_len=LONGEST_HEADERS)
        headers = record.http_headers
        body = record.reader.read()
    except (OSError, ValueError) as error:
        raise _Refuse(f"its HTTP headers cannot be read ({error})") from error
    if not (headers.status_line or "").startswith("HTTP/") or headers.status_code is None:
        raise _Refuse("no HTTP status line")
    return _Payload(
        body,
        headers.get("Content-Type") or "",
        headers.status_code,
        headers.get("Transfer-Encoding") or "",
        headers.get("Content-Encoding") or "",
        headers.get("Content-Length") or "",
    )


def _is_whole(payload: _Payload) -> bool:
    """Whether the body has the length that the server told, newlines behind it aside."""
    length = payload.length.strip()
    if not length.isdigit() or len(length) > 15:
        return False
    return len(payload.body) >= int(length) and not payload.body[int(length) :].strip(b"\r\n")


def _check_is_page(payload: _Payload, url: str) -> None:
    """Raises _Skip for what is none: errors, redirects, images …"""
    if payload.status in range(300, 400) and payload.status != 304:
        raise _Skip(f"redirect ({payload.status})")
    if payload.status not in {200, 203, 304}:
        raise _Skip(f"HTTP status {payload.status}")
    if urlsplit(url).path == "/robots.txt":
        raise _Skip("robots.txt")
    mime = _mime(payload.content_type)
    if mime not in HTML_TYPES and mime not in UNSURE_TYPES:
        raise _Skip(f"no page: {_name(mime)}")


def _decode(payload: _Payload) -> bytes:
    content = decode_body(payload.body, payload.transfer, payload.encoding, PAGE_BYTES)
    if len(content) > PAGE_BYTES:
        raise TooLarge
    if not content.strip():
        raise _Skip("empty body")
    if _mime(payload.content_type) in UNSURE_TYPES and not looks_like_html(content):
        raise _Skip("no page: of no known type")
    return content


def _mime(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _clean_url(text: str) -> str:
    """Without the angle brackets that WARC 1.0 asked for; spaces as %20.

    Raises _Refuse when nothing is left.
    """
    url = "".join(text.split("\t")).strip().removeprefix("<").removesuffix(">").strip()
    if not url:
        raise _Refuse("names no address (WARC-Target-URI)")
    return url.replace(" ", "%20")


def _name(word: str) -> str:
    return shown(word[:60]) or "unknown"


def _keys(digest: str | None, url: str, captured: datetime) -> list[Key]:
    return [key_of_capture(url, captured), *([key_of_digest(digest)] if digest else [])]


def _resolve(record: WarcRecord, page: Page, originals: Originals) -> Page:
    """The page of a revisit record: the content of then, the time of now."""
    fields = record.headers
    keys: list[Key] = []
    then = read_time(fields.get("WARC-Refers-To-Date") or "")
    if then:
        target = fields.get("WARC-Refers-To-Target-URI")
        keys.append(key_of_capture(_clean_url(target) if target else page.url, then))
    if digest := fields.get("WARC-Payload-Digest"):
        keys.append(key_of_digest(digest))
    if not (found := originals.find(keys)):
        raise _Refuse("revisit of a page that is not in this input")
    content, content_type = found
    return replace(page, content=content, content_type=content_type)
