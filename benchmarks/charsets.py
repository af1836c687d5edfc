"""Are Arabic pages read right, whatever their bytes claim?

    python benchmarks/charsets.py ../shared/eval

Sixty Arabic pages are written again in eleven ways: in encodings that they declare, do not declare
or lie about, and encoded twice. A page is right when its text is that of the page in UTF-8.
"""

import argparse
import gzip
import json
import re
import tarfile
from collections.abc import Callable
from pathlib import Path

from results import machine, table, write_section

from corpus.extraction.decoding import decode

PAGES = 60
_META = re.compile(r"<meta[^>]*charset[^>]*>", re.I)
Case = tuple[str, Callable[[str], bytes], str]


def main() -> None:
    """Measure, print and write the section "Encodings"."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("folder", type=Path, help="the evaluation data")
    pages = arabic_pages(cli.parse_args().folder / "extract")
    rows: list[list[object]] = []
    for name, encode, header in CASES:
        right = sum(_is_right(page, encode, header) for page in pages)
        rows.append([name, header or "none", right, len(pages)])
    body = table(["bytes", "header", "right", "pages"], rows)
    print(body)
    write_section("Encodings", f"{body}\n\n{machine('resiliparse', 'lxml')}")


def arabic_pages(folder: Path) -> list[str]:
    """The first PAGES Arabic pages whose letters windows-1256 and iso-8859-6 can write."""
    with gzip.open(folder / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    wanted = [row["html"] for row in rows if re.search(r"[\u0621-\u064a]{3}", row["text"] or "")]
    pages: list[str] = []
    with tarfile.open(folder / "pages.tar.xz") as archive:
        for name in wanted:
            if len(pages) < PAGES and (member := archive.extractfile(name)):
                pages.append(_plain(member.read().decode("utf-8", "replace")))
    return pages


def _plain(page: str) -> str:
    """The page without the letters that the old encodings lack."""
    page = page.replace("\ufeff", "").replace("\ufffd", "")
    for encoding in ("cp1256", "iso8859-6"):
        page = page.encode(encoding, "ignore").decode(encoding)
    return page


def _said(encoding: str, page: str) -> str:
    page = _META.sub("", page)
    return f'<meta charset="{encoding}">{page}' if encoding else page


def _latin(content: bytes) -> str:
    """Bytes taken for windows-1252, as browsers take them: what it leaves open are controls."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) if byte > 127 else chr(byte)
        for byte in content
    )


def _is_right(page: str, encode: Callable[[str], bytes], header: str) -> bool:
    content_type = f"text/html; charset={header}" if header else "text/html"
    text = decode(encode(page), content_type).text
    return "".join(_META.sub("", text).split()) == "".join(_META.sub("", page).split())


CASES: list[Case] = [
    ("UTF-8", lambda page: _said("utf-8", page).encode(), "utf-8"),
    ("UTF-8, declares nothing", lambda page: _said("", page).encode(), ""),
    ("UTF-8, says windows-1256", lambda page: _said("windows-1256", page).encode(), "windows-1256"),
    ("UTF-8, says iso-8859-1", lambda page: _said("iso-8859-1", page).encode(), "iso-8859-1"),
    ("windows-1256", lambda page: _said("windows-1256", page).encode("cp1256"), "windows-1256"),
    ("windows-1256, declares nothing", lambda page: _said("", page).encode("cp1256"), ""),
    ("windows-1256, says UTF-8", lambda page: _said("utf-8", page).encode("cp1256"), "utf-8"),
    ("windows-1256, says iso-8859-1", lambda page: _said("", page).encode("cp1256"), "iso-8859-1"),
    ("iso-8859-6, declares nothing", lambda page: _said("", page).encode("iso8859-6"), ""),
    ("UTF-16 without a mark", lambda page: _said("", page).encode("utf-16-le"), ""),
    (
        "UTF-8 taken for windows-1252 and encoded again",
        lambda page: _latin(_said("utf-8", page).encode()).encode(),
        "utf-8",
    ),
]


if __name__ == "__main__":
    main()
