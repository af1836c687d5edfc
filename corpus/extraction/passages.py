"""Which language is each part of a text in?"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from corpus.extraction.language import LEAST, is_plainly, language, letters, script
from corpus.values import Passage

PARAGRAPH = 100  # letters; of shorter lines in Latin letters the model knows little
CHUNK = 1600  # characters in one script that are asked about together


def read_passages(text: str) -> tuple[Passage, ...]:
    """The runs of a text in one language, in order and together the whole text. A line's script
    tells most; a line too short to tell joins a neighbour, one in its own script if there is one.
    Nothing for an empty text, one passage "und" where no line tells."""
    lines = text.splitlines(keepends=True)
    scripts = list(map(script, lines))
    told = _joined(scripts, _line_languages(lines, scripts))
    passages: list[Passage] = []
    place = 0
    for code, run in groupby(zip(told, lines, strict=True), key=itemgetter(0)):
        start, place = place, place + sum(len(line) for _, line in run)
        passages.append(Passage(start, place, code))
    return tuple(passages)


def _line_languages(lines: list[str], scripts: list[str | None]) -> list[str | None]:
    """Each line's language; None for one that is too short to tell."""
    found: list[str | None] = []
    for kind, run in groupby(zip(scripts, lines, strict=True), key=itemgetter(0)):
        usual = "und"
        for chunk in _chunks(line for _, line in run):
            if kind and not all(is_plainly(usual, line) for line in chunk):
                usual = language("".join(chunk))
            found += _told(chunk, usual) if kind else [None] * len(chunk)
    return found


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _told(lines: list[str], together: str) -> Iterator[str | None]:
    """The languages of lines in one script, which are `together` in this one."""
    is_known = script(lines[0]) == "Arab" or letters("".join(lines)) >= PARAGRAPH
    for line in lines:
        count = letters(line)
        if count < LEAST:
            yield None
        elif is_known and (count < PARAGRAPH or is_plainly(together, line)):
            yield together
        elif count >= PARAGRAPH:
            yield language(line)
        else:
            yield "en" if is_plainly("en", line) else None


def _joined(scripts: list[str | None], told: list[str | None]) -> list[str]:
    """The languages, with those of a neighbour for lines that do not tell: the nearest known one
    of the same script, before or after; else the one before; else the one after."""
    before = _carried(scripts, told)
    after = _carried(scripts[::-1], told[::-1])[::-1]
    return [
        code or _nearest(kind, back, ahead)
        for kind, code, back, ahead in zip(scripts, told, before, after, strict=True)
    ]


_Known = tuple[str, str | None]  # a language and the script of the line that told it


def _carried(scripts: list[str | None], told: list[str | None]) -> list[_Known | None]:
    last: _Known | None = None
    found = []
    for kind, code in zip(scripts, told, strict=True):
        last = (code, kind) if code else last
        found.append(last)
    return found


def _nearest(own: str | None, back: _Known | None, ahead: _Known | None) -> str:
    known = [each for each in (back, ahead) if each]
    same = (code for code, kind in known if own in (kind, None))
    return next(same, known[0][0] if known else "und")
