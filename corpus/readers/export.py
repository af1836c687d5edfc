"""Where in a WordPress export does each item begin and end, when the XML is damaged?

The items are found in the text, and each is parsed alone (`wxr.py`). So a damaged one does not take
its neighbours along, a file of any size takes the memory of one item, and no document type (DTD)
can stand where a parser would obey it.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.limits import ITEM_BYTES, PROLOG_BYTES
from corpus.readers.source import shown
from corpus.readers.streams import Stream

DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""")
# Those that carry plain text; Python knows codecs that unpack or run over the bytes as well.
ENCODING = re.compile(r"utf-8(-sig)?|utf-16(-[bl]e)?|ascii|cp125\d|iso8859-\d+|koi8-[ru]")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

PROLOG = re.compile(r"(?:\s|\ufeff|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
ITEM = re.compile(r"<item[\s>]")
END_OF_HEAD = re.compile(r"<item[\s>]|</channel>|</rss>")
END = re.compile(r"</channel\s*>|</rss\s*>")
TOKEN = re.compile(r"<!\[CDATA\[|<!--|</item\s*>|<item[\s>]|</channel\s*>")
ENDINGS = {"<![CDATA[": re.compile("]]>"), "<!--": re.compile("-->")}
SWALLOWED = re.compile(r"</item>\s{0,20}<item>\s{0,20}<title>")  # inside CDATA: never closed
LONGEST_TOKEN = 64  # of the patterns above


class NotReadable(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """The text of one item, tags included; or what is wrong with it."""

    text: str
    fault: str = ""


class Export:
    """The text of one export: its head, then its items."""

    def __init__(self, stream: Stream) -> None:
        """Raises NotReadable."""
        self._stream = stream
        first = b""
        while len(first) < 1024 and (more := self._read()):
            first += more
        self._decoder = codecs.getincrementaldecoder(_encoding_of(first))("replace")
        self._text = self._decoder.decode(first)
        self._at = 0  # what stands before it in the text is done with
        self._passed = 0  # characters dropped from the front of the text
        self._ended = False
        self._fruitless: dict[re.Pattern[str], tuple[int, int]] = {}
        self.root = self._read_root()
        self.head = self._read_head()

    def _read_root(self) -> str:
        """The first tag, which declares the namespaces."""
        while not self._ended and len(self._text) < PROLOG_BYTES:
            self._fill()
        prolog = PROLOG.match(self._text)
        start = prolog.end() if prolog else 0
        if self._text.startswith("<!", start):
            raise NotReadable("XML with a document type of its own (DTD): refused")
        end = self._text.find(">", start) + 1
        if not self._text.startswith("<rss", start) or not end:
            raise NotReadable("no <rss> in the first bytes")
        self._at = end
        return self._text[start:end]

    def _read_head(self) -> str:
        """What stands before the first item: the title of the site, its address, its authors …"""
        found = self._find(END_OF_HEAD, self._at)
        return self._text[self._at : found.start() if found else None]

    def iter_items(self) -> Iterator[Item]:
        """Every item, whole or not."""
        while found := self._find(ITEM, self._at):
            self._at = found.start()
            if self._at > len(self._text) // 2:  # so that each character is moved once or twice
                self._passed += self._at
                self._text = self._text[self._at :]
                self._at = 0
            yield self._read_item()

    def has_end(self) -> bool:
        """Whether the export is closed behind the last item."""
        return END.search(self._text, self._at) is not None

    def _read_item(self) -> Item:
        """The item that starts here; goes to where the next may begin."""
        start = self._at
        position = start + 1
        while token := self._find(TOKEN, position):
            kind = token.group()
            if kind.startswith("</item"):
                return self._take(start, token.end())
            if kind not in ENDINGS:
                return self._take(start, token.start(), "not closed")
            closing = self._find(ENDINGS[kind], token.end())
            if closing is None:
                swallowed = self._find(SWALLOWED, token.end())
            else:  # not beyond: to look for the next item from each comment takes minutes
                swallowed = SWALLOWED.search(self._text, token.end(), closing.start())
            if swallowed:
                return self._take(start, swallowed.start(), f"its {kind} is not closed")
            if closing is None:
                break
            position = closing.end()
        fault = "cut off" if self._ended else f"larger than {ITEM_BYTES // 1_000_000} MB"
        return self._take(start, len(self._text), fault)

    def _take(self, start: int, end: int, fault: str = "") -> Item:
        self._at = end
        return Item("" if fault else self._text[start:end], fault)

    def _find(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The first match from `start` on; None at the end of the file or of the patience.

        Where a pattern was searched in vain is remembered: a file of nothing but openings would
        otherwise be read to its end for each of them.
        """
        low = start + self._passed
        since, until = self._fruitless.get(pattern, (low, low))
        if since <= low <= until:
            low, start = since, until - self._passed
        while True:
            if found := pattern.search(self._text, start):
                return found
            start = max(start, len(self._text) - LONGEST_TOKEN)
            self._fruitless[pattern] = (low, start + self._passed)
            if self._ended or len(self._text) - self._at > ITEM_BYTES:
                return None
            self._fill()

    def _read(self) -> bytes:
        """The next bytes; none behind damage, since they would be taken for the same item's."""
        data = self._stream.read()
        return b"" if self._stream.damage else data

    def _fill(self) -> None:
        """Reads on by a share of what is held, so that long items are not copied too often."""
        parts = [self._text]
        wanted = len(self._text) // 4
        while wanted >= 0 and not self._ended:
            data = self._read()
            self._ended = not data
            parts.append(self._decoder.decode(data, final=self._ended))
            wanted -= max(len(parts[-1]), 1)
        self._text = "".join(parts)


def _encoding_of(first: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if first.startswith(mark):
            return encoding
    if not (declared := DECLARED.match(first.lstrip())):
        return "utf-8"
    name = declared.group(1).decode("ascii")
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = ""
    if not ENCODING.fullmatch(encoding):
        raise NotReadable(f"declares the encoding {shown(name)}, which is not read")
    return encoding
