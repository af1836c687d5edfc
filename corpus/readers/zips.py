"""What is in a ZIP file that may have been made to hurt?

Names in it are only ever compared and shown, never used as paths. Sizes are counted while reading,
since the ones that are written in it may lie.
"""

import io
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus.readers.digests import agrees, start_digest
from corpus.readers.inflate import BOMB, is_bomb
from corpus.readers.limits import ZIP_DIRECTORY_BYTES
from corpus.readers.source import cause

END = b"PK\x05\x06"
END_BYTES = 22
LONGEST_COMMENT = 65_535
LOCAL_BYTES = 30
ENCRYPTED = 0x1
LOCATOR = b"PK\x06\x07"
LOCATOR_BYTES = 20

# What the library raises on damaged, encrypted and unheard-of entries.
ZIP_ERRORS = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error, struct.error)


class Entry(io.RawIOBase):
    """One entry, read as a stream that ends where something is wrong: `failure` says what."""

    def __init__(self, inner: IO[bytes], allowance: "Allowance", stated: str = "") -> None:
        self.failure = ""
        self._inner = inner
        self._allowance = allowance
        self._stated = stated
        self._digest = start_digest(stated)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        data = b"" if self.failure else self._read(len(view))
        view[: len(data)] = data
        return len(data)

    def _read(self, count: int) -> bytes:
        try:
            data = self._inner.read(count)
        except ZIP_ERRORS as error:
            self.failure = f"damaged ({cause(error)})"
            return b""
        if self._allowance.is_used_up(len(data)):
            self.failure = BOMB
            return b""
        if self._digest:
            self._digest.update(data)
            if not data and not agrees(self._digest, self._stated):
                self.failure = "does not have the digest that datapackage.json states"
        return data


@dataclass(slots=True)
class Allowance:
    """How much has been unpacked from how much, altogether.

    Altogether, because the entries of a hostile file may overlap.
    """

    packed: int
    unpacked: int = 0

    def is_used_up(self, count: int) -> bool:
        """Counts so many more bytes."""
        self.unpacked += count
        return is_bomb(self.unpacked, self.packed)


class Zip:
    """An open ZIP file. A ZIP file in another one shares that one's allowance."""

    def __init__(self, file: BinaryIO, allowance: Allowance | None = None) -> None:
        """Raises one of ZIP_ERRORS when there is no ZIP file or too large a directory in it."""
        self._file = file
        size = file.seek(0, io.SEEK_END)
        self.allowance = allowance or Allowance(size)
        if _directory_bytes(file, size) > ZIP_DIRECTORY_BYTES:
            raise BadZipFile("too many entries")
        self._zip = ZipFile(file)
        self._places = Counter(info.header_offset for info in self._zip.infolist())

    def entries(self) -> list[ZipInfo]:
        """The files in it, in the order of their names."""
        found = (info for info in self._zip.infolist() if not info.is_dir())
        return sorted(found, key=lambda info: info.filename)

    @contextmanager
    def open(self, info: ZipInfo, stated: str = "") -> Iterator[Entry]:
        """The bytes of an entry, whose digest is compared with `stated` when that is given."""
        if info.flag_bits & ENCRYPTED:
            raise BadZipFile("encrypted")
        if self._places[info.header_offset] > 1:  # newer Pythons warn, older ones say nothing
            raise BadZipFile("shares its bytes with another entry")
        with self._zip.open(info) as inner:
            yield Entry(inner, self.allowance, stated)

    def read(self, info: ZipInfo, limit: int) -> bytes:
        """The first `limit` bytes of an entry."""
        with self.open(info) as entry:
            return io.BufferedReader(entry).read(limit)

    def open_stored(self, info: ZipInfo) -> BinaryIO:
        """An entry that is stored and not packed, as a part of the file that can be sought in.

        Raises BadZipFile when it is packed: to read a ZIP file that is packed in another one would
        mean to unpack it from its start for every jump.
        """
        self._file.seek(info.header_offset)
        header = self._file.read(LOCAL_BYTES)
        if info.compress_type != ZIP_STORED or len(header) < LOCAL_BYTES:
            raise BadZipFile("packed inside another ZIP file: unpack that one first")
        name, extra = struct.unpack_from("<HH", header, 26)
        start = info.header_offset + LOCAL_BYTES + name + extra
        return io.BufferedReader(_Part(self._file, start, info.file_size))


class _Part(io.RawIOBase):
    """A stretch of an open file, as a file."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if origin + offset < 0:
            raise ValueError("negative place")
        self._at = origin + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        self._file.seek(self._start + self._at)
        data = self._file.read(max(min(len(view), self._size - self._at), 0))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def _directory_bytes(file: BinaryIO, size: int) -> int:
    """The stated size of the list of entries, which the library reads whole."""
    start = max(size - END_BYTES - LONGEST_COMMENT - LOCATOR_BYTES, 0)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_BYTES:
        raise BadZipFile("no ZIP file, or cut off")
    stated = int(struct.unpack_from("<I", tail, at + 12)[0])
    if tail[max(at - LOCATOR_BYTES, 0) :].startswith(LOCATOR):
        (place,) = struct.unpack_from("<Q", tail, at - LOCATOR_BYTES + 8)
        file.seek(min(place, size))
        record = file.read(56)
        if len(record) == 56:
            return int(struct.unpack_from("<Q", record, 40)[0])
    return stated
