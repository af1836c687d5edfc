"""Which WARC records are made of the texts of bilingual.toml?"""

import io
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sample.folders import markup, render
from sample.texts import load, others, translations
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = {"Content-Type": "text/html; charset=utf-8", "Server": "nginx"}
ABOUT = b"software: scripts/make_sample.py\r\ndescription: the invented sample of Kashaf\r\n"


class Answer(NamedTuple):
    """What the server said at one time; a revisit says "as at that time" and has no content."""

    time: datetime
    url: str
    status: str
    headers: dict[str, str]
    content: bytes
    revisit_of: datetime | None = None


def iter_answers() -> Iterator[Answer]:
    source, texts = load("bilingual.toml")
    root = source["site"]["root"]
    homes = {"en": f"{root}/", "ar": f"{root}/ar/"}

    def frame(lang: str, time: datetime) -> dict[str, Any]:
        return {
            "words": source["words"][lang],
            "root": root,
            "home": homes[lang],
            "other_home": homes["ar" if lang == "en" else "en"],
            "built": f"{time:%Y-%m-%d %H:%M}",
        }

    for text in texts:
        for time in text.captured:
            page = render(
                "bilingual.html",
                **frame(text.lang, time),
                page=text,
                body=markup(text),
                pair=translations(texts, text),
                related=others(texts, text),
            )
            yield Answer(time, text.url, "200 OK", HTML, page.encode())
    time = source["home"]["captured"]
    home = render("bilingual-home.html", **frame("en", time), listed=texts)
    yield Answer(time, homes["en"], "200 OK", HTML, home.encode())
    for row in source["other"]:
        content = bytes.fromhex(row["hex"]) if "hex" in row else row.get("content", "").encode()
        url, revisit_of = root + row["path"], row.get("revisit_of")
        yield Answer(row["captured"], url, row["status"], row["headers"], content, revisit_of)


def build_warc() -> bytes:
    """All answers in the order of time, each WARC record packed by itself."""
    answers = sorted(iter_answers(), key=lambda answer: (answer.time, answer.url))
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            "",
            "warcinfo",
            payload=io.BytesIO(ABOUT),
            length=len(ABOUT),
            warc_headers_dict=name_record("warcinfo", answers[0].time),
        )
    )
    digests: dict[tuple[str, datetime], str] = {}
    for answer in answers:
        record = _build_record(writer, answer, digests)
        digests[answer.url, answer.time] = record.rec_headers.get_header("WARC-Payload-Digest")
        writer.write_record(record)
    return file.getvalue()


def _build_record(
    writer: WARCWriter, answer: Answer, digests: dict[tuple[str, datetime], str]
) -> ArcWarcRecord:
    named = name_record(answer.url, answer.time)
    http = StatusAndHeaders(answer.status, list(answer.headers.items()), protocol="HTTP/1.1")
    if answer.revisit_of:
        return writer.create_revisit_record(
            answer.url,
            digests[answer.url, answer.revisit_of],
            answer.url,
            stamp(answer.revisit_of),
            http_headers=http,
            warc_headers_dict=named,
        )
    return writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.content),
        length=len(answer.content),
        http_headers=http,
        warc_headers_dict=named,
    )


def name_record(url: str, time: datetime) -> dict[str, str]:
    """An id made from place and time: the same each time."""
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{url} {stamp(time)}")
    return {"WARC-Record-ID": f"<urn:uuid:{identity}>", "WARC-Date": stamp(time)}


def stamp(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
