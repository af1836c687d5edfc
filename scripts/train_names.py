"""Which letters do people write for which Arabic letters, and when are two names one?

    .venv/bin/python scripts/train_names.py FOLDER

learns `indexer/names/letters.csv` and `indexer/names/weights.csv` from the lists of names in FOLDER
(`*.jsonl.gz`, one spelling a line: group_id, lang, name, source and flags), in three minutes.
Sources without a licence are left out. Prints the digests of the tables, which
tests/indexer/test_trained.py holds: what is committed is what it wrote.

Letters: expectation-maximization over all ways to cut a pair of spellings into pieces. Weights: the
names are dealt into parts; for each, letters are learned from the other parts alone, and a logistic
regression sees what they say of its names and of those that share their consonants.
"""

import csv
import gzip
import hashlib
import json
import math
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np
from letter_groups import Pair, learn

from indexer.names.likeness.alignment import Model
from indexer.names.likeness.forms import read_spelling
from indexer.names.likeness.judgement import MEASURES, Comparison
from indexer.names.likeness.variants import NameIndex

NAMES = Path(__file__).parents[1] / "indexer" / "names"
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
JUDGED = {"syria_places": 1.0, "handmade_press": 1.0, "persons_arab": 0.3}
MOST_FOREIGN = 6000
PAIRS_IN_A_GROUP = 8
QUERIES_IN_A_GROUP = 3  # and script
QUERIES = 3000  # of a set and direction
PARTS = 3
MOST_SURPRISE = 12.0  # a third of the pieces is rarer, and changes no figure

Row = tuple[str, str, str, str, str]
Models = dict[str, Model]


@dataclass
class Group:
    """One thing and its names."""

    part: int
    names: dict[str, list[str]] = field(default_factory=lambda: {"ar": [], "en": []})


def main(folder: Path) -> None:
    sets = {name: read_groups(folder / f"{name}.dev.jsonl.gz") for name in WEIGHTS}
    models = learn_models(sets, left_out=None)
    parts = [learn_models(sets, left_out=part) for part in range(PARTS)]
    write_table(
        NAMES / "letters.csv", ("model", "table", "left", "right", "surprise"), rows(models)
    )
    weights = {
        "ar-la": learn_weights(sets, parts, (("ar", "en"), ("en", "ar"))),
        "la-la": learn_weights(sets, parts, (("en", "en"),)),
    }
    write_table(
        NAMES / "weights.csv",
        ("model", "measure", "weight"),
        [(model, name, f"{w:.4f}") for model, ws in weights.items() for name, w in ws.items()],
    )


def read_groups(path: Path) -> list[Group]:
    """The groups of a set, each with the names that writers could have spelled by rule."""
    groups: dict[str, Group] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if set(row["source"]) <= UNLICENSED or row["exonym"] or row["translated"]:
                continue
            if row.get("exotic") or row.get("rel") not in (None, "full"):
                continue
            id_ = row["group_id"]
            group = groups.setdefault(id_, Group(zlib.crc32(id_.encode()) % PARTS))
            group.names[row["lang"]].append(row["name"])
    return list(groups.values())


def learn_models(sets: dict[str, list[Group]], left_out: int | None) -> Models:
    """The letters of all groups but those of one part."""
    chance = random.Random(7)
    crossing: list[Pair] = []
    latin: list[Pair] = []
    for name, weight in WEIGHTS.items():
        groups = [group for group in sets[name] if group.part != left_out]
        chance.shuffle(groups)
        for group in groups[: MOST_FOREIGN if name == "names_foreign" else None]:
            arabic, romanized = (letters_of(group.names[lang]) for lang in ("ar", "en"))
            pairs = [(a, b, weight) for a in arabic for b in romanized]
            crossing += chance.sample(pairs, min(PAIRS_IN_A_GROUP, len(pairs)))
            both = [(a, b, weight) for a, b in combinations(romanized, 2)]
            latin += chance.sample(both, min(PAIRS_IN_A_GROUP, len(both)))
    print(len(crossing), "pairs of two scripts,", len(latin), "of one", flush=True)
    turned = latin + [(b, a, w) for a, b, w in latin]
    models = {}
    for name, pairs, longest in (("ar-la", crossing, 3), ("la-la", turned, 2)):
        pieces = {
            left: {right: p for right, p in rights.items() if -math.log(p) <= MOST_SURPRISE}
            for left, rights in learn(pairs, longest).items()
        }
        sides = ([(a, w) for a, _, w in pairs], [(b, w) for _, b, w in pairs])
        models[name] = Model(pieces, *map(letter_pairs, sides))
    return models


