"""What may one page cost?

A page is any bytes that somebody wished to send. Pages are read in child processes with a limit of
time and memory; one that breaks them costs its child, and nothing else.

The children are programs of their own, not `multiprocessing`: its spawn and forkserver import the
main script of the user again, and a script that imports pages on its top level would start itself
for ever; its fork copies threads' locks. They stand outside the terminal's process group, so that
Ctrl-C reaches only the parent, and end when the pipe from it ends, even by kill -9.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from corpus.errors import CorpusError
from corpus.extraction import Site, Standing, site_from_toml, site_to_toml
from corpus.serialization import moment_to_text, record_from_json
from corpus.store import Answer, Item, Profile, Verdict
from corpus.values import Page
from corpus.worker import FROM_CHILD, TO_CHILD, TOO_LARGE

Told = TypeVar("Told")

_SECONDS = 20.0
_MEMORY = 3 * 2**29  # 1.5 GB
_LEARNING = 10  # times the seconds of a page, for what many pages share
_PAGES = 1000  # then a child is replaced: caches of the libraries grow

# A second child costs more than it brings until this many pages wait: one starts in half a second.
_WORTH_A_CHILD = 12
_WAITING_BYTES = 64 * 2**20

_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); import corpus.worker as w; "
_START += "w.serve_pages(sys.argv[2], sys.argv[3], *map(float, sys.argv[4:]))"


@dataclass(slots=True)
class _Job:
    item: Item
    answer: Answer | None
    profile: Profile | None = None


class Sandbox:
    """Child processes that extract. A context manager: at its end no child is left."""

    def __init__(
        self,
        function: str = "corpus.extraction:extract",
        learn: str = "corpus.extraction:learn_site",
        *,
        seconds: float = _SECONDS,
        memory: int = _MEMORY,
        children: int | None = None,
        pages_each: int = _PAGES,
    ) -> None:
        """`function` and `learn` are "module:name": a Page, and a Site where one is known, to a
        Record; pages and a name to a Site. `memory` in bytes."""
        limits = [str(seconds), str(seconds * _LEARNING), str(memory)]
        self._arguments = [json.dumps(sys.path), function, learn, *limits]
        self._seconds = seconds
        self._memory = memory
        self._most = children or min(os.cpu_count() or 1, 8)
        self._pages_each = pages_each
        self._children: list[_Child] = []
        self._ready = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in list(self._children):
            self._end(child)
        self._ready.close()

    def answers(
        self,
        items: Iterable[Item],
        known: Callable[[Item], Verdict | None],
        profile: Callable[[Page], Profile | None] = lambda page: None,
    ) -> Iterator[tuple[Item, Answer]]:
        """Each item with what becomes of it, in the order of the items. What `known` answers is
        not extracted; it must answer for every item that is no page. `profile` tells what is known
        of a page's site; a child gets each profile once."""
        source = iter(items)
        jobs: deque[_Job] = deque()  # in the order of the items
        waiting: deque[_Job] = deque()  # for a child
        more = True
        while more or jobs:
            room = more and self._has_room(jobs)
            if room:
                item = next(source, None)
                if item is None:
                    more = False
                else:
                    job = _Job(item, known(item))
                    jobs.append(job)
                    if job.answer is None and isinstance(item, Page):
                        job.profile = profile(item)
                        waiting.append(job)
            self._hand_out(waiting)
            while jobs and (answer := jobs[0].answer) is not None:
                yield jobs.popleft().item, answer
            if jobs:
                self._collect(wait=not room)

    def learn(self, name: str, pages: Iterable[Page]) -> Site | str:
        """What the pages of a site share; or, in words, why that could not be found out."""
        return self._ask({"learn": name}, pages, lambda told: site_from_toml(told["site"]))

    def count_standing(self, site: Site, pages: Iterable[Page]) -> Standing | str:
        """On how many of its pages a site's container stands; or why that is not known."""
        header = {"learn": site.name, "toml": site_to_toml(site)}
        return self._ask(header, pages, lambda told: Standing(**told["standing"]))

    def _ask(
        self, header: dict[str, str], pages: Iterable[Page], read: Callable[[Any], Told]
    ) -> Told | str:
        """What a child answers to many pages at once, or why it does not."""
        child = next((child for child in self._children if child.idle), None) or self._start()
        while child.starting:
            if not child.read_answer():
                self._bury(child)
        child.teach(header, pages)
        try:
            answer = json.loads(child.read_message() or b"")
            return str(answer["reason"]) if "reason" in answer else read(answer)
        except (ValueError, KeyError, TypeError, CorpusError):  # dead, or no answer of ours
            child.process.kill()
            code = child.process.wait()
            self._end(child)
            return self._cause("learning", code, self._seconds * _LEARNING)

    def _cause(self, deed: str, code: int, seconds: float) -> str:
        """Why a child ended, from its exit code."""
        if code == -signal.SIGALRM:
            return f"{deed} took longer than {seconds:g} s"
        if code == TOO_LARGE:
            return f"{deed} needed more than {self._memory / 2**30:.1f} GB of memory"
        return f"{deed} ended its process ({_name(code)})"

    def _has_room(self, jobs: deque[_Job]) -> bool:
        if len(jobs) >= 16 * self._most:
            return False
        waits = sum(len(job.item.content) for job in jobs if isinstance(job.item, Page))
        return waits < _WAITING_BYTES

    def _hand_out(self, waiting: deque[_Job]) -> None:
        for child in self._children:
            if waiting and child.idle:
                child.take(waiting.popleft())
        starting = len(waiting) - _WORTH_A_CHILD * len(self._children)
        if waiting and len(self._children) < self._most and (starting >= 0 or not self._children):
            self._start()

    def _start(self) -> "_Child":
        child = _Child(self._arguments)
        self._children.append(child)
        self._ready.register(child.answers, selectors.EVENT_READ, child)
        return child

    def _collect(self, *, wait: bool) -> None:
        for key, _ in self._ready.select(None if wait else 0):
            child: _Child = key.data
            if not child.read_answer():
                self._bury(child)
            elif child.pages >= self._pages_each and child.idle:
                self._end(child)

    def _bury(self, child: "_Child") -> None:
        code = child.process.wait()
        if child.starting:
            raise CorpusError(f"No page can be extracted: {child.last_words() or code}.")
        if child.job is not None:
            reason = self._cause("extraction", code, self._seconds)
            child.job.answer = Verdict("quarantined", reason)
        self._end(child)

    def _end(self, child: "_Child") -> None:
        self._ready.unregister(child.answers)
        self._children.remove(child)
        child.end()


