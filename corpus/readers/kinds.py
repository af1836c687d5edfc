"""What kind of file is this, by its first bytes and then by its name?"""

import re
import zlib
from typing import Literal

from corpus.readers.inflate import GZIP

Kind = Literal["html", "warc", "arc", "zip", "wxr", "json", "dtd", "xml", "other"]

OPENING_BYTES = 16_384  # WordPress puts some 2 kB of comment before the first tag
LZ4 = b"\x04\x22\x4d\x18"
ZSTD = b"\x28\xb5\x2f\xfd"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
UTF16 = (b"\xff\xfe", b"\xfe\xff")

PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
LEADING = re.compile(r"(?:\s|\ufeff|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
DTD = re.compile(r"<!(?:doctype|entity)\b", re.IGNORECASE)
WORDPRESS = "wordpress.org/export/"


def recognize(name: str, opening: bytes) -> Kind:
    """The kind of a file, from its name and its first OPENING_BYTES.

    A file packed with gzip is of the kind of its content; the reader of that kind unpacks it.
    """
    name = name.lower().removesuffix(".gz")  # whether it is packed, its bytes say
    if opening.startswith(GZIP):
        opening = _unpack_opening(opening)
    if opening.startswith(b"WARC/"):
        return "warc"
    if opening.startswith((LZ4, ZSTD)):
        return "warc" if ".warc" in name else "other"
    if opening.startswith(b"filedesc://"):
        return "arc"
    if opening.startswith(ZIP):
        return "zip"
    return _by_text(name, opening)


def looks_like_html(content: bytes) -> bool:
    """Whether the first tag behind comments and declarations is one of HTML."""
    return _is_html(_text_of(content[:OPENING_BYTES]))


def _by_text(name: str, opening: bytes) -> Kind:
    text = _text_of(opening)
    if _is_html(text) or name.endswith(PAGE_NAMES):
        return "html"
    if name.endswith(".json"):
        return "json"
    if WORDPRESS in text and "<rss" in text:
        return "wxr"
    if name.endswith(".xml") or text.startswith("<?xml"):
        return "dtd" if DTD.search(text) else "xml"
    # What claims to be a web archive goes to the reader that tells what is wrong with it.
    by_name: dict[str, Kind] = {".warc": "warc", ".arc": "arc", ".wacz": "zip"}
    return next((kind for end, kind in by_name.items() if name.endswith(end)), "other")


def _is_html(text: str) -> bool:
    leading = LEADING.match(text)
    return HTML.match(text, leading.end() if leading else 0) is not None


def _text_of(opening: bytes) -> str:
    encoding = "utf-16" if opening.startswith(UTF16) else "utf-8"
    return opening.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _unpack_opening(opening: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(opening, OPENING_BYTES)
    except zlib.error:
        return b""
