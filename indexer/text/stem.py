"""What is left of a word without its endings?

Arabic: light10 (Larkey, Ballesteros and Connell, SIGIR 2002) with one addition. English and other
Latin words: Porter2 (Porter, "The English Porter2 stemming algorithm", 2001) by Snowball.
"""

import threading
from functools import lru_cache

import Stemmer

from indexer.text.fold import is_arabic

# light10 takes one prefix. "وبالكتاب" then keeps its article, so the conjunctions are allowed in
# front of each article form; longest first, so that one pass takes all that is attached.
_PREFIXES = ("وبال", "وكال", "فبال", "فكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")  # after folding: no ة, no ى
_local = threading.local()  # a Snowball stemmer holds a buffer: one per thread


def light10(word: str) -> str:
    """The light10 stem of a folded Arabic word: "والمدارس" -> "مدارس". Two letters stay."""
    bare = _without_article(word)
    if bare == word and word.startswith("و") and len(word) >= 4:
        bare = word[1:]
    word = bare
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word


def other_fronts(word: str) -> tuple[str, str]:
    """The stems that light10 gives a folded Arabic word with an article in front and without: it
    takes the و of وزارة, which belongs to the word, but not that of الوزارة; so with ألغام."""
    return light10("ال" + word), light10(_without_article(word))


def _without_article(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) >= len(prefix) + 2:
            return word[len(prefix) :]
    return word


@lru_cache(maxsize=1 << 18)
def stem_word(word: str) -> str:
    """The stem of a folded word of either script. Words with a dot stay: "u.s" is no "u."."""
    if is_arabic(word):
        return light10(word)
    if "." in word or not word.isalpha():
        return word
    if not hasattr(_local, "porter2"):
        _local.porter2 = Stemmer.Stemmer("english", 0)  # our memo is enough
    return str(_local.porter2.stemWord(word))
