"""Does everything real that we have come in, and can it be found again?

    python benchmarks/real_input.py ../shared/eval

Imports pages of four real sites, files of web archives and of WordPress exports (odd and broken
ones among them) and 707 articles as one WordPress REST answer into one archive, indexes it, and
looks for each record by words of its own. Writes counts per outcome to RESULTS.md.
"""

import csv
import gzip
import json
import lzma
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from results import machine, table, write_section

import corpus
import indexer
from corpus.readers import read_items

SOURCES = ("psrecord_ar", "psrecord_en", "almohrar", "almth8f")
OUTCOMES = ("total", "imported", "duplicate", "not_article", "quarantined", "skipped")
SAVED = "2020-01-01T00:00:00Z"


def write_pages(evaluation: Path, folder: Path) -> None:
    """The dev pages of the four sites as folders of HTML with their sidecar tables."""
    with gzip.open(evaluation / "extract" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["source"] in SOURCES]
    with tarfile.open(evaluation / "extract" / "pages.tar.xz") as archive:
        content = {
            member.name: file.read()
            for member in archive
            if member.isfile() and (file := archive.extractfile(member))
        }
    for source in SOURCES:
        place = folder / source
        place.mkdir()
        with (place / "pages.csv").open("w", encoding="utf-8", newline="") as file:
            sidecar = csv.writer(file)
            sidecar.writerow(["file", "url", "captured", "content_type"])
            for number, row in enumerate(r for r in rows if r["source"] == source):
                name = f"{number:04d}.html"
                (place / name).write_bytes(content[row["html"]])
                url = row["url"] or f"https://{source}.example/{row['id']}"
                sidecar.writerow([name, url, SAVED, "text/html"])


def write_articles(evaluation: Path, folder: Path) -> None:
    """The 707 articles as posts of a WordPress site."""
    with lzma.open(
        evaluation / "ir" / "fakes-syria" / "corpus.jsonl.xz", "rt", encoding="utf-8"
    ) as lines:
        rows = list(map(json.loads, lines))
    posts = [
        {
            "id": number,
            "type": "post",
            "status": "publish",
            "date_gmt": "2017-01-01T00:00:00",
            "link": f"https://fakes.example/{row['_id']}/",
            "title": {"rendered": row["title"] or row["text"][:60]},
            "content": {"rendered": f"<p>{row['text']}</p>", "protected": False},
        }
        for number, row in enumerate(rows)
    ]
    (folder / "fakes-syria").mkdir()
    (folder / "fakes-syria" / "posts.json").write_text(json.dumps(posts), "utf-8")


def own_words(record: corpus.Record) -> str:
    """Six longer words of a record's text, as a reader would remember them."""
    words = [token.surface for token in indexer.analyze(record.text) if len(token.surface) > 4]
    return " ".join(sorted(set(words), key=lambda word: (-len(word), word))[:6])


def import_all(archive: corpus.Archive, places: dict[str, Path]) -> tuple[str, str]:
    """Import each input; the tables of outcomes and of reasons. The outcomes must add up."""
    outcomes: list[list[object]] = []
    reasons: list[list[object]] = []
    for name, path in places.items():
        report = corpus.import_pages(archive, [path])
        items = sum(1 for _ in read_items(path))
        assert report.total == items, (name, report, items)
        outcomes.append([name, *(getattr(report, outcome) for outcome in OUTCOMES)])
        reasons += [[name, *reason] for reason in report.reasons]
    sums = [sum(column) for column in zip(*(row[1:] for row in outcomes), strict=True)]
    head = ["input", *(outcome.replace("_", " ") for outcome in OUTCOMES)]
    return (
        table(head, [*outcomes, ["all", *sums]]),
        table(["input", "reason", "items"], reasons),
    )


def find_again(archive: corpus.Archive, index: indexer.Index) -> str:
    """Search every record by words of its own. Stops with the ids of those that are lost."""
    found, wordless, lost = 0, 0, []
    for record in archive.records():
        words = own_words(record)
        if not words:
            wordless += 1
        elif record.id in {hit.id for hit in index.search(words, size=1000)}:
            found += 1
        else:
            lost.append(record.id)
    if lost:
        raise SystemExit(f"lost: {lost}")
    return f"{found} records found by six words of their own, {wordless} hold no words."


def main() -> None:
    evaluation = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        inputs, var = Path(scratch) / "input", Path(scratch) / "var"
        inputs.mkdir()
        write_pages(evaluation, inputs)
        write_articles(evaluation, inputs)
        places = {name: inputs / name for name in (*SOURCES, "fakes-syria")}
        places |= {f"web/{name}": evaluation / "web" / name for name in ("warc", "wxr")}
        with corpus.Archive(var) as archive:
            start = time.perf_counter()
            outcomes, reasons = import_all(archive, places)
            imported = time.perf_counter()
            built = indexer.build_index(archive.records(), var / "index")
            indexed = time.perf_counter()
            with indexer.open_index(var / "index") as index:
                found = find_again(archive, index)
    times = f"Import {imported - start:.0f} s, index {indexed - imported:.0f} s."
    body = (
        f"{outcomes}\n\n{built.documents} records in the index; {found}\n\n"
        f"{times} {machine('trafilatura', 'lxml')}\n\nWhy items are no records:\n\n{reasons}"
    )
    write_section("Real input", body)
    print(body)


if __name__ == "__main__":
    main()
