"""Which published posts and pages does an answer of the WordPress REST interface hold?"""

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from corpus.readers.inflate import GZIP, TooLarge, inflate
from corpus.readers.limits import JSON_BYTES, JSON_VALUES, PAGE_BYTES, TOO_LARGE
from corpus.readers.source import InputFile, brief, cause
from corpus.readers.wordpress import why_not
from corpus.values import Page, Problem

CONTENT_TYPE = "application/json; type=wp-post"
OPENING = re.compile(r"[ \t\r\n]*(?:\[[ \t\r\n]*)?")
BETWEEN = re.compile(r"[ \t\r\n]*([,\]])[ \t\r\n]*")
DECODER = json.JSONDecoder()


def read_rest(file: InputFile) -> Iterator[Page | Problem]:
    """Every post of a list, or the one post; the content of a page is its JSON as it was sent."""
    try:
        with file.path.open("rb") as opened:
            content = opened.read(JSON_BYTES + 1)
        if content.startswith(GZIP):
            content = inflate(content, JSON_BYTES)
        if len(content) > JSON_BYTES:
            raise TooLarge
        text = content.decode(json.detect_encoding(content))
    except (zlib.error, EOFError) as error:
        yield Problem(file.where, f"damaged gzip file ({cause(error)})")
    except TooLarge:
        yield Problem(file.where, f"JSON larger than {JSON_BYTES // 1_000_000} MB: split the list")
    except UnicodeDecodeError:
        yield Problem(file.where, "JSON that is no Unicode")
    else:
        yield from _read_text(text, file)


def _read_text(text: str, file: InputFile) -> Iterator[Page | Problem]:
    number = 0
    for number, found in enumerate(_iter_values(text), start=1):
        where = f"{file.where}, item {number}"
        if number > JSON_VALUES:
            yield Problem(where, f"more than {JSON_VALUES} values: what follows is not read")
            return
        if isinstance(found, str):
            yield Problem(where, found)
        else:
            yield _read_post(*found, where, file)
    if number == 0:
        yield Problem(file.where, "empty list", "skip")


def _iter_values(text: str) -> Iterator[tuple[Any, str] | str]:
    """Each value of the list, or the one value, with its text; and at last what is damaged."""
    opening = OPENING.match(text)
    assert opening is not None
    position = opening.end()
    in_list = "[" in opening.group()
    if in_list and text.startswith("]", position):
        return
    window, base = "", 0
    while True:
        if position - base > PAGE_BYTES // 4 or not window:
            # Nothing is parsed that is longer than a page: small values take much memory.
            window, base = text[position : position + PAGE_BYTES * 5 // 4], position
        try:
            value, length = DECODER.raw_decode(window, position - base)
        except (ValueError, RecursionError) as error:
            reason = _reason(error, window, is_cut=base + len(window) < len(text))
            yield f"damaged JSON at character {position} ({reason})"
            return
        end = base + length
        yield value, text[position:end]
        between = BETWEEN.match(text, end) if in_list else None
        if between is None or between.group(1) == "]":
            break
        position = between.end()
    if in_list and between is None:
        yield f"damaged JSON at character {end} (the list is not closed)"
    elif text[between.end() if between else end :].strip():
        yield f"more than one JSON value, at character {end}"


def _reason(error: ValueError | RecursionError, window: str, is_cut: bool) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "nested too deep" if isinstance(error, RecursionError) else "a number without end"
    at_end = error.pos >= len(window) - 8 or error.msg.startswith("Unterminated string")
    return "a value larger than a page" if is_cut and at_end else error.msg


def _read_post(post: Any, text: str, where: str, file: InputFile) -> Page | Problem:
    if not isinstance(post, dict) or not isinstance(post.get("content"), dict | str):
        code = post.get("code") if isinstance(post, dict) else None
        if isinstance(code, str) and "message" in post:
            return Problem(where, f"error of the REST interface: {brief(code)}", "skip")
        return Problem(where, "JSON that is no WordPress post", "skip")
    # Asked without a password, the interface tells published posts only, and may leave out both.
    kind, status = str(post.get("type") or "post"), str(post.get("status") or "publish")
    content = post["content"]
    locked = isinstance(content, dict) and bool(content.get("protected"))
    if reason := why_not(kind, status, locked):
        return Problem(where, reason, "skip")
    data = text.encode("utf-8", "replace")
    if len(data) > PAGE_BYTES:
        return Problem(where, TOO_LARGE)
    return Page(_address(post, file.url), data, file.captured, CONTENT_TYPE)


def _address(post: dict[str, Any], file_url: str) -> str:
    guid = post.get("guid")
    for url in (post.get("link"), guid.get("rendered") if isinstance(guid, dict) else guid):
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            return url.replace(" ", "%20")
    return f"{file_url}?p={post.get('id', '')}"
