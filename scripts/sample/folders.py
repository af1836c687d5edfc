"""Which pages are made of the texts of news.toml and old.toml?"""

import hashlib
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sample.texts import SOURCES, Text, load, neighbours, newest, others, translations

TEMPLATES = Environment(
    loader=FileSystemLoader(SOURCES),
    undefined=StrictUndefined,
    autoescape=True,
    keep_trailing_newline=True,
)
UTF_8 = "text/html; charset=UTF-8"


class Saved(NamedTuple):
    """One file of a folder, with its row of pages.csv."""

    file: str
    url: str
    captured: datetime
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists texts: home, category, tag."""

    file: str
    url: str
    lang: str
    title: str
    body_class: str
    captured: datetime


def render(template: str, **values: Any) -> str:
    return TEMPLATES.get_template(template).render(values)


def news_files() -> Iterator[Saved]:
    source, texts = load("news.toml")
    root = source["site"]["root"]
    homes = {"en": f"{root}/", "ar": f"{root}/ar/"}

    def frame(page: Text | Listing) -> dict[str, Any]:
        return {
            "page": page,
            "words": source["words"][page.lang],
            "root": root,
            "home": homes[page.lang],
            "other_home": homes["ar" if page.lang == "en" else "en"],
            "recent": newest(texts, page.lang),
        }

    for text in texts:
        words = source["words"][text.lang]
        previous, following = neighbours(texts, text)
        page = render(
            "news.html",
            **frame(text),
            body=markup(text, words["read_also"]),
            pair=translations(texts, text),
            linked_data=linked_data(text, words["site"]),
            previous=previous,
            following=following,
            related=others(texts, text),
        )
        yield Saved(text.file, text.url, text.captured[0], UTF_8, page.encode())
    for row in source["list"]:
        path, count, tag = row.pop("path"), row.pop("count"), row.pop("tag", None)
        listing = Listing(url=root + path, **row)
        listed = newest([t for t in texts if tag in (None, *t.tags)], listing.lang, count)
        page = render("news-list.html", **frame(listing), listed=listed)
        yield Saved(listing.file, listing.url, listing.captured, UTF_8, page.encode())
    row = source["damaged"]
    photograph = damaged(row["bytes"])
    yield Saved(row["file"], root + row["path"], row["captured"], UTF_8, photograph)


def markup(text: Text, read_also: str = "") -> str:
    """The body in HTML; a run of items is one list, a block in the other language says so."""
    parts = []
    for block in text.blocks:
        content = html.escape(block.text, quote=False)
        direction = "rtl" if block.lang == "ar" else "ltr"
        other = f' lang="{block.lang}" dir="{direction}"' if block.lang != text.lang else ""
        if block.kind == "item":
            parts.append(f"<ul>\n<li>{content}</li>\n</ul>")
        elif block.kind == "quote":
            parts.append(f"<blockquote><p{other}>{content}</p></blockquote>")
        elif block.kind == "read":
            parts.append(f'<p><strong>{read_also}</strong> <a href="/?p=7">{content}</a></p>')
        else:
            parts.append(f"<{block.kind}{other}>{content}</{block.kind}>")
    return "\n".join(parts).replace("</ul>\n<ul>\n", "")


def linked_data(text: Text, site: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": text.url},
        "headline": text.title,
        "datePublished": text.published.isoformat(),
        "author": {"@type": "Person", "name": text.author},
        "publisher": {"@type": "Organization", "name": site},
        "inLanguage": text.lang,
    }
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def damaged(length: int) -> bytes:
    """A photograph that was saved under a page's name: a JPEG head, then disorder."""
    head = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043")
    body = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(length // 32 + 1))
    return (head + body)[:length]


def old_files() -> Iterator[Saved]:
    source, texts = load("old.toml")
    frame = {"words": source["words"], "recent": newest(texts, "ar")}
    for text in texts:
        page = render(
            "old.html", **frame, page=text, body=old_markup(text), related=others(texts, text)
        )
        yield Saved(text.file, text.url, text.captured[0], "text/html", encode_old(page))
    row = source["list"]
    page = render("old.html", **frame, page=row, listed=texts)
    url = source["site"]["root"] + row["path"]
    yield Saved(row["file"], url, row["captured"], "text/html", encode_old(page))


def old_markup(text: Text) -> str:
    """Paragraphs as such pages were typed: lines are left as they are, tags are not closed."""
    paragraphs = [html.escape(part, quote=False) for part in text.body.strip().split("\n\n")]
    if text.layout == "br":
        return "<FONT SIZE=3>" + "<BR><BR>\n".join(paragraphs) + "</FONT><BR>"
    return "\n".join(f"<P ALIGN=JUSTIFY><FONT SIZE=3>{part}</FONT>" for part in paragraphs)


def encode_old(page: str) -> bytes:
    """windows-1256 has no eastern digits: pages of that time wrote them as references."""
    return page.encode("windows-1256", "xmlcharrefreplace")
