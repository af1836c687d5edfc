"""How probable is it that one string of letters is written as another?

A joint model of letter groups: both strings are cut into pieces side by side (ش-غو-ر and
sh-ugh-ou-r) and the probabilities of all ways to cut are summed. `scripts/train_names.py` learns
the table from public lists of names.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import StringIO

# Any piece that the table does not have: one letter for one, none for one, one for none.
SUBSTITUTED, DELETED, INSERTED = 2e-7, 2e-6, 3e-6
MOST_COLUMNS = 20_000  # remembered by one alignment
END = "$"

Pieces = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Model:
    """Probabilities of pieces, and how surprising a string is by itself.

    `pieces[left][right]`: left of 0-2 letters, right of 0-3. `left_pairs` and `right_pairs`: -log
    of the probability of each letter after the one before it, in nats.
    """

    pieces: Pieces
    left_pairs: Mapping[str, float]
    right_pairs: Mapping[str, float]
    deleted: float = DELETED
    inserted: float = INSERTED

    @cached_property
    def turned(self) -> "Model":
        """The same model with the sides exchanged."""
        turned: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for left, rights in self.pieces.items():
            for right, probability in rights.items():
                turned[right][left] = probability
        return Model(turned, self.right_pairs, self.left_pairs, self.inserted, self.deleted)

    @cached_property
    def longest(self) -> int:
        """Letters of the longest right side of a piece."""
        return max((len(right) for rights in self.pieces.values() for right in rights), default=1)


def information(pairs: Mapping[str, float], letters: str) -> float:
    """The surprise of a string in nats: -log of its probability by pairs of letters."""
    rare = pairs[""]
    return sum(pairs.get(a + b, rare) for a, b in zip("^" + letters, letters + END, strict=True))


class Alignment:
    """One string, `left` of a model, laid beside many others.

    Others that begin alike share the work: a column holds, for each number of letters of `left`,
    the probability that they were cut together with one beginning of the other string.
    """

    def __init__(self, model: Model, left: str) -> None:
        self.information = information(model.left_pairs, left)
        self._model = model
        self._left = left + END
        # Where the groups of letters stand that pieces may have.
        self._spots: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place in range(len(self._left)):
            for end in range(place, min(place + model.turned.longest, len(self._left)) + 1):
                self._spots[self._left[place:end]].append((place, end))
        self._moves: dict[str, list[tuple[int, int, float]]] = {}
        self._gone = [model.pieces.get(letter, {}).get("", model.deleted) for letter in self._left]
        first = self._through_deletions([1.0] + [0.0] * len(self._left))
        self._columns: dict[str, tuple[list[float], float]] = {"": (first, 0.0)}

    def evidence(self, right: str) -> tuple[float, float]:
        """How much more probable both strings are together, over all ways to cut them into pieces,
        than by chance; and the information of `right`; in nats."""
        if len(self._columns) > MOST_COLUMNS:
            self._columns = {"": self._columns[""]}
        right += END
        known = len(right)
        while right[:known] not in self._columns:
            known -= 1
        column, told = self._columns[right[:known]]
        for size in range(known + 1, len(right) + 1):
            column, told = self._columns[right[:size]] = self._extended(right[:size], column, told)
        if not column[-1]:  # fifty letters that no piece explains: too little for a float
            return -math.inf, told
        return math.log(column[-1]) + self.information + told, told

    def _extended(self, right: str, last: list[float], told: float) -> tuple[list[float], float]:
        """The column of a beginning of the other string, from that of the one before it; and the
        information of this beginning."""
        pairs = self._model.right_pairs
        told += pairs.get(right[-2:] if len(right) > 1 else "^" + right, pairs[""])
        inserted = self._model.pieces.get("", {}).get(right[-1], self._model.inserted)
        column = [here * inserted for here in last]
        for size in range(1, min(self._model.longest, len(right)) + 1):
            before = self._columns[right[:-size]][0]
            for place, end, probability in self._moves_of(right[-size:]):
                column[end] += before[place] * probability
        return self._through_deletions(column), told

    def _through_deletions(self, column: list[float]) -> list[float]:
        carried = column[0]
        for place, gone in enumerate(self._gone, start=1):
            carried = column[place] = column[place] + carried * gone
        return column

    def _moves_of(self, chunk: str) -> list[tuple[int, int, float]]:
        """(from, to, probability): where in `left` these letters may be cut together with some."""
        moves = self._moves.get(chunk)
        if moves is None:
            pieces = self._model.turned.pieces.get(chunk, {})
            some = pieces.keys() & self._spots.keys()
            moves = [(*spot, pieces[piece]) for piece in some for spot in self._spots[piece]]
            if len(chunk) == 1:
                single = {place for place, end, _ in moves if end == place + 1}
                moves = [move for move in moves if move[0] != move[1]]  # inserted: counted already
                moves += [
                    (place, place + 1, SUBSTITUTED)
                    for place in range(len(self._left))
                    if place not in single
                ]
            self._moves[chunk] = moves
        return moves


@cache
def load_models() -> dict[str, Model]:
    """The learned models: "ar-la" (Arabic beside Latin letters) and "la-la"."""
    text = files("indexer.names").joinpath("letters.csv").read_text("utf-8")
    numbers: defaultdict[tuple[str, str], defaultdict[str, dict[str, float]]]
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
