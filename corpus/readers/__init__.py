"""Which pages do these files hold, whatever their form, and what in them is no page?

Every item of the input has exactly one outcome: a Page, or a Problem that says where and why.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.readers.arc import read_arc
from corpus.readers.folder import check_input, iter_files
from corpus.readers.html import read_html
from corpus.readers.kinds import OPENING_BYTES, Kind, recognize
from corpus.readers.limits import FAULTS
from corpus.readers.reading import InputReading
from corpus.readers.rest import read_rest
from corpus.readers.revisits import Originals
from corpus.readers.source import InputFile, cause
from corpus.readers.wacz import read_wacz
from corpus.readers.warc import read_warc
from corpus.readers.wxr import read_wxr
from corpus.values import Page, Problem

__all__ = ["InputReading", "read_items", "read_pages"]

Items = Iterator[Page | Problem]


def read_pages(path: str | Path) -> Iterator[Page]:
    """The pages in a folder or file: HTML, WARC, WACZ, ARC, WordPress exports (WXR, REST JSON).

    What is no page or cannot be read is left out without a word; `import_pages` reports it.
    Raises UnreadableInput when the path itself cannot be read.
    """
    return (item for item in read_items(Path(path)) if isinstance(item, Page))


def read_items(*paths: Path, reading: InputReading | None = None) -> Items:
    """Everything in these folders and files, in the order of names: pages, and what is none.

    A revisit record finds the page it means in any of them that was read before. `reading` is told
    how far it is. Raises UnreadableInput, at once, when one of the paths cannot be read; nothing
    inside them raises.
    """
    for path in paths:
        check_input(path)
    return _read_all(paths, reading or InputReading())


def _read_all(paths: tuple[Path, ...], reading: InputReading) -> Items:
    originals = Originals()
    readers: dict[Kind, Callable[[InputFile], Items]] = {
        "html": read_html,
        "wxr": read_wxr,
        "json": read_rest,
        "arc": lambda file: read_arc(file, originals),
        "warc": lambda file: read_warc(file, originals),
        "zip": lambda file: read_wacz(file, originals),
    }
    for path in paths:
        for file in iter_files(path):
            if isinstance(file, Problem):
                yield file
            else:
                yield from _read_file(replace(file, opener=reading.open), readers)
                reading.finish(file, in_folder=path.is_dir())


def _read_file(file: InputFile, readers: dict[Kind, Callable[[InputFile], Items]]) -> Items:
    try:
        with file.path.open("rb") as opened:
            kind = recognize(file.path.name, opened.read(OPENING_BYTES))
        if kind in readers:
            yield from _until_too_many(readers[kind](file), file.where)
        elif kind == "dtd":
            yield Problem(file.where, "XML with a document type of its own (DTD): refused")
        elif kind == "xml":
            yield Problem(file.where, "XML that is no WordPress export", "skip")
        else:
            yield Problem(file.where, "no page: a file of another kind", "skip")
    except OSError as error:
        yield Problem(file.where, f"cannot be read ({cause(error)})")


def _until_too_many(items: Items, where: str) -> Items:
    """The items of one file, until it holds FAULTS faults and fewer pages than that: each fault is
    a row for people to look at, and nobody looks at a million."""
    pages = faults = 0
    for item in items:
        pages += isinstance(item, Page)
        faults += isinstance(item, Problem) and item.kind == "quarantine"
        if faults > max(FAULTS, pages):
            yield Problem(where, f"more than {FAULTS} faults: what follows is not read")
            return
        yield item
