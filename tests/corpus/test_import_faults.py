"""What does an import survive? Real processes, killed for real."""

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import Archive, ArchiveError, Provenance, Record, import_pages

PAGES = 120

# Imports and says what is stored. The alarm, as kill -9, ends a process without a last word.
IMPORT = """
import signal, sys
signal.setitimer(signal.ITIMER_REAL, float(sys.argv[1]))
from corpus import Archive, import_pages
with Archive("var") as archive:
    report = import_pages(archive, [sys.argv[2]], on_progress=lambda p: print(p.done, flush=True))
signal.setitimer(signal.ITIMER_REAL, 0)
print("whole")
"""

# The shell; Ctrl-C comes when the first batch is stored, to every process of the terminal's group.
SHELL = """
import os, signal, sys
from corpus import Archive, ArchiveError
from search_app.cli import main

def press(number, frame):
    try:
        with Archive("var", readonly=True) as archive:
            if archive.counts()["captures"] == 0:
                return
    except ArchiveError:
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    os.killpg(0, int(sys.argv[1]))

signal.signal(signal.SIGALRM, press)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
main(["import", sys.argv[2]])
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A folder of pages, some of which are saved twice, changed, or no pages at all."""
    folder = tmp_path_factory.mktemp("input") / "pages"
    folder.mkdir()
    lines = ["file,url,captured"]
    for n in range(PAGES):
        words = f"قال سكان الحي إن الجسر رقم {n - n % 7 // 6} فوق النهر فُتح من جديد صباح أمس. "
        html = f"<title>جسر</title><article><h1>الجسر</h1><p>{words * 6}</p></article>"
        (folder / f"{n:03d}.html").write_text(html if n % 10 else "", "utf-8")
        lines.append(f"{n:03d}.html,https://news.example/{n // 2}/,2014-06-12T08:00:{n % 60:02d}Z")
    (folder / "pages.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(pages, tmp_path_factory):
    """What is in the archive of an import that nothing disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with Archive(folder) as archive:
        import_pages(archive, [pages])
        return contents(archive)


@pytest.fixture
def workplace(tmp_path):
    (tmp_path / "import.py").write_text(IMPORT)
    (tmp_path / "shell.py").write_text(SHELL)
    return tmp_path


def contents(archive):
    records = list(archive.records())
    return (
        records,
        [archive.captures(record.id) for record in records],
        [archive.versions(record.id) for record in records],
        [(held.where, held.reason) for held in archive.quarantine()],
        {name: n for name, n in archive.counts().items() if name != "imports"},
        archive.digest(),
    )


def settled(archive):
    """Items with an outcome, as far as the archive remembers them."""
    counts = archive.counts()
    return counts["captures"] + counts["quarantine"] + counts["not articles"]


def start(workplace, script, *arguments):
    return subprocess.Popen(
        [sys.executable, workplace / script, *map(str, arguments)],
        cwd=workplace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children_of(workplace):
    """Processes that were started for this place: their command line has its path."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if int(path.parent.name) != os.getpid() and str(workplace) in read(path)
    ]


def read(path):
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def test_killed_at_any_moment_an_import_loses_nothing_and_goes_on(pages, workplace, undisturbed):
    chance = random.Random(4077)
    moments = [("batch", 1), ("alarm", chance.uniform(0.5, 2)), ("batch", 2)]
    kills = 0
    for kind, moment in [*moments, ("never", 0)]:
        process = start(workplace, "import.py", moment if kind == "alarm" else 0, pages)
        acknowledged, lines = 0, 0
        for line in process.stdout:
            if line.strip().isdigit():
                acknowledged, lines = int(line), lines + 1
            if (kind, moment) == ("batch", lines):
                process.kill()
        process.stdout.close()
        assert process.stderr.read() == ""
        process.stderr.close()
        kills += process.wait() in (-signal.SIGKILL, -signal.SIGALRM)
        with Archive(workplace / "var") as archive:
            assert settled(archive) >= acknowledged
            assert archive.verify() == []
    assert process.returncode == 0
    assert kills >= 1  # after the first batch; the others may come too late
    with Archive(workplace / "var") as archive:
        assert contents(archive) == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_import_finishes_its_batch_and_leaves_no_child(
    pages, workplace, undisturbed, number
):
    process = start(workplace, "shell.py", int(number), pages)
    out, err = process.communicate()
    assert process.returncode == 1
    assert "Stopped. What was done is stored; run it again to go on." in err
    assert "Traceback" not in err
    said = int(out.split()[1])
    assert children_of(workplace) == []
    with Archive(workplace / "var") as archive:
        assert 0 < said == settled(archive) < PAGES
        assert archive.verify() == []
        import_pages(archive, [pages])
        assert contents(archive) == undisturbed


def test_of_imports_at_once_one_works_and_the_others_are_told(pages, workplace, undisturbed):
    processes = [start(workplace, "import.py", 0, pages) for _ in range(3)]
    said = [process.communicate() for process in processes]
    done = [process.returncode == 0 for process in processes]
    assert any(done)
    for (_, err), fine in zip(said, done, strict=True):
        assert fine or "ArchiveError: Another import is running (process " in err
    with Archive(workplace / "var") as archive:
        assert contents(archive) == undisturbed


def test_a_full_disk_is_told_and_nothing_stored_is_lost(tmp_path):
    def record(number, text):
        source = Provenance("https://a.example/", datetime.now(UTC), f"{number}", "own", "utf-8")
        return Record(f"{number:016x}", f"https://a.example/{number}", "", text, source)

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Archive(tmp_path) as archive:
        archive.add(record(1, "The first."))
        size = (tmp_path / "archive.sqlite-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10_000, limits[1]))
        try:
            with pytest.raises(ArchiveError, match=r"archive\.sqlite"):
                archive.add(record(2, "Too much. " * 100_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert [found.text for found in archive.records()] == ["The first."]
        archive.add(record(3, "There is room again."))
        assert archive.verify() == []
    with Archive(tmp_path, readonly=True) as archive:
        assert archive.counts()["records"] == 2


def test_an_interrupted_run_is_known_as_such(pages, workplace):
    process = start(workplace, "import.py", 0, pages)
    process.stdout.readline()
    process.kill()
    process.communicate()
    db = sqlite3.connect(workplace / "var" / "archive.sqlite")
    ended, report = db.execute("SELECT ended, report FROM runs").fetchone()
    db.close()
    assert ended is None
    assert json.loads(report)["imported"] > 0
