"""What does an import survive? Real processes, killed for real."""

import os
import random
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import Archive, ArchiveError, Provenance, Record
from corpus.importing import import_items
from corpus.readers import read_items
from corpus.sandbox import Sandbox

PAGES = 190  # more than wait for the children of eight cores, and a batch

# Imports, and is killed after so many instructions of the machine inside SQLite: most are those of
# a batch that is being stored. Or it is killed at a stage, once so many of its pages are stored.
IMPORT = """
import os, signal, sys
from pathlib import Path
from corpus import Archive
from corpus.importing import import_items
from corpus.readers import read_items
from corpus.sandbox import Sandbox
with Archive("var") as archive:
    left = int(sys.argv[2])

    def count():
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    archive._writer.set_progress_handler(count, 1)
    items = read_items(Path(sys.argv[1]))
    stage, _, many = (sys.argv[3:] or ["never"])[0].partition(" ")

    def say(progress):
        if progress.stage == "import":
            print(progress.done, flush=True)
        if progress.stage == stage and progress.done >= int(many):
            os.kill(os.getpid(), signal.SIGKILL)

    sandbox = Sandbox("quick:extract", "quick:learn", children=1)
    import_items(archive, items, sandbox, on_progress=say)
"""

# Extraction that costs nothing: these tests are about what is stored. What it learns from a site
# cuts the end of each of its sentences.
QUICK = """
import hashlib
from corpus import Provenance, Record, Shared, Site
from corpus.extraction.urls import record_id
def extract(page, site=None):
    digest = hashlib.sha256(page.content).hexdigest()
    source = Provenance(page.url, page.captured, digest, "quick", "utf-8", extractor="1")
    text = page.content.decode()
    for line in site.lines if site else ():
        text = text.replace(line.text, "")
    return Record(record_id(page.url), page.url, "", text, source)
def learn(pages, name):
    return Site(name, len(list(pages)), (Shared("صباح أمس", 9),))
"""

# The shell; Ctrl-C comes when the first batch is stored, to every process of the terminal's group.
SHELL = """
import os, sys
import corpus.importing
from corpus.sandbox import Sandbox
from corpus.store.runs import Run
from search_app.cli import main

corpus.importing.Sandbox = lambda: Sandbox("quick:extract", "quick:learn")
store = Run.store

def store_and_press(run):
    store(run)
    Run.store = store
    os.killpg(0, int(sys.argv[1]))

Run.store = store_and_press
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
    return finish(place(tmp_path_factory.mktemp("undisturbed")), pages)


@pytest.fixture
def workplace(tmp_path):
    return place(tmp_path)


def place(folder):
    (folder / "import.py").write_text(IMPORT)
    (folder / "quick.py").write_text(QUICK)
    (folder / "shell.py").write_text(SHELL)
    return folder


def finish(workplace, pages):
    """What is in the archive when an import has come to its end."""
    with pytest.MonkeyPatch.context() as patch, Archive(workplace / "var") as archive:
        patch.syspath_prepend(workplace)
        sandbox = Sandbox("quick:extract", "quick:learn", children=1)
        report = import_items(archive, read_items(pages), sandbox)
        assert report.total == settled(archive) == PAGES
        assert archive.verify() == []
        return contents(archive)


def contents(archive):
    records = list(archive.records())
    return (
        records,
        [archive.captures(record.id) for record in records],
        [archive.versions(record.id) for record in records],
        [(held.where, held.reason) for held in archive.quarantine()],
        {name: n for name, n in archive.counts().items() if name != "imports"},
        archive.sites(),
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


def test_killed_inside_a_batch_an_import_loses_nothing_and_goes_on(pages, workplace, undisturbed):
    chance = random.Random(4077)
    codes = []
    # The whole import takes 154,000 instructions: its first batch 11,000, all pages 66,000, what is
    # read again the rest. Known items take few.
    deaths = [chance.randrange(1, 14_000), chance.randrange(14_000, 60_000)]
    deaths += [chance.randrange(20_000, 80_000)]
    for instructions in deaths:
        process = start(workplace, "import.py", pages, instructions)
        out, err = process.communicate()
        codes.append(process.returncode)
        acknowledged = max((int(line) for line in out.split()), default=0)
        with Archive(workplace / "var") as archive:
            assert settled(archive) >= acknowledged
            assert archive.verify() == []
        assert err == ""
    assert codes == [-signal.SIGKILL] * 3
    assert finish(workplace, pages) == undisturbed


def test_killed_while_a_site_is_learned_and_read_again_it_goes_on(pages, workplace, undisturbed):
    for death in ("learn 0", "reread 60"):
        process = start(workplace, "import.py", pages, 0, death)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        with Archive(workplace / "var") as archive:
            assert archive.verify() == []
            assert contents(archive) != undisturbed
    assert finish(workplace, pages) == undisturbed
    with Archive(workplace / "var") as archive:
        assert [(each.read, each.pages) for each in archive.site_statuses()] == [(PAGES // 2,) * 2]


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
    assert finish(workplace, pages) == undisturbed


def test_of_imports_at_once_one_works_and_the_others_are_told(pages, workplace, undisturbed):
    processes = [start(workplace, "import.py", pages, 0) for _ in range(3)]
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
