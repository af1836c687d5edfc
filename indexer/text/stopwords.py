"""Which words say nothing in a long question?"""

import tomllib
from functools import cache
from importlib.resources import files

from indexer.text.fold import fold_word


@cache
def _stop_words() -> frozenset[str]:
    table = tomllib.loads(files("indexer.text").joinpath("stopwords.toml").read_text("utf-8"))
    return frozenset(fold_word(word) for words in table.values() for word in words.split())


def is_stop_word(folded: str) -> bool:
    """Whether a folded word is in `stopwords.toml`."""
    return folded in _stop_words()
