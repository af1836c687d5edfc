"""Which words tell a record from all others?"""

import math
from collections import Counter

from indexer import plan as p
from indexer.document import Document
from indexer.fields import fields_at
from indexer.probes import Probe
from indexer.reading.planner import Planned
from indexer.reading.ranking import any_of
from indexer.reading.vocabulary import Vocabulary
from indexer.text import Token, is_stop_word, tokenize

MOST_WORDS = 12  # that records are compared by
MOST_WEIGHED = 60  # the most frequent ones of the record, whose rarity is looked up


def telling_words(document: Document, vocabulary: Vocabulary, records: int) -> list[Token]:
    """The words that the record has often and few of the `records` have, most telling first: each
    as it first stands there. Words that no other record has tell nothing about others."""
    tokens = tokenize(f"{document.title}\n{document.text}")
    first = {token.stem: token for token in reversed(tokens)}
    counts = Counter(
        token.stem for token in tokens if len(token.stem) > 2 and not is_stop_word(token.text)
    )
    worth: dict[str, float] = {}
    for stem, count in counts.most_common(MOST_WEIGHED):
        others = vocabulary.records([f.name for f in fields_at("form")], [stem])
        if others > 1:
            worth[stem] = count / (count + 1) * math.log(records / others)
    return [first[stem] for stem in sorted(worth, key=lambda s: (-worth[s], s))[:MOST_WORDS]]


def plan_similar(words: list[Token]) -> Planned:
    """Records with any of the words, those with most of them first; why each is found tells the
    words that it shares."""
    plans = [p.Term(f.name, word.stem, f.weight) for word in words for f in fields_at("form")]
    probes = [Probe(word.surface, "form", "form", (frozenset([word.stem]),)) for word in words]
    return Planned(any_of(plans), (), (), tuple(probes), ())
