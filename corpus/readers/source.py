"""Which file is being read, and what is known about it from outside?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of the input.

    `where` names it in reports. `url`, `captured` and `content_type` come from the table beside
    the file; else from its name and its modification time, and the type is None.
    """

    path: Path
    where: str
    url: str
    captured: datetime
    content_type: str | None = None
    opener: Callable[[Path], BufferedReader] = lambda path: path.open("rb")

    def open(self) -> BufferedReader:
        """The file, open for reading; who reads the input is told, so that its position counts."""
        return self.opener(self.path)


@dataclass(frozen=True, slots=True)
class Place:
    """An offset in a file, and behind it one in what is unpacked from there on."""

    offset: int
    inside: int = 0

    def __str__(self) -> str:
        return f"offset {self.offset}" + (f" + {self.inside} unpacked" if self.inside else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of a file that could not be read: where it starts, and why.

    `after` counts the bytes that had been unpacked when it was noticed.
    """

    place: Place
    reason: str
    after: int = 0


def read_time(text: str) -> datetime | None:
    """An ISO 8601 or 14-digit time as UTC; None when it is neither. Without a zone it is UTC."""
    text = text.strip()
    try:
        if text.isascii() and text.isdigit() and len(text) == 14:
            time = datetime.strptime(text, "%Y%m%d%H%M%S")
        else:
            time = datetime.fromisoformat(text)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def time_in_url(url: str) -> datetime | None:
    """When the Wayback Machine captured the page, for an address of a page that it shows again."""
    found = WAYBACK.match(url)
    return read_time(found.group(1)) if found else None


def file_time(path: Path) -> datetime:
    """The modification time in UTC, whole seconds; 1970 when the clock of the disk is absurd."""
    try:
        return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def file_size(path: Path) -> int:
    """The bytes of a file; 0 when it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def cause(error: Exception) -> str:
    """What an error of a library says, short and safe to print."""
    return brief(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def brief(words: str, limit: int = 80) -> str:
    """The beginning of words from the input, on one line and safe to print."""
    words = shown(" ".join(words[: 4 * limit].split()))
    return words if len(words) <= limit else words[: limit - 1] + "…"


def shown(name: str) -> str:
    """A name from the input that is safe to print: no control signs, no broken letters."""
    name = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)
