"""Which page does one HTML file hold?"""

import zlib
from collections.abc import Iterator

from corpus.readers.inflate import GZIP, TooLarge, inflate
from corpus.readers.limits import PAGE_BYTES, TOO_LARGE
from corpus.readers.source import InputFile, cause
from corpus.values import Page, Problem


def read_html(file: InputFile) -> Iterator[Page | Problem]:
    """One page, or one problem. Files packed with gzip are unpacked."""
    try:
        with file.path.open("rb") as opened:
            content = opened.read(PAGE_BYTES + 1)
        if content.startswith(GZIP):
            content = inflate(content, PAGE_BYTES)
    except (zlib.error, EOFError) as error:
        yield Problem(file.where, f"damaged gzip file ({cause(error)})")
    except TooLarge:
        yield Problem(file.where, TOO_LARGE)
    else:
        if len(content) > PAGE_BYTES:
            yield Problem(file.where, TOO_LARGE)
        elif not content.strip():
            yield Problem(file.where, "empty file")
        else:
            yield Page(file.url, content, file.captured, file.content_type or "text/html")
