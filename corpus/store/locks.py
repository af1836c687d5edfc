"""How is it held to that one import runs at a time, and that an archive is made once?"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import ArchiveError

NAME = "import.lock"


@contextmanager
def import_lock(folder: Path) -> Iterator[None]:
    """One import at a time; ArchiveError if another runs. The lock goes with its process, and the
    number of the process with the lock."""
    with (folder / NAME).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise ArchiveError(
                f"Another import is running (process {file.read() or '?'}). "
                "Wait for it, or stop it first."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


@contextmanager
def making_lock(folder: Path) -> Iterator[None]:
    """Wait until nobody else makes the archive; the mark that it was made is set at the end."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.close(os.open(folder / NAME, os.O_WRONLY | os.O_CREAT, 0o600))
    finally:
        os.close(descriptor)


def was_made(folder: Path) -> bool:
    """Whether an archive was made here before: then an empty one has lost its content."""
    return (folder / NAME).exists()
