"""Is a damaged index named, and never read?"""

import json
import os
import pickle
import shutil
from contextlib import suppress

import pytest

from indexer import IndexUnreadable, build_index, open_index, verify_index
from indexer.building.generations import generation_folder
from indexer.building.manifest import NAME
from indexer.columnar import ColumnarEngine
from indexer.columns import read_columns
from indexer.lexicon import Lexicon

FILES = [
    "columns.json",
    "columns.bin",
    "lexicon.bin",
    "lexicon.json",
    "people.json",
    "segment/postings.bin",
    "segment/postings.json",
    "segment/stored.bin",
    "spellings.json",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An index of two generations; only the newer one knows the record "two"."""
    root = tmp_path_factory.mktemp("built") / "index"
    build_index([{"id": "1", "title": "One", "text": "The bridge"}], root)
    build_index(
        [
            {"id": "1", "title": "One", "text": "The bridge"},
            {"id": "2", "title": "Two", "text": "جسر"},
        ],
        root,
    )
    return root


@pytest.fixture
def root(built, tmp_path):
    return shutil.copytree(built, tmp_path / "index")


def only(root, name, pattern):
    (path,) = generation_folder(root, name).glob(pattern)
    return path


def flip(path, place):
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


def test_these_are_all_files(built):
    folder = generation_folder(built, "000002")
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert names == {*FILES, NAME}


def test_a_sound_index_has_no_faults(root):
    assert verify_index(root) == []


@pytest.mark.parametrize("pattern", FILES)
def test_a_flipped_bit_anywhere_is_named_and_the_older_generation_answers(root, pattern):
    path = only(root, "000002", pattern)
    whole = path.read_bytes()
    # The first and the last byte, and some between: every 997th.
    for place in {*range(0, len(whole), 997), len(whole) - 1}:
        flip(path, place)
        (fault,) = verify_index(root)
        assert str(path) in fault
        path.write_bytes(whole)
    flip(path, len(whole) // 2)
    with open_index(root) as index:
        assert (index.generation, len(index)) == ("000001", 1)
        (caution,) = index.cautions
        assert path.name in caution and "kashaf index" in caution


def test_a_flipped_bit_in_the_manifest_is_found_wherever_it_is(root):
    path = only(root, "000002", NAME)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        flip(path, place)
        with pytest.raises(IndexUnreadable, match=r"manifest\.json|another version"):
            verify_index(root)
        path.write_bytes(whole)
    flip(path, len(whole) // 2)
    with open_index(root) as index:
        assert index.generation == "000001"


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("damage", ["missing", "empty", "longer", "a folder"])
def test_a_file_that_is_not_as_it_was_is_named(root, pattern, damage):
    path = only(root, "000002", pattern)
    whole = path.read_bytes()
    path.unlink()
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "longer":
            path.write_bytes(whole + b"\0")
        case "a folder":
            path.mkdir()
    (fault,) = verify_index(root)
    assert str(path) in fault
    with open_index(root) as index:
        assert index.generation == "000001"


def test_without_a_good_generation_one_line_says_what_to_do(root):
    for name in ("000001", "000002"):
        flip(only(root, name, "columns.bin"), 60)
    with pytest.raises(IndexUnreadable) as raised:
        open_index(root)
    message = str(raised.value)
    assert "\n" not in message
    assert "000002" in message and "columns.bin" in message and "kashaf index" in message


class Planted:
    """A pickle that leaves a trace when it is loaded."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return os.mkdir, (str(self.trace),)


@pytest.mark.parametrize("name", ["columns.bin", "lexicon.bin", "segment/postings.json"])
def test_a_planted_pickle_is_never_loaded(root, tmp_path, name):
    trace = tmp_path / "loaded"
    path = generation_folder(root, "000002") / name
    pickled = pickle.dumps(Planted(trace))
    path.write_bytes(pickled)
    with open_index(root) as index:
        assert index.generation == "000001"
    for generation in ("000001", "000002"):
        (generation_folder(root, generation) / name).write_bytes(pickled)
    with pytest.raises(IndexUnreadable):
        open_index(root)
    for read in (read_columns, Lexicon, lambda folder: ColumnarEngine(folder / "segment")):
        with suppress(Exception):
            read(generation_folder(root, "000002"))  # as if its digest agreed
    assert not trace.exists()
    pickle.loads(pickled)
    assert trace.exists()


def test_a_planted_file_is_told(root):
    path = generation_folder(root, "000002") / "segment" / "_MAIN_2.toc"
    path.write_bytes(b"anything")
    (fault,) = verify_index(root)
    assert str(path) in fault
    with open_index(root) as index:
        assert index.generation == "000001"


@pytest.mark.parametrize("other", [{"format": 0}, {"fields": "0" * 16}, {"analyzer": "0"}])
def test_an_older_format_or_analyzer_asks_for_a_new_build(root, other):
    for name in ("000001", "000002"):
        path = only(root, name, NAME)
        row = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(row | other), "utf-8")
    with pytest.raises(IndexUnreadable, match="another version of Kashaf"):
        open_index(root)


def test_a_damaged_pointer_leaves_the_newest_generation(root):
    for content in ("000009\n", "00000q\n", "", "../000001\n"):
        (root / "current").write_text(content, "ascii")
        with open_index(root) as index:
            assert index.generation == "000002"
            assert index.cautions


def test_where_nothing_was_built_that_is_said(tmp_path):
    with pytest.raises(IndexUnreadable, match="There is no index"):
        open_index(tmp_path)
    with pytest.raises(IndexUnreadable, match="There is no index"):
        verify_index(tmp_path / "nowhere")
