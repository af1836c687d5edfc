"""Who analyzes the records of a build?

A few are analyzed here; many in child processes, one on each core, each with one run of records at
a time. The children are programs of their own, not `multiprocessing`: its spawn and forkserver
import the main script of the user again, and a script that builds an index on its top level would
start itself for ever; its fork copies threads' locks. They write nothing to the disk. They stand
outside the terminal's process group, so that Ctrl-C reaches only the parent, and end when the pipe
from it ends, even by kill -9.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Self

from indexer.building.analysis import Analyst, Portion, Run
from indexer.building.worker import pack_run, receive, send, unpack_portion
from indexer.errors import BuildError
from indexer.names import Gazetteer

_MOST = 8  # children: the parent, which merges, keeps up with no more
_FEW = 4  # runs; until there are more, a child that starts in half a second brings nothing

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); import indexer.building.worker as w; "
)
_START += "w.serve_runs()"


class Crew:
    """Makes portions of runs, in their order. A context manager: at its end no child is left."""

    def __init__(self, gazetteer: Gazetteer, children: int | None = None) -> None:
        """`children`: how many processes may be started; one for each core unless told."""
        self._gazetteer = gazetteer
        self._many = children or min(os.cpu_count() or 1, _MOST)
        self._children: list[_Child] = []
        self._idle: SimpleQueue[_Child] = SimpleQueue()
        self._threads = ThreadPoolExecutor(self._many)  # each waits for one child

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.process.kill()  # whoever waits for its answer gets none
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.end()

    def portions(self, runs: Iterable[Run]) -> Iterator[Portion]:
        """The portion of each run. Raises BuildError if a record cannot be analyzed, or a child
        ended."""
        source = iter(runs)
        few = list(islice(source, _FEW))
        if len(few) < _FEW or self._many == 1 or not _is_of_tables(self._gazetteer):
            yield from map(Analyst(self._gazetteer).portion, chain(few, source))
            return
        for _ in range(self._many):
            child = _Child(self._gazetteer)
            self._children.append(child)
            self._idle.put(child)
        waiting: deque[Future[Portion]] = deque()
        for run in chain(few, source):
            waiting.append(self._threads.submit(self._portion, run))
            if len(waiting) > 2 * self._many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _portion(self, run: Run) -> Portion:
        child = self._idle.get()
        try:
            return child.portion(run)
        finally:
            self._idle.put(child)


def _is_of_tables(gazetteer: Gazetteer) -> bool:
    """Whether a child that reads the tables has the same names."""
    read = Gazetteer.of(gazetteer.own)
    return gazetteer is read or (
        (list(gazetteer), gazetteer.others, gazetteer.cues) == (list(read), read.others, read.cues)
    )


class _Child:
    """One child process, which has at most one run."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        # Not a pipe: nobody reads it while the child lives, and a full one would stop the child.
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the child
        self.process = subprocess.Popen(
            # -P: no module of the folder we are in
            [sys.executable, "-P", "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            process_group=0,
        )
        self._own: dict[str, str] | None = dict(gazetteer.own)  # not told yet

    def portion(self, run: Run) -> Portion:
        """What the child makes of a run."""
        with suppress(BrokenPipeError):  # a child that died is noticed where its answers end
            if self._own is not None:
                send(_pipe(self.process.stdin), self._own)
                self._own = None
            send(_pipe(self.process.stdin), pack_run(run))
        answer = receive(_pipe(self.process.stdout))
        if answer is None:
            raise BuildError(
                f"A process that analyzed records ended ({self._last_words()}). The old index "
                "stays in use; see that the machine has memory, and build again."
            )
        if isinstance(answer, str):
            raise BuildError(answer)
        return unpack_portion(answer)

    def _last_words(self) -> str:
        """How a child ended: the last line of its standard error, or its exit code."""
        code = self.process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        told = next((line for line in reversed(lines) if line.strip()), f"exit code {code}")
        return signal.Signals(-code).name if code < 0 else told

    def end(self) -> None:
        """Wait until it is gone, and close its pipes."""
        self.process.wait()
        self._errors.close()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                _pipe(pipe).close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # Popen was asked for both
    return pipe
