"""How sure is it that two spellings are one name?

What the letters say of a pair, weighed. `scripts/train_names.py` learns the weights from names of
public lists, each with those that share its consonants and are other names.
"""

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

from indexer.names.likeness.alignment import Alignment, Model
from indexer.names.likeness.forms import Form, Spelling

MEASURES = (
    "ratio", "evidence", "most", "least", "near", "shared", "article", "units", "ratio2",
    "evidence2", "ratio_most",
)  # fmt: skip
Measures = tuple[float, ...]


class Comparison:
    """One spelling, compared with many, of its own script (Latin) or the other one."""

    def __init__(self, spelling: Spelling, models: dict[str, Model]) -> None:
        self._spelling = spelling
        self._models = models
        self._alignments: dict[tuple[str, str], Alignment] = {}

    def ratio(self, other: Spelling) -> float:
        """0: as alike as any two names; 1: one follows from the other. May be below 0."""
        return max(self._pair(mine, other, theirs)[0] for mine, theirs in self._pairs(other))

    def measures(self, other: Spelling, shared: int, near: bool) -> Measures:
        """The values of MEASURES for the form of either that is most alike. `shared`: consonants
        of the longest shared key; `near`: only all but one are shared."""
        (ratio, evidence, most, least), mine, theirs = max(
            (self._pair(mine, other, theirs), mine, theirs) for mine, theirs in self._pairs(other)
        )
        ratio, evidence = min(1.0, max(-1.0, ratio)), min(60.0, max(-20.0, evidence))
        article = (mine.full != mine.bare) != (theirs.full != theirs.bare)
        return (
            ratio, evidence, most, least, near, 1 / (1 + shared), article,
            abs(mine.units - theirs.units), ratio**2, (evidence / 10) ** 2, ratio * most,
        )  # fmt: skip

    def _pairs(self, other: Spelling) -> list[tuple[Form, Form]]:
        return [(mine, theirs) for mine in self._spelling.forms for theirs in other.forms]

    def _pair(self, mine: Form, other: Spelling, theirs: Form) -> tuple[float, ...]:
        """(ratio, evidence in nats, information of the one that has more, of the other)."""
        pairs = {(mine.full, theirs.full), (mine.bare, theirs.bare)}
        return max(self._letters(a, other.script, b) for a, b in pairs)

    def _letters(self, mine: str, script: str, theirs: str) -> tuple[float, float, float, float]:
        alignment = self._alignments.get((mine, script))
        model = self._model(script)
        if alignment is None:
            alignment = self._alignments[mine, script] = Alignment(model, mine)
        evidence, other = alignment.evidence(theirs)
        most = max(alignment.information, other)
        return evidence / most, evidence, most, min(alignment.information, other)

    def _model(self, script: str) -> Model:
        if self._spelling.script == script:
            return self._models["la-la"]
        crossing = self._models["ar-la"]
        return crossing if self._spelling.script == "Arab" else crossing.turned


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """The learned weights by model; "" is the constant."""
    text = files("indexer.names").joinpath("weights.csv").read_text("utf-8")
    weights: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(StringIO(text, newline="")):
        weights.setdefault(row["model"], {})[row["measure"]] = float(row["weight"])
    return weights


def judge(weights: dict[str, float], measures: Measures) -> float:
    """The log odds that a pair of names is one, among names that share a key."""
    return weights[""] + sum(
        weights[measure] * value for measure, value in zip(MEASURES, measures, strict=True)
    )
