"""Lucene 9, its Arabic and English analyzers, facets and unified highlighter, in a Java process of
its own: `lucene/Peer.java`. Questions and totals go over a pipe, which costs 0.1 ms."""

import subprocess
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from articles import Article, Question

CANNOT: dict[str, str] = {}
_SOURCE = Path(__file__).parent / "lucene"


def _prepare() -> list[str]:
    """The command of Java with the compiled program; Maven brings the libraries."""
    made = Path(tempfile.gettempdir()) / "kashaf-lucene-peer"
    made.mkdir(exist_ok=True)
    jars = made / "jars"
    if not jars.exists():
        copy = ["mvn", "-q", "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        subprocess.run(copy, check=True, cwd=_SOURCE)
    subprocess.run(
        [
            "javac",
            "-nowarn",
            "-Xlint:none",
            "-cp",
            f"{jars}/*",
            "-d",
            str(made),
            str(_SOURCE / "Peer.java"),
        ],
        check=True,
    )
    return ["java", "-Xmx4g", "-cp", f"{jars}/*:{made}", "Peer"]


_COMMAND = _prepare()  # when this module is loaded: it is no part of what is measured


def _plain(text: str) -> str:
    return " ".join(text.split())


def build(articles: Iterable[Article], folder: Path) -> None:
    process = subprocess.Popen(
        [*_COMMAND, "build", str(folder)], stdin=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdin
    for a in articles:
        day = str(date.fromisoformat(a.published).toordinal())
        row = (a.id, _plain(a.title), _plain(a.text), a.lang, a.published[:7], day)
        process.stdin.write("\t".join((*row, " ".join(a.actors), " ".join(a.locations))) + "\n")
    process.stdin.close()
    assert process.wait() == 0


class Reader:
    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [*_COMMAND, "ask", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, question: Question) -> int:
        days = [
            str(date.fromisoformat(day).toordinal()) if day else ""
            for day in (question.since, question.until)
        ]
        row = (question.mode, " ".join(question.words), *days, question.actor or "", question.page)
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("\t".join(map(str, row)) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())
