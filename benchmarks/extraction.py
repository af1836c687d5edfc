"""How good and how fast is extraction beside its peers, on the same pages in one run?

    python benchmarks/extraction.py ../shared/eval          (or: make eval-extract)

Each peer gets a page's bytes and decodes them in its own way. Texts are judged by the functions of
the scorer in the evaluation data, so that the figures are the scorer's. Seconds are those of the
processor, of this process; `confirmed` is our extraction with the profile of the page's own site,
as if staff had confirmed it.
"""

import gzip
import importlib.util
import json
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any

import justext
import lxml.html
import readability
import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from results import machine, table, write_section

import corpus

GROUPS = {
    "WordPress": ("psrecord_ar", "psrecord_en", "wp_ar_transplant"),
    "real Arabic": ("almohrar", "almth8f", "psrecord_ar"),
    "general": ("atf", "cleanportal", "fundus", "scrapinghub", "wcxb"),
}
SITES = ("almohrar", "almth8f", "psrecord_ar", "psrecord_en")
SHORT = 60  # words, as the scorer has it
CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)
STOP_WORDS = justext.get_stoplist("English") | justext.get_stoplist("Arabic")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What a tool made of a page; None where it does not say such a thing."""

    text: str
    title: str | None = None
    date: str | None = None


def read_ours(row: Row, html: bytes, site: corpus.Site | None = None) -> Read:
    page = to_page(row, html)
    try:
        record = corpus.extract(page, site)
    except corpus.CorpusError:
        return Read("", "", "")
    date = record.published.date().isoformat() if record.published else ""
    return Read(record.text, record.title, date)


def read_trafilatura(row: Row, html: bytes, *, fast: bool = False) -> Read:
    found = trafilatura.bare_extraction(html, fast=fast, with_metadata=True, include_comments=False)
    return (
        Read(found.text or "", found.title or "", found.date or "") if found else Read("", "", "")
    )


def read_readability(row: Row, html: bytes) -> Read:
    try:
        document = readability.Document(html)
        body = lxml.html.fromstring(document.summary())
        title = document.short_title()
    except (readability.readability.Unparseable, lxml.etree.ParserError, ValueError):
        return Read("", "")
    blocks = body.iter("p", "h1", "h2", "h3", "h4", "li", "blockquote", "pre", "td", "div")
    own = (
        block.text_content()
        for block in blocks
        if block.tag != "div" or not len(block)  # a div with children is read by them
    )
    return Read("\n".join(" ".join(text.split()) for text in own), title)


def read_resiliparse(row: Row, html: bytes) -> Read:
    text = bytes_to_str(html, detect_encoding(html))
    return Read(extract_plain_text(text, main_content=True, comments=False, list_bullets=False))


def read_justext(row: Row, html: bytes) -> Read:
    try:
        paragraphs = justext.justext(html, STOP_WORDS)
    except (lxml.etree.ParserError, ValueError):
        return Read("")
    return Read("\n".join(each.text for each in paragraphs if not each.is_boilerplate))


TOOLS: dict[str, Callable[[Row, bytes], Read]] = {
    "Kashaf": read_ours,
    "trafilatura": read_trafilatura,
    "trafilatura, fast": lambda row, html: read_trafilatura(row, html, fast=True),
    "readability-lxml": read_readability,
    "resiliparse": read_resiliparse,
    "jusText": read_justext,
}


def to_page(row: Row, html: bytes) -> corpus.Page:
    url = row["url"] or "https://example.org/" + row["id"]
    return corpus.Page(url=url, content=html, captured=CAPTURED, content_type="text/html")


def load(evaluation: Path) -> tuple[ModuleType, list[tuple[Row, bytes]]]:
    """The scorer, and its pages with what they should give."""
    spec = importlib.util.spec_from_file_location("scorer", evaluation / "score_extract.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with gzip.open(evaluation / "extract" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    with tarfile.open(evaluation / "extract" / "pages.tar.xz") as pages:
        html = {m.name: found.read() for m in pages if (found := pages.extractfile(m))}
    return scorer, [(row, html[row["html"]]) for row in rows]


def judge(scorer: ModuleType, pairs: Iterable[tuple[Row, Read]]) -> dict[str, float]:
    """F1 of the means of precision and recall, leaks, title and date, each from 0 to 1."""
    values: dict[str, list[float]] = defaultdict(list)
    for row, read in pairs:
        precision, recall = scorer.precision_recall(row["text"], read.text)
        gold = {scorer.plain(line) for line in (row["text"] or "").splitlines()}
        leak = any(
            scorer.LEAKS.search(line.strip()) and len(line) < 200 and scorer.plain(line) not in gold
            for line in read.text.splitlines()
        )
        values["leaks"].append(leak)
        if precision is not None:
            values["precision"].append(precision)
        if recall is not None:
            values["recall"].append(recall)
        if row["title"] and read.title is not None:
            values["title"].append(scorer.plain(read.title) == scorer.plain(row["title"]))
        if row["date"] and read.date is not None:
            values["date"].append(read.date == row["date"][:10])
    means = {name: fmean(each) for name, each in values.items()}
    both = means.get("precision", 0.0), means.get("recall", 0.0)
    return means | {"f1": 2 * both[0] * both[1] / sum(both) if sum(both) else 0.0}


def in_group(scorer: ModuleType, row: Row, group: str) -> bool:
    if group == "short posts":
        return len(scorer.WORD.findall(row["text"] or "")) < SHORT
    return group == "all" or row["source"] in GROUPS[group]


def compare(scorer: ModuleType, pages: list[tuple[Row, bytes]]) -> str:
    """The table of tools and groups."""
    names = [*GROUPS, "short posts", "all"]
    rows: list[list[object]] = []
    for tool, read in TOOLS.items():
        read(*pages[0])  # what is loaded at the first page is no page's cost
        begun = time.process_time()
        reads = [(row, read(row, html)) for row, html in pages]
        speed = len(pages) / (time.process_time() - begun)
        for group in names:
            own = judge(scorer, (pair for pair in reads if in_group(scorer, pair[0], group)))
            rows.append([tool, group, *figures(own), f"{speed:.0f}" if group == "all" else ""])
        print("\n".join(map(str, rows[-len(names) :])), flush=True)
    head = ["tool", "pages", "F1", "P", "R", "leaks", "title", "date", "pages/s"]
    order = {name: number for number, name in enumerate(names)}
    return table(head, sorted(rows, key=lambda row: order[str(row[1])]))


def figures(own: dict[str, float]) -> list[str]:
    shown = [f"{own.get(name, 0):.3f}" for name in ("f1", "precision", "recall")]
    rest = [f"{own[name]:.3f}" if name in own else "" for name in ("title", "date")]
    return [*shown, f"{own['leaks']:.1%}", *rest]


def with_profiles(scorer: ModuleType, pages: list[tuple[Row, bytes]]) -> str:
    """The sites of which there are many pages, without a profile, with one, and with a confirmed
    one."""
    rows: list[list[object]] = []
    for source in SITES:
        own = [pair for pair in pages if pair[0]["source"] == source]
        learned = corpus.learn_site(to_page(*pair) for pair in own)
        profiles = {
            "none": None,
            "learned": learned,
            "confirmed": replace(learned, confirmed=True),
        }
        for name, site in profiles.items():
            begun = time.process_time()
            reads = [(row, read_ours(row, html, site)) for row, html in own]
            speed = len(own) / (time.process_time() - begun)
            rows.append([source, name, *figures(judge(scorer, reads)), f"{speed:.0f}"])
        print("\n".join(map(str, rows[-3:])), flush=True)
    head = ["site", "profile", "F1", "P", "R", "leaks", "title", "date", "pages/s"]
    return table(head, rows)


def main() -> None:
    scorer, pages = load(Path(sys.argv[1]).resolve())
    versions = machine("trafilatura", "readability-lxml", "resiliparse", "justext", "lxml")
    parts = [
        f"`make eval-extract`: {len(pages)} pages, judged by the functions of `score_extract.py`.",
        compare(scorer, pages),
        "With the profile of the page's own site:",
        with_profiles(scorer, pages),
        versions,
    ]
    write_section("Extraction beside its peers", "\n\n".join(parts))


if __name__ == "__main__":
    main()
