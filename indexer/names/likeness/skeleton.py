"""Under which keys do the spellings of a name meet?

Consonants alone, because writers of Latin letters agree on little else; all words in one, because
they do not agree on where words end. A letter that may be two sounds gives two keys. "Loose" keys
let almost no spelling slip through, "medium" keys bring fewer strangers along.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Literal

from indexer.names.likeness.romanization import (
    GLUED_BOUND,
    MAGHREBI_ARTICLE,
    is_article,
    plain_word,
)

Level = Literal["loose", "medium"]
MOST_KEYS = 16
CONSONANTS = "BFTDZS$JKLMNR"  # of the loose keys
LEAST_NEAR = 4  # consonants of keys that may differ in one
SILENT = "0"  # the key of names without a consonant, such as حوا

# Sounds by letter, alternatives separated by "/"; "-" is silence.
_ARABIC: dict[str, str] = {
    "ب": "B", "ف": "F", "ت": "T", "ط": "T", "د": "D", "ض": "D", "ذ": "D", "ظ": "D", "ز": "Z",
    "س": "S", "ص": "S", "ش": "$", "ج": "J", "ك": "K", "ق": "K", "غ": "K", "خ": "K/-", "ل": "L",
    "م": "M", "ن": "N", "ر": "R", "ث": "T/S", "ة": "-/T",
}  # fmt: skip
_ARABIC_MEDIUM = _ARABIC | {
    "ح": "H", "ه": "H", "ق": "Q/K/G", "غ": "G", "خ": "X", "ة": "-/T/H",
}  # fmt: skip
_LATIN: dict[str, str] = {
    "b": "B", "p": "B", "f": "F", "ph": "F", "v": "F/-", "t": "T", "d": "D", "dh": "D",
    "z": "Z/D", "s": "S", "sh": "$/S", "sch": "$/SK", "ch": "$/K/J/-", "tch": "$/J", "tsh": "T$/$",
    "j": "J/-", "dj": "J", "dzh": "J", "k": "K", "q": "K", "kh": "K/-", "gh": "K", "ck": "K",
    "qu": "K", "g": "K/J", "c": "K/S/J", "l": "L", "m": "M", "n": "N", "r": "R", "th": "T/D/S",
    "x": "KS/K/$", "zh": "J/Z", "ts": "TS/S", "tz": "TS/Z", "rh": "K/R", "ş": "S/$",
}  # fmt: skip
_LATIN_MEDIUM = _LATIN | {
    "h": "H", "q": "Q/K", "k": "K/Q", "g": "G/J/Q", "gh": "G/K", "kh": "X/K", "ch": "$/K/X/J",
    "sh": "$/SH", "th": "T/D/TH",
}  # fmt: skip
_SOUNDS: dict[tuple[str, Level], dict[str, str]] = {
    ("Arab", "loose"): _ARABIC,
    ("Arab", "medium"): _ARABIC_MEDIUM,
    ("Latn", "loose"): _LATIN,
    ("Latn", "medium"): _LATIN_MEDIUM,
}
_GROUP = "sch|tch|tsh|dzh|sh|ch|th|dh|kh|gh|ph|ck|qu|dj|zh|ts|tz|rh"
# One sound of a Latin word: a letter group or a letter, once or twice; "ssh" is a doubled "sh".
_SOUND = re.compile(rf"(?:([a-z])(?=\1h))?(?:({_GROUP})\2?|([a-zş])\3?)")
_NASAL = {"N": "N/M", "M": "M/N"}  # before b and p: Anbar is said, and written, Ambar
INNER_ARTICLE = re.compile(r"(?<=..)ال(?=..)")


@lru_cache(maxsize=1 << 16)
def keys(script: str, words: tuple[str, ...], level: Level) -> frozenset[str]:
    """The keys of a name: `words` in the letters of `name_words`."""
    parts = [
        _word_keys(script, word, level, place + 1 < len(words))
        for place, word in enumerate(words)
        if script == "Arab" or place + 1 == len(words) or not is_article(word, words[place + 1])
    ]
    return _joined(parts)


def near_keys(key: str) -> frozenset[str]:
    """The keys that differ from one in a consonant: another one, one more or less, or two that
    changed places. Only long keys have such: of three consonants two are no evidence."""
    places = range(len(key))
    near = {key[:i] + c + key[i:] for i in range(len(key) + 1) for c in CONSONANTS}
    if len(key) < LEAST_NEAR - 1:
        return frozenset()
    if len(key) >= LEAST_NEAR:
        near |= {key[:i] + key[i + 1 :] for i in places}
        near |= {key[:i] + c + key[i + 1 :] for i in places for c in CONSONANTS}
        near |= {key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in places[:-1]}
    return frozenset(near - {key})


def shared_consonants(one: frozenset[str], other: frozenset[str]) -> tuple[int, bool]:
    """(n, near): consonants of the longest key that two names share; near: of the longest pair of
    keys that differ in one consonant, when they share none. (0, True) if nothing is alike."""
    shared = one & other
    if shared:
        return max(map(len, shared)), False
    few, many = sorted((one, other), key=len)
    return max((max(len(k), len(n)) - 1 for k in few for n in near_keys(k) & many), default=0), True


def _joined(parts: Iterable[tuple[str, ...]]) -> frozenset[str]:
    found = [""]
    for part in parts:
        found = [left + right for left in found for right in part][:MOST_KEYS]
    return frozenset(key or SILENT for key in found)


@lru_cache(maxsize=1 << 17)
def _word_keys(script: str, word: str, level: Level, inside: bool) -> tuple[str, ...]:
    """The keys of one word; `inside`: another word follows."""
    sounds = _SOUNDS[script, level]
    spelled = _arabic_forms(word) if script == "Arab" else _latin_forms(word, inside)
    found: dict[str, None] = {}
    for form in spelled:
        row = (
            _arabic_sounds(form, sounds, inside)
            if script == "Arab"
            else _latin_sounds(form, sounds)
        )
        if level == "medium":
            row = _silent_ends(row)
        choices = [["" if s == "-" else s for s in sound.split("/")] for sound in row]
        for letters in product(*choices):
            found["".join(letters)] = None
            if len(found) >= MOST_KEYS:
                break
    return tuple(found)


def _arabic_forms(word: str) -> list[str]:
    """The word without its article; with it too where it may be part of the word."""
    forms = [word]
    if word.startswith("ال") and len(word) >= 4:
        forms = [word[2:]] if len(word) > 5 else [word[2:], word]
    return [f for form in forms for f in dict.fromkeys((form, INNER_ARTICLE.sub("", form)))]


def _latin_forms(word: str, inside: bool) -> list[str]:
    """The word as it is, and without an article that may be glued to it (Alraqaa, Ezzor)."""
    plain = plain_word(word, "following" if inside else "")
    forms = [word, plain]
    if glued := GLUED_BOUND.match(plain):
        forms.append(glued.group(1) + plain[glued.end() :])
    if MAGHREBI_ARTICLE.match(word):
        forms.append(word.lstrip("l"))
    return list(dict.fromkeys(forms))


def _arabic_sounds(word: str, sounds: dict[str, str], inside: bool) -> list[str]:
    row = []
    for place, letter in enumerate(word):
        sound = sounds.get(letter, "")
        if sound and word[place - 1 : place] == letter:
            sound += "/-"  # كيبللي is written Kaybilli too
        if letter == "ن" and word[place + 1 : place + 2] == "ب":
            sound = _NASAL["N"]
        elif letter == "ه" and inside and place + 1 == len(word):
            sound = "-/T"  # a feminine ending, written without its dots
        if sound:
            row.append(sound)
    return row


def _latin_sounds(word: str, sounds: dict[str, str]) -> list[str]:
    row = []
    for found in _SOUND.finditer(word):
        sound = sounds.get(found.group(2) or found.group(3), "")
        if sound in _NASAL and word[found.end() : found.end() + 1] in ("b", "p"):
            sound = _NASAL[sound]
        if sound:
            row.append(sound)
    return row


def _silent_ends(row: list[str]) -> list[str]:
    """H is heard or not at the end of a word."""
    if row and row[-1] == "H":
        return [*row[:-1], "H/-"]
    return row
