"""Which text are these bytes, whatever they claim to be?

Declarations lie more often than bytes do: valid UTF-8 beats every declaration, and otherwise the
candidate wins whose words look like words.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_WIDE_MARKS = (  # and a tag in that encoding: other bytes behind the mark are fluent Chinese
    (codecs.BOM_UTF16_LE, b"<\0", "utf-16-le"),
    (codecs.BOM_UTF16_BE, b"\0<", "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_WIDE = re.compile(rb"(?P<le><\x00[a-z!?]\x00)|\x00<\x00[a-z!?]", re.I)  # UTF-16 without its mark
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_SAMPLE = 200_000  # characters outside tags and scripts are enough to judge a reading
_OPENING = (
    2_000_000  # characters in which they are looked for: scripts may fill a page's first half
)
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.S | re.I)
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile("[\u0621-\u063a\u0640-\u0652\u0670\u067e\u0686\u0698\u06a9\u06af\u06cc]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
# What Arabic words are or begin with, three times in ten; a wrong reading moves these letters.
_FLUENT = re.compile(
    "[وبكفل]?ال..|(?:في|من|على|إلى|الى|عن|أن|ان|ما|هذا|هذه|التي|الذي|مع|لم|لا|كان)$"
)
_CONTROLS = bytes(byte for byte in (*range(32), 127) if byte not in b"\t\n\r")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, and how its bytes were read."""

    text: str
    encoding: str
    declared: str | None
    replaced: int  # characters that became U+FFFD


def decode(content: bytes, content_type: str = "") -> Decoded:
    """The text of a page; never raises. NULs and other controls are gone, lone surrogates are
    U+FFFD, and text that was encoded twice is put right."""
    declared = _declared(content, content_type)
    text, encoding = _read(content, declared)
    text = _unmix(scrub(text))
    said = next(iter(declared), None)
    return Decoded(text, encoding, said, text.count("\ufffd"))


def scrub(text: str) -> str:
    """The text without NULs and other controls, and with U+FFFD for lone surrogates."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    return content.translate(None, _CONTROLS).decode()


def is_binary(content: bytes) -> bool:
    """Whether the bytes are an image or another file: one in fifty is a control that no text has.
    NULs do not count, because broken pages have them."""
    opening = content[:65536]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _WIDE.search(
        opening[:4096]
    ):
        return False
    kept = opening.translate(None, _CONTROLS[1:])
    return (len(opening) - len(kept)) * 50 > len(opening)


def _declared(content: bytes, content_type: str) -> list[str]:
    """The charsets that header and page claim, in this order, as they are written."""
    found = _CHARSET.findall(content_type)
    found += [name.decode("ascii", "replace") for name in _META.findall(content[:4096])[:2]]
    return [name.lower() for name in found]


def _read(content: bytes, declared: list[str]) -> tuple[str, str]:
    for mark, tag, encoding in _WIDE_MARKS:
        if content.startswith(mark):
            content = content[len(mark) :]
            if tag in content:
                return content.decode(encoding, "replace"), encoding
    content = content.removeprefix(codecs.BOM_UTF8)  # what claims to be UTF-8 is not always
    if found := _WIDE.search(content[:4096]):
        encoding = "utf-16-le" if found["le"] else "utf-16-be"
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    multibyte = sum(character > "\x7f" for character in text) - bad
    if bad <= max(3, multibyte // 100) and multibyte >= 20 * bad:
        return text, "utf-8"
    return max(_readings(content, declared), key=lambda reading: reading[0])[1:]


def _readings(content: bytes, declared: list[str]) -> Iterator[tuple[float, str, str]]:
    """(score, text, encoding) of each candidate; the first of equals counts."""
    guess = detect_encoding(content[:_SAMPLE]) or "windows-1252"
    names = dict.fromkeys([*declared, guess, "windows-1256", "iso-8859-6", "windows-1252"])
    seen = set()
    for name in names:
        try:
            encoding = codecs.lookup(name).name
        except LookupError:
            continue
        encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
        if encoding in seen or encoding.startswith(("utf-16", "utf-32", "utf-7")):
            continue  # UTF-16 shows in the bytes, and turns any others into fluent Chinese
        seen.add(encoding)
        try:
            text = content.decode(encoding, "replace")
        except (LookupError, UnicodeError):  # codecs that are no text encodings, too
            continue
        yield fluency(text) + 0.08 * (name in declared), text, encoding.replace("cp", "windows-")


def fluency(text: str) -> float:
    """How much the words with other letters than a-z look like words, from -1 to 1."""
    sample = _TAG.sub(" ", text[:_OPENING])[:_SAMPLE]
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    broken = len(re.findall("[\x80-\x9f\ufffd]", sample))
    return (sum(map(_likeness, words)) - broken) / ((len(words) + broken) or 1)


def _likeness(word: str) -> float:
    if _ARABIC.fullmatch(word):
        return 1.0 if _FLUENT.match(word) else 0.4
    if _LATIN.fullmatch(word):
        strange = sum(character > "\x7f" for character in word)
        if strange == len(word):  # "à" is a word, and "Ø" a piece of a wrong reading
            return 0.0 if strange == 1 else -0.5
        return 0.7 if strange <= max(1, len(word) // 3) else -0.5
    return -1.0 if _ARABIC.search(word) or _LATIN.search(word) else 0.5


# UTF-8 once read as one of these: its lead bytes for Arabic (D8, D9) show as one of two letters
# before letters and signs that do not follow them otherwise.
_TWICE = {
    "windows-1252": ("Ø", "Ù", re.compile("[ØÙ][\u0080-\u00bf\u0152-\u2122]")),
    "windows-1256": ("ط", "ظ", re.compile("[طظ][\u0080-\u00bf\u200c-\u2122گچژڈپٹکڑں]")),
}


def _unmix(text: str) -> str:
    for encoding, (first, second, marks) in _TWICE.items():
        if text.count(first) + text.count(second) < 20 or len(marks.findall(text)) < 20:
            continue
        letters = {
            bytes([byte]).decode(encoding, "ignore") or chr(byte): byte for byte in range(128, 256)
        }
        run = re.compile(f"[{re.escape(''.join(letters))}]+")

        def once(found: re.Match[str], letters: dict[str, int] = letters) -> str:
            try:
                return bytes(letters[letter] for letter in found[0]).decode("utf-8")
            except UnicodeDecodeError:
                return found[0]

        better = run.sub(once, text)
        if fluency(better) > fluency(text) + 0.3:
            text = better
    return text
