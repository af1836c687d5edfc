"""Which bytes did the server mean, under the codings that it claimed and those that it used?

Headers lie in both directions: crawlers store bodies unpacked and keep the headers that say
"chunked" and "gzip", and servers pack what they do not announce. So the bytes decide.
"""

import io
import re
import zlib

from fastwarc.stream_io import BrotliReader, ZstdReader

from corpus.readers.inflate import GZIP, TooLarge, inflate
from corpus.readers.kinds import ZSTD
from corpus.readers.limits import CHUNKS
from corpus.readers.source import cause

CHUNK_HEAD = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
LAYERS = 5  # "gzip, gzip, br" was seen; more is an attack


class Damaged(Exception):
    """The body cannot be decoded; the message says why."""


def unwrap(body: bytes, transfer: str, encoding: str, limit: int) -> list[bytes]:
    """The body as it is, without chunks, and after each unpacking; the last is what was meant.

    `transfer` and `encoding` are the values of the headers Transfer-Encoding and Content-Encoding,
    "" when they are missing; `limit` is for the unpacked bytes. Raises Damaged, or TooLarge.
    """
    stages = [body, _join_chunks(body, declared="chunked" in transfer.lower())]
    claimed = [name.strip().lower() for name in encoding.split(",")]
    while (unpacked := _unpack(stages[-1], claimed.pop() if claimed else "", limit)) is not None:
        stages.append(unpacked)
        if len(stages) > LAYERS + 2:
            raise Damaged(f"packed more than {LAYERS} times")
    return stages


def _join_chunks(body: bytes, declared: bool) -> bytes:
    """Without its chunk lines a body that has them; one that has none is returned as it is.

    Where no chunks were declared, only a body that ends with the closing one is taken for chunked.
    """
    parts: list[bytes] = []
    position = 0
    while head := CHUNK_HEAD.match(body, position):
        if len(parts) > CHUNKS:
            raise Damaged(f"more than {CHUNKS} chunks")
        size = int(head.group(1), 16)
        if size == 0:
            return b"".join(parts) if declared or not body[head.end() :].strip() else body
        end = head.end() + size
        parts.append(body[head.end() : end])
        position = end + (2 if body.startswith(b"\r\n", end) else 1)
    if not declared or not parts:
        return body
    if position > len(body) + 2:
        raise Damaged("its last chunk is cut off")
    if position < len(body):
        raise Damaged("its chunks do not follow each other")
    return b"".join(parts)  # only the closing chunk is missing: the connection was closed early


def _unpack(body: bytes, claimed: str, limit: int) -> bytes | None:
    """One layer of packing less; None when there is none."""
    try:
        if body.startswith(GZIP):
            return inflate(body, limit)
        if body.startswith(ZSTD):
            return _read(ZstdReader(io.BytesIO(body)), limit)
        if claimed == "deflate":
            return _inflate_bare(body, limit)
        if claimed == "br":
            return _read(BrotliReader(io.BytesIO(body)), limit)
    except (zlib.error, EOFError, OSError) as error:
        if claimed in {"deflate", "br"} and _is_text(body):
            return None  # these two have no mark to know them by, and the claim was wrong
        raise Damaged(f"its {claimed or 'packed'} body is damaged ({cause(error)})") from error
    return None


def _inflate_bare(body: bytes, limit: int) -> bytes:
    """The coding "deflate", with the two bytes before it that RFC 9110 asks for or without."""
    zlib_mark = body[:1] == b"\x78" and int.from_bytes(body[:2]) % 31 == 0
    member = zlib.decompressobj(wbits=15 if zlib_mark else -15)
    out = member.decompress(body, limit + 1)
    if len(out) > limit:
        raise TooLarge
    if not member.eof:
        raise EOFError("the compressed data ends early")
    return out


def _read(reader: BrotliReader | ZstdReader, limit: int) -> bytes:
    out = bytearray()
    while len(out) <= limit and (more := reader.read(limit + 1 - len(out))):
        out += more
    if len(out) > limit:
        raise TooLarge
    return bytes(out)


def _is_text(body: bytes) -> bool:
    return b"\0" not in body and body.lstrip()[:1] == b"<"
