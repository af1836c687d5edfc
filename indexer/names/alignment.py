"""How probable is it that one string of letters is written as another?

A joint model of letter groups: both strings are cut into pieces side by side (ش-غو-ر and
sh-ugh-ou-r) and the probabilities of all ways to cut are summed. `scripts/train_names.py` learns
the table from public lists of names.
"""

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

# Any piece that the table does not have: one letter for one, none for one, one for none.
SUBSTITUTED, DELETED, INSERTED = 2e-7, 2e-6, 3e-6
_FAR = 1e-7  # a cell so much less probable than its row's best is not followed

Pieces = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Model:
    """Probabilities of pieces, and how surprising a string is by itself.

    `pieces[left][right]`: left of 0-2 letters, right of 0-3. `left_pairs` and `right_pairs`: -log
    of the probability of each letter after the one before it, in nats.
    """

    pieces: Pieces
    left_pairs: dict[str, float]
    right_pairs: dict[str, float]

    def likeness(self, left: str, right: str) -> float:
        """0: as alike as any two names; 1: one follows from the other. May be below 0."""
        one = information(self.left_pairs, left)
        other = information(self.right_pairs, right)
        joint = joint_probability(self.pieces, left, right)
        if joint <= 0.0:
            return -1.0
        return (math.log(joint) + one + other) / max(one, other)


def information(pairs: dict[str, float], letters: str) -> float:
    """The surprise of a string in nats: -log of its probability by pairs of letters."""
    rare = pairs[""]
    return sum(pairs.get(a + b, rare) for a, b in zip("^" + letters, letters + "$", strict=True))


def joint_probability(pieces: Pieces, left: str, right: str) -> float:
    """The probability of both strings together, over all ways to cut them into pieces."""
    left, right = left + "$", right + "$"
    n, m = len(left), len(right)
    inserted = pieces.get("", {})
    rows = [[0.0] * (m + 1) for _ in range(n + 3)]
    rows[0][0] = 1.0
    follows = [[right[j : j + k] for k in range(1, min(3, m - j) + 1)] for j in range(m + 1)]
    for i in range(n + 1):
        row, below, under = rows[i], rows[i + 1], rows[i + 2]
        single = pieces.get(left[i : i + 1], {}) if i < n else {}
        double = pieces.get(left[i : i + 2]) if i + 1 < n else None
        gone = single.get("", DELETED)
        least = max(row) * _FAR
        for j in range(m + 1):
            here = row[j]
            if here <= least:
                continue
            chunks = follows[j]
            if j < m:
                row[j + 1] += here * inserted.get(chunks[0], INSERTED)
            if i == n:
                continue
            below[j] += here * gone
            for k, chunk in enumerate(chunks, start=1):
                p = single.get(chunk)
                if p is not None:
                    below[j + k] += here * p
                elif k == 1:
                    below[j + 1] += here * SUBSTITUTED
                if double is not None and chunk in double:
                    under[j + k] += here * double[chunk]
    return rows[n][m]


@cache
def load_models() -> dict[str, Model]:
    """The learned models: "ar-la" (Arabic beside Latin letters) and "la-la"."""
    text = files("indexer.names").joinpath("letters.csv").read_text("utf-8")
    numbers: defaultdict[tuple[str, str], dict[str, dict[str, float]]]
    numbers = defaultdict(lambda: defaultdict(dict))
    for row in csv.DictReader(StringIO(text, newline="")):
        surprise = float(row["surprise"])
        numbers[row["model"], row["table"]][row["left"]][row["right"]] = surprise
    return {
        model: Model(
            {
                left: {right: math.exp(-surprise) for right, surprise in rights.items()}
                for left, rights in numbers[model, "pieces"].items()
            },
            numbers[model, "left"][""],
            numbers[model, "right"][""],
        )
        for model in ("ar-la", "la-la")
    }
