"""How are pairs of strings cut into pieces that explain all of them best?

Expectation-maximization (forward and backward sums over all ways to cut, Dempster, Laird and Rubin
1977), in numpy for all pairs of the same two lengths at once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

ROUNDS = 8
LEAST_COUNT = 0.02
VOWELS = "اويىةهءئؤع@_$"  # two of these may be one piece; other letters are single
END = "$"

Pair = tuple[str, str, float]  # left, right, how often it counts
Place = tuple[int, int, int]  # row, letters of the left side, letters of the right side


class Alphabet:
    """Letters as numbers from 1, of at most `bits` bits."""

    def __init__(self, strings: list[str], bits: int) -> None:
        self.letters = ["", *sorted({letter for string in strings for letter in string})]
        self._numbers = {letter: number for number, letter in enumerate(self.letters)}
        self.bits = bits
        assert len(self.letters) <= 1 << bits

    def table(self, strings: list[str]) -> np.ndarray:
        """int64, one row a string; all of one length."""
        return np.array([[self._numbers[letter] for letter in s] for s in strings], np.int64)

    def text(self, code: int) -> str:
        """The letters of a code as `codes` makes it."""
        found = ""
        while code:
            found = self.letters[code & (1 << self.bits) - 1] + found
            code >>= self.bits
        return found

    def codes(self, table: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
        """The codes of all runs of `size` letters, and whether they hold the end."""
        width = table.shape[1] + 1 - size
        code = np.zeros((len(table), width), np.int64)
        for place in range(size):
            code = code << self.bits | table[:, place : place + width]
        ends = np.zeros(code.shape, bool)
        if size:
            ends[:, -1] = True
        return code, ends


@dataclass
class Bundle:
    """Pairs of the same two lengths. `moves[place]` holds for each pair and column the number of
    the piece that leads from there; 0 for none."""

    counts: np.ndarray
    lengths: tuple[int, int]
    moves: dict[Place, np.ndarray]


def learn(pairs: list[Pair], longest: int) -> dict[str, dict[str, float]]:
    """Joint probabilities of pieces, left of 0-2 letters, right of 0 to `longest`."""
    merged: defaultdict[tuple[str, str], float] = defaultdict(float)
    for left, right, count in pairs:
        merged[left + END, right + END] += count
    lefts = Alphabet([left for left, _ in merged], 6)
    rights = Alphabet([right for _, right in merged], 5)
    by_lengths: defaultdict[tuple[int, int], list[Pair]] = defaultdict(list)
    for (left, right), count in merged.items():
        by_lengths[len(left), len(right)].append((left, right, count))
    bundles = [make_bundle(lefts, rights, some, longest) for _, some in sorted(by_lengths.items())]
    codes = np.unique(np.concatenate([np.unique(m) for b in bundles for m in b.moves.values()]))
    for bundle in bundles:
        bundle.moves = {place: np.searchsorted(codes, move) for place, move in bundle.moves.items()}
    probabilities = first_guess(codes)
    for _ in range(ROUNDS):
        counts = np.zeros(len(codes))
        for bundle in bundles:
            expect(bundle, probabilities, counts)
        counts[0] = 0.0
        probabilities = np.where(counts >= LEAST_COUNT, counts / counts.sum(), 0.0)
    pieces: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number in np.flatnonzero(probabilities).tolist():
        left, right = lefts.text(int(codes[number]) >> 15), rights.text(int(codes[number]) & 0x7FFF)
        pieces[left][right] = float(probabilities[number])
    return dict(pieces)


def make_bundle(lefts: Alphabet, rights: Alphabet, some: list[Pair], longest: int) -> Bundle:
    """The pieces that may come next: 1 letter for 0 to `longest`, 2 for 1 or more, none for 1."""
    left, right = lefts.table([a for a, _, _ in some]), rights.table([b for _, b, _ in some])
    n, m = left.shape[1], right.shape[1]
    vowels = np.isin(left, [lefts.letters.index(v) for v in VOWELS if v in lefts.letters])
    moves: dict[Place, np.ndarray] = {}
    for size in range(min(longest, m) + 1):
        code, ends = rights.codes(right, size)
        if size == 1:
            moves[0, 0, 1] = np.where(ends, 0, code)
        for taken in (1, 2) if size else (1,):
            whole, last = lefts.codes(left, taken)
            for row in range(n + 1 - taken):
                fits = ends == last[:, row : row + 1]
                if taken == 2 and longest > 2:
                    fits &= (vowels[:, row] & vowels[:, row + 1])[:, None]
                moves[row, taken, size] = np.where(fits, whole[:, row : row + 1] << 15 | code, 0)
    return Bundle(np.array([count for _, _, count in some]), (n, m), moves)


def first_guess(codes: np.ndarray) -> np.ndarray:
    """Before anything is learned, one letter for one is the likeliest. The code 0 is no piece."""
    left, right = codes >> 15, codes & 0x7FFF
    sizes = np.stack([(left > 0) + 0 + (left >= 64), (right > 0) + 0 + (right >= 32)], 1)
    guess = np.full(len(codes), 2e-5)
    for size, probability in (((1, 1), 1e-3), ((0, 1), 3e-5), ((1, 0), 3e-5)):
        guess[(sizes == size).all(1)] = probability
    guess[codes == 0] = 0.0
    return guess


def expect(bundle: Bundle, probabilities: np.ndarray, counts: np.ndarray) -> None:
    """Add the expected number of each piece in the pairs of a bundle."""
    n, m = bundle.lengths
    likely = {place: probabilities[move] for place, move in bundle.moves.items()}
    forward = np.zeros((n + 1, len(bundle.counts), m + 1))
    backward = np.zeros_like(forward)
    forward[0, :, 0] = backward[n, :, m] = 1.0
    for row in range(n + 1):
        for column in range(m):
            forward[row, :, column + 1] += forward[row, :, column] * likely[0, 0, 1][:, column]
        for _, taken, size in moves_from(bundle, row):
            forward[row + taken, :, size:] += (
                forward[row, :, : m + 1 - size] * likely[row, taken, size]
            )
    whole = forward[n, :, m]
    share = np.divide(bundle.counts, whole, out=np.zeros(len(whole)), where=whole > 0)[:, None]
    for row in range(n, -1, -1):
        for _, taken, size in moves_from(bundle, row):
            behind = likely[row, taken, size] * backward[row + taken, :, size:]
            backward[row, :, : m + 1 - size] += behind
            expected = forward[row, :, : m + 1 - size] * behind * share
            np.add.at(counts, bundle.moves[row, taken, size], expected)
        for column in range(m - 1, -1, -1):
            backward[row, :, column] += backward[row, :, column + 1] * likely[0, 0, 1][:, column]
        inserted = forward[row, :, :m] * likely[0, 0, 1] * backward[row, :, 1:] * share
        np.add.at(counts, bundle.moves[0, 0, 1], inserted)


def moves_from(bundle: Bundle, row: int) -> Iterator[Place]:
    """The moves that leave a row."""
    return (place for place in bundle.moves if place[0] == row and place[1])
