"""Which spellings of a heading, a label or a month name are the same?

Only keys for comparing: never text that is kept.
"""

import re
import unicodedata
from functools import lru_cache

# Tatweel, joiners and bidi marks; and after decomposition Latin, Arabic and Quranic marks.
_INVISIBLE = re.compile("[\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = str.maketrans("ٱىةیکي٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ايهيكي01234567890123456789")

LINE = 200  # characters; shorter texts are mostly menus, the same on page after page


def fold(text: str) -> str:
    """Lower case, plain digits, one alef, one ya, no vowel marks, no tatweel, single spaces."""
    return _fold_line(text) if len(text) <= LINE else _fold(text)


@lru_cache(maxsize=8192)
def _fold_line(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
        text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS)
    return " ".join(text.casefold().split())
