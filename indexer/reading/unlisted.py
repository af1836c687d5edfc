"""Which words of a query are read as a name, though no table knows it, and how is it written?"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from indexer.fields import Part
from indexer.names import Entity, Gazetteer, Mention, fold_name
from indexer.names.likeness.romanization import without_articles
from indexer.query import Query, Word
from indexer.reading.composition import spellings_in_a_row
from indexer.reading.respelling import Respelling, Run
from indexer.reading.vocabulary import Vocabulary
from indexer.results import Variant
from indexer.text import is_stop_word, tokenize

MOST_NAMES = 12  # that a query may have, each is held against a part of the lexicon
MOST_ROWS = 24  # rows of words in a query that are looked for in the archive
LONGEST = 3  # words of a name
# So alike a spelling must be to stand beside those of a table, which knows the usual ones.
LEAST_BESIDE_TABLE = {"Latn": 0.8, "Arab": 0.9}

Piece = tuple[list[Word], Mention | None]  # words of a query, and what of the tables they name


@dataclass(frozen=True, slots=True)
class Name:
    """A name by rule. Spellings are in order: the most alike first."""

    text: str  # as typed
    key: str
    typed: Run
    spellings: tuple[Respelling, ...]
    kept: tuple[Respelling, ...]  # those that the reader has not taken out
    typed_is_kept: bool


@dataclass(slots=True)
class Names:
    """Reads the names of one query. `sure`: they are names, whatever they look like."""

    query: Query
    vocabulary: Vocabulary
    sure: bool
    _left: int = MOST_NAMES
    _rows: int = MOST_ROWS

    def cut(self, pieces: list[Piece]) -> list[Piece]:
        """Pieces of a query with the words as one piece that are one name: in some spelling the
        archive has them in a row."""
        if self.query.spelling != "all" or self.query.match == "any":
            return pieces
        cut: list[Piece] = []
        while pieces:
            sizes = range(LONGEST, 1, -1)
            size = next((n for n in sizes if self._is_one(pieces[:n], n)), 1)
            cut.append(([word for run, _ in pieces[:size] for word in run], pieces[0][1]))
            pieces = pieces[size:]
        return cut

    def _is_one(self, pieces: Sequence[Piece], size: int) -> bool:
        runs = [run for run, mention in pieces if mention is None and len(run) == 1]
        words = [word for run in runs for word in run]
        if not self._rows or len(runs) != size or not all(map(self._fits, words)):
            return False
        self._rows -= 1
        return bool(self._find(words))

    def read(self, words: Sequence[Word]) -> Name | None:
        """Words as a name; None if they are none, or none with another spelling. What is sure to be
        a name needs no other, if the archive has it at all."""
        if not self._left or not all(map(self._fits, words)):
            return None
        self._left -= 1
        name = self._name(words, self._find(words))
        known = self.sure and self.vocabulary.records_of_runs(
            self.vocabulary.respeller.runs_of([name.typed])[name.typed]
        )
        return name if name.spellings or known else None

    def beside_table(
        self,
        words: Sequence[Word],
        entity: Entity,
        mention: Mention,
        gazetteer: Gazetteer,
        known: Container[str],
    ) -> Name | None:
        """A name of the tables with the spellings that neither they nor the mentions in the archive
        (`known`, folded) have; None without any. Of groups and bodies there are none: they are
        called by words and by letters."""
        sure = mention.evidence == "alias" and all(word.mode == "plain" for word in words)
        called = entity.facet == "location" or entity.kind == "person"
        if not sure or not called or not self._left or not all(map(self._fits, words)):
            return None
        self._left -= 1
        called_so = dict.fromkeys((mention.text, entity.label_en, entity.label_ar))
        # Bab is not al-Bab: tables say so where a name goes without its article.
        without = [without_articles(tuple(fold_name(name).split())) for name in called_so]
        bare = {rest[0] for rest in without if len(rest) == 1}
        found = {
            one.key: one
            for name in called_so
            for one in self.vocabulary.respeller.spellings(name)
            if _is_beside(one, name)
            and one.key not in known
            and one.key not in bare
            and not self.vocabulary.respeller.is_ordinary(one.key)
            and not gazetteer.find(one.key)
        }
        return self._name(words, list(found.values())) if found else None

    def _fits(self, word: Word) -> bool:
        if word.mode != "plain" or self.query.spelling != "all":
            return False
        tokens = tokenize(word.text)
        if self.sure:
            return not all(is_stop_word(token.text) for token in tokens)
        loose = self.query.match == "any"
        return self.vocabulary.respeller.is_name(tokens, among_words=loose)

    def _find(self, words: Sequence[Word]) -> Sequence[Respelling]:
        if len(words) > 1:
            return spellings_in_a_row([word.text for word in words], self.vocabulary)
        return self.vocabulary.respeller.spellings(words[0].text)

    def _name(self, words: Sequence[Word], found: Sequence[Respelling]) -> Name:
        text = " ".join(word.text for word in words)
        dropped = {fold_name(text) for text in self.query.without}
        kept = tuple(one for one in found if one.key not in dropped)
        key = fold_name(text)
        return Name(text, key, tuple(key.split()), tuple(found), kept, key not in dropped)


def variants(name: Name, vocabulary: Vocabulary, part: Part | None) -> list[Variant]:
    """The spellings by rule with the records that have them in a part, those that most records
    have first."""
    found = [
        Variant(
            one.written, "rule", vocabulary.records_of_runs(one.runs, part), one not in name.kept
        )
        for one in name.spellings
    ]
    return sorted(found, key=lambda variant: (-variant.records, variant.text))


def _is_beside(one: Respelling, name: str) -> bool:
    """Whether a spelling may stand beside those of a table. An Arabic one must be like the Arabic
    name: what a Latin one may stand for the table has decided."""
    script = tokenize(one.key)[0].script
    if script == "Arab" and tokenize(name)[0].script != "Arab":
        return False
    return one.similarity >= LEAST_BESIDE_TABLE[script]
