"""Which lines of a record does a reader want to see first?

Runs of the original text around the marks: cut between sentences where that leaves enough, else
between words; the runs with the most different parts of the query. Without marks, the beginning.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from indexer.fields import Part
from indexer.probes import Mark
from indexer.results import Snippet

LENGTH = 240  # characters aimed at: about three lines on a desktop page
BEFORE = (
    LENGTH // 3
)  # of them, so many before the first mark, and twice as many to begin a sentence
LONGEST_WORD = 80  # what is longer is no word (an address, a line without spaces) and may be cut
MOST = 3
_WORD = re.compile(r"\w")
_GAP = re.compile(r"\s+")
# Between sentences: after a full stop and what closes behind it, and at a line's end.
_BREAK = re.compile(r"([.!?؟…][\"»”’')\]]*)\s+|\s*\n\s*")


class _Window(NamedTuple):
    start: int
    end: int
    marks: list[Mark]


def make_snippets(
    text: str, marks: Sequence[Mark], *, field: Part = "text", most: int = MOST
) -> tuple[Snippet, ...]:
    """Up to `most` snippets of a text, in the order of the text and none over another; at least
    one if the text has a word. `marks` are in order, none inside another."""
    first = _WORD.search(text)
    if first is None:
        return ()
    begin = first.start()
    windows = _windows(text, marks) or [_Window(begin, _end(text, begin, begin), [])]
    best = sorted(windows, key=lambda w: (-len({m.query for m in w.marks}), -len(w.marks), w.start))
    return tuple(_cut(text, window, field) for window in sorted(best[:most]))


def _windows(text: str, marks: Sequence[Mark]) -> list[_Window]:
    """Runs of text that hold every mark, each as long as a snippet."""
    windows: list[_Window] = []
    for mark in marks:
        last = windows[-1] if windows else None
        if last is not None and mark.start < last.end:
            windows[-1] = _Window(last.start, max(last.end, mark.end), [*last.marks, mark])
        else:
            start = _start(text, mark.start, floor=last.end if last else 0)
            windows.append(_Window(start, _end(text, start, mark.end), [mark]))
    return windows


def _start(text: str, mark: int, floor: int) -> int:
    """Where a snippet begins whose first mark is at `mark`, not before `floor`: at `floor` or at a
    sentence if one is near, else at a word."""
    low = mark - BEFORE
    if low <= floor:
        return floor
    sentence = _BREAK.search(text, low, mark)
    if sentence is not None:
        return sentence.end()
    far = max(floor, low - BEFORE)
    sentences = [found.end() for found in _BREAK.finditer(text, far, low)]
    if sentences or far == floor:
        return sentences[-1] if sentences else floor
    gap = _GAP.search(text, low, mark)
    if gap is not None:
        return gap.end()
    for place in range(low, max(floor, mark - LONGEST_WORD) - 1, -1):
        if place == 0 or text[place - 1].isspace():
            return place
    return mark


def _end(text: str, start: int, mark: int) -> int:
    """Where a snippet from `start` ends whose first mark ends at `mark`: at a sentence's end if
    that fills half of it, else at a word's."""
    high = max(mark, start + LENGTH)
    if high >= len(text):
        return len(text)
    stops = [m.end(1) if m[1] else m.start() for m in _BREAK.finditer(text, mark, high + 1)]
    if stops and stops[-1] - start >= LENGTH // 2:
        return stops[-1]
    gaps = [m.start() for m in _GAP.finditer(text, mark, high + 1)]
    if gaps:
        return gaps[-1]
    gap = _GAP.search(text, high, high + LONGEST_WORD)
    if gap is not None or high + LONGEST_WORD >= len(text):
        return gap.start() if gap else len(text)
    while high < len(text) and _joins(text[high]):
        high += 1
    return high


def _cut(text: str, window: _Window, field: Part) -> Snippet:
    """The window from its first letter on, its marks counted from its own beginning."""
    start, end, marks = window
    first = marks[0].start if marks else end
    while start < first and (text[start].isspace() or _joins(text[start]) or _stops(text[start])):
        start += 1
    end = start + len(text[start:end].rstrip())
    return Snippet(
        text[start:end], tuple((m.start - start, m.end - start) for m in marks), start, field
    )


def _joins(character: str) -> bool:
    """Whether it belongs to the letter before it."""
    return unicodedata.category(character)[0] == "M"


def _stops(character: str) -> bool:
    """Whether it is punctuation."""
    return unicodedata.category(character)[0] == "P"
