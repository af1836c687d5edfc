"""Where do measurements stand?

RESULTS.md has one section a benchmark; running one again replaces its section and no other.
"""

import os
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
TITLE = "# Results\n\nWritten by the programs in `benchmarks/`, each run on purpose.\n"


def write_section(name: str, body: str) -> None:
    """Put the section `name` with its text into RESULTS.md, in the place of an older one."""
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else TITLE
    section = f"## {name}\n\n{body.strip()}\n"
    found = re.search(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", text, re.M | re.S)
    if found:
        text = text[: found.start()] + section + "\n" + text[found.end() :]
    else:
        text = text.rstrip() + "\n\n" + section
    RESULTS.write_text(text.rstrip() + "\n", "utf-8")


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def machine(*packages: str) -> str:
    """What a figure must be read with: processors, Python, and versions of the packages."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    python = sys.version.split()[0]
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {python}, {versions}."
