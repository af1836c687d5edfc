"""What is each reason to find a record worth?

In scores of a word found in any of its forms. However often a word stands in a text, it is worth
less than 1 + k1 = 1.9 of one that stands there once: so a reason outweighs any number of the next
weaker ones. The order: all words in a row, words as typed, word forms, other spellings of a name,
close words; and each of them in the title before the text (`fields`).
"""

from collections.abc import Iterable, Sequence

from indexer import plan as p
from indexer.fields import Level, Part, fields_at
from indexer.reading.naming import Spelling
from indexer.reading.respelling import Respelling, Run
from indexer.text import tokenize

RUN_BOOST = 2.0
TYPED_BOOST = 4.0  # a name as typed, against its other spellings in text and title together
NAMED_BOOST = 8.0  # a name that is an ordinary word too, against that word
CLOSE_BOOST = 0.25
# Spellings by rule, and with them the word as typed once more: then a common name is not found by
# its rare spellings first.
RULE_BOOST = 0.4
# A spelling that the reader did not type counts so much of one that was typed, by script.
SAME_SCRIPT, OTHER_SCRIPT = 0.7, 0.6
# Two neighbours in any of their forms; and words as typed in a long question, where they say little
# more than their forms do.
PAIR_BOOST = 0.3
LOOSE_EXACT = 0.2


def in_a_row(
    level: Level, texts: Sequence[str], part: Part | None, boost: float = 1.0
) -> list[p.Plan]:
    """The terms next to each other, in each field of a level."""
    return [
        p.Term(f.name, texts[0], boost * f.weight)
        if len(texts) == 1
        else p.Sequence(f.name, tuple(texts), boost * f.weight)
        for f in fields_at(level, part)
    ]


def alternatives(
    level: Level, words: Iterable[str], part: Part | None, boost: float = 1.0
) -> p.Plan:
    """Any of the terms, as one word."""
    weights = tuple((word, 1.0) for word in words)
    return any_of(
        [p.Synonyms(f.name, weights, boost * f.weight) for f in fields_at(level, part) if weights]
    )


def name_in(
    spellings: Iterable[Spelling], typed: str, script: str, part: Part | None, boost: float
) -> list[p.Plan]:
    """A name in any of its spellings, as one word; `typed` is the folded one of the query."""
    weights = tuple(
        (term, _likeness(spelling.key, typed, script))
        for spelling in spellings
        for term in spelling.terms
    )
    return [
        p.Synonyms(f.name, weights, boost * f.weight) for f in fields_at("name", part) if weights
    ]


def _likeness(spelling: str, typed: str, script: str) -> float:
    if spelling == typed:
        return 1.0
    return SAME_SCRIPT if tokenize(spelling)[0].script == script else OTHER_SCRIPT


def name_by_rule(
    spellings: Iterable[Respelling], typed: Run | None, script: str, part: Part | None
) -> list[p.Plan]:
    """The spellings of a name that a rule tells, as one word where they are one; `typed` is the
    one of the query, None if it is not wanted."""
    weights: dict[Run, float] = {}
    for spelling in spellings:
        own = tokenize(spelling.key)[0].script
        alike = (SAME_SCRIPT if own == script else OTHER_SCRIPT) * spelling.similarity
        weights |= dict.fromkeys(spelling.runs, alike)
    if typed is not None:
        weights[typed] = 1.0
    single = tuple((run[0], weight) for run, weight in weights.items() if len(run) == 1)
    plans: list[p.Plan] = [
        p.Synonyms(f.name, single, RULE_BOOST * f.weight)
        for f in fields_at("exact", part)
        if single
    ]
    for run, weight in weights.items():
        if len(run) > 1:
            plans += in_a_row("exact", run, part, RULE_BOOST * weight / len(run))
    return plans


def all_of(plans: Sequence[p.Plan]) -> p.Plan:
    """Every one of the plans; everything if there is none."""
    if not plans:
        return p.Everything()
    return plans[0] if len(plans) == 1 else p.AllOf(tuple(plans))


def any_of(plans: Sequence[p.Plan]) -> p.Plan:
    """One of the plans at least; nothing if there is none."""
    if not plans:
        return p.Nothing()
    return plans[0] if len(plans) == 1 else p.AnyOf(tuple(plans))
