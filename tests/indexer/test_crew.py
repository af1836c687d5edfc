"""Is an index the same whoever analyzed its records, and what if one ends? Real processes."""

import os
import re
import select
import signal
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from indexer import BuildError, build_index, finished_generations, open_index
from indexer.building.analysis import Run, read_runs
from indexer.building.crew import Crew
from indexer.building.manifest import NAME as MANIFEST
from indexer.document import Document
from indexer.ingest import Given
from indexer.names import Gazetteer
from indexer.names.entity import Alias, Entity

MANY = 530  # records: five runs, the last one short
SENTENCES = (
    "Dr. Zaid Alfourati, a doctor, spoke of the hospitals in Deir Ezzor.",
    "قال الدكتور زيد الفراتي إن المدارس في دير الزور أُغلقت",
    "The market of Raqqa was shelled; IS took the bridge.",
    "half \ud800 a pair, and ﷺ",
    "",
)


def rows(many=MANY):
    for n in range(many):
        text = f"{SENTENCES[n % 5]} Number {n % 97}, {SENTENCES[n % 3]}"
        # One id in 50 comes again; some records have no word at all.
        yield {
            "id": str(n % 480), "title": f"Record {n}" * (n % 7 > 0), "text": text * (n % 11 > 0),
            "published": f"20{10 + n % 9}-0{1 + n % 9}"[: 4 + n % 2 * 3], "tags": ["a", "ب"],
        }  # fmt: skip


def digests(root):
    (name,) = finished_generations(root)
    folder = root / "generations" / name
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def children_of(parent):
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, above = path.read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
            if int(above) == parent and state != "Z":
                found.append(int(path.parent.name))
    return found


@pytest.fixture
def root(tmp_path):
    """An index of one record, which must stay in use when a build fails."""
    build_index([{"id": "old", "text": "an old bridge"}], tmp_path / "index")
    return tmp_path / "index"


def assert_untouched(root):
    assert [path.name for path in (root / "generations").iterdir()] == ["000001"]
    with open_index(root) as index:
        assert index.record_ids() == {"old"}


def test_an_index_is_the_same_by_the_byte_whoever_analyzed_its_records(tmp_path, monkeypatch):
    told = []
    alone = build_index(rows(), tmp_path / "alone", children=1, on_progress=told.append)
    assert told == list(range(1, MANY + 1))
    told.clear()
    shared = build_index(rows(), tmp_path / "shared", children=2, on_progress=told.append)
    assert told == list(range(1, MANY + 1))
    assert alone == shared
    assert alone.documents == 480
    monkeypatch.setattr("indexer.columnar.writer._MOST", 3_000)
    build_index(rows(), tmp_path / "bounded", children=1)
    assert digests(tmp_path / "alone") == digests(tmp_path / "shared")
    assert digests(tmp_path / "alone") == digests(tmp_path / "bounded")
    with open_index(tmp_path / "shared") as index:
        assert index.search("الفراتي").total > 100
        assert index.document("7").title == "Record 487"


def test_documents_without_words_behind_a_written_run_are_documents(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.columnar.writer._MOST", 1)
    given = [*rows(128), *({"id": f"empty {n}"} for n in range(3))]
    assert build_index(given, tmp_path).documents == 131


def test_small_builds_start_no_child(tmp_path):
    started = []

    def records():
        yield from rows(300)
        started.extend(children_of(os.getpid()))

    build_index(records(), tmp_path, children=2)
    assert started == []


def test_a_gazetteer_that_no_table_has_is_used_in_this_process(tmp_path):
    started = []

    def records():
        yield from rows()
        started.extend(children_of(os.getpid()))

    market = Entity("market", "location", "place", "Market", "سوق", (Alias("market"),))
    build_index(records(), tmp_path, gazetteer=Gazetteer([market]), children=2)
    assert started == []
    with open_index(tmp_path) as index:
        assert index.document("2").locations == ("market",)


class Trouble(Exception):
    """Anything that a reader of records may raise."""


@pytest.mark.parametrize("ending", [Trouble, KeyboardInterrupt])
def test_what_records_raise_leaves_no_child_and_the_old_index_in_use(root, ending):
    started = []

    def records():
        yield from rows(520)  # a child has had a run by then
        started.extend(children_of(os.getpid()))
        if ending is KeyboardInterrupt:
            signal.raise_signal(signal.SIGINT)
        raise Trouble

    with pytest.raises(ending):
        build_index(records(), root, children=2)
    assert len(started) == 2
    assert children_of(os.getpid()) == []
    assert_untouched(root)


def test_a_child_that_is_killed_ends_the_build_in_one_line(root):
    def records():
        yield from rows(520)
        os.kill(children_of(os.getpid())[0], signal.SIGKILL)
        yield from rows(2000)

    with pytest.raises(BuildError, match=r"^A process that .* ended \(SIGKILL\)\. The old .*again"):
        build_index(records(), root, children=2)
    assert children_of(os.getpid()) == []
    assert_untouched(root)


def test_no_child_is_left_when_its_parent_is_killed(root, tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from indexer import build_index\n"
        "from test_crew import children_of, rows\n"
        "def records():\n"
        "    yield from rows(520)\n"
        "    print(*children_of(os.getpid()), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "build_index(records(), sys.argv[1], children=2)\n"  # a child that imported it would build
    )
    killed = subprocess.run(
        [sys.executable, script, root], capture_output=True, text=True, check=False
    )
    assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, "")
    children = [int(number) for number in killed.stdout.split()]
    assert len(children) == 2
    for child in children:
        with suppress(ProcessLookupError):
            descriptor = os.pidfd_open(child)
            assert select.select([descriptor], [], [], 60)[0] == [descriptor]
            os.close(descriptor)
    with open_index(root) as index:
        assert index.record_ids() == {"old"}
    assert build_index([{"id": "new"}], root).documents == 1


def test_a_record_that_cannot_be_analyzed_is_named_by_whoever_tries(tmp_path):
    broken = Run(530, [Given(Document(id="seven", title="", text=7))])
    told = re.compile(r"^Document seven could not be analyzed \(TypeError: .*leave this one out")
    for children in (1, 2):
        with (
            Crew(Gazetteer.load(), children) as crew,
            pytest.raises(BuildError, match=told),
        ):
            list(crew.portions([*read_runs(rows()), broken]))
