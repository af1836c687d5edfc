"""How is the application served?

By gunicorn: a few worker processes with threads, started by us, on a socket that we bind, so that a
port in use is told in one line. Nothing about a request is ever written: no access log, and errors
without request lines, addresses or browser names.
"""

import multiprocessing
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]
from gunicorn.http import message  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from search_app.app import create_app
from search_app.settings import Settings

# gunicorn's own limit is 8,190 bytes and no setting lifts it. A query that somebody pastes, 10 kB
# of Arabic, is 30 kB in a URL; it gets an answer, not a refusal.
REQUEST_LINE = 65_536
message.MAX_REQUEST_LINE = REQUEST_LINE


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Says that something failed, never what was asked or by whom."""

    def exception(self, msg: object, *args: object, **kwargs: object) -> None:
        """gunicorn's messages about requests hold the whole URL: only the kind of error stays."""
        if "request" in str(msg):
            self.error("A request failed in the server: %s", type(sys.exc_info()[1]).__name__)
        else:
            super().exception(msg, *args, **kwargs)


class CalmWorker(ThreadWorker):  # type: ignore[misc]
    """Stops on Ctrl+C as on SIGTERM: it finishes what it answers."""

    def handle_quit(self, sig: int, frame: object) -> None:
        """gunicorn closes the pool of threads here, inside the signal; when the signal meets the
        start of a thread, whose lock it then waits for, the worker hangs and is killed after 10 s
        (4 of 30 stops under load)."""
        self.handle_exit(sig, frame)


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings, listening: socket.socket) -> None:
        self.settings = settings
        self.address = _address(listening)
        self.descriptor = listening.detach()  # gunicorn copies and closes it
        self.serving = multiprocessing.Value("i", 0)
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"fd://{self.descriptor}",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": CalmWorker,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "error",
            "logger_class": DiscreetLogger,
            "limit_request_line": REQUEST_LINE,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # no header may claim a path, a scheme or an address
            "graceful_timeout": 10,
            "proc_name": "kashaf",
            "post_worker_init": lambda worker: self._tell_when_all_serve(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(self.settings)

    def _tell_when_all_serve(self) -> None:
        """Run in each worker, when it can answer and be stopped. A worker that starts later, in the
        place of one that died, says nothing."""
        with self.serving.get_lock():
            self.serving.value += 1
            if self.serving.value == self.settings.workers:
                print(f"Kashaf serves {self.address}", flush=True)


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, then exit with 0. Prints one line with the address. Raises
    OSError, whose message says what to do, if the address cannot be listened at."""
    _Server(settings, _listen(settings.host, settings.port)).run()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise OSError(
            f"Cannot listen at {host}:{port}: {error.strerror or error}. "
            "Choose another port (--port) or stop what uses it."
        ) from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
