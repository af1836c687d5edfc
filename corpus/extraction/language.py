"""Which language is a text in? The script decides first, a model only between Latin languages."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

OPENING = 20_000  # characters tell it
LEAST = 20  # letters; fewer may be a name
_LINK = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@\S+|@\w+")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_TABLE = tomllib.loads((files("corpus.extraction") / "languages.toml").read_text("utf-8"))
_SIGNS: dict[str, dict[str, float]] = _TABLE["letters"]
_ACCENTED = re.compile(r"(?![A-Za-z])[^\W\d_]")  # a letter that English has not
_WORDS = {code: frozenset(words) for code, words in _TABLE["words"].items()}
_PERSIAN = str.maketrans("يك", "یک")
_ARTICLE = re.compile("[وبكفل]?ال..|لل..")  # three Arabic words in ten
_FOREIGN = re.compile("[پچژگکیڕڵۆێەڤٹڈڑںےہ]")
_TURKISH = re.compile("[ğıİ]")


def script(text: str) -> str | None:
    """The script of most of a text's letters, "Arab" or "Latn" (which stands for all others); None
    for a text without letters."""
    count = _count(_LETTERS, text)
    if not count:
        return None
    return "Arab" if not text.isascii() and _count(_ARABIC, text) * 2 > count else "Latn"


def letters(text: str) -> int:
    """How many letters a text has outside links and addresses."""
    return _count(_LETTERS, _unlinked(text))


def _unlinked(text: str) -> str:
    return _LINK.sub(" ", text) if "@" in text or "://" in text or "www." in text else text


def _count(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def language(*texts: str | None, hint: str | None = None) -> str:
    """The ISO 639-1 code of the first text with at least LEAST letters ("ckb", which has none, for
    Sorani); else of `hint` ("ar-SY"); else "und"."""
    for text in texts:
        text = _unlinked((text or "")[:OPENING])
        if _count(_LETTERS, text) < LEAST:
            continue
        return _of_arabic_script(text) if script(text) == "Arab" else _of_latin_script(text[:1000])
    found = re.match(r"[a-z]{2,3}(?![a-z])", (hint or "").strip().lower())
    return found[0] if found else "und"


def is_plainly(code: str, line: str) -> bool:
    """Whether a line is in a language at first sight: English by two of the words that all its
    sentences are made of, Arabic by the want of all letters of the other languages."""
    if code == "en":
        return len(_WORDS["en"].intersection(line.lower().split())) >= 2
    return code == "ar" and not _FOREIGN.search(line)


def _of_arabic_script(text: str) -> str:
    words = re.findall(r"\w+", text.translate(_PERSIAN))
    scores = {
        code: sum(worth * sum(map(text.count, own)) for own, worth in table.items())
        + 2 * sum(word in _WORDS[code] for word in words)
        for code, table in _SIGNS.items()
    }
    scores["ar"] += 2 * sum(_ARTICLE.match(word) is not None for word in words)
    # One sign in four words: an Arabic text has foreign names, and may have no article.
    others = {code: score for code, score in scores.items() if score * 4 >= len(words)}
    return max(others, key=lambda code: scores[code], default="ar")


@lru_cache(64)  # an article's opening is asked for with the whole and with its first passage
def _of_latin_script(text: str) -> str:
    if _TURKISH.search(text):
        return "tr"
    words = re.findall(r"\w+", text.lower())
    # English prose has one such word in three or four; the model would take ten times as long.
    if not _ACCENTED.search(text) and sum(word in _WORDS["en"] for word in words) * 6 >= len(words):
        return "en"
    kurmanji = sum(word in _WORDS["ku"] for word in words)
    if kurmanji * 7 >= len(words) and re.search("[êîûş]", text):
        return "ku"
    return str(_identifier().classify(text)[0])


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_TABLE["likely"])
    return identifier
