"""Where in a WARC file does each WARC record begin and end, when some of them lie?

Readers in use end silently at a damaged byte or take the head of the next WARC record for the
body of this one. Here every stretch of the file is either a block or a fault with its offset, and
reading goes on behind a fault. What a block means is not decided here.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol
from zipfile import BadZipFile

from corpus.readers.inflate import CUT, is_bomb
from corpus.readers.limits import BLOCK_BYTES, HEADER_BYTES
from corpus.readers.source import Fault

VERSION = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\S*)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
LINE = 8_192


class Stream(Protocol):
    """Unpacked bytes with a memory for damage."""

    damage: list[Fault]

    def read(self) -> bytes: ...

    def locate(self, unpacked: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Block:
    """One WARC record: version line, named fields and blank line; then the content."""

    offset: int  # in the file; of the packed member where the file is packed
    head: bytes
    content: bytes


def iter_blocks(stream: Stream) -> Iterator[Block | Fault]:
    """Every WARC record of the stream in order, and every fault between and inside them."""
    tape = Tape(stream)
    while True:
        start = tape.position
        junk = tape.skip_to_record()
        if damage := tape.damage():
            yield from damage
        elif junk:
            yield Fault(tape.locate(start), "bytes that are no WARC record")
        if tape.at_end():
            return
        found = _read_block(tape)
        if isinstance(found, Fault):
            tape.skip_to_record()
        damage = tape.damage()
        if not any(_spoils(fault, found) for fault in damage):
            yield found
        yield from damage


def _spoils(fault: Fault, found: Block | Fault) -> bool:
    """Whether damage to the packed member makes the WARC record in it untrustworthy.

    A member that only lacks its end mark may still hold a whole WARC record: that one is kept.
    """
    return fault.offset == found.offset and (isinstance(found, Fault) or fault.reason != CUT)


def _read_block(tape: "Tape") -> Block | Fault:
    start = tape.position
    offset = tape.locate(start)
    head = tape.read_head()
    if head is None:
        tape.skip_to_record()
        cut = tape.at_end() and tape.position - start < HEADER_BYTES
        return Fault(offset, "cut off" if cut else f"named fields over {HEADER_BYTES} bytes")
    length = _declared_length(head)
    if length is None:
        return Fault(offset, "its Content-Length is missing or no number")
    if length > BLOCK_BYTES:
        tape.pass_over(length)
        return Fault(offset, f"larger than {BLOCK_BYTES // 1_000_000} MB")
    content = tape.read(length)
    if len(content) == length and tape.ends_record():
        return Block(offset, head, content)
    if next_head := VERSION.search(content):
        tape.unread(content[next_head.start() :])
        return Fault(offset, "its Content-Length reaches into the next WARC record")
    whole = len(content) == length
    return Fault(offset, "its Content-Length is too small" if whole else "cut off")


def _declared_length(head: bytes) -> int | None:
    found = LENGTH.search(head)
    digits = found.group(1) if found else b""
    return int(digits) if digits.isdigit() and len(digits) < 16 else None


class Tape:
    """The stream as one run of bytes, with looking ahead and giving back."""

    def __init__(self, stream: Stream) -> None:
        self.position = 0  # unpacked offset of the next byte
        self._stream = stream
        self._ahead = b""  # unpacked and, from _next on, not yet taken
        self._next = 0

    def locate(self, position: int) -> int:
        return self._stream.locate(position)

    def damage(self) -> list[Fault]:
        """What was found damaged since this was last asked."""
        faults, self._stream.damage = self._stream.damage, []
        return faults

    def at_end(self) -> bool:
        return not self._look(1)

    def read(self, count: int) -> bytes:
        parts: list[bytes] = []
        wanted = count
        while wanted and self._look(1):
            parts.append(self._take(wanted))
            wanted -= len(parts[-1])
        return b"".join(parts)

    def pass_over(self, count: int) -> None:
        """Skips without keeping; gives up on a bomb, whose next WARC record is then searched."""
        start, packed = self.position, self.locate(self.position)
        while count and self._look(1):
            count -= len(self._take(count))
            if is_bomb(self.position - start, self._stream.locate(self.position) - packed + LINE):
                return

    def unread(self, data: bytes) -> None:
        self._ahead = data + self._ahead[self._next :]
        self._next = 0
        self.position -= len(data)

    def read_head(self) -> bytes | None:
        """Version line to blank line; None when the limit or the end comes first."""
        found = self._look_for(BLANK_LINE, HEADER_BYTES)
        if found is None:
            self._take(len(b"WARC"))  # so that this head is not found a second time
            return None
        return self._take(found.end())

    def ends_record(self) -> bool:
        """Takes the newlines behind a WARC record; False when something else stands there.

        Many writers leave out one or both of them at the end of the file or of the packed member.
        """
        tail = self._look(4)
        newlines = len(tail) - len(tail.lstrip(b"\r\n"))
        self._take(newlines)
        self._look(1)  # lets a wrong checksum of the packed member show itself
        return b"WARC".startswith(tail[newlines:])

    def skip_to_record(self) -> bool:
        """Goes to the next version line or the end; True when it passed more than blank lines."""
        junk = False
        while seen := self._look(LINE):
            found = VERSION.search(seen)
            # The end of what is seen may cut a version line in two: its last 16 bytes stay.
            count = (
                found.start() if found else max(len(seen) - 16, 0) if len(seen) == LINE else LINE
            )
            junk = bool(self._take(count).strip()) or junk
            if found:
                break
        return junk

    def _take(self, count: int) -> bytes:
        data = self._ahead[self._next : self._next + count]
        self._next += len(data)
        self.position += len(data)
        return data

    def _look(self, count: int) -> bytes:
        while len(self._ahead) - self._next < count and (more := self._stream.read()):
            self._ahead = self._ahead[self._next :] + more
            self._next = 0
        return self._ahead[self._next : self._next + count]

    def _look_for(self, pattern: re.Pattern[bytes], limit: int) -> re.Match[bytes] | None:
        size = LINE
        while True:
            seen = self._look(size)
            if found := pattern.search(seen):
                return found
            if len(seen) < size or size >= limit:
                return None
            size = min(size * 2, limit)


class PlainStream:
    """An unpacked file, or one that `read` unpacks, where offsets are the unpacked ones."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.damage: list[Fault] = []
        self._read = read
        self._given = 0

    def read(self) -> bytes:
        try:
            data = self._read(65_536)
        except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
            self.damage.append(Fault(self._given, f"damaged ({error})"))
            self._read = lambda size: b""
            return b""
        self._given += len(data)
        return data

    def locate(self, unpacked: int) -> int:
        return unpacked
