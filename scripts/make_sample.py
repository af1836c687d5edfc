"""How is corpus/sample made from the texts and templates of scripts/sample?

    python scripts/make_sample.py [FOLDER]

writes the three looks of the sample archive: `news/` (a WordPress theme), `old/` (bare tables in
windows-1256) and `bilingual.warc.gz` (captures over time). The same sources give the same bytes:
no clock and no chance enters.
"""

import csv
import hashlib
import html
import io
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SOURCES = Path(__file__).parent / "sample"
SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
TEMPLATES = Environment(
    loader=FileSystemLoader(SOURCES),
    undefined=StrictUndefined,
    autoescape=True,
    keep_trailing_newline=True,
)
ARABIC = re.compile(r"[\u0621-\u064a]")
RELATED = 3
RECENT = 5


class Block(NamedTuple):
    """A paragraph, heading, quotation, list item, or a link that a site puts between them."""

    kind: str  # "p", "h2", "quote", "item", "read"
    text: str

    @property
    def lang(self) -> str:
        return "ar" if ARABIC.search(self.text) else "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One article of the sources, and where and when its page was saved."""

    key: str  # the translations of one text share it
    lang: str
    title: str
    shown: str  # the date as the page shows it
    body: str
    url: str
    file: str
    number: int
    captured: tuple[datetime, ...]
    published: date | datetime | None = None  # as precise as the page says
    precision: str | None = None  # where it is not plain from `published`
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
        """What a reader of this page reads: the text that must come out of it, by blocks."""
        return [block.text for block in self.blocks if block.kind != "read"]

    @property
    def excerpt(self) -> str:
        return " ".join(self.lines[0].split()[:25])

    @property
    def upload(self) -> str:
        return f"{self.published or self.captured[0]:%Y/%m}/{self.key}.jpg"


def iter_blocks(body: str) -> Iterator[Block]:
    """Blank lines part blocks; `## `, `> `, `- ` and `read: ` say what they are."""
    signs = {"## ": "h2", "> ": "quote", "read: ": "read"}
    for part in re.split(r"\n\s*\n", body.strip()):
        if part.startswith("- "):
            yield from (Block("item", " ".join(i.split())) for i in part[2:].split("\n- "))
            continue
        sign = next((sign for sign in signs if part.startswith(sign)), "")
        if sign:
            part = part.replace(sign, "")  # a quotation may carry its sign on every line
        yield Block(signs.get(sign, "p"), " ".join(part.split()))


def load(name: str) -> tuple[dict[str, Any], list[Text]]:
    """The words of a site's templates, and its texts in the order of the file."""
    source = tomllib.loads((SOURCES / name).read_text("utf-8"))
    texts = []
    for number, row in enumerate(source["text"]):
        captured = row.pop("captured")
        row["captured"] = tuple(captured if isinstance(captured, list) else [captured])
        row["tags"] = tuple(row.get("tags", ()))
        row["comments"] = tuple(row.get("comments", ()))
        path = row.pop("path", "")
        row.setdefault("lang", source["site"].get("lang", "ar"))
        row.setdefault("file", f"{row['key']}.{row['lang']}.html")
        row["url"] = source["site"]["root"] + quote(path or default_path(source["site"], row))
        texts.append(Text(number=1000 + 7 * number, **row))
    return source, texts


def default_path(site: dict[str, Any], row: dict[str, Any]) -> str:
    published: date = row.get("published") or row["captured"][0]
    return site["path"].format(
        key=row["key"],
        file=row["file"],
        date=published,
        ar="/ar" if row["lang"] == "ar" else "",
        lang=row["lang"],
    )


def render_blocks(text: Text, read_also: str = "") -> str:
    """The body as markup; a run of items is one list, a foreign block says its language."""
    parts = []
    for block in text.blocks:
        content = html.escape(block.text, quote=False)
        other = "" if block.lang == text.lang else _direction(block.lang)
        if block.kind == "item":
            parts.append(f"<ul>\n<li>{content}</li>\n</ul>")
        elif block.kind == "quote":
            parts.append(f"<blockquote><p{other}>{content}</p></blockquote>")
        elif block.kind == "read":
            parts.append(f'<p><strong>{read_also}</strong> <a href="/?p=7">{content}</a></p>')
        else:
            parts.append(f"<{block.kind}{other}>{content}</{block.kind}>")
    return "\n".join(parts).replace("</ul>\n<ul>\n", "")


def _direction(lang: str) -> str:
    return f' lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"'


