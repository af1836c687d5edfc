"""What does the name lexicon cost: how fast is it made, how large is it, how long does a name take?

    python benchmarks/lexicon.py ../shared/eval

Words of the texts in ir/ and of the names in names/, each name as one word, until 300,000 are
there; then 400 names of Syrian places that are asked for once, half of them in each script.
Times are of the processor.
"""

import gc
import gzip
import json
import lzma
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from results import machine, table, write_section

import indexer
from indexer.lexicon import Lexicon, LexiconWriter
from indexer.reading.respelling import Respeller
from indexer.text import tokenize

WORDS = 300_000
QUERIES = 400


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    opened = lzma.open if path.suffix == ".xz" else gzip.open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def fill(writer: LexiconWriter, data: Path) -> None:
    """Add texts, then names, until the lexicon has enough words."""
    known: set[str] = set()

    def add(text: str) -> bool:
        tokens = tokenize(text)
        writer.add(text, tokens, "text")
        known.update(token.text for token in tokens)
        return len(known) >= WORDS

    for path in sorted(data.glob("ir/*/corpus.jsonl.xz")):
        if any(add(row["text"]) for row in read_rows(path)):
            return
    for path in sorted(data.glob("names/*.jsonl.gz")):
        if any(add(row["name"].replace(" ", "")) for row in read_rows(path)):
            return


def sample_queries(data: Path) -> list[str]:
    names: dict[str, set[str]] = {"ar": set(), "en": set()}
    for row in read_rows(data / "names" / "syria_places.dev.jsonl.gz"):
        if row["lang"] in names:
            names[row["lang"]].add(row["name"])
    chance = random.Random(1)
    return [n for lang in names for n in chance.sample(sorted(names[lang]), QUERIES // 2)]


def growth(data: Path) -> tuple[int, int]:
    """Bytes of the lexicon and of the whole generation for the articles of fakes-syria."""
    rows = [
        {"id": row["_id"], "title": row["title"], "text": row["text"]}
        for row in read_rows(data / "ir" / "fakes-syria" / "corpus.jsonl.xz")
    ]
    with tempfile.TemporaryDirectory() as folder:
        indexer.build_index(rows, folder)
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        own = sum(path.stat().st_size for path in files if path.stem == "lexicon")
        return own, sum(path.stat().st_size for path in files)


def main() -> None:
    data = Path(sys.argv[1])
    writer = LexiconWriter()
    fill(writer, data)
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        writer.write(Path(folder))
        made = time.process_time() - start
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        start = time.process_time()
        lexicon = Lexicon(Path(folder))
        opened = time.process_time() - start
        respeller = Respeller(lexicon)
        respeller.spellings("Alfourati")  # loads the tables of letters
        gc.freeze()  # else collecting what the writer left takes half a second of some query
        spent, found = [], 0
        for name in sample_queries(data):
            start = time.process_time()
            found += len(respeller.spellings(name))
            spent.append(time.process_time() - start)
    spent.sort()
    shares = " / ".join(f"{spent[int(QUERIES * share)] * 1e3:.1f}" for share in (0.5, 0.95, 0.999))
    own, whole = growth(data)
    rows: list[list[object]] = [
        ["entries (words, and pairs that may be one name)", f"{len(lexicon):,}"],
        ["made, entries/s", f"{len(lexicon) / made:,.0f}"],
        ["bytes an entry", f"{size / len(lexicon):.0f}"],
        ["opened, ms", f"{opened * 1e3:.1f}"],
        ["a name, p50 / p95 / most, ms", shares],
        ["spellings found for a name, mean", f"{found / QUERIES:.1f}"],
        ["share of the index of fakes-syria", f"{own / whole:.1%} of {whole / 1e6:.1f} MB"],
    ]
    write_section("Name lexicon", f"{table(['', ''], rows)}\n\n{machine('numpy')}")
    print(table(["", ""], rows))


if __name__ == "__main__":
    main()
