"""How many ordinary words does a name of one word pull in?

    python benchmarks/ordinary_words.py ../shared/eval

Takes the evaluation texts of both languages as an archive, asks its index for the spellings of
public names of one word each, and counts those that are ordinary words of the texts: in Latin
letters words mostly written small, in Arabic frequent ones. The typed word, and words that some
source gives as the same name, do not count. Writes the section "Ordinary words" of RESULTS.md.
"""

import gzip
import json
import lzma
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Literal

from results import machine, table, write_section

import indexer
from indexer.names import fold_name
from indexer.names.likeness.ordinary import Candidate, is_ordinary

TEXTS = ("fakes-syria", "xquad-en", "ant", "xquad-ar", "arcd")
SETS = ("handmade_press", "syria_places", "persons_arab")
QUERIES = 200  # of a set and language
LEAST_LETTERS = 3
GOALS: dict[Literal["Latn", "Arab"], str] = {"Latn": "0.1", "Arab": "0.3"}  # issue 5


def read_texts(evaluation: Path) -> list[dict[str, str]]:
    """The texts as records."""
    records = []
    for name in TEXTS:
        path = evaluation / "ir" / name / "corpus.jsonl.xz"
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = {"title": row["title"], "text": row["text"]}
                records.append({"id": f"{name}/{row['_id']}"} | text)
    return records


def ordinary_words_of(records: list[dict[str, str]]) -> dict[str, str]:
    """The ordinary words of the texts, folded, with their script."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    small: Counter[str] = Counter()
    for record in records:
        for token in indexer.analyze(f"{record['title']}\n{record['text']}"):
            counts[token.script][token.text] += 1
            small[token.text] += token.surface[0].islower()
    running = {script: words.total() for script, words in counts.items()}
    words = (
        Candidate(word, script, count, small[word], running[script])
        for script in GOALS
        for word, count in counts[script].items()
    )
    return {word.text: word.script for word in words if is_ordinary(word)}


def read_names(folder: Path) -> tuple[dict[tuple[str, str], list[str]], dict[str, set[str]]]:
    """Names of one word by set and language; and for each folded name those of the same groups."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    single: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name in SETS:
        with gzip.open(folder / f"{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                folded = fold_name(row["name"])
                owners[folded].add(row["group_id"])
                groups[row["group_id"]].add(folded)
                if " " not in folded and len(folded) >= LEAST_LETTERS:
                    single[name, row["lang"]].add(row["name"])
    same = {name: set().union(*(groups[id_] for id_ in ids)) for name, ids in owners.items()}
    return {key: sorted(names) for key, names in single.items()}, same


def told_spellings(index: indexer.Index, name: str) -> set[str]:
    """The spellings, folded, that the index has for a name beside the typed one."""
    found = (variant for variant in index.variants(name) if variant.kind != "typed")
    return {fold_name(variant.text) for variant in found}


def main() -> None:
    evaluation = Path(sys.argv[1]).resolve()
    records = read_texts(evaluation)
    ordinary = ordinary_words_of(records)
    names, same = read_names(evaluation / "names")
    rows: list[list[object]] = []
    asked, pulled = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        indexer.build_index(records, folder)
        with indexer.open_index(folder) as index:
            for (name, lang), queries in sorted(names.items()):
                chosen = random.Random(7).sample(queries, min(QUERIES, len(queries)))
                found = Counter(
                    ordinary[word]
                    for query in chosen
                    for word in told_spellings(index, query) - same[fold_name(query)]
                    if word in ordinary
                )
                asked += len(chosen)
                pulled += found
                rows.append([name, lang, len(chosen), *_per_query(found, len(chosen))])
    goals = [
        f"{share} (≤ {GOALS[script]})"
        for script, share in zip(GOALS, _per_query(pulled, asked), strict=True)
    ]
    rows.append(["all", "", asked, *goals])
    head = ["names", "written in", "queries", "Latin words per query", "Arabic words per query"]
    body = f"{table(head, rows)}\n\n{len(records):,} texts. {machine('pyicu-wheels')}"
    write_section("Ordinary words", body)
    print(body)


def _per_query(found: Counter[str], queries: int) -> list[str]:
    return [f"{found[script] / queries:.3f}" for script in GOALS]


if __name__ == "__main__":
    main()
