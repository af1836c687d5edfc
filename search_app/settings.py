"""Where is the archive, and where does the server listen?

The only reader of the environment: `KASHAF_VAR`, `KASHAF_HOST`, `KASHAF_PORT`, `KASHAF_WORKERS` and
`KASHAF_THREADS`. The command line overrules it.
"""

import os
from dataclasses import dataclass
from pathlib import Path


class SettingsError(Exception):
    """A variable of the environment has no meaning; the message says which and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation chooses. `var` holds the record store, in `index` the index, and in
    `gazetteer` staff's own tables of actors and places.

    Each worker is a process with an index of its own, so that one that dies takes no request but
    its own with it; `threads` requests run at once in each.
    """

    var: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000  # 0: any free port
    workers: int = 2
    threads: int = 4

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.var / "index"

    @property
    def gazetteer(self) -> Path:
        """The folder of staff's own tables."""
        return self.var / "gazetteer"


def read_settings() -> Settings:
    """The settings of this environment. Raises SettingsError."""
    usual = Settings()
    return Settings(
        var=Path(os.environ.get("KASHAF_VAR") or usual.var),
        host=os.environ.get("KASHAF_HOST") or usual.host,
        port=_number("KASHAF_PORT", usual.port, 0, 65535),
        workers=_number("KASHAF_WORKERS", usual.workers, 1, 64),
        threads=_number("KASHAF_THREADS", usual.threads, 1, 64),
    )


def _number(name: str, usual: int, least: int, most: int) -> int:
    text = os.environ.get(name) or str(usual)
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
        raise SettingsError(f"{name} is {text!r}; it must be a number from {least} to {most}.")
    return int(text)
