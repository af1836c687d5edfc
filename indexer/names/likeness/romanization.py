"""With which letters is a name written?

Both scripts are reduced to what spellings of one name have in common: small letters a-z for Latin,
letters without marks for Arabic, words without hyphens.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from indexer.text import tokenize

# Letters whose sound is lost when their mark is stripped, and letters that have no mark to strip.
_SOUNDS = str.maketrans(
    {
        "š": "sh", "č": "ch", "ž": "zh", "ğ": "gh", "ḵ": "kh", "ḫ": "kh", "ḏ": "dh", "ṯ": "th",
        "ġ": "gh", "ç": "ch", "ǧ": "j", "ə": "a", "ı": "i", "ð": "dh", "þ": "th", "æ": "ae",
        "œ": "oe", "ß": "ss", "ø": "o", "đ": "d", "ł": "l",
    }
)  # fmt: skip
_DIGITS = str.maketrans({"3": "", "2": "", "7": "h", "5": "kh", "8": "gh", "9": "q", "6": "t"})
_ALEFS = str.maketrans("أإآٱ", "اااا")
LONGEST_NAME = 200  # characters; comparing takes time with the product of two lengths
_NO_LETTER = re.compile(r"[^a-zş]+")

# The article in Latin letters: of any word, or with the sun letter of the word it stands before.
ARTICLES = frozenset({"al", "el", "ul", "il", "l"})
LONGEST_ARTICLE = 4  # letters
GLUED_ARTICLE = re.compile(r"[aeui]l(?=..)|[aeiou](?:(sh|ch|th|dh)(?=\1)|([tdrszn])(?=\2.))")
# "Servant of the" and "father of the", with the article of the next word: Abdul, Abdur, Abou el.
BOUND = re.compile(r"(abd|ab)[aeou]{1,2}(?:[lrsztdn]|sh|dh)?")
# Abdelkarim, Abdurrahman; not Abdullah.
GLUED_BOUND = re.compile(r"(abd)[aeou]{1,2}(?:l(?!l?[aā]h?$)|(sh|dh|[rsztdn])(?=\2))(?=...)")
MAGHREBI_ARTICLE = re.compile(r"l+[bcdfghjkmnpqrstvwxz]|laa")  # Lakhdar has a vowel: not seen
SUN_ARTICLE = re.compile(r"[aeiou]?(sh|ch|th|dh|[tdrszlnş])\1?")


@lru_cache(maxsize=1 << 16)
def latin_letters(word: str) -> str:
    """A Latin word in letters a-z, and ş, which is ص to some and ش to others: "Ḩamāh" -> "hamah",
    "7ama" -> "hama"."""
    word = word.lower()
    if not word.isascii():
        word = unicodedata.normalize("NFC", word).translate(_SOUNDS)
        marked = unicodedata.normalize("NFD", word.replace("ş", "\0"))
        word = "".join(c for c in marked if not unicodedata.combining(c)).replace("\0", "ş")
    if not word.isalpha() and any(map(str.isalpha, word)):
        word = word.translate(_DIGITS)
    return _NO_LETTER.sub("", word)


def name_words(name: str) -> tuple[str, tuple[str, ...]]:
    """The script of a name ("Arab" or "Latn") and its words in the letters of that script, as far
    as a name is long."""
    tokens = tokenize(name[:LONGEST_NAME])
    if any(token.script == "Arab" for token in tokens):
        return "Arab", tuple(t.surface.translate(_ALEFS) for t in tokens if t.script == "Arab")
    return "Latn", tuple(word for t in tokens if (word := latin_letters(t.surface)))


def without_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Latin words without articles, be they words or glued to one: ("deir", "ez", "zor") ->
    ("deir", "zor"), ("alraqaa",) -> ("raqaa",), ("abdul", "latif") -> ("abd", "latif")."""
    return tuple(
        plain_word(word, following)
        for word, following in pairwise((*words, ""))
        if not following or not is_article(word, following)
    )


def plain_word(word: str, following: str = "") -> str:
    """A Latin word without the article glued to its front, or, of abd and abu, to its end."""
    if following and (bound := BOUND.fullmatch(word)):
        return bound.group(1)
    glued = GLUED_ARTICLE.match(word)
    return word[glued.end() :] if glued and len(word) >= 4 else word


def is_article(word: str, following: str) -> bool:
    """Whether a Latin word is the article of the next one: "al" always, "ez" before "zor"."""
    if word in ARTICLES or len(word) > LONGEST_ARTICLE:
        return word in ARTICLES
    sun = SUN_ARTICLE.fullmatch(word)
    return sun is not None and following.startswith(sun.group(1))


def arabic_letters(words: tuple[str, ...]) -> str:
    """Arabic words as the alignment reads them: the article is one sign, "@", and "_" stands
    between words: دير الزور -> "دير_@زور"."""
    return "_".join(
        "@" + word[2:] if word.startswith("ال") and len(word) >= 4 else word for word in words
    )
