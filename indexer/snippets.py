"""Which lines of a record does a reader want to see first?

Runs of the original text around the marks: cut at sentences where they are short enough, else at
words; the run with the most different parts of the query first. Without marks, the beginning.
"""

import re
from collections.abc import Sequence

from indexer.probes import Mark
from indexer.results import Snippet

LENGTH = 240  # characters aimed at: about three lines on a desktop page
MOST = 3
_SENTENCE = re.compile(r"(?<=[.!?؟…])[\s\"»”']+|\n+")
_SPACE = re.compile(r"\s+")


def make_snippets(text: str, marks: Sequence[Mark], most: int = MOST) -> tuple[Snippet, ...]:
    """Up to `most` snippets of a text, in the order of the text; one at least if it has words."""
    if not text.strip():
        return ()
    if not marks:
        return (_cut(text, *_widen(text, 0, 0), []),)
    windows = _windows(text, marks)
    best = sorted(windows, key=lambda w: (-len({m.query for m in w[2]}), -len(w[2]), w[0]))
    return tuple(_cut(text, *window) for window in sorted(best[:most]))


def _windows(text: str, marks: Sequence[Mark]) -> list[tuple[int, int, list[Mark]]]:
    """Runs of text that do not overlap and hold every mark."""
    windows: list[tuple[int, int, list[Mark]]] = []
    for mark in marks:
        if windows and mark.end <= windows[-1][1]:
            windows[-1][2].append(mark)
            continue
        floor = windows[-1][1] if windows else 0
        start, end = _widen(text, mark.start, mark.end, floor)
        windows.append((start, end, [mark]))
    return windows


def _widen(text: str, start: int, end: int, floor: int = 0) -> tuple[int, int]:
    """The run around [start, end), not before `floor`: from the beginning of its sentence if that
    is near, else from a whole word; up to a sentence's end if that fills half of the length, else
    to a whole word."""
    low = max(floor, start - LENGTH // 3)
    borders = [m.end() for m in _SENTENCE.finditer(text, low, start)]
    begin = borders[0] if borders else min(_word_start(text, low), start)
    high = min(len(text), max(end, begin + LENGTH))
    ends = [m.start() for m in _SENTENCE.finditer(text, end, high)]
    if high < len(text) and ends and ends[-1] - begin >= LENGTH // 2:
        return begin, ends[-1]
    return begin, max(_word_end(text, high), end)


def _word_start(text: str, place: int) -> int:
    """The first word that begins at or after `place`."""
    if place == 0 or text[place - 1].isspace():
        return place
    gap = _SPACE.search(text, place)
    return gap.end() if gap else place


def _word_end(text: str, place: int) -> int:
    """The end of the last word that is whole before `place`; a word without end stays whole."""
    if place >= len(text) or text[place].isspace():
        return place
    cut = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place))
    return cut if cut > place - 80 else place


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> Snippet:
    """The run without white space at its ends, its marks counted from its own beginning."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    inside = [(max(m.start, start) - start, min(m.end, end) - start) for m in marks]
    return Snippet(text[start:end], tuple((a, b) for a, b in inside if a < b), start)
