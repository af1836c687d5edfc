"""Is an article found where no name means anything, once its site is known?

    python benchmarks/scrambled.py ../shared/eval

Replaces every class and id word of a page by a random one, the same all over its site, and reads
the sites with twelve pages and more: as single pages, with a profile learned from all pages, and
each half of the pages with a profile learned from the other half.
"""

import gzip
import importlib.util
import json
import random
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any

from results import machine, table, write_section

import corpus

SEED = 4
LEAST = 12  # pages of a site
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
NAMED = re.compile(rb"""(\s(?:class|id)\s*=\s*)("[^"]*"|'[^']*'|[^\s>"'/]+)""", re.I)

Sites = dict[str, list[tuple[corpus.Page, str]]]  # its pages, each with the gold text


def load_scorer(evaluation: Path) -> ModuleType:
    """The scorer of the evaluation data, for its measure."""
    spec = importlib.util.spec_from_file_location("scorer", evaluation / "score_extract.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_sites(folder: Path) -> Sites:
    """The sites of the evaluation data that have enough pages, scrambled."""
    with gzip.open(folder / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    by_site = defaultdict(list)
    for row in rows:
        by_site[f"{row['source']} {row['site']}"].append(row)
    wanted = {name: group for name, group in by_site.items() if len(group) >= LEAST}
    names = {row["html"] for group in wanted.values() for row in group}
    with tarfile.open(folder / "pages.tar.xz") as files:
        html = {
            member.name: stored.read()
            for member in files
            if member.name in names and (stored := files.extractfile(member))
        }
    sites: Sites = {}
    for name, group in sorted(wanted.items()):
        scramble = scrambler()
        sites[name] = [
            (corpus.Page(row["url"], scramble(html[row["html"]]), WHEN), row["text"] or "")
            for row in group
        ]
    return sites


def scrambler() -> Callable[[bytes], bytes]:
    """Gives each class and id word a random name, the same on every page."""
    chance = random.Random(SEED)
    new: dict[bytes, bytes] = defaultdict(lambda: b"x%08x" % chance.getrandbits(32))

    def rename(found: re.Match[bytes]) -> bytes:
        words = found[2].strip(b"\"'").split()
        return found[1] + b'"' + b" ".join(new[word.lower()] for word in words) + b'"'

    return lambda html: NAMED.sub(rename, html)


def measure(
    scorer: ModuleType, pages: list[tuple[corpus.Page, str]], site: corpus.Site | None
) -> list[tuple[float | None, float | None]]:
    """Precision and recall of each page."""
    found = []
    for page, gold in pages:
        try:
            text = corpus.extract(page, site=site).text
        except corpus.CorpusError:
            text = ""
        found.append(scorer.precision_recall(gold, text))
    return found


def f1(found: list[tuple[float | None, float | None]]) -> float:
    """Of the means of precision and recall, as the scorer has it."""
    precision, recall = (
        fmean([value for value in values if value is not None] or [0.0])
        for values in zip(*found, strict=True)
    )
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    evaluation = Path(sys.argv[1]).resolve()
    scorer = load_scorer(evaluation)
    rows: list[list[object]] = []
    figures = []
    for name, pages in load_sites(evaluation / "extract").items():
        site = corpus.learn_site([page for page, _ in pages])
        halves = pages[::2], pages[1::2]
        first, second = (corpus.learn_site([page for page, _ in half]) for half in halves)
        other = measure(scorer, halves[1], first) + measure(scorer, halves[0], second)
        scores = [f1(measure(scorer, pages, each)) for each in (None, site)] + [f1(other)]
        figures.append(scores)
        found = "yes" if site.container else "no"
        found += ", in halves " + "/".join("yes" if h.container else "no" for h in (first, second))
        rows.append([name, len(pages), *(f"{score:.3f}" for score in scores), found])
        print(*rows[-1], flush=True)
    means = [f"{fmean(column):.3f}" for column in zip(*figures, strict=True)]
    rows.append(["mean", "", *means, ""])
    head = ["site", "pages", "single pages", "own profile", "profile of the other half"]
    body = table([*head, "container found"], rows)
    write_section("Scrambled class names", f"{body}\n\n{machine('trafilatura', 'resiliparse')}")


if __name__ == "__main__":
    main()
