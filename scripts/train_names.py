"""Which letters do people write for which Arabic letters?

    .venv/bin/python scripts/train_names.py FOLDER

learns `indexer/names/letters.csv` from the lists of names in FOLDER (`*.jsonl.gz`, one spelling a
line: group_id, lang, name, source and flags). Expectation-maximization over all ways to cut a pair
of spellings into pieces; two to four minutes. Sources without a licence are left out.
"""

import csv
import gzip
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from indexer.names.alignment import Pieces
from indexer.names.romanization import arabic_letters, name_words

TABLE = Path(__file__).parents[1] / "indexer" / "names" / "letters.csv"
UNLICENSED = {"ANETAC", "YEMEN_UN"}
# How much one pair of a set counts: names of Syria say most about names of Syria.
WEIGHTS = {
    "syria_places": 2.0,
    "handmade_press": 2.0,
    "persons_full": 2.0,
    "arab_places": 1.0,
    "persons_arab": 1.0,
    "names_foreign": 0.1,
}
MOST_FOREIGN = 6000
PAIRS_IN_A_GROUP = 8
ROUNDS = 8
LEAST_COUNT = 0.02
MOST_SURPRISE = 12.0  # a third of the pieces is rarer, and changes no figure
VOWELS = set("اويىةهءئؤع@_$")

Pair = tuple[str, str, float]
Counts = defaultdict[str, defaultdict[str, float]]
Row = tuple[str, str, str, str, str]


def main(folder: Path) -> None:
    chance = random.Random(7)
    crossing: list[Pair] = []
    latin: list[Pair] = []
    for name, weight in WEIGHTS.items():
        groups = list(read_groups(folder / f"{name}.dev.jsonl.gz"))
        chance.shuffle(groups)
        for arabic, romanized in groups[: MOST_FOREIGN if name == "names_foreign" else None]:
            pairs = [(a, b, weight) for a in arabic for b in romanized]
            crossing += chance.sample(pairs, min(PAIRS_IN_A_GROUP, len(pairs)))
            both = [(a, b, weight) for a, b in combinations(romanized, 2)]
            latin += chance.sample(both, min(PAIRS_IN_A_GROUP, len(both)))
    print(len(crossing), "pairs of two scripts,", len(latin), "of one")
    rows: list[Row] = []
    turned = latin + [(b, a, w) for a, b, w in latin]
    for model, pairs, longest in (("ar-la", crossing, 3), ("la-la", turned, 2)):
        for left, rights in learn(pairs, longest, model).items():
            surprises = {right: -math.log(p) for right, p in rights.items()}
            rows += [
                (model, "pieces", left, right, f"{surprise:.2f}")
                for right, surprise in surprises.items()
                if surprise <= MOST_SURPRISE
            ]
        left_side, right_side = [(a, w) for a, _, w in pairs], [(b, w) for _, b, w in pairs]
        for side, strings in (("left", left_side), ("right", right_side)):
            rows += [
                (model, side, "", pair, f"{surprise:.2f}")
                for pair, surprise in letter_pairs(strings).items()
            ]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("model", "table", "left", "right", "surprise"))
        writer.writerows(sorted(rows))


def read_groups(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The Arabic and the Latin spellings of each name, in the letters of the model."""
    groups: defaultdict[str, dict[str, set[str]]] = defaultdict(
        lambda: {"Arab": set(), "Latn": set()}
    )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if set(row["source"]) <= UNLICENSED or row["exonym"] or row["translated"]:
                continue
            if row.get("exotic") or row.get("rel") not in (None, "full"):
                continue
            script, words = name_words(row["name"])
            if words:
                letters = arabic_letters(words) if script == "Arab" else "".join(words)
                groups[row["group_id"]][script].add(letters.replace("ş", "s"))
    for group in groups.values():
        yield sorted(group["Arab"]), sorted(group["Latn"])


def learn(pairs: list[Pair], longest: int, model: str) -> Pieces:
    """Expectation-maximization, from pieces that are equal in probability but for their length."""
    pieces: Pieces = {}
    for round_ in range(ROUNDS):
        counts: Counts = defaultdict(lambda: defaultdict(float))
        likelihood = 0.0
        for left, right, weight in pairs:
            likelihood += weight * expect(pieces, left + "$", right + "$", longest, weight, counts)
        total = sum(sum(rights.values()) for rights in counts.values())
        pieces = {
            left: {right: n / total for right, n in rights.items() if n >= LEAST_COUNT}
            for left, rights in counts.items()
        }
        size = sum(map(len, pieces.values()))
        print(model, round_ + 1, f"{likelihood:.0f}", size, flush=True)
    return {left: rights for left, rights in pieces.items() if rights}


def moves(left: str, right: str, i: int, j: int, longest: int) -> Iterator[tuple[str, str]]:
    """The pieces that may come next: 1 letter for 0-3, 2 for 1-3, none for 1."""
    rest = len(right) - j
    if rest:
        yield "", right[j]
    if i == len(left):
        return
    for k in range(min(longest, rest) + 1):
        yield left[i], right[j : j + k]
    two = left[i : i + 2]
    if len(two) == 2 and (longest == 2 or VOWELS.issuperset(two)):
        for k in range(1, min(longest, rest) + 1):
            yield two, right[j : j + k]


def first_guess(left: str, right: str) -> float:
    """Before anything is learned, one letter for one is the likeliest."""
    return {(1, 1): 1.0, (0, 1): 0.01, (1, 0): 0.05}.get((len(left), len(right)), 0.02) * 1e-3


def expect(
    pieces: Pieces,
    left: str,
    right: str,
    longest: int,
    weight: float,
    counts: Counts,
) -> float:
    """Add the expected number of each piece in one pair; the log of the pair's probability."""
    n, m = len(left), len(right)
    steps = []
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            here = forward[i][j]
            if not here:
                continue
            for a, b in moves(left, right, i, j, longest):
                if ("$" in a) != ("$" in b):
                    continue
                p = pieces.get(a, {}).get(b, 0.0) if pieces else first_guess(a, b)
                if p:
                    steps.append((i, j, a, b, p))
                    forward[i + len(a)][j + len(b)] += here * p
    whole = forward[n][m]
    if not whole:
        return -100.0
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward[n][m] = 1.0
    for i, j, a, b, p in reversed(steps):
        behind = backward[i + len(a)][j + len(b)] * p
        backward[i][j] += behind
        counts[a][b] += weight * forward[i][j] * behind / whole
    return math.log(whole)


def letter_pairs(strings: list[tuple[str, float]]) -> dict[str, float]:
    """-log P(letter | letter before); "" stands for every pair that was not seen."""
    pairs: defaultdict[str, float] = defaultdict(float)
    firsts: defaultdict[str, float] = defaultdict(float)
    for letters, weight in strings:
        for a, b in zip("^" + letters, letters + "$", strict=True):
            pairs[a + b] += weight
            firsts[a] += weight
    return {"": 8.0} | {p: -math.log(n / firsts[p[0]]) for p, n in pairs.items() if n >= 1.0}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
