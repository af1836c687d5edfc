"""Which bytes does a file hold once it is unpacked, and where in the file do they stand?"""

import zlib
from collections.abc import Callable
from io import BufferedReader
from typing import BinaryIO, Protocol
from zipfile import BadZipFile

from fastwarc.stream_io import Lz4Reader, ZstdReader

from corpus.readers.inflate import BOMB, GZIP, GzipMembers, is_bomb
from corpus.readers.kinds import LZ4, ZSTD
from corpus.readers.source import Fault, Place, cause


class Stream(Protocol):
    """Unpacked bytes with a memory for damage."""

    damage: list[Fault]

    def read(self) -> bytes: ...

    def locate(self, unpacked: int) -> Place: ...


def open_stream(opened: BufferedReader) -> Stream:
    """The unpacked bytes of an open file, whose first bytes tell how it is packed; if they are
    damaged, its name and a member that follows soon."""
    opening = opened.peek(4)
    mark = opening[:4]
    named = str(getattr(opened, "name", "")).lower().endswith(".gz")
    if mark.startswith(GZIP) or (named and not mark.isalnum() and GZIP in opening):
        return GzipMembers(opened)
    packed = Counted(opened)
    if mark == LZ4:
        return PlainStream(Lz4Reader(packed).read, packed)
    if mark == ZSTD:
        return PlainStream(ZstdReader(packed).read, packed)
    return PlainStream(opened.read)


class PlainStream:
    """An unpacked file, or one that `read` unpacks from `packed`; offsets are unpacked ones."""

    def __init__(self, read: Callable[[int], bytes], packed: "Counted | None" = None) -> None:
        self.damage: list[Fault] = []
        self._read = read
        self._packed = packed
        self._given = 0

    def read(self) -> bytes:
        try:
            data = self._read(65_536)
        except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
            return self._stop(f"damaged ({cause(error)})")
        if self._packed and is_bomb(self._given + len(data), self._packed.count):
            return self._stop(BOMB)
        self._given += len(data)
        return data

    def locate(self, unpacked: int) -> Place:
        return Place(unpacked)

    def _stop(self, reason: str) -> bytes:
        self.damage.append(Fault(Place(self._given), reason, self._given))
        self._read = lambda size: b""
        return b""


class Counted:
    """A file that counts what is read from it, as FastWARC wants a file to be."""

    def __init__(self, file: BinaryIO) -> None:
        self.count = 0
        self._file = file

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        return data

    def tell(self) -> int:
        return self.count

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("read in one go only")

    def close(self) -> None:
        """The one who opened the file closes it."""
