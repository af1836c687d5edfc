"""Which pages do the WARC files in a WACZ file hold?

A WACZ is a ZIP with WARC files in `archive/`, indexes of them, and a `datapackage.json` with
digests. Indexes are not read: the WARC records themselves say what they are.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zipfile import ZipInfo

from corpus.readers.digests import check_digest
from corpus.readers.framing import iter_blocks
from corpus.readers.limits import PAGE_BYTES, WACZ_DEPTH
from corpus.readers.revisits import Originals
from corpus.readers.source import InputFile, brief, cause, shown
from corpus.readers.streams import open_stream
from corpus.readers.warc import read_blocks
from corpus.readers.zips import ZIP_ERRORS, Zip
from corpus.values import Page, Problem

WARC_NAMES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
PACKAGE_NAMES = (".wacz",)
PACKAGE = "datapackage.json"
PACKAGE_DIGEST = "datapackage-digest.json"

Items = Iterator[Page | Problem]


def read_wacz(file: InputFile, originals: Originals) -> Items:
    """Every WARC record in a WACZ file, and in the WACZ files that a WACZ file holds."""
    try:
        with file.open() as opened:
            yield from _Package(Zip(opened), file.where, file.captured, originals).read()
    except ZIP_ERRORS as error:
        yield Problem(file.where, f"no readable ZIP file ({cause(error)})")


@dataclass(frozen=True, slots=True)
class _Package:
    """One open WACZ file; `depth` counts those around it."""

    archive: Zip
    where: str
    captured: datetime
    originals: Originals
    depth: int = 0

    def read(self) -> Items:
        entries = self.archive.entries()
        warcs = [info for info in entries if info.filename.lower().endswith(WARC_NAMES)]
        packages = [info for info in entries if info.filename.lower().endswith(PACKAGE_NAMES)]
        if not warcs and not packages:
            is_package = self.where.lower().endswith(PACKAGE_NAMES)
            kind: Literal["quarantine", "skip"] = "quarantine" if is_package else "skip"
            yield Problem(self.where, "ZIP file without WARC files", kind)
            return
        stated: dict[str, str] = {}
        for found in _read_digests(self.archive, entries, self.where):
            if isinstance(found, Problem):
                yield found
            else:
                stated = found
        for name in sorted(stated.keys() - {info.filename for info in entries}):
            yield Problem(self.where, f"lacks a file that its {PACKAGE} names: {brief(name)}")
        for info in warcs:
            yield from self._read_warc(info, stated.get(info.filename, ""))
        for info in packages:
            yield from self._read_nested(info)

    def _read_warc(self, info: ZipInfo, stated: str) -> Items:
        where = self._where(info)
        try:
            with self.archive.open(info, stated) as entry:
                blocks = iter_blocks(open_stream(io.BufferedReader(entry)))
                yield from read_blocks(blocks, where, self.captured, self.originals)
                if entry.failure:
                    yield Problem(where, entry.failure)
        except ZIP_ERRORS as error:
            yield Problem(where, f"cannot be read ({cause(error)})")

    def _read_nested(self, info: ZipInfo) -> Items:
        where = self._where(info)
        if self.depth == WACZ_DEPTH:
            yield Problem(where, "WACZ files nested too deep")
            return
        try:
            inner = Zip(self.archive.open_stored(info), self.archive.allowance)
            yield from replace(self, archive=inner, where=where, depth=self.depth + 1).read()
        except ZIP_ERRORS as error:
            yield Problem(where, f"no readable ZIP file ({cause(error)})")

    def _where(self, info: ZipInfo) -> str:
        return f"{self.where}, {shown(info.filename)}"


def _read_digests(
    archive: Zip, entries: list[ZipInfo], where: str
) -> Iterator[dict[str, str] | Problem]:
    """The digests by name that datapackage.json states, once it is itself the stated one."""
    try:
        texts = {
            info.filename: archive.read(info, PAGE_BYTES)
            for info in entries
            if info.filename in {PACKAGE, PACKAGE_DIGEST}
        }
        if PACKAGE_DIGEST in texts:
            own = json.loads(texts[PACKAGE_DIGEST])["hash"]
            if check_digest(texts.get(PACKAGE, b""), own) is False:
                yield Problem(where, f"its {PACKAGE} does not have the digest that is stated")
        if PACKAGE in texts:
            resources = json.loads(texts[PACKAGE])["resources"]
            yield {item["path"]: item["hash"] for item in resources if "hash" in item}
    except (*ZIP_ERRORS, KeyError, TypeError, AttributeError) as error:
        yield Problem(where, f"its {PACKAGE} cannot be read ({type(error).__name__})")
