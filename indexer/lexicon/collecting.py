"""Which words does an archive write, how often, and under which keys are they found?"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from indexer.lexicon.joining import bare_forms, joined_names
from indexer.lexicon.reading import ENTRY, KEY_LEVELS, folder_files, hash_of
from indexer.names.romanization import name_words
from indexer.names.skeleton import keys
from indexer.text import Token, fold_word, tokenize
from indexer.text.fold import is_arabic

LONGEST = 40  # letters: what is longer is no name
SHORT_KEY = 3  # consonants: so few have many words, and the medium keys tell them apart


class LexiconWriter:
    """Counts the words of texts, and writes the lexicon of a generation."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()

    def add(self, text: str, tokens: Sequence[Token]) -> None:
        """The words of one text: `tokens` are those of `tokenize(text)`."""
        self._words.update([token.surface for token in tokens])
        self._pairs.update(joined_names(text, tokens))

    def write(self, folder: Path) -> None:
        """Write the files of `Lexicon` into a new folder."""
        folder.mkdir()
        running = [0, 0]  # words in Arabic and in Latin letters
        rows = array("Q")
        text = bytearray()
        hashes, owners = array("I"), array("I")
        for number, (written, count, small) in enumerate(self._entries(running)):
            rows.extend((len(text), count, small))
            text += written.encode()
            for key in _keys_of(written):
                hashes.append(key)
                owners.append(number)
        table = np.array(rows, np.uint64).reshape(-1, 3)
        entries = np.empty(len(table), ENTRY)
        for place, name in enumerate(ENTRY.names or ()):
            entries[name] = table[:, place]
        order = np.argsort(np.array(hashes, np.uint32), kind="stable")
        arrays = {
            "entries": entries,
            "text": np.frombuffer(bytes(text), np.uint8),
            "hashes": np.array(hashes, np.uint32)[order],
            "owners": np.array(owners, np.uint32)[order],
            "running": np.array(running, np.uint64),
        }
        for name, path in folder_files(folder).items():
            np.save(path, arrays[name], allow_pickle=False)

    def _entries(self, running: list[int]) -> Iterator[tuple[str, int, int]]:
        """(as most often written, how often, how often small) of each word and pair, in order;
        adds up the running words of each script."""
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
                yield max(forms)[1], count, small


def _folded(written: str, single: bool) -> str:
    """The key of a written word or pair; "" for what is no name."""
    if len(written) < 2 or len(written) > LONGEST or any(c.isdigit() for c in written):
        return ""
    if single:
        return fold_word(written) if written[-1].isalpha() else ""
    return " ".join(token.text for token in tokenize(written))


def _add_bare(spelled: dict[str, list[tuple[int, str]]]) -> None:
    """Names that are only found with something attached to them: in so many places, of their own
    in none."""
    missing = {
        bare for key in spelled if is_arabic(key) for bare in bare_forms(key) if bare not in spelled
    }
    for bare in missing:
        spelled[bare] = [(0, bare)]


def _keys_of(written: str) -> Iterable[int]:
    """The hashes under which a spelling is found: its folded words, and its consonants; where
    these are few, also the stricter ones."""
    script, words = name_words(written)
    folded = " ".join(token.text for token in tokenize(written))
    yield hash_of("word", folded)
    if not words:
        return
    loose = keys(script, words, "loose")
    for level in KEY_LEVELS:
        if level == "loose" or min(map(len, loose)) <= SHORT_KEY:
            for key in keys(script, words, level):
                yield hash_of(level, key)
