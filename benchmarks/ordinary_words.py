"""How many ordinary words does a name of one word pull in?

    python benchmarks/ordinary_words.py ../shared/eval

Takes the words of the evaluation texts as names, asks for public names of one word each, and counts
the words found that are ordinary ones: in English those mostly written small, in Arabic frequent
ones; words that some source gives as the same name, or that have the same letters, do not count.
Without and with the gate of `indexer.names.likeness.ordinary`. Writes the section "Ordinary words"
of RESULTS.md.
"""

import gzip
import json
import lzma
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from results import machine, table, write_section

import indexer
from indexer.names import NameIndex, fold_name
from indexer.names.likeness.ordinary import Candidate, is_ordinary, keeps

TEXTS = {"Latn": ("fakes-syria", "xquad-en"), "Arab": ("ant", "xquad-ar", "arcd")}
SETS = ("handmade_press", "syria_places", "persons_arab")
QUERIES = 200  # of a set and script
LEAST_LETTERS = 3


def read_words(evaluation: Path, script: str) -> list[Candidate]:
    """The words of the texts in one script, counted."""
    counts: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for name in TEXTS[script]:
        path = evaluation / "ir" / name / "corpus.jsonl.xz"
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                for token in indexer.analyze(f"{row['title']}\n{row['text']}"):
                    if token.script == script:
                        counts[token.text] += 1
                        small[token.text] += token.surface[0].islower()
    running = counts.total()
    return [Candidate(w, script, n, small[w], running) for w, n in counts.items()]


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


def main() -> None:
    evaluation = Path(sys.argv[1]).resolve()
    names, same = read_names(evaluation / "names")
    rows: list[list[object]] = []
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for script in TEXTS:
        words = {word.text: word for word in read_words(evaluation, script)}
        index = NameIndex(words)
        for (name, lang), queries in sorted(names.items()):
            chosen = random.Random(7).sample(queries, min(QUERIES, len(queries)))
            pulled = kept = 0
            for query in chosen:
                own = same[fold_name(query)]
                for text, similarity in index.matches(query):
                    if text not in own and similarity < 1.0 and is_ordinary(words[text]):
                        pulled += 1
                        kept += keeps(words[text], similarity)
            n = len(chosen)
            sums[script] = [a + b for a, b in zip(sums[script], (n, pulled, kept), strict=True)]
            rows.append([script, name, lang, n, f"{pulled / n:.2f}", f"{kept / n:.3f}"])
        n, pulled, kept = sums[script]
        rows.append([script, "all", "", n, f"{pulled / n:.2f}", f"{kept / n:.3f}"])
    head = ["words", "names", "written in", "queries", "ordinary words per query", "with the gate"]
    body = f"{table(head, rows)}\n\n{machine('pyicu-wheels')}"
    write_section("Ordinary words", body)
    print(body)


if __name__ == "__main__":
    main()
