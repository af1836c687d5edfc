"""How does a child process read one page after another, within its limits?

Messages go over pipes: to the child the length of a header, the length of the bytes, a header of
JSON and the bytes; back the length of an answer and the answer in JSON. Never a pickle: who
takes over a child by a hostile page must not get into its parent.
"""

import json
import os
import resource
import signal
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import NotAnArticle, UnreadablePage
from corpus.serialization import record_to_json
from corpus.values import Page, Record

TOO_LARGE = 71  # the exit code of a child that had no memory left
TO_CHILD = struct.Struct(">II")
FROM_CHILD = struct.Struct(">I")
_FILE = 2**29  # bytes; py3langid unpacks its model into a temporary file of more than 64 MB


def serve_pages(function: str, seconds: float, memory: int) -> None:
    """Read pages from standard input until it ends, and answer each on standard output.

    `function` is "module:name", Page to Record; `memory` are bytes on top of what the modules take.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    module, _, name = function.partition(":")
    extract = getattr(import_module(module), name)
    pages, answers = _take_pipes()
    _limit_process(memory)
    _send(answers, b"")  # ready
    while header := pages.read(TO_CHILD.size):
        page = _receive(pages, *TO_CHILD.unpack(header))
        # The kernel ends the process when the time is over: that works inside C code, and when
        # nobody is left to watch.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _answer(extract, page)
        _send(answers, json.dumps(answer).encode())
        signal.setitimer(signal.ITIMER_REAL, 0)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, for us alone: what a library prints goes nowhere."""
    pages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return pages, answers


def _limit_process(memory: int) -> None:
    limits = {
        resource.RLIMIT_AS: _taken() + memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: _FILE,
    }
    for limit, amount in limits.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of the address space
            resource.setrlimit(limit, (amount, amount))


def _taken() -> int:
    """Bytes of address space in use; libraries reserve more of it on machines with many cores."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 2**30


def _receive(pages: BinaryIO, header_size: int, content_size: int) -> Page:
    header = json.loads(pages.read(header_size))
    captured = datetime.fromisoformat(header["captured"])
    return Page(header["url"], pages.read(content_size), captured, header["content_type"])


def _answer(extract: Callable[[Page], Record], page: Page) -> dict[str, Any]:
    """A record, or an outcome with its reason. Rules that fail on a page are its fault too, as far
    as an import is concerned: the page waits in quarantine until they are better."""
    try:
        return {"record": record_to_json(extract(page))}
    except NotAnArticle as error:
        return {"outcome": "not_article", "reason": str(error)}
    except UnreadablePage as error:
        return {"outcome": "quarantined", "reason": str(error)}
    except MemoryError:
        os._exit(TOO_LARGE)
    except Exception as error:
        reason = f"extraction failed: {type(error).__name__}: {error}"
        return {"outcome": "quarantined", "reason": reason.strip(": \n").splitlines()[0][:200]}


def _send(answers: BinaryIO, message: bytes) -> None:
    answers.write(FROM_CHILD.pack(len(message)) + message)
    answers.flush()
