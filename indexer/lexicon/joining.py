"""Which neighbouring words, and which parts of an Arabic word, may be a name by themselves?

Deir ez-Zor is written Deirezzor too, عبد الرحمن also عبدالرحمن; and وبالفراتي holds الفراتي.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.names.likeness.romanization import LONGEST_ARTICLE, is_article
from indexer.text import Token, fold_word, is_stop_word

# Words that begin, and that end, a name of two.
# fmt: off
_HEADS = frozenset(map(fold_word, (
    "عبد", "أبو", "أبي", "أبا", "أم", "بن", "ابن", "بني", "سيف", "نور", "شمس", "فتح", "نصر", "عطا",
    "صلاح", "علاء", "بهاء", "شيخ", "دير", "تل", "كفر", "عين", "بيت", "خان", "جسر", "جبل", "باب",
    "رأس", "معرة", "خربة", "خراب", "وادي", "برج", "حي", "قلعة", "نهر", "دار",
)))
# fmt: on
_TAILS = frozenset({"الله", "الدين"})
_GAP = re.compile(r"[ \u00a0]?[-‐‑ \u00a0]")  # a space, a hyphen: what stands inside one name

# What Arabic writes onto the front of a name. Before the article ل takes its alef: للرقة.
_BEFORE_ARTICLE = ("وب", "وك", "فب", "فك", "و", "ف", "ب", "ك")
_BEFORE_ANY = ("وب", "ول", "فب", "فل", "و", "ف", "ب", "ل", "ك")
_LAM = ("ول", "فل", "ل")
_LEAST_REST = 4  # letters behind one that is probably a conjunction or preposition: ويزيد, وليد


def joined_names(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The pairs of words of a text that may be one name, as written; an article may stand between
    Latin ones. In Latin both are capitalized, or the first is an article; in Arabic the first
    begins such names, or the second ends them."""
    large = [token.surface[0].isupper() for token in tokens]
    for place, one in enumerate(tokens[:-1]):
        other = tokens[place + 1]
        if one.script != other.script:
            continue
        if one.script == "Latn" and not (
            (large[place] or len(one.text) <= LONGEST_ARTICLE) and any(large[place + 1 : place + 3])
        ):
            continue  # most pairs of a text
        if one.script == "Arab":
            head = next((bare for bare in (one.text, *_heads(one.text)) if bare in _HEADS), "")
            if (head or other.text in _TAILS) and _adjoins(text, one, other):
                yield f"{one.surface[-len(head) :]} {other.surface}"
        elif one.script == "Latn":
            last, between = other, None
            if place + 2 < len(tokens) and is_article(other.text, tokens[place + 2].text):
                last, between = tokens[place + 2], other
            if _makes_name(text, one, last, between) and all(
                _adjoins(text, *pair) for pair in pairwise(tokens[place : last.position + 1])
            ):
                yield " ".join(text[one.start : last.end].split())


def _heads(word: str) -> tuple[str, ...]:
    """What a folded Arabic word may be without a letter attached to its front: بدير."""
    return (word[1:],) if word[0] in "وفبلك" and len(word) > 2 else ()


def _makes_name(text: str, one: Token, last: Token, between: Token | None) -> bool:
    """Whether two Latin words may be one name, an article between them or none."""
    if not last.surface[0].isupper() or not _is_plain(last) or is_stop_word(last.text):
        return False
    if between is None and is_article(one.text, last.text):
        # "as Sweida" may be two words of a sentence; as-Sweida is a name.
        return not _is_english(one.text) or text[one.end] != " "
    if between is not None and _is_english(between.text) and text[between.end] == " ":
        return False
    return one.surface[0].isupper() and _is_plain(one) and not is_stop_word(one.text)


def _is_plain(word: Token) -> bool:
    """Whether a word is of letters, and no acronym."""
    return word.surface.isalpha() and len(word.text) > 1 and not word.surface.isupper()


def _is_english(article: str) -> bool:
    return is_stop_word(article) or article == "us"


def _adjoins(text: str, one: Token, other: Token) -> bool:
    return _GAP.fullmatch(text, one.end, other.start) is not None


def bare_forms(word: str) -> tuple[str, ...]:
    """The names that may stand behind what is attached to a folded Arabic word: "وبالفراتي" ->
    ("الفراتي",), "لدوما" -> ("دوما",)."""
    for prefix in _BEFORE_ARTICLE:
        if word.startswith(prefix + "ال") and len(word) >= len(prefix) + 2 + 3:
            return (word[len(prefix) :],)
    for lam in _LAM:
        if word.startswith(lam + "ل") and len(word) >= len(lam) + 1 + 3:
            return ("ال" + word[len(lam) + 1 :],)
    return tuple(
        word[len(prefix) :]
        for prefix in _BEFORE_ANY
        if word.startswith(prefix) and len(word) >= len(prefix) + _LEAST_REST
    )


def attached_forms(word: str) -> tuple[str, ...]:
    """A folded Arabic name with all that may be attached to its front: the inverse of
    `bare_forms`."""
    forms = tuple(prefix + word for prefix in _BEFORE_ANY)
    if word.startswith("ال"):
        forms += tuple(lam + word[1:] for lam in _LAM)
        forms += tuple(prefix + word for prefix in _BEFORE_ARTICLE)
    return tuple(dict.fromkeys(forms))
