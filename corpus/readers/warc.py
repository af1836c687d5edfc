"""Which pages do the WARC records of a file hold?

The framing is ours and survives damage (`framing.py`); FastWARC parses each WARC record alone.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from fastwarc.warc import WarcRecord

from corpus.readers.digests import check_digest
from corpus.readers.framing import Block, iter_blocks
from corpus.readers.http import Damaged
from corpus.readers.inflate import TooLarge
from corpus.readers.limits import TOO_LARGE
from corpus.readers.messages import (
    Message,
    NoPage,
    Unreadable,
    check_is_page,
    is_whole,
    read_message,
    unpack,
)
from corpus.readers.revisits import Key, Originals, key_of_capture, key_of_digest
from corpus.readers.source import Fault, InputFile, brief, cause, read_time, time_in_url
from corpus.readers.streams import open_stream
from corpus.values import Page, Problem

PAGE_TYPES = ("response", "resource", "revisit")


def read_warc(file: InputFile, originals: Originals) -> Iterator[Page | Problem]:
    """Every WARC record of a file, plain or packed with gzip, LZ4 or Zstandard."""
    with file.open() as opened:
        blocks = iter_blocks(open_stream(opened))
        yield from read_blocks(blocks, file.where, file.captured, originals)


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
        except NoPage as skipped:
            yield Problem(place, str(skipped), "skip")
        except (Unreadable, Damaged) as refused:
            yield Problem(place, str(refused))
        except TooLarge:
            yield Problem(place, TOO_LARGE)
    if empty:
        yield Problem(where, "holds no record")


def _read_block(block: Block, captured: datetime, originals: Originals) -> Page:
    record = _parse(block)
    fields = record.headers
    kind = (fields.get("WARC-Type") or "").strip().lower()
    if kind == "continuation" or fields.get("WARC-Segment-Number"):
        raise Unreadable("part of a segmented WARC record")
    if kind not in PAGE_TYPES:
        if block.doubt:
            raise Unreadable(block.doubt)
        # The standard asks to pass over types that are not understood.
        raise NoPage(f"WARC record of type {brief(kind) or 'unknown'}")
    message = read_message(record)
    if block.doubt:
        _check_bytes(record, block, message, [message.body])
    url = _clean_url(fields.get("WARC-Target-URI") or "")
    captured = time_in_url(url) or read_time(fields.get("WARC-Date") or "") or captured
    check_is_page(message, url)
    if kind == "revisit":
        return _resolve(record, Page(url, b"", captured), originals)
    stages = unpack(message)
    _check_bytes(record, block, message, stages)
    page = Page(url, stages[-1], captured, message.content_type.strip() or "text/html")
    originals.remember(page, _keys(fields.get("WARC-Payload-Digest"), url, captured))
    return page


def _check_bytes(record: WarcRecord, block: Block, message: Message, bodies: list[bytes]) -> None:
    """Raises Unreadable when digests are stated and none is right, or a doubt is not settled.

    One right digest is enough: writers are known to state a wrong one for the block after they
    changed its headers, and to take the one of the body before or after unpacking. None right
    means that the bytes are not those that were captured, or that nobody can know it.
    """
    fields = record.headers
    of_block = fields.get("WARC-Block-Digest") or ""
    of_body = fields.get("WARC-Payload-Digest") or ""
    verdicts = {check_digest(block.content, of_block)}
    verdicts |= {check_digest(body, of_body) for body in bodies}
    if True in verdicts:
        return
    if False in verdicts:
        raise Unreadable(block.doubt or "its bytes do not have the digest that it states")
    if block.doubt and not is_whole(message):
        raise Unreadable(block.doubt)


def _parse(block: Block) -> WarcRecord:
    try:
        # Quirks mode takes bare newlines, which old crawlers and hand-made files have.
        reader = io.BytesIO(block.head + block.content)
        return WarcRecord.from_reader(reader, quirks_mode=True)
    except (OSError, ValueError) as error:
        raise Unreadable(f"its named fields cannot be read ({cause(error)})") from error


def _clean_url(text: str) -> str:
    """Without the angle brackets that WARC 1.0 asked for; spaces as %20.

    Raises Unreadable when nothing is left.
    """
    url = "".join(text.split("\t")).strip().removeprefix("<").removesuffix(">").strip()
    if not url:
        raise Unreadable("names no address (WARC-Target-URI)")
    return url.replace(" ", "%20")


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
        raise Unreadable("revisit of a page that is not in this input")
    content, content_type = found
    return replace(page, content=content, content_type=content_type)
