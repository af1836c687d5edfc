"""How does a child process read one page after another, within its limits?

Messages go over pipes: to the child the length of a header, the length of the bytes, a header of
JSON and the bytes of a page; back the length of an answer and the answer in JSON. Never a pickle:
who takes over a child by a hostile page must not get into its parent.
"""

import gc
import json
import os
import resource
import signal
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import NotAnArticle, UnreadablePage
from corpus.extraction import Site, count_standing, site_from_toml, site_to_toml
from corpus.serialization import record_to_json
from corpus.values import Page, Record

TOO_LARGE = 71  # the exit code of a child that had no memory left
TO_CHILD = struct.Struct(">II")
FROM_CHILD = struct.Struct(">I")
_FILE = 2**29  # bytes; py3langid unpacks its model into a temporary file of more than 64 MB


def serve_pages(
    function: str, learn: str, seconds: float, learning_seconds: float, memory: float
) -> None:
    """Read pages from standard input until it ends, and answer each on standard output.

    `function` is "module:name": a Page, and a Site where the header names a profile, to a Record.
    Pages between a header that says "learn" and one that says "end" get one answer, the Site that
    `learn` makes of them; where that header has a profile, on how many its container stands.
    `memory` are bytes on top of what the modules take.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    extract, learn_site = _find(function), _find(learn)
    pages, answers = _take_pipes()
    _limit_process(int(memory))
    # Trees and blocks go by their counts of references: looking for cycles after every 700 new
    # objects costs a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000)
    sites: dict[str, Site] = {}  # by digest; a child is replaced before they are too many
    _send(answers, b"")  # ready
    while message := _receive(pages):
        header, content = message
        # The kernel ends the process when the time is over: that works inside C code, and when
        # nobody is left to watch.
        learns = "learn" in header
        signal.setitimer(signal.ITIMER_REAL, learning_seconds if learns else seconds)
        if learns:
            answer = _answer_site(learn_site, header, pages)
        else:
            answer = _answer(extract, _page(header, content), _site(sites, header))
        _send(answers, json.dumps(answer).encode())
        signal.setitimer(signal.ITIMER_REAL, 0)


def _find(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


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


def _receive(pages: BinaryIO) -> tuple[dict[str, str], bytes] | None:
    """The next header with its bytes; None at the end."""
    sizes = pages.read(TO_CHILD.size)
    if len(sizes) < TO_CHILD.size:
        return None
    header_size, content_size = TO_CHILD.unpack(sizes)
    return json.loads(pages.read(header_size)), pages.read(content_size)


def _page(header: dict[str, str], content: bytes) -> Page:
    captured = datetime.fromisoformat(header["captured"])
    return Page(header["url"], content, captured, header["content_type"])


def _site(sites: dict[str, Site], header: dict[str, str]) -> Site | None:
    digest = header.get("profile")
    if digest is None:
        return None
    if "toml" in header:
        sites[digest] = site_from_toml(header["toml"])
    return sites[digest]


def _answer(extract: Callable[..., Record], page: Page, site: Site | None) -> dict[str, Any]:
    """A record, or an outcome with its reason. Rules that fail on a page are its fault too, as far
    as an import is concerned: the page waits in quarantine until they are better."""
    try:
        record = extract(page) if site is None else extract(page, site)
        return {"record": record_to_json(record)}
    except NotAnArticle as error:
        return {"outcome": "not_article", "reason": str(error), "kind": error.kind}
    except UnreadablePage as error:
        return {"outcome": "quarantined", "reason": str(error)}
    except MemoryError:
        os._exit(TOO_LARGE)
    except Exception as error:
        return {"outcome": "quarantined", "reason": _told("extraction", error)}


def _answer_site(
    learn_site: Callable[[Iterable[Page], str], Site], header: dict[str, str], pages: BinaryIO
) -> dict[str, Any]:
    """The profile, or where that of the header stands; or why that is not known. All pages are
    taken, also those that teach nothing."""
    taught = _taught(pages)
    try:
        if "toml" in header:
            return {"standing": asdict(count_standing(taught, site_from_toml(header["toml"])))}
        return {"site": site_to_toml(learn_site(taught, header["learn"]))}
    except MemoryError:
        os._exit(TOO_LARGE)
    except Exception as error:
        return {"reason": _told("learning", error)}
    finally:
        for _ in taught:
            pass


def _taught(pages: BinaryIO) -> Iterator[Page]:
    while (message := _receive(pages)) and "end" not in message[0]:
        yield _page(*message)


def _told(deed: str, error: Exception) -> str:
    told = f"{deed} failed: {type(error).__name__}: {error}"
    return told.strip(": \n").splitlines()[0][:200]


def _send(answers: BinaryIO, message: bytes) -> None:
    answers.write(FROM_CHILD.pack(len(message)) + message)
    answers.flush()