def pick(texts: list[Text], text: Text, count: int) -> list[Text]:
    """`count` others of the same language, beginning with those that follow in the file."""
    same = [other for other in texts if other.lang == text.lang]
    place = same.index(text) if text in same else 0
    turned = same[place:] + same[:place]
    found: list[Text] = []
    for other in turned:
        if other.url != text.url and all(other.url != earlier.url for earlier in found):
            found.append(other)
    return found[:count]


def neighbours(texts: list[Text], text: Text) -> tuple[Text | None, Text | None]:
    same = sorted((t for t in texts if t.lang == text.lang), key=lambda t: t.url)
    place = same.index(text)
    before = same[place - 1] if place else None
    return before, same[place + 1] if place + 1 < len(same) else None


def newest(texts: list[Text], lang: str, count: int = RECENT) -> list[Text]:
    same = [text for text in texts if text.lang == lang]
    return sorted(same, key=lambda text: (str(text.published), text.url), reverse=True)[:count]


def linked_data(text: Text, site: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": text.url},
        "headline": text.title,
        "datePublished": text.published.isoformat() if text.published else None,
        "author": {"@type": "Person", "name": text.author},
        "publisher": {"@type": "Organization", "name": site},
        "inLanguage": text.lang,
    }
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


class Saved(NamedTuple):
    """One file of a folder, with its row of pages.csv."""

    file: str
    url: str
    captured: datetime
    content_type: str
    content: bytes