def letters_of(names: Iterable[str]) -> list[str]:
    """Names in the letters of the models, articles included."""
    forms = (read_spelling(name).forms[:1] for name in names)
    return sorted({form.full for first in forms for form in first})


def letter_pairs(strings: list[tuple[str, float]]) -> dict[str, float]:
    """-log P(letter | letter before); "" stands for every pair that was not seen."""
    pairs: defaultdict[str, float] = defaultdict(float)
    firsts: defaultdict[str, float] = defaultdict(float)
    for letters, weight in strings:
        for a, b in zip("^" + letters, letters + "$", strict=True):
            pairs[a + b] += weight
            firsts[a] += weight
    return {"": 8.0} | {p: -math.log(n / firsts[p[0]]) for p, n in pairs.items() if n >= 1.0}


def learn_weights(
    sets: dict[str, list[Group]], parts: list[Models], directions: tuple[tuple[str, str], ...]
) -> dict[str, float]:
    """Weights of MEASURES, "" the constant: for the log odds that two names are one."""
    examples: list[tuple[float, ...]] = []
    truth: list[bool] = []
    counts: list[float] = []
    for name, weight in JUDGED.items():
        for source, target in directions:
            for measures, same in judged_pairs(sets[name], parts, source, target):
                examples.append(measures)
                truth.append(same)
                counts.append(weight)
    print(len(truth), "pairs judged,", sum(truth), "of them one name", flush=True)
    weights = logistic(np.array(examples, float), np.array(truth, float), np.array(counts))
    return dict(zip(("", *MEASURES), weights.tolist(), strict=True))


def judged_pairs(
    groups: list[Group], parts: list[Models], source: str, target: str
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The measures of names and of those that may be theirs, and whether they are. Names of the
    same letters are left out: nothing must be learned for them."""
    names = sorted({name for group in groups for name in group.names[target]})
    index = NameIndex(names)
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for lang in (source, target):
            for name in group.names[lang]:
                owners[name].add(number)
    queries = [
        (name, group.part) for group in groups for name in group.names[source][:QUERIES_IN_A_GROUP]
    ]
    random.Random(7).shuffle(queries)
    for query, part in queries[:QUERIES]:
        spelling = read_spelling(query)
        comparison = Comparison(spelling, parts[part])
        for number, shared in index.candidates(spelling).items():
            other = read_spelling(names[number])
            if other.letters.isdisjoint(spelling.letters) and other.forms:
                same = not owners[query].isdisjoint(owners[names[number]])
                yield comparison.measures(other, *shared), same


def logistic(examples: np.ndarray, truth: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method; the constant comes first."""
    middle, spread = examples.mean(0), examples.std(0) + 1e-6
    table = np.c_[np.ones(len(examples)), (examples - middle) / spread]
    weights = np.zeros(table.shape[1])
    ridge = np.ones(len(weights))
    ridge[0] = 0.0
    for _ in range(15):
        odds = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (counts * (odds - truth)) + ridge * weights
        curve = (table * (counts * odds * (1 - odds))[:, None]).T @ table + np.diag(ridge)
        weights -= np.linalg.solve(curve, slope)
    own = weights[1:] / spread
    return np.r_[weights[0] - own @ middle, own]


def rows(models: Models) -> list[Row]:
    """The letters as a table, in order."""
    found: list[Row] = []
    for name, model in models.items():
        found += [
            (name, "pieces", left, right, f"{-math.log(p):.2f}")
            for left, rights in model.pieces.items()
            for right, p in rights.items()
        ]
        for side, pairs in (("left", model.left_pairs), ("right", model.right_pairs)):
            found += [(name, side, "", pair, f"{surprise:.2f}") for pair, surprise in pairs.items()]
    return sorted(found)


def write_table(path: Path, head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    """Write a table as it is to be committed, and print its digest."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
