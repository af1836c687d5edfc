"""Does the old index answer until the new one is whole, whatever happens between?"""

import multiprocessing
import os
import random
import re
import signal
import sys
import threading

import pytest

from indexer import (
    BuildError,
    IndexUnreadable,
    build_index,
    current_generation,
    finished_generations,
    open_index,
    roll_back,
    verify_index,
)
from indexer.building.generations import generation_folder

RECORDS = 6
fork = multiprocessing.get_context("fork")
# A forked process needs no second to import. From Python 3.12 on it warns of numpy's idle threads.
forks = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


def rows(build):
    """Every record names the build that it belongs to."""
    return [
        {"id": str(n), "title": f"Record {n}", "text": f"The bridge of build{build}, word{n}"}
        for n in range(RECORDS)
    ]


def answering(root):
    """The build that answers; every record of it must, and none of another."""
    with open_index(root) as index:
        (build,) = {hit.text for hit in builds_of(index)}
        assert index.search("bridge").total == RECORDS
        assert index.search(build).total == RECORDS
        return int(build.removeprefix("build"))


def builds_of(index):
    return [
        match
        for hit in index.search("build*", size=RECORDS)
        for match in hit.why.matches
        if match.kind == "prefix"
    ]


def leftovers(root):
    return {path.name for path in root.glob("generations/*")} - set(finished_generations(root))


def test_the_folder_is_private(tmp_path):
    build_index(rows(1), tmp_path / "index")
    for folder in ("index", "index/generations/000001", "index/generations/000001/segment"):
        assert (tmp_path / folder).stat().st_mode & 0o777 == 0o700, folder