def news_files() -> Iterator[Saved]:
    source, texts = load("news.toml")
    root = source["site"]["root"]
    homes = {"en": f"{root}/", "ar": f"{root}/ar/"}

    def render(template: str, page: Any, **values: Any) -> bytes:
        place = {
            "page": page,
            "words": source["words"][page.lang],
            "root": root,
            "home": homes[page.lang],
            "other_home": homes["ar" if page.lang == "en" else "en"],
            "recent": newest(texts, page.lang),
        }
        return TEMPLATES.get_template(template).render(place | values).encode()

    for text in texts:
        words = source["words"][text.lang]
        previous, following = neighbours(texts, text)
        content = render(
            "news.html",
            text,
            body=render_blocks(text, words["read_also"]),
            pair=[t for t in texts if t.key == text.key] if is_pair(texts, text) else [],
            linked_data=linked_data(text, words["site"]),
            previous=previous,
            following=following,
            related=pick(texts, text, RELATED),
        )
        yield Saved(text.file, text.url, text.captured[0], "text/html; charset=UTF-8", content)
    for row in source["list"]:
        tag = row.pop("tag", None)
        tagged = [text for text in texts if tag is None or tag in text.tags]
        listed = newest(tagged, row["lang"], row.pop("count"))
        url = root + row.pop("path")
        listing = Listing(url=url, **row)
        content = render("news-list.html", listing, listed=listed)
        yield Saved(row["file"], url, row["captured"], "text/html; charset=UTF-8", content)
    damaged = source["damaged"]
    yield Saved(
        damaged["file"],
        root + damaged["path"],
        damaged["captured"],
        "text/html; charset=UTF-8",
        noise(damaged["bytes"]),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists texts: home, category, tag."""

    file: str
    url: str
    lang: str
    title: str
    body_class: str
    captured: datetime


def is_pair(texts: list[Text], text: Text) -> bool:
    return len({other.lang for other in texts if other.key == text.key}) > 1


def noise(length: int) -> bytes:
    """Bytes of a photograph that was saved under a page's name: a JPEG head, then disorder."""
    head = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043")
    body = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(length // 32 + 1))
    return (head + body)[:length]


def old_files() -> Iterator[Saved]:
    source, texts = load("old.toml")
    template = TEMPLATES.get_template("old.html")
    words = source["words"]
    for text in texts:
        page = template.render(
            page=text,
            words=words,
            body=old_body(text),
            related=pick(texts, text, RELATED),
            recent=newest(texts, "ar"),
        )
        yield Saved(text.file, text.url, text.captured[0], "text/html", encode_old(page))
    row = source["list"]
    url = source["site"]["root"] + row["path"]
    page = template.render(
        page={"title": row["title"], "charset": "windows-1256"},
        words=words,
        listed=texts,
        recent=newest(texts, "ar"),
    )
    yield Saved(row["file"], url, row["captured"], "text/html", encode_old(page))


def old_body(text: Text) -> str:
    """Paragraphs as such pages were typed: lines are left as they are, tags are not closed."""
    paragraphs = [html.escape(part, quote=False) for part in text.body.strip().split("\n\n")]
    if text.layout == "br":
        return "<FONT SIZE=3>" + "<BR><BR>\n".join(paragraphs) + "</FONT><BR>"
    return "\n".join(f"<P ALIGN=JUSTIFY><FONT SIZE=3>{part}</FONT>" for part in paragraphs)


def encode_old(page: str) -> bytes:
    """windows-1256 has no eastern digits: pages of that time wrote them as references."""
    return page.encode("windows-1256", "xmlcharrefreplace")


class Captured(NamedTuple):
    """One WARC record to be."""

    time: datetime
    url: str
    status: str
    headers: tuple[tuple[str, str], ...]
    content: bytes
    revisit_of: datetime | None = None


def warc_items() -> Iterator[Captured]:
    source, texts = load("bilingual.toml")
    root = source["site"]["root"]
    homes = {"en": f"{root}/", "ar": f"{root}/ar/"}

    def render(template: str, page: Any, built: str, **values: Any) -> bytes:
        place = {
            "page": page,
            "words": source["words"][page["lang"] if isinstance(page, dict) else page.lang],
            "root": root,
            "home": homes["en" if isinstance(page, dict) else page.lang],
            "other_home": homes["ar" if isinstance(page, dict) or page.lang == "en" else "en"],
            "built": built,
        }
        return TEMPLATES.get_template(template).render(place | values).encode()

    for text in texts:
        for time in text.captured:
            content = render(
                "bilingual.html",
                text,
                f"{time:%Y-%m-%d %H:%M}",
                body=render_blocks(text),
                pair=[t for t in texts if t.key == text.key] if is_pair(texts, text) else [],
                related=pick(texts, text, RELATED),
            )
            yield Captured(time, text.url, "200 OK", HTML_HEADERS, content)
    home = source["home"]
    built = f"{home['captured']:%Y-%m-%d %H:%M}"
    content = render("bilingual-home.html", home, built, listed=texts)
    yield Captured(home["captured"], homes["en"], "200 OK", HTML_HEADERS, content)
    for row in source["other"]:
        headers = tuple((name, value) for name, value in row["headers"].items())
        content = bytes.fromhex(row["hex"]) if "hex" in row else row.get("content", "").encode()
        yield Captured(
            row["captured"],
            root + row["path"],
            row["status"],
            headers,
            content,
            row.get("revisit_of"),
        )


HTML_HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx"))


def build_warc() -> bytes:
    """All captures in the order of time; record ids are made from place and time."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    items = sorted(warc_items(), key=lambda item: (item.time, item.url))
    digests: dict[tuple[str, datetime], str] = {}
    head = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": record_id("warcinfo", items[0].time),
        "WARC-Date": stamp(items[0].time),
        "WARC-Filename": "bilingual.warc.gz",
    }
    about = b"software: scripts/make_sample.py\r\ndescription: invented sample of Kashaf\r\n"
    info = writer.create_warc_record(
        "", "warcinfo", payload=io.BytesIO(about), length=len(about), warc_headers_dict=head
    )
    writer.write_record(info)
    for item in items:
        named = {
            "WARC-Record-ID": record_id(item.url, item.time),
            "WARC-Date": stamp(item.time),
        }
        http = StatusAndHeaders(item.status, list(item.headers), protocol="HTTP/1.1")
        if item.revisit_of:
            record = writer.create_revisit_record(
                item.url,
                digests[item.url, item.revisit_of],
                item.url,
                stamp(item.revisit_of),
                http_headers=http,
                warc_headers_dict=named,
            )
        else:
            record = writer.create_warc_record(
                item.url,
                "response",
                payload=io.BytesIO(item.content),
                length=len(item.content),
                http_headers=http,
                warc_headers_dict=named,
            )
            digest = record.rec_headers.get_header("WARC-Payload-Digest")
            digests[item.url, item.time] = digest
        writer.write_record(record)
    return file.getvalue()


def record_id(url: str, time: datetime) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{url} {stamp(time)}')}>"


def stamp(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def write_folder(folder: Path, files: Iterator[Saved]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["file", "url", "captured", "content_type"])
    for saved in files:
        (folder / saved.file).write_bytes(saved.content)
        rows.writerow([saved.file, saved.url, stamp(saved.captured), saved.content_type])
    (folder / "pages.csv").write_text(table.getvalue(), "utf-8", newline="")


def make_sample(folder: Path) -> None:
    """Writes the whole sample; what else lies in the folder is left alone."""
    write_folder(folder / "news", news_files())
    write_folder(folder / "old", old_files())
    (folder / "bilingual.warc.gz").write_bytes(build_warc())


if __name__ == "__main__":
    make_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
