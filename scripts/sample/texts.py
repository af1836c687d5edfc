"""What do the sources of the sample say?"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

SOURCES = Path(__file__).parent
ARABIC = re.compile(r"[\u0621-\u064a]")
SIGNS = {"## ": "h2", "> ": "quote", "read: ": "read"}


class Block(NamedTuple):
    """A paragraph, heading, quotation, list item, or a link that a site puts between them."""

    kind: str  # "p", "h2", "quote", "item", "read"
    text: str

    @property
    def lang(self) -> str:
        return "ar" if ARABIC.search(self.text) else "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One article, and where and when its page was saved."""

    key: str  # the translations of one text share it
    lang: str
    title: str
    shown: str  # the date as the page shows it
    published: date | datetime  # as precise as the page says, but for `precision`
    body: str
    url: str
    file: str
    number: int
    captured: tuple[datetime, ...]
    precision: str | None = None
    author: str = ""
    author_slug: str = "desk"
    category: str = "reports"
    tags: tuple[str, ...] = ()
    comments: tuple[dict[str, str], ...] = ()
    meta: str = "visible"  # where the news theme tells the date: "jsonld", "og", "visible"
    format: str = "standard"
    charset: str = ""  # what an old page declares
    layout: str = "p"  # old pages: paragraphs, or "br" for line breaks
    canonical: bool = True

    @property
    def blocks(self) -> list[Block]:
        return list(iter_blocks(self.body))

    @property
    def lines(self) -> list[str]:
        """The text that must come out of the page, by blocks."""
        return [block.text for block in self.blocks if block.kind != "read"]

    @property
    def excerpt(self) -> str:
        return " ".join(self.lines[0].split()[:25])

    @property
    def upload(self) -> str:
        return f"{self.published:%Y/%m}/{self.key}.jpg"


def iter_blocks(body: str) -> Iterator[Block]:
    """Blank lines part blocks; a sign at the beginning says what a block is."""
    for part in re.split(r"\n\s*\n", body.strip()):
        if part.startswith("- "):
            yield from (Block("item", " ".join(item.split())) for item in part[2:].split("\n- "))
            continue
        sign = next((sign for sign in SIGNS if part.startswith(sign)), "")
        if sign:
            part = part.replace(sign, "")  # a quotation may carry its sign on every line
        yield Block(SIGNS.get(sign, "p"), " ".join(part.split()))


def load(name: str) -> tuple[dict[str, Any], list[Text]]:
    """One file of sources: all of it, and its texts in their order."""
    source = tomllib.loads((SOURCES / name).read_text("utf-8"))
    return source, [
        _read_text(source["site"], 1000 + 7 * place, row)
        for place, row in enumerate(source["text"])
    ]


def _read_text(site: dict[str, str], number: int, row: dict[str, Any]) -> Text:
    captured = row.pop("captured")
    row["captured"] = tuple(captured) if isinstance(captured, list) else (captured,)
    for several in ("tags", "comments"):
        row[several] = tuple(row.get(several, ()))
    row.setdefault("lang", "ar")
    row.setdefault("file", f"{row['key']}.{row['lang']}.html")
    ar = "/ar" if row["lang"] == "ar" else ""
    path = row.pop("path", None) or site["path"].format(ar=ar, **row)
    return Text(number=number, url=site["root"] + quote(path), **row)


def translations(texts: list[Text], text: Text) -> list[Text]:
    """The text in both languages, itself too; empty when there is one language only."""
    same = [other for other in texts if other.key == text.key]
    return same if len({other.lang for other in same}) > 1 else []


def others(texts: list[Text], text: Text, count: int = 3) -> list[Text]:
    """Texts of the same language, beginning with those that follow in the sources."""
    same = list({other.url: other for other in texts if other.lang == text.lang}.values())
    place = [other.url for other in same].index(text.url)
    return (same[place + 1 :] + same[:place])[:count]


def neighbours(texts: list[Text], text: Text) -> tuple[Text | None, Text | None]:
    """The texts of the same language before and after it in time."""
    same = newest(texts, text.lang, len(texts))[::-1]
    place = same.index(text)
    return same[place - 1] if place else None, (same[place + 1 :] or [None])[0]


def newest(texts: list[Text], lang: str, count: int = 5) -> list[Text]:
    same = [text for text in texts if text.lang == lang]
    return sorted(same, key=lambda text: (str(text.published), text.url), reverse=True)[:count]