def test_others_lose_the_right_to_write(tmp_path):
    tmp_path.chmod(0o777)
    build_index(rows(1), tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_the_last_three_generations_are_kept(tmp_path):
    for build in range(1, 6):
        assert build_index(rows(build), tmp_path).generation == f"{build:06d}"
        assert answering(tmp_path) == build
    assert finished_generations(tmp_path) == ["000003", "000004", "000005"]
    assert leftovers(tmp_path) == set()


def test_staff_can_go_back_step_by_step_and_build_on(tmp_path):
    for build in (1, 2, 3):
        build_index(rows(build), tmp_path)
    assert roll_back(tmp_path) == "000002"
    assert answering(tmp_path) == 2
    assert roll_back(tmp_path) == "000001"
    assert answering(tmp_path) == 1
    with pytest.raises(IndexUnreadable, match="Nothing changed"):
        roll_back(tmp_path)
    assert answering(tmp_path) == 1
    build_index(rows(4), tmp_path)
    assert answering(tmp_path) == 4
    # 000001 was in use until then, and is one too many now.
    assert finished_generations(tmp_path) == ["000002", "000003", "000004"]


def test_going_back_passes_over_what_is_damaged(tmp_path):
    for build in (1, 2, 3):
        build_index(rows(build), tmp_path)
    (generation_folder(tmp_path, "000002") / "columns.bin").write_bytes(b"")
    assert roll_back(tmp_path) == "000001"
    assert answering(tmp_path) == 1


def test_a_generation_that_staff_went_back_from_does_not_come_back_by_itself(tmp_path):
    for build in (1, 2, 3):
        build_index(rows(build), tmp_path)
    roll_back(tmp_path)
    (generation_folder(tmp_path, "000002") / "columns.bin").write_bytes(b"")
    assert answering(tmp_path) == 1


def test_one_build_at_a_time(tmp_path):
    def greedy():
        yield from rows(1)
        build_index(rows(2), tmp_path)

    with pytest.raises(BuildError, match=rf"running \(process {os.getpid()}\)"):
        build_index(greedy(), tmp_path)
    assert build_index(rows(3), tmp_path).documents == RECORDS


def test_other_files_among_the_generations_are_let_be(tmp_path):
    build_index(rows(1), tmp_path)
    (tmp_path / "generations" / "notes.txt").write_text("mine")
    build_index(rows(2), tmp_path)
    assert (tmp_path / "generations" / "notes.txt").read_text() == "mine"


# Readers while builds go on


def test_a_reader_outlives_its_generation(tmp_path):
    build_index(rows(1), tmp_path)
    with open_index(tmp_path) as index:
        for build in range(2, 7):
            build_index(rows(build), tmp_path)
        assert not generation_folder(tmp_path, "000001").exists()
        # Nothing of this was asked, and so cached, before.
        assert index.search("build1 NEAR/3 bridge").total == RECORDS
        assert index.search("wor*", size=RECORDS).hits[0].snippets[0].text
        assert index.search('"of build1"').facets["lang"][0].count == RECORDS
        assert index.document("3").text == "The bridge of build1, word3"


@pytest.mark.parametrize(
    ("name", "time"),
    [("manifest.json", 1), ("columns.json", 1), ("columns.json", 2), ("postings.json", 2),
     ("postings.bin", 2), ("stored.bin", 2), ("spellings.json", 2)],
)  # fmt: skip
def test_a_generation_that_goes_while_it_is_opened_is_followed(tmp_path, name, time):
    """Others build four times at the moment when the reader opens this file for the nth time:
    first for its digest, then for its content."""
    build_index(rows(1), tmp_path)
    opened = []

    def overtake(event, args):
        if event == "open" and re.fullmatch(rf"{tmp_path}/.*/000001/.*{name}", str(args[0])):
            opened.append(args)
            if len(opened) == time:
                for build in range(2, 6):
                    build_index(rows(build), tmp_path)

    sys.addaudithook(overtake)
    with open_index(tmp_path) as index:
        assert (index.generation, index.cautions) == ("000005", ())
    assert len(opened) >= time


def test_queries_during_switches_get_whole_answers(tmp_path):
    build_index(rows(1), tmp_path)
    finished = threading.Event()
    seen, faults = set(), []

    def read():
        try:
            while not finished.is_set():
                with open_index(tmp_path) as index:
                    results = index.search("bridge", size=RECORDS)
                    assert results.total == len(results) == RECORDS
                    (build,) = {hit.snippets[0].text.split()[3] for hit in results}
                    seen.add(build)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for build in range(2, 8):
        build_index(rows(build), tmp_path)
    finished.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(seen) > 1


def test_threads_share_one_index(tmp_path):
    build_index(rows(1), tmp_path)
    queries = [f"word{n} bridge" for n in range(RECORDS)] + [
        "bui*",
        '"the bridge"',
        "of NEAR/2 the",
    ]
    with open_index(tmp_path) as index, open_index(tmp_path) as other:
        expected = [[hit.id for hit in other.search(q)] for q in queries]
        answers = [None] * 6

        def read(n):
            answers[n] = [[hit.id for hit in index.search(q)] for q in queries]

        threads = [threading.Thread(target=read, args=(n,)) for n in range(len(answers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [expected] * len(answers)


# Builds that are stopped

WRITES = {
    "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "shutil.rmtree",
}  # fmt: skip


def build_until(root, build, step):
    """Build, and die by kill -9 before the operation `step` that changes the folder."""
    done = 0

    def count(event, args):
        nonlocal done
        changes = event in WRITES or (event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR))
        if changes and str(args[0]).startswith(str(root)):
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    build_index(rows(build), root)


@forks
def test_a_build_killed_at_any_operation_leaves_the_old_index_or_the_new(tmp_path):
    for build in (1, 2, 3):  # so that the killed builds have one to remove, too
        build_index(rows(build), tmp_path)
    last, killed, switched = 3, 0, 0
    for step in range(1, 1000, 2):
        process = fork.Process(target=build_until, args=(tmp_path, last + 1, step))
        process.start()
        process.join()
        assert verify_index(tmp_path) == []
        build = answering(tmp_path)
        assert build in (last, last + 1)
        switched += build > last
        last = build
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        killed += 1
    assert killed > 10 and switched > 1
    build_index(rows(last + 1), tmp_path)
    assert answering(tmp_path) == last + 1
    assert leftovers(tmp_path) == set()
    assert len(finished_generations(tmp_path)) == 3
    assert {path.name for path in tmp_path.iterdir()} == {"build.lock", "current", "generations"}


def build_for_ever(root, first):
    while True:
        first += 1
        build_index(rows(first), root)


@forks
def test_builds_killed_at_random_moments_lose_nothing(tmp_path):
    chance = random.Random(17)
    build_index(rows(1), tmp_path)
    last = 1
    for _ in range(15):
        process = fork.Process(target=build_for_ever, args=(tmp_path, last))
        process.start()
        process.join(timeout=chance.uniform(0, 0.4))
        process.kill()
        process.join()
        process.close()
        assert verify_index(tmp_path) == []
        assert answering(tmp_path) >= last
        last = answering(tmp_path)
    build_index(rows(last + 1), tmp_path)
    assert answering(tmp_path) == last + 1
    assert leftovers(tmp_path) == set()
    assert current_generation(tmp_path) == finished_generations(tmp_path)[-1]
