"""What do packed bytes hold, when they may be damaged, cut off or a bomb?"""

import zlib
from bisect import bisect_right
from typing import BinaryIO

from corpus.readers.limits import MEMBERS, RATIO, RATIO_FROM
from corpus.readers.source import Fault, Place

GZIP = b"\x1f\x8b\x08"
CHUNK = 65_536
CUT = "the compressed data ends early"
BOMB = f"unpacks to more than {RATIO} times its size"


class TooLarge(Exception):
    """The unpacked bytes pass the limit."""


def inflate(packed: bytes, limit: int) -> bytes:
    """Unpacks one gzip file of any number of members, at most `limit` bytes.

    Raises TooLarge, or zlib.error when the bytes are damaged, or EOFError when they are cut off.
    """
    out = bytearray()
    while packed.startswith(GZIP):
        member = zlib.decompressobj(wbits=31)
        out += member.decompress(packed, limit + 1 - len(out))
        if len(out) > limit:
            raise TooLarge
        if not member.eof:
            raise EOFError(CUT)
        packed = member.unused_data
    return bytes(out)


class GzipMembers:
    """Reads a gzip file member by member and goes on after damage.

    Damage is never silent: `damage` collects each broken, foreign or unfinished stretch, and the
    caller takes them out. `locate` tells in which packed member an unpacked offset lies, because
    only packed offsets let a person find the place again.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.damage: list[Fault] = []
        self._file = file
        self._packed = b""  # read from the file, not yet unpacked
        self._at = 0  # offset in the file of self._packed
        self._out = 0  # unpacked bytes given out
        self._starts: list[tuple[int, int]] = []  # unpacked start, packed start
        self._member: zlib._Decompress | None = None
        self._foreign = False  # inside a stretch that is no gzip and was reported
        self._gap: int | None = None  # where no member began; zeros are padding if none follows

    def read(self) -> bytes:
        """The next unpacked bytes, b"" at the end."""
        while True:
            ended = not self._packed and not self._refill()
            if self._member is None and (ended or not self._next_member()):
                if ended:
                    return b""
                continue
            if data := self._unpack():
                self._out += len(data)
                return data
            if ended and self._member is not None:
                self._report(self._starts[-1][1], CUT)
                self._member = None

    def locate(self, unpacked: int) -> Place:
        """The member that holds this unpacked offset, and the offset in it."""
        if not self._starts:
            return Place(0)
        last = max(bisect_right(self._starts, (unpacked, 1 << 62)) - 1, 0)
        start, packed = self._starts[last]
        return Place(packed, unpacked - start)

    def _refill(self) -> bool:
        more = self._file.read(CHUNK)
        self._packed += more
        return bool(more)

    def _next_member(self) -> bool:
        while len(self._packed) < len(GZIP) and self._refill():
            pass
        skipped = self._packed.find(GZIP)
        if skipped < 0:
            # The last two bytes may begin the magic number that the next chunk completes.
            skipped = len(self._packed) if len(self._packed) <= 2 else len(self._packed) - 2
        if skipped and not self._foreign:
            self._gap = self._at if self._gap is None else self._gap
            if self._packed[:skipped].strip(b"\0"):
                self._report(self._gap, "bytes that are no gzip member")
                self._foreign = True
        self._drop(skipped)
        if not self._packed.startswith(GZIP):
            return False
        if self._gap is not None and not self._foreign:
            self._report(self._gap, "zeros where a gzip member should be")
        self._gap = None
        self._foreign = False
        self._member = zlib.decompressobj(wbits=31)
        if len(self._starts) == MEMBERS:
            del self._starts[: MEMBERS // 2]
        self._starts.append((self._out, self._at))
        return True

    def _unpack(self) -> bytes:
        member = self._member
        assert member is not None
        try:
            data = member.decompress(self._packed, 4 * CHUNK)
        except zlib.error as error:
            start = self._starts[-1][1]
            self._report(start, f"damaged gzip member ({_cause(error)})")
            self._member = None
            self._foreign = True  # what is left of it needs no second line
            # The next member is searched for behind this one's own magic number.
            self._drop(len(GZIP) if start == self._at else 0)
            return b""
        rest = member.unused_data if member.eof else member.unconsumed_tail
        self._drop(len(self._packed) - len(rest))
        out, start = self._starts[-1]
        if is_bomb(self._out + len(data) - out, self._at - start):
            self._report(start, BOMB)
            self._member = None
            self._foreign = True
            return b""
        if member.eof:
            self._member = None
        return data

    def _report(self, start: int, reason: str) -> None:
        self.damage.append(Fault(Place(start), reason, self._out))

    def _drop(self, count: int) -> None:
        self._at += count
        self._packed = self._packed[count:]


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so much came out of so little that nothing honest can be expected."""
    return unpacked > RATIO_FROM and unpacked > RATIO * max(packed, 1)


def _cause(error: zlib.error) -> str:
    return str(error).rpartition(": ")[2] or "unreadable"
