"""Does a build write what it was given, or nothing?"""

import errno
import multiprocessing
import os
import resource
import shutil
import sys
from datetime import UTC, datetime

import pytest

from indexer import BuildError, build_index, finished_generations, open_index
from indexer.building.analysis import Canary
from indexer.building.build import _check
from indexer.building.generations import generation_folder

fork = multiprocessing.get_context("fork")


def row(n, text, **more):
    return {"id": str(n), "title": f"Record {n}", "text": text, **more}


@pytest.fixture
def root(tmp_path):
    """An index of one record, which must stay in use when a build fails."""
    build_index([row(1, "an old bridge")], tmp_path / "index")
    return tmp_path / "index"


def assert_untouched(root):
    assert finished_generations(root) == ["000001"]
    assert [path.name for path in (root / "generations").iterdir()] == ["000001"]
    with open_index(root) as index:
        assert index.search("bridge").total == 1


def test_everything_given_comes_back(tmp_path):
    moment = datetime(2014, 6, 30, 21, 30, tzinfo=UTC)
    given = row(
        7, "  نصّ\n\nwith \ud800 half a pair ﷺ", url="https://example.org/7", lang="ar",
        published=moment, published_precision="minute", captured=moment, author="A. Writer",
        source="example.org", tags=["a", "ب"], captures=3, actors=["x"], locations=[],
    )  # fmt: skip
    build_index([given], tmp_path)
    with open_index(tmp_path) as index:
        document = index.document("7")
        assert index.document("8") is None
    for name, value in given.items():
        wanted = tuple(value) if isinstance(value, list) else value
        assert getattr(document, name) == wanted, name


def test_dates_of_dicts_may_be_short(tmp_path):
    build_index([row(1, "", published="2014"), row(2, "", published="2014-06")], tmp_path)
    with open_index(tmp_path) as index:
        found = {hit.id: (hit.published, hit.published_precision) for hit in index.search()}
    assert found == {
        "1": (datetime(2014, 1, 1), "year"),
        "2": (datetime(2014, 6, 1), "month"),
    }


def test_dicts_may_be_numbered_from_0_and_bring_one_value_as_a_string(tmp_path):
    rows = [{"id": 0, "text": "Wheat", "tags": "harvest", "actors": "un", "locations": "hama"}]
    build_index(rows, tmp_path)
    with open_index(tmp_path) as index:
        document = index.document("0")
        assert document.tags == ("harvest",)
        assert index.search("wheat", actor="un", location="hama").total == 1


def test_of_records_with_one_id_the_last_counts(tmp_path):
    rows = [row(1, "the old bridge"), row(2, "a market"), row(1, "the new bridge")]
    assert build_index(rows, tmp_path).documents == 2
    with open_index(tmp_path) as index:
        assert len(index) == index.manifest.documents == 2
        assert [hit.snippets[0].text for hit in index.search("bridge")] == ["the new bridge"]
        assert index.search("old").total == 0
        assert index.document("1").text == "the new bridge"
        assert index.record_ids() == {"1", "2"}
        (reading,) = index.search("bri*").interpretation.readings
        assert [(v.text, v.records) for v in reading.variants] == [("bridge", 1)]


def test_an_empty_archive_is_an_index_without_answers(tmp_path):
    assert build_index([], tmp_path).documents == 0
    with open_index(tmp_path) as index:
        assert len(index) == 0
        for q in ("", "bridge", '"the bridge"', "bri*", "~bridge", "a NEAR/2 b", "-a", "داعش"):
            results = index.search(q)
            assert (results.total, results.hits, results.histogram) == (0, (), ())


def test_records_without_words_are_found_by_filters(tmp_path):
    build_index([row(1, "…", title="", published="2014"), {"id": "2"}], tmp_path)
    with open_index(tmp_path) as index:
        assert index.search().total == 2
        assert [hit.id for hit in index.search(since="2014")] == ["1"]
        assert index.search().hits[0].snippets == ()


def test_a_record_without_text_shows_its_title(tmp_path):
    build_index([row(1, "", title="The old bridge of the town")], tmp_path)
    with open_index(tmp_path) as index:
        (hit,) = index.search("bridge")
    (snippet,) = hit.snippets
    assert (snippet.text, snippet.field) == ("The old bridge of the town", "title")
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["bridge"]
    assert hit.title_marks == snippet.marks


def test_a_match_in_the_title_alone_shows_the_beginning_of_the_text(tmp_path):
    build_index([row(1, "Traffic was heavy on Monday.", title="A bridge")], tmp_path)
    with open_index(tmp_path) as index:
        (hit,) = index.search("bridge")
    assert [snippet.text for snippet in hit.snippets] == ["Traffic was heavy on Monday."]


def test_the_highlight_is_the_whole_word_as_written(tmp_path):
    text = "وصل مُحَمَّدٌ إلى الـمَدْرَسَةِ، وفي Ḥamāh’s cafe\u0301."
    build_index([row(1, text)], tmp_path)
    with open_index(tmp_path) as index:
        for q, word in (
            ("محمد", "مُحَمَّدٌ"),
            ("مدرسة", "الـمَدْرَسَةِ"),
            ("cafes", "cafe\u0301"),
            ('"محمد الى"', "مُحَمَّدٌ إلى"),
        ):
            (hit,) = index.search(q)
            (snippet,) = hit.snippets
            assert [snippet.text[a:b] for a, b in snippet.marks] == [word], q


