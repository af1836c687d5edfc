"""Which spellings of a heading, a label or a month name are the same?

Only keys for comparing: never text that is kept.
"""

import re
import unicodedata

_INVISIBLE = re.compile("[\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LETTERS = str.maketrans("أإآٱىةیکؤئ", "ااااي" + "هيكوي")


def fold(text: str) -> str:
    """Lower case, plain digits, one alef, one ya, no vowel marks, no tatweel, single spaces."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LETTERS)
        text = "".join(map(_plain, unicodedata.normalize("NFD", text)))
    return " ".join(text.split())


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Mn":
        return ""
    return str(unicodedata.digit(character)) if kind == "Nd" else character
