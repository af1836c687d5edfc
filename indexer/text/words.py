"""Where does a word begin and end?

Unicode word boundaries (UAX #29) by ICU, with additions that web text needs: a border between
Arabic letters and digits ("و2015"), at the underscore of hashtags (#دير_الزور), and where the space
after a colon or a full stop is missing ("قال:نعم", "انتهى.وبدأ", "ended.The").
"""

import re
import threading
from collections.abc import Iterator

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


def find_words(text: str) -> list[tuple[int, int]]:
    """(start, end) of each word of a cleaned text (no character outside the BMP)."""
    boundaries = _iterator()
    boundaries.setText(text)
    words: list[tuple[int, int]] = []
    start = 0
    for end in boundaries:
        if boundaries.getRuleStatus() >= _WORD:
            # Most words are of letters alone: nothing to split, and quicker asked than searched.
            if text[start:end].isalpha() or _SPLIT.search(text, start, end) is None:
                words.append((start, end))
            else:
                words += _split(text, start, end)
        start = end
    return words


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for border in _SPLIT.finditer(text, start, end):
        if border.start() > begin:
            yield begin, border.start()
        begin = border.end()
    if begin < end:
        yield begin, end
