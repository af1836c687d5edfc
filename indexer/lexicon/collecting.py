"""Which words does an archive write, how often, and under which keys are they found?"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.arrays import ArrayFileWriter, narrow
from indexer.fields import Part
from indexer.lexicon.joining import bare_forms, joined_names
from indexer.lexicon.reading import KEY_LEVELS, NAME, SHORT_KEY, hash_of
from indexer.names.likeness.romanization import name_words
from indexer.names.likeness.skeleton import keys
from indexer.text import Token, fold_word, tokenize
from indexer.text.fold import is_arabic

LONGEST = 40  # letters: what is longer is no name
_FIRST = re.compile(r"(?:^|[.!?:…\n])[\s\"'“”‘’«»()-]*([A-Z][\w'’]*)")  # words of sentences


class Counts(NamedTuple):
    """How often words were counted, in plain types."""

    words: dict[str, int]
    first: dict[str, int]  # of them, where a capital says nothing
    pairs: dict[str, int]


class LexiconWriter:
    """Counts the words of texts, and writes the lexicon of a generation."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._first: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()

    def add(self, text: str, tokens: Sequence[Token], part: Part) -> None:
        """The words of one part of a document: `tokens` are those of `tokenize(text)`."""
        words = [token.surface for token in tokens]
        self._words.update(words)
        self._first.update(words if part == "title" else _FIRST.findall(text))
        self._pairs.update(joined_names(text, tokens))

    def counts(self) -> Counts:
        """All that was added, for another to take."""
        return Counts(dict(self._words), dict(self._first), dict(self._pairs))

    def take(self, counts: Counts) -> None:
        """What another counted."""
        self._words.update(counts.words)
        self._first.update(counts.first)
        self._pairs.update(counts.pairs)

    def write(self, folder: Path) -> None:
        """Write the files of `Lexicon` into the folder of a generation."""
        running = [0, 0]  # words in Arabic and in Latin letters
        letters = bytearray()
        ends, counts, smalls = array("Q"), array("Q"), array("Q")
        hashes, owners = array("I"), array("I")
        for number, (key, written, count, small) in enumerate(self._entries(running)):
            letters += written.encode()
            ends.append(len(letters))
            counts.append(count)
            smalls.append(small)
            for value in sorted(_hashes_of(key, written)):
                hashes.append(value)
                owners.append(number)
        buckets, marks, sorted_owners = _bucketed(hashes, owners)
        with ArrayFileWriter(folder / NAME) as file:
            file.add("letters", np.frombuffer(bytes(letters), np.uint8))
            for name, numbers in (("ends", ends), ("counts", counts), ("small", smalls)):
                file.add(name, narrow(np.array(numbers, np.uint64)))
            file.add("buckets", narrow(buckets))
            file.add("marks", marks)
            file.add("owners", narrow(sorted_owners))
            file.add("running", np.array(running, np.uint64))

    def _entries(self, running: list[int]) -> Iterator[tuple[str, str, int, int]]:
        """(folded, as most often written, how often, how often small) of each word and pair, in
        order; adds up the running words of each script."""
        for table in (self._words, self._pairs):
            spelled: dict[str, list[tuple[int, str]]] = {}
            for written, count in table.items():
                key = _folded(written, single=table is self._words)
                if key:
                    spelled.setdefault(key, []).append((count, written))
            if table is self._words:
                _add_bare(spelled)
            for key in sorted(spelled):
                forms = spelled[key]
                count = sum(count for count, _ in forms)
                small = sum(count for count, written in forms if written[0].islower())
                if table is self._words:
                    running[not is_arabic(key)] += count
                    small = self._share_of_small(forms, count, small)
                yield key, max(forms)[1], count, small

    def _share_of_small(self, forms: list[tuple[int, str]], count: int, small: int) -> int:
        """How many of the occurrences of a word would be small if none began a sentence or stood
        in a title, where all words have capitals."""
        first = sum(self._first[written] for _, written in forms if written[0].isupper())
        told = max(count - first, small)
        return round(count * small / told) if small else 0


def _folded(written: str, single: bool) -> str:
    """The key of a written word or pair; "" for what is no name."""
    if not 2 <= len(written) <= LONGEST:
        return ""
    if not written.isalpha() and any(c.isdigit() for c in written):
        return ""
    if single:
        whole = written[-1].isalpha() and is_arabic(written) == is_arabic(written[-1])
        return fold_word(written) if whole else ""
    return " ".join(token.text for token in tokenize(written))


def _add_bare(spelled: dict[str, list[tuple[int, str]]]) -> None:
    """Names that are only found with something attached to them: in so many places, of their own
    in none."""
    missing = {
        bare for key in spelled if is_arabic(key) for bare in bare_forms(key) if bare not in spelled
    }
    for bare in missing:
        spelled[bare] = [(0, bare)]


def _hashes_of(key: str, written: str) -> set[int]:
    """The hashes under which a spelling is found: of its folded words, of its consonants, and
    where these are few, of the stricter ones too."""
    script, words = name_words(written)
    found = {hash_of("word", key)}
    if words:
        loose = keys(script, words, "loose")
        for level in KEY_LEVELS:
            if level == "loose" or min(map(len, loose)) <= SHORT_KEY:
                found.update(hash_of(level, key) for key in keys(script, words, level))
    return found


def _bucketed(
    hashes: Sequence[int], owners: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.uint32]]:
    """(where each bucket begins and the last one ends, the high bits of the hashes, the owners):
    a power of two of buckets, four hashes in one on average."""
    values = np.array(hashes, np.uint32)
    many = 1 << max(0, (len(values) // 4).bit_length())
    bucket = values & (many - 1)
    order = np.argsort(bucket, kind="stable")
    starts = np.searchsorted(bucket[order], np.arange(many + 1))
    marks = (values[order] >> 24).astype(np.uint8)
    return starts, marks, np.array(owners, np.uint32)[order]
