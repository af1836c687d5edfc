"""Which language is a text in? The script decides first, a model only between Latin languages."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

OPENING = 20_000  # characters tell it
_LINK = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@\S+")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
# What the archive's pages are in; among all languages of the model, a short English post is often
# taken for Zulu or Luxembourgish.
_LIKELY = [
    "en",
    "fr",
    "de",
    "tr",
    "es",
    "it",
    "pt",
    "nl",
    "ru",
    "uk",
    "sv",
    "da",
    "no",
    "fi",
    "pl",
    "cs",
    "el",
    "he",
    "ku",
    "ro",
    "hu",
    "id",
    "ja",
    "ko",
    "zh",
]
_OTHER = {"fa": re.compile("[پچژگ]"), "ur": re.compile("[ٹڈڑںے]")}


def language(*texts: str | None, hint: str | None = None) -> str:
    """The ISO 639-1 code of the first text with at least 20 letters; else of `hint` ("ar-SY"); else
    "und"."""
    for text in texts:
        text = _LINK.sub(" ", (text or "")[:OPENING])
        letters = len(_LETTER.findall(text))
        if letters < 20:
            continue
        arabic = _ARABIC.findall(text)
        if len(arabic) * 2 > letters:
            return _of_arabic_script("".join(arabic))
        return str(_identifier().classify(text[:1000])[0])
    found = re.match(r"[a-z]{2}(?![a-z])", (hint or "").strip().lower())
    return found[0] if found else "und"


def _of_arabic_script(letters: str) -> str:
    # Arabic text has such letters in foreign names only: far fewer than one in a hundred.
    shares = {code: len(own.findall(letters)) / len(letters) for code, own in _OTHER.items()}
    code = max(shares, key=lambda each: shares[each])
    return code if shares[code] > 0.02 else "ar"


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LIKELY)
    return identifier