class _Child:
    """One child process, and the page it has."""

    def __init__(self, arguments: list[str]) -> None:
        self.process = subprocess.Popen(
            # -P: no module of the folder we are in
            [sys.executable, "-P", "-c", _START, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
        )
        self.starting = True
        self.job: _Job | None = None
        self.pages = 0
        self._known: set[str] = set()  # digests of the profiles it has

    @property
    def idle(self) -> bool:
        return not self.starting and self.job is None

    @property
    def answers(self) -> IO[bytes]:
        return _open_pipe(self.process.stdout)

    def take(self, job: _Job) -> None:
        """Send the page of a job."""
        page = job.item
        assert isinstance(page, Page)
        self.job = job
        self.pages += 1
        header = _header(page)
        if job.profile is not None:
            header["profile"] = job.profile.digest
            if job.profile.digest not in self._known:
                header["toml"] = job.profile.toml
                self._known.add(job.profile.digest)
        with suppress(BrokenPipeError):  # a child that died is noticed where its answers end
            self._send(header, page.content)

    def teach(self, header: dict[str, str], pages: Iterable[Page]) -> None:
        """Send the pages of a site to learn from, after a header that says what to learn."""
        with suppress(BrokenPipeError):
            self._send(header)
            for page in pages:
                self._send(_header(page), page.content)
            self._send({"end": header["learn"]})

    def _send(self, header: dict[str, str], content: bytes = b"") -> None:
        told = json.dumps(header).encode()
        pipe = _open_pipe(self.process.stdin)
        pipe.write(TO_CHILD.pack(len(told), len(content)) + told)
        pipe.write(content)
        pipe.flush()

    def read_message(self) -> bytes | None:
        """What the child says next; None if it died instead."""
        size = self.answers.read(FROM_CHILD.size)
        if len(size) < FROM_CHILD.size:
            return None
        return self.answers.read(FROM_CHILD.unpack(size)[0])

    def read_answer(self) -> bool:
        """Give the job its answer, or note that the child is ready; False if it died instead."""
        message = self.read_message()
        if message is not None and self.starting:
            self.starting = False
            return True
        if self.job is None or not message:
            return False
        try:
            self.job.answer = _read_answer(message)
        except (ValueError, KeyError, TypeError):  # cut off, or no answer of ours
            return False
        self.job = None
        return True

    def last_words(self) -> str:
        """The last line that a dead child wrote to its standard error."""
        lines = _open_pipe(self.process.stderr).read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(BrokenPipeError):
                _open_pipe(pipe).close()


def _open_pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # Popen was asked for all three
    return pipe


def _read_answer(message: bytes) -> Answer:
    answer = json.loads(message)
    if "record" in answer:
        return record_from_json(answer["record"])
    return Verdict(answer["outcome"], answer["reason"], answer.get("kind"))


def _header(page: Page) -> dict[str, str]:
    captured = moment_to_text(page.captured)
    return {"url": page.url, "captured": captured, "content_type": page.content_type}


def _name(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
