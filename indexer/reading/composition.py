"""Which spellings of a name of several words stand in the archive, in a row?

"Zaid Alfourati" is زيد الفراتي where a spelling of the one stands before a spelling of the other.
"""

from collections.abc import Sequence

from indexer.names import fold_name
from indexer.reading.respelling import MOST_SPELLINGS, Respelling
from indexer.reading.vocabulary import Vocabulary
from indexer.text import tokenize

MOST_EACH = 6  # spellings of one word, the most alike: 36 rows of two are looked for


def spellings_in_a_row(names: Sequence[str], vocabulary: Vocabulary) -> list[Respelling]:
    """The other spellings of a name of several typed words, as rows of words in one script, the
    most alike first. Empty if only the typed words stand in a row, or none."""
    respeller = vocabulary.respeller
    typed = fold_name(" ".join(names))
    found = {one.key: one for one in respeller.spellings(" ".join(names))}
    choices = [[_as_typed(name, vocabulary), *respeller.spellings(name)] for name in names]
    for script in ("Arab", "Latn"):
        rows = [Respelling("", "", ((),), 1.0)]
        for each in choices:
            fitting = [one for one in each if tokenize(one.key)[0].script == script]
            rows = [_behind(row, one) for row in rows for one in fitting[:MOST_EACH]]
            rows = [row for row in rows if vocabulary.records_of_runs(row.runs)]
        found |= {row.key: row for row in rows if row.key != typed and row.key not in found}
    return sorted(found.values(), key=lambda one: (-one.similarity, one.key))[:MOST_SPELLINGS]


def _as_typed(name: str, vocabulary: Vocabulary) -> Respelling:
    key = fold_name(name)
    run = tuple(key.split())
    return Respelling(key, name, vocabulary.respeller.runs_of([run])[run], 1.0)


def _behind(row: Respelling, one: Respelling) -> Respelling:
    """A row with one more word; only the first may have something attached to it."""
    if not row.key:
        return one
    own = tuple(one.key.split())
    return Respelling(
        f"{row.key} {one.key}",
        f"{row.written} {one.written}",
        tuple(run + own for run in row.runs),
        min(row.similarity, one.similarity),
    )
