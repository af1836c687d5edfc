"""Which characters are not part of any word's identity?

Runs before tokenizing, because ICU breaks a vocalized word at nothing but Python's `\\w`, Whoosh
and most tokenizers break it at every mark, and a tatweel or a joiner inside a word would make it
another word. Every cleaned character knows its place in the original text.
"""

import re
import unicodedata
from collections.abc import Sequence

# Deleted: Arabic marks (tashkeel, Quranic signs), combining Latin marks, tatweel, soft hyphen,
# joiners, bidi controls, byte-order mark, variation selectors.
DELETED = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad"
    "\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)
# Expanded: Arabic presentation forms and full-width letters, by NFKC (ﷺ becomes four words).
EXPANDED = "\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e"
ASTRAL = "\U00010000-\U0010ffff"
# A hamza typed as a mark above waw or yeh is part of the letter, as it is above alef by folding.
HAMZA = "[\u0648\u064a][\u064b-\u0652]*\u0654"
_SHIFTING = re.compile(f"{HAMZA}|[{DELETED}{EXPANDED}{ASTRAL}]")
_DELETED = re.compile(f"[{DELETED}]")

# One letter for one letter. Persian and Urdu keyboards write Arabic names too.
_SAME_LENGTH = {
    **{ord(c): str(i) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{ord(c): str(i) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **dict(zip(map(ord, "کیېہۀەڤپچگژھ"), "كييههففبجكزه", strict=True)),
    0x200B: " ",  # zero width space: a boundary that one does not see
    0x00A0: " ",
    **dict.fromkeys(range(55296, 57344), "�"),  # lone surrogates: ICU refuses them
}


def _expand(character: str) -> str:
    """What one shifting character, or letter with hamza, becomes; characters outside the BMP keep
    a length of one, because ICU counts UTF-16 units and offsets would shift."""
    if _DELETED.match(character):
        return ""
    if character[-1] == "\u0654":
        return {"\u0648": "\u0624", "\u064a": "\u0626"}[character[0]]
    expanded = unicodedata.normalize("NFKC", character)
    if character > "\uffff" and (len(expanded) != 1 or expanded > "\uffff"):
        return "\ufffd"
    return _DELETED.sub("", expanded)


def clean(text: str) -> tuple[str, Sequence[int]]:
    """The text without what tokenizing must not see, and for each of its characters the offset in
    `text` that it came from (one entry more than characters: the end of `text`)."""
    if _SHIFTING.search(text) is None:
        return text.translate(_SAME_LENGTH), range(len(text) + 1)
    characters: list[str] = []
    origins: list[int] = []
    done = 0
    for found in _SHIFTING.finditer(text):
        characters.append(text[done : found.start()])
        origins.extend(range(done, found.start()))
        expanded = _expand(found.group())
        characters.append(expanded)
        origins.extend([found.start()] * len(expanded))
        done = found.end()
    characters.append(text[done:])
    origins.extend(range(done, len(text) + 1))
    return "".join(characters).translate(_SAME_LENGTH), origins
