"""How is one import at a time held to?"""

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
