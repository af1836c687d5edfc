"""How does a run of a record's text look on a page?"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus import Passage

# Controls that could turn the text around them, and control characters, are not shown; the record
# keeps them. The marks that only help a single place (LRM, RLM, ALM) stay.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
# Kurdish is written in both scripts.
_WRITTEN_IN_ARABIC = {"ar", "ckb", "fa", "ku", "ps", "sd", "ug", "ur"}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a record, ready to be shown, with its language and direction."""

    html: Markup
    lang: str
    dir: str


def shown(text: str) -> str:
    """Text without what would disturb the page around it."""
    return _SURROGATE.sub("\ufffd", _UNSHOWN.sub("", text))


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """Text with `<mark>` around whole words; everything in it is escaped."""
    parts, done = [], 0
    for start, end in marks:
        parts.append(Markup.escape(shown(text[done:start])))
        parts.append(Markup("<mark>{}</mark>").format(shown(text[start:end])))
        done = end
    return Markup("").join([*parts, Markup.escape(shown(text[done:]))])


def make_blocks(
    text: str,
    marks: Sequence[tuple[int, int]],
    lang: str,
    passages: Sequence[Passage] = (),
) -> list[Block]:
    """The paragraphs of a text with its marks. Each has the language of its passage, where these
    are known; in the other script than that of the text it has the other language: records quote
    across languages."""
    starts = [passage.start for passage in passages]
    blocks = []
    for start, line in _lines(text):
        if line.strip():
            told = passages[bisect_right(starts, start) - 1].lang if passages else "und"
            usual = lang if told == "und" else told
            html = marked(line, _within(marks, start, start + len(line)))
            blocks.append(Block(html, *_language(line, usual)))
    return blocks


def language_of(text: str, usual: str) -> str:
    """The language to tell a browser: by the script that prevails in the text."""
    return _language(text, usual)[0]


def overrides(text: str) -> bool:
    """Does a text hold signs that show its letters in another order than they are written?"""
    return re.search("[\u202d\u202e]", text) is not None


def punycode(host: str) -> str:
    """A host as it is asked for in the network, where its letters are not plain ones; else "".
    Letters of another script can look like those of a known host."""
    if host.isascii():
        return ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:  # too long, or not allowed
        return ".".join(_plain_part(part) for part in host.split("."))


def _plain_part(part: str) -> str:
    return part if part.isascii() else f"xn--{part.encode('punycode').decode('ascii')}"


def is_web_address(url: str) -> bool:
    """May a page link to it? An archive can hold `javascript:` and worse."""
    return re.match(r"https?://[^/\s]", url, re.I) is not None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _within(marks: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    for low, high in marks:
        if low < end and high > start:
            yield max(low, start) - start, min(high, end) - start


def _language(text: str, usual: str) -> tuple[str, str]:
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic > latin:
        return usual if usual in _WRITTEN_IN_ARABIC else "ar", "rtl"
    if latin:
        return "en" if usual in _WRITTEN_IN_ARABIC - {"ku"} else usual, "ltr"
    return usual, "auto"
