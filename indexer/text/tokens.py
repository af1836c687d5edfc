"""Which terms does a text hold, and where?

The chain: clean, words, fold, stem. Cleaning comes first, because marks inside a word would break
it; folding comes before stemming, because the endings are written in folded letters.
"""

from functools import lru_cache
from typing import NamedTuple

from indexer.text.clean import clean
from indexer.text.fold import fold_word, is_arabic
from indexer.text.stem import stem_word
from indexer.text.words import find_words


class Token(NamedTuple):
    """One word of a text. `start` and `end` are offsets into the original text, marks included."""

    text: str  # folded: the term of the exact fields
    position: int  # 0, 1, 2 … within the text
    start: int
    end: int
    surface: str  # as written, without marks
    script: str  # "Arab", "Latn" (any other alphabet too) or "Zyyy" (digits)
    stem: str  # the term of the word-form fields


@lru_cache(maxsize=1 << 18)
def _terms(word: str) -> tuple[str, str, str]:
    """(folded, stem, script) of one distinct word: an archive repeats each of its words."""
    folded = fold_word(word)
    script = "Arab" if is_arabic(word) else "Latn" if any(map(str.isalpha, word)) else "Zyyy"
    return folded, stem_word(folded), script


def tokenize(text: str) -> list[Token]:
    """The words of a text in both scripts, in order."""
    cleaned, origins = clean(text)
    tokens = []
    for position, (start, end) in enumerate(find_words(cleaned)):
        word = cleaned[start:end]
        folded, stem, script = _terms(word)
        first, last = origins[start], origins[end]
        if last < len(text) and origins[end] == origins[end - 1]:
            last += 1  # the word ends inside an expanded character (ﷺ): take the whole of it
        tokens.append(Token(folded, position, first, last, word, script, stem))
    return tokens
