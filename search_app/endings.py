"""How does a command end?

Exit code 0: done; 1: failed, with one line that says why; 2: wrong usage. What was stopped has
failed.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from corpus import CorpusError
from indexer import IndexerError
from search_app import terminal


class KashafError(click.ClickException):
    """A failure that staff can do something about: one line, exit code 1."""


class Commands(click.Group):
    """The commands: errors of the library, and of what is written to, become one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and see that all it printed has arrived."""
        terminal.write_utf_8()
        try:
            done = super().invoke(ctx)
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            raise  # `kashaf search … | head`: click ends without a word
        except (CorpusError, IndexerError, OSError) as error:
            _give_up_unwritten()
            raise KashafError(str(error)) from error
        return done


def _give_up_unwritten() -> None:
    """What a full disk did not take would fail again when Python ends, with words of its own."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Ctrl-C, or a polite kill, sets the event, so that a batch is finished; a second one stops at
    once. What was stopped has failed, so that a script does not go on with half of it."""
    event = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM)

    def ask(number: int, frame: object) -> None:
        event.set()
        for each in signals:
            signal.signal(each, signal.default_int_handler)
        terminal.errors.print("Stopping after this batch; press again to stop at once.")

    before = [signal.signal(each, ask) for each in signals]
    try:
        yield event
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)
    if event.is_set():
        raise KashafError("Stopped. What was done is stored; run it again to go on.")
