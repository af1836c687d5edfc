"""Which terms does a text hold, and where?

The chain: clean, words, fold, stem. Cleaning comes first, because marks inside a word would break
it; folding comes before stemming, because the endings are written in folded letters.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.text.clean import clean
from indexer.text.fold import fold_word, is_arabic
from indexer.text.stem import stem_word
from indexer.text.words import find_runs, split_run


class Token(NamedTuple):
    """One word of a text. `start` and `end` are offsets into the original text, marks included."""

    text: str  # folded: the term of the exact fields
    position: int  # 0, 1, 2 … within the text
    start: int
    end: int
    surface: str  # as written, without marks
    script: str  # "Arab", "Latn" (any other alphabet too) or "Zyyy" (digits)
    stem: str  # the term of the word-form fields


_new = tuple.__new__


class _Word(NamedTuple):
    """One of our words in one of ICU's."""

    start: int  # within ICU's word
    end: int
    text: str  # folded
    surface: str
    script: str
    stem: str


@lru_cache(maxsize=1 << 18)
def _read_run(run: str) -> tuple[_Word, ...]:
    """What one of ICU's words holds: an archive repeats each of them, so this costs once."""
    words = []
    for start, end in split_run(run):
        word = run[start:end]
        folded = fold_word(word)
        script = "Arab" if is_arabic(word) else "Latn" if any(map(str.isalpha, word)) else "Zyyy"
        words.append(_Word(start, end, folded, word, script, stem_word(folded)))
    return tuple(words)


def tokenize(text: str) -> list[Token]:
    """The words of a text in both scripts, in order."""
    cleaned, origins = clean(text)
    moved = not isinstance(origins, range)  # something was deleted or expanded
    tokens: list[Token] = []
    for begin, end in find_runs(cleaned):
        for start, stop, folded, surface, script, stem in _read_run(cleaned[begin:end]):
            first, last = begin + start, begin + stop
            if moved:
                first, last = _original(origins, first, last, len(text))
            # Made as a tuple: Token(...) calls a function of Python, a third more of the time.
            tokens.append(_new(Token, (folded, len(tokens), first, last, surface, script, stem)))
    return tokens


def _original(origins: Sequence[int], start: int, end: int, length: int) -> tuple[int, int]:
    """Where a word of the cleaned text stands in the original one."""
    last = origins[end]
    if last < length and last == origins[end - 1]:
        last += 1  # the word ends inside an expanded character (ﷺ): take the whole of it
    return origins[start], last
