"""Do the documents say what is so? Their examples are run, on the shipped sample.

Python blocks of one document share one namespace; functions named test_… in them are called.
Console blocks hold `$ command` lines, each followed by what it prints; "..." stands for anything.
Both run in a folder where the sample is imported and indexed (var/).
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    *(path for path in sorted(ROOT.glob("*.md")) if path.name != "CHANGELOG.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
]
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<body>.*?)^ *```$", re.M | re.S)

# Shown to people, not run here: they install, serve until stopped, or start this very suite.
NOT_RUN = re.compile(
    r"^(make|git|cd|sudo|bash|curl|\.venv/bin/python -m pytest)\b|\b(serve|demo)\b"
)

# A path in backticks must exist, unless it is made by running something.
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|toml|csv|sh|lock)))`")
MADE_BY_RUNNING = re.compile(r"^(var|pages|\.venv.*|dist)/")


@dataclass(frozen=True)
class Block:
    """One fenced example, with the line of its first line in the document."""

    kind: str
    body: str
    line: int


def iter_blocks(document: Path) -> Iterator[Block]:
    text = document.read_text("utf-8")
    for match in BLOCK.finditer(text):
        indent = len(match["indent"])
        lines = [line[indent:] for line in match["body"].splitlines()]
        yield Block(match["kind"], "\n".join(lines), text.count("\n", 0, match.start("body")))


def documents_with(kind: str) -> list[Path]:
    return [path for path in DOCUMENTS if any(block.kind == kind for block in iter_blocks(path))]


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def run(command: str, folder: Path) -> str:
    """What a shell prints for the command: output and errors in their order."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"$ {command}\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="session")
def indexed_sample(tmp_path_factory):
    """A folder whose var/ holds the sample, imported and indexed."""
    folder = tmp_path_factory.mktemp("documents")
    run(f"kashaf import '{ROOT / 'corpus' / 'sample'}' && kashaf index", folder)
    return folder


@pytest.fixture
def workplace(indexed_sample, tmp_path, monkeypatch):
    """A copy of that folder for one document, which may change it; the current folder."""
    shutil.copytree(indexed_sample, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("document", documents_with("python"), ids=name_of)
def test_the_python_examples_run(document, workplace):
    namespace = {"__name__": "__main__"}
    for block in iter_blocks(document):
        if block.kind == "python":
            source = "\n" * block.line + block.body  # so that a traceback tells the right line
            exec(compile(source, str(document), "exec"), namespace)
    for name, value in list(namespace.items()):
        if name.startswith("test_"):
            value()


@pytest.mark.parametrize("document", documents_with("console"), ids=name_of)
def test_the_shell_examples_print_what_they_show(document, workplace):
    for block in iter_blocks(document):
        if block.kind == "console":
            for command, shown in iter_commands(block.body):
                if NOT_RUN.search(command):
                    continue
                printed = run(command, workplace)
                assert agree(shown, printed), f"$ {command}\n{printed}"


def iter_commands(body: str) -> Iterator[tuple[str, str]]:
    """(command, what the document shows below it)."""
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown.strip("\n")


def agree(shown: str, printed: str) -> bool:
    """True when nothing is shown, or when it equals what was printed but for "..." and spacing."""
    if not shown:
        return True
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return doctest.OutputChecker().check_output(shown + "\n", printed, flags)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_shell_examples_mark_their_commands(document):
    """In a console block that shows no `$ `, nothing would be run."""
    silent = [
        block.line
        for block in iter_blocks(document)
        if block.kind == "console" and not block.body.startswith("$ ")
    ]
    assert silent == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_files_named_in_a_document_exist(document):
    missing = [
        path
        for path in PATH.findall(document.read_text("utf-8"))
        if not MADE_BY_RUNNING.match(path)
        and not (ROOT / path).exists()
        and not (document.parent / path).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_between_documents_lead_somewhere(document):
    targets = re.findall(r"\]\((?!\w+:)([^)#\s]+)", document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []
