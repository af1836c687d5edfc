"""Where does a word begin and end?

Unicode word boundaries (UAX #29) by ICU, with additions that web text needs: a border between
Arabic letters and digits ("و2015"), at the underscore of hashtags (#دير_الزور), and where the space
after a colon or a full stop is missing ("قال:نعم", "انتهى.وبدأ", "ended.The").
"""

import re
import threading

import icu

ICU_VERSION: str = icu.ICU_VERSION

_WORD = 100  # UBRK_WORD_NONE_LIMIT: boundaries below close spaces and punctuation
_SPLIT = re.compile(
    r"[_:·]+|(?<=[\u0600-\u06ff])[.'’](?=[\u0600-\u06ff])|(?<=[a-z]{2})\.(?=[A-Z])"
    r"|(?<=[\u0600-\u06ff])(?=[0-9])|(?<=[0-9])(?=[\u0600-\u06ff])"
)
_local = threading.local()  # a BreakIterator holds a position: one per thread


def _iterator() -> "icu.BreakIterator":
    if not hasattr(_local, "words"):
        _local.words = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    return _local.words


def find_runs(text: str) -> list[tuple[int, int]]:
    """(start, end) of each of ICU's words of a cleaned text (no character outside the BMP)."""
    boundaries = _iterator()
    boundaries.setText(text)
    status = boundaries.getRuleStatus
    runs: list[tuple[int, int]] = []
    start = 0
    for end in boundaries:
        if status() >= _WORD:
            runs.append((start, end))
        start = end
    return runs


def split_run(run: str) -> list[tuple[int, int]]:
    """(start, end) of our words in one of ICU's: the whole of it, for nearly all."""
    words = []
    begin = 0
    for border in _SPLIT.finditer(run):
        if border.start() > begin:
            words.append((begin, border.start()))
        begin = border.end()
    if begin < len(run):
        words.append((begin, len(run)))
    return words