def test_progress_is_told_record_by_record(tmp_path):
    told = []
    build_index((row(n, "") for n in range(5)), tmp_path, on_progress=told.append)
    assert told == [1, 2, 3, 4, 5]


def test_pages_end_at_the_last_one(tmp_path):
    build_index((row(n, "bridge") for n in range(25)), tmp_path)
    with open_index(tmp_path) as index:
        results = index.search("bridge", page=9)
        assert (results.query.page, len(results), results.total) == (3, 5, 25)
        assert [n.code for n in results.interpretation.notices] == ["page-limited"]
        assert index.search("bridge", page=3).hits == results.hits
        assert index.search("boat", page=2).query.page == 1


# What fails leaves nothing


class Trouble(Exception):
    """Anything that a reader of records may raise."""


@pytest.mark.parametrize("error", [Trouble, KeyboardInterrupt, ValueError])
def test_an_error_among_the_records_leaves_the_old_index_in_use(root, error):
    def records():
        yield row(1, "a new bridge")
        raise error

    with pytest.raises(error):
        build_index(records(), root)
    assert_untouched(root)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"title": "no id"}, "needs an id"),
        ({"id": "2", "published": "in June"}, "'in June' is no date"),
    ],
)
def test_a_dict_that_is_no_document_leaves_the_old_index_in_use(root, bad, told):
    with pytest.raises(BuildError, match=told):
        build_index([row(1, "a new bridge"), bad], root)
    assert_untouched(root)


@pytest.mark.parametrize("bad", [{"text": 5}, {"actors": [5]}, {"published": "never"}])
def test_a_record_whose_analysis_raises_leaks_no_word_into_another(root, bad):
    with pytest.raises(Exception):  # noqa: B017 - any at all
        build_index([row(1, "a new bridge"), row(2, "leaking") | bad, row(3, "a market")], root)
    assert_untouched(root)
    build_index([row(3, "a market")], root)
    with open_index(root) as index:
        assert index.search("leaking").total == index.search("new").total == 0


def build_on_a_full_disk(root):
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    try:
        build_index((row(n, " ".join(map(str, range(n, n + 400)))) for n in range(90)), root)
    except BuildError as error:
        told = str(error)
    os._exit(7 if "could not be written" in told and "\n" not in told else 8)


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # numpy's idle threads
def test_a_disk_that_takes_no_more_leaves_the_old_index_in_use(root):
    process = fork.Process(target=build_on_a_full_disk, args=(root,))
    process.start()
    process.join()
    assert process.exitcode == 7
    assert_untouched(root)
    build_index([row(2, "a new bridge")], root)
    with open_index(root) as index:
        assert [hit.id for hit in index.search("bridge")] == ["2"]


def test_a_disk_that_does_not_confirm_leaves_the_old_index_in_use(root, monkeypatch):
    def fail(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BuildError, match="could not be written"):
        build_index([row(1, "a new bridge")], root)
    assert_untouched(root)


def test_a_generation_that_is_not_what_was_written_is_refused(root):
    folder = generation_folder(root, "000001")
    with pytest.raises(BuildError, match="2 documents were written and 1 can be read"):
        _check(folder, 2, [])
    unheard = Canary(0, (("text_exact", "market"),), "")
    with pytest.raises(BuildError, match="cannot be found again"):
        _check(folder, 1, [unheard])


def test_everything_is_on_the_disk_before_the_switch_says_so(tmp_path, monkeypatch):
    """A power loss keeps what fsync has been asked for, and nothing else for certain."""
    root = tmp_path / "index"
    synced, late, switches = {}, [], []
    fsync = os.fsync

    def state(file):
        info = os.stat(file)
        return info.st_ino, (info.st_size, info.st_mtime_ns)

    def remembering(descriptor):
        fsync(descriptor)
        synced.update([state(descriptor)])

    def is_synced(path):
        inode, now = state(path)
        return synced.get(inode) == now

    def look(event, args):
        if event == "os.rename" and str(args[1]) == str(root / "current") and not switches:
            switches.append(args)
            below = [*(root / "generations").rglob("*"), root / "generations", root / "current.new"]
            late.extend(path for path in below if not is_synced(path))

    monkeypatch.setattr(os, "fsync", remembering)
    sys.addaudithook(look)
    build_index([row(n, f"bridge {n}") for n in range(9)], root)
    assert len(switches) == 1
    assert late == []
    assert is_synced(root)


def test_an_index_answers_the_same_elsewhere(root, tmp_path):
    build_index([row(n, f"bridge number {n}", published="2014-06") for n in range(9)], root)
    moved = shutil.copytree(root, tmp_path / "elsewhere")
    with open_index(root) as here, open_index(moved) as there:
        for q in ("bridge", "number 3", "bri*", '"bridge number"', ""):
            assert here.search(q) == there.search(q)
