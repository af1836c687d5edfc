"""Which dates of publication do a page's scripts hold?

Pages that a program builds have their data in scripts: data layers, the state of the application.
There the same keys tell of other articles, too, so a date counts where the scripts agree, or where
it stands beside the title.
"""

import re
from collections import Counter
from datetime import UTC, datetime

from lxml.html import HtmlElement

from corpus.extraction.head import load_names

LONGEST = 2_000_000  # characters of scripts that are read
NEAR = 3000  # characters between a title and its date
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def script_dates(tree: HtmlElement, title: str) -> list[str]:
    """The dates of the article as its scripts write them, the most frequent first; none where
    several articles cannot be told apart."""
    keys = "|".join(map(re.escape, load_names().script_dates))
    dated = re.compile(
        rf"""(?<![\w-])(?:{keys})[\\"']{{0,4}}\s?[:=]\s?[\\"']{{0,4}}"""
        r"""((?:19|20)\d\d(?:-\d\d-\d\d[T\d:.+Z -]{0,30}|\d{4})|1[0-8]\d{8}(?:\d{3})?\b)""",
        re.I,
    )
    every: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    rest = LONGEST
    for text in _data(tree):
        text, rest = text[:rest], rest - len(text)
        places = [found.start() for found in re.finditer(re.escape(title), text)] if title else []
        for found in dated.finditer(text):
            written = _readable(found[1])
            every[written] += 1
            if any(abs(found.start() - place) <= NEAR for place in places[:20]):
                beside[written] += 1
        if rest <= 0:
            break
    for counts in (every, beside):
        if len({text[:10] for text in counts}) == 1:
            return [text for text, _ in counts.most_common()]
    return []


def _readable(written: str) -> str:
    """The date as people write it: seconds and milliseconds since 1970 are none."""
    if re.fullmatch(r"1[0-8]\d{8}(?:\d{3})?", written):
        return datetime.fromtimestamp(int(written[:10]), UTC).isoformat()
    return written.strip()


def _data(tree: HtmlElement) -> list[str]:
    """The texts that may hold data: scripts, and attributes with JSON."""
    texts = []
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "") and element.text:
            text = element.text.replace("\\/", "/").replace('\\"', '"')
            texts.append(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    for element in tree.iter("div", "main", "article", "section"):
        texts += [value for value in element.attrib.values() if len(value) > 200 and "{" in value]
    return texts
