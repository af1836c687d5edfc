"""When are two written words the same word?

أحمد, احمد and إحمد are; so are Dayr and Ḍayr, Syria and SYRIA. Word endings are not touched here.
"""

import unicodedata

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})

# Letters that do not decompose, and the signs by which people write ayn and hamza in Latin.
_LATIN = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "dh", "þ": "th", "ł": "l",
        "ı": "i", "ə": "a", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "'": "", "’": "", "‘": "",
        "`": "", "´": "",
    }
)  # fmt: skip
_POSSESSIVE = ("'s", "’s", "‘s")


def is_arabic(word: str) -> bool:
    """Whether the word's first letter is Arabic."""
    return "\u0600" <= word[:1] <= "\u06ff"


def fold_word(word: str) -> str:
    """The spelling under which a cleaned word is indexed: "الدورى" -> "الدوري",
    "Raqqa's" -> "raqqa", "Ḥamāh" -> "hamah"."""
    if is_arabic(word):
        return word.translate(_ARABIC)
    word = word.lower()
    if word.isascii() and "'" not in word:
        return word
    if word.endswith(_POSSESSIVE):
        word = word[:-2]
    # Signs go last: "ʿ" alone would leave nothing, and a term must not be empty.
    plain = unicodedata.normalize("NFD", word)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LATIN)
    return plain or word
