"""When are two typed names the same spelling?"""

from functools import lru_cache

from indexer.text import tokenize


@lru_cache(maxsize=1 << 16)  # an archive repeats its names
@lru_cache(maxsize=1 << 16)
def fold_name(text: str) -> str:
    """The key of a typed name: its folded words, joined by a space. "Deir-ez-Zour" and
    "deir ez zour" are one spelling, ديرالزور and دير الزور are two."""
    return " ".join(token.text for token in tokenize(text))
