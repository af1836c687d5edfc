"""Where in a WARC file does each WARC record begin and end, when some of them lie?

Readers in use end silently at a damaged byte or take the head of the next WARC record for the
body of this one. Here every stretch of the file is either a block or a fault with its offset, and
reading goes on behind a fault. What a block means is not decided here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.readers.inflate import CUT
from corpus.readers.limits import BLOCK_BYTES, HEADER_BYTES
from corpus.readers.source import Fault, Place
from corpus.readers.streams import Stream

VERSION = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\S*)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
# A blank line; or another head, and then this one is cut off.
END_OF_HEAD = re.compile(rb"\r?\n(\r?\n|(?=" + VERSION.pattern + rb"))")
LINE = 8_192


@dataclass(frozen=True, slots=True)
class Block:
    """One WARC record: version line, named fields and blank line; then the content.

    With a `doubt` the content is not of the length that was stated, but what stands before the
    next WARC record or the end: only other evidence can tell whether that is what was captured.
    """

    place: Place
    head: bytes
    content: bytes
    doubt: str = ""


def iter_blocks(stream: Stream) -> Iterator[Block | Fault]:
    """Every WARC record of the stream in order, and every fault between and inside them."""
    return frame(Tape(stream), Tape.skip_to_record, _read_block)


def frame(
    tape: "Tape", skip: Callable[["Tape"], bool], read: Callable[["Tape"], Block | Fault]
) -> Iterator[Block | Fault]:
    """Alternates `skip`, which goes to the next record, and `read`, which reads the one there.

    `skip` returns whether it passed more than blank lines.
    """
    while True:
        start = tape.position
        junk = skip(tape)
        if damage := tape.damage():
            yield from damage
        elif junk:
            yield Fault(tape.locate(start), "bytes that are no record")
        if tape.at_end():
            return
        found = read(tape)
        if isinstance(found, Fault):
            skip(tape)
        damage = tape.damage()
        if not any(_spoils(fault, found) for fault in damage):
            yield found
        yield from damage


def _spoils(fault: Fault, found: Block | Fault) -> bool:
    """Whether damage to the packed member makes the WARC record in it untrustworthy.

    A member that only lacks its end mark may still hold a whole WARC record: that one is kept.
    """
    whole = isinstance(found, Block) and not found.doubt
    return fault.place.offset == found.place.offset and not (whole and fault.reason == CUT)


def _read_block(tape: "Tape") -> Block | Fault:
    start = tape.position
    place = tape.locate(start)
    head = tape.read_head()
    if head is None:
        tape.skip_to_record()
        short = tape.position - start < HEADER_BYTES
        return Fault(place, "cut off" if short else f"named fields over {HEADER_BYTES} bytes")
    length = _declared_length(head)
    if length is None:
        return Fault(place, "its Content-Length is missing or no number")
    if length > BLOCK_BYTES:
        tape.pass_over(length)
        return Fault(place, f"larger than {BLOCK_BYTES // 1_000_000} MB")
    content = tape.read(length)
    if len(content) == length and tape.ends_record():
        return Block(place, head, content)
    if next_head := VERSION.search(content):
        tape.unread(content[next_head.start() :])
        content = content[: next_head.start()]
        doubt = "its Content-Length reaches into the next WARC record"
    elif len(content) < length:
        doubt = "cut off"
    else:
        content += tape.read_to_record(BLOCK_BYTES - length)
        doubt = "its Content-Length is too small"
    content = content.removesuffix(b"\r\n\r\n")
    head = LENGTH.sub(b"Content-Length: %d\r" % len(content), head)
    return Block(place, head, content, doubt)


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

    def locate(self, position: int) -> Place:
        return self._stream.locate(position)

    def damage(self) -> list[Fault]:
        """What was found damaged up to here since this was last asked.

        The stream is read ahead: what it has met beyond is left for the records there.
        """
        faults = self._stream.damage
        self._stream.damage = [fault for fault in faults if fault.after > self.position]
        return [fault for fault in faults if fault.after <= self.position]

    def at_end(self) -> bool:
        return not self.look(1)

    def read(self, count: int) -> bytes:
        parts: list[bytes] = []
        wanted = count
        while wanted and self.look(1):
            parts.append(self.take(wanted))
            wanted -= len(parts[-1])
        return b"".join(parts)

    def pass_over(self, count: int) -> None:
        """Skips without keeping."""
        while count and self.look(1):
            count -= len(self.take(count))

    def unread(self, data: bytes) -> None:
        self._ahead = data + self._ahead[self._next :]
        self._next = 0
        self.position -= len(data)

    def read_head(self) -> bytes | None:
        """Version line to blank line; None when the limit, the end or another one comes first."""
        found = self._look_for(END_OF_HEAD, HEADER_BYTES)
        if found is None or not found.group(1):
            self.take(len(b"WARC"))  # so that this head is not found a second time
            return None
        return self.take(found.end())

    def ends_record(self) -> bool:
        """Takes the newlines behind a WARC record; False when something else stands there.

        Many writers leave out one or both of them at the end of the file or of the packed member.
        """
        tail = self.look(4)
        newlines = len(tail) - len(tail.lstrip(b"\r\n"))
        if not b"WARC".startswith(tail[newlines:]):
            return False
        self.take(newlines)
        self.look(1)  # lets a wrong checksum of the packed member show itself
        return True

    def skip_to_record(self) -> bool:
        """Goes to the next version line or the end; True when it passed more than blank lines."""
        junk = False
        for passed in self._iter_to_record():
            junk = junk or bool(passed.strip())
        return junk

    def read_to_record(self, limit: int) -> bytes:
        """What stands before the next version line or the end, of which `limit` bytes are kept."""
        kept = bytearray()
        for passed in self._iter_to_record():
            kept += passed[: max(limit - len(kept), 0)]
        return bytes(kept)

    def _iter_to_record(self) -> Iterator[bytes]:
        while seen := self.look(LINE):
            found = VERSION.search(seen)
            # The end of what is seen may cut a version line in two: its last 16 bytes stay.
            passed = len(seen) - 16 if len(seen) == LINE else LINE
            yield self.take(found.start() if found else passed)
            if found:
                break

    def take(self, count: int) -> bytes:
        data = self._ahead[self._next : self._next + count]
        self._next += len(data)
        self.position += len(data)
        return data

    def look(self, count: int) -> bytes:
        """The next bytes, fewer only at the end, which stay to be taken."""
        while len(self._ahead) - self._next < count and (more := self._stream.read()):
            self._ahead = self._ahead[self._next :] + more
            self._next = 0
        return self._ahead[self._next : self._next + count]

    def _look_for(self, pattern: re.Pattern[bytes], limit: int) -> re.Match[bytes] | None:
        size = LINE
        while True:
            seen = self.look(size)
            if found := pattern.search(seen):
                return found
            if len(seen) < size or size >= limit:
                return None
            size = min(size * 2, limit)
