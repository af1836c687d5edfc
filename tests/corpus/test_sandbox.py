"""What may one page cost? Real child processes, and pages that harm them."""

import os
import select
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from corpus import CorpusError, Page, Problem, Record, Shared, Site, site_to_toml
from corpus.sandbox import Sandbox
from corpus.store import Profile, Verdict

JUNE = datetime(2014, 6, 12, tzinfo=UTC)

# What a page says is what the child does.
HOSTILE = """
import ctypes, os, re, threading
from corpus import NotAnArticle, Provenance, Record, Shared, Site, UnreadablePage

def learn(pages, name):
    deeds = [page.content.decode() for page in pages]
    if "hang" in deeds:
        threading.Event().wait()
    if "balloon" in deeds:
        parts = [bytearray(2**24) for _ in range(1000)]
    if "leave" in deeds:
        os._exit(3)
    if "mistake" in deeds:
        return {}["a rule that fails"]
    return Site(name, len(deeds), tuple(Shared(deed, 1) for deed in deeds))

def learn_from_two(pages, name):
    return Site(name, 2, tuple(Shared(next(pages).content.decode(), 1) for _ in range(2)))

def extract(page, site=None):
    if site is not None:
        provenance = Provenance(page.url, page.captured, "", "test", "utf-8")
        return Record("1", page.url, str(os.getpid()), site.name, provenance, tags=(str(id(site)),))
    deed = page.content.decode()
    if deed == "hang":
        threading.Event().wait()
    if deed == "hang in C":
        re.match("(a|a)*b", "a" * 200)
    if deed == "balloon":
        parts = [bytearray(2**24) for _ in range(1000)]
    if deed == "fall":
        ctypes.string_at(0)
    if deed == "leave":
        os._exit(3)
    if deed == "chatter":
        print("0123456789" * 1000, flush=True)
        os.write(1, b"not an answer")
    if deed == "write":
        with open(page.url, "wb") as file:
            file.truncate(2**40)
    if deed == "list":
        raise NotAnArticle("a list of posts")
    if deed == "letters":
        raise UnreadablePage("no letters")
    if deed == "mistake":
        return {}["a rule that fails"]
    provenance = Provenance(page.url, page.captured, str(len(page.content)), "test", "utf-8")
    return Record("1", page.url, str(os.getpid()), deed, provenance, tags=(page.content_type,))
"""


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    (tmp_path / "hostile.py").write_text(HOSTILE)
    monkeypatch.syspath_prepend(tmp_path)
    return "hostile:extract"


def pages(*deeds):
    return [Page(f"https://hostile.example/{n}", d.encode(), JUNE) for n, d in enumerate(deeds)]


def answers(items, function, **limits):
    with Sandbox(function, **limits) as sandbox:
        found = list(sandbox.answers(items, lambda item: None))
    assert [item for item, _ in found] == items
    return [answer for _, answer in found]


def short(answer):
    return answer.text if isinstance(answer, Record) else answer.reason


def test_a_page_goes_to_the_child_and_its_record_comes_back(hostile):
    page = Page("https://hostile.example/صفحة", "نص \ud83d".encode("utf-8", "replace"), JUNE, "a/b")
    (record,) = answers([page], hostile)
    assert (record.url, record.text, record.tags) == (page.url, page.content.decode(), ("a/b",))
    assert record.provenance.captured == JUNE


def test_answers_come_in_the_order_of_the_items(hostile):
    items = pages(*[f"page {n}" for n in range(80)])
    items[40:40] = [Problem("somewhere", "cut off"), Problem("elsewhere", "an image", "skip")]

    def known(item):
        if isinstance(item, Problem):
            return Verdict("skipped", item.reason)
        return Verdict("duplicate") if item.content == b"page 7" else None

    with Sandbox(hostile, children=2) as sandbox:
        found = list(sandbox.answers(items, known))
    assert [item for item, _ in found] == items
    assert found[7][1] == Verdict("duplicate")
    assert [answer.reason for _, answer in found[40:42]] == ["cut off", "an image"]
    assert {answer.title for _, answer in found[8:40]} & {str(os.getpid())} == set()


def test_no_article_no_letters_and_a_rule_that_fails(hostile):
    assert answers(pages("list", "letters", "mistake"), hostile) == [
        Verdict("not_article", "a list of posts", "listing"),
        Verdict("quarantined", "no letters"),
        Verdict("quarantined", "extraction failed: KeyError: 'a rule that fails'"),
    ]


def test_pages_that_hang_cost_their_time_and_no_more(hostile):
    found = answers(pages("before", "hang", "hang in C", "after"), hostile, seconds=1)
    assert [short(answer) for answer in found] == [
        "before",
        "extraction took longer than 1 s",
        "extraction took longer than 1 s",
        "after",
    ]


def test_a_page_that_balloons_is_stopped(hostile):
    found = answers(pages("before", "balloon", "after"), hostile, memory=2**28)
    assert [short(answer) for answer in found] == [
        "before",
        "extraction needed more than 0.2 GB of memory",
        "after",
    ]


def test_a_page_that_ends_its_process_ends_nothing_else(hostile):
    found = answers(pages("before", "fall", "leave", "after"), hostile)
    assert [short(answer) for answer in found] == [
        "before",
        "extraction ended its process (SIGSEGV)",
        "extraction ended its process (exit code 3)",
        "after",
    ]


def test_what_a_library_prints_is_no_answer(hostile):
    found = answers(pages("chatter", "after"), hostile)
    assert [short(answer) for answer in found] == ["chatter", "after"]


def test_a_child_cannot_fill_the_disk(hostile, tmp_path):
    (answer,) = answers([Page(str(tmp_path / "written"), b"write", JUNE)], hostile)
    assert answer.outcome == "quarantined"
    assert (tmp_path / "written").stat().st_size < 2**30


def test_a_large_page_goes_through(hostile):
    (record,) = answers([Page("https://hostile.example/", b"x" * 20_000_000, JUNE)], hostile)
    assert len(record.text) == 20_000_000


def test_a_handful_of_pages_starts_one_child(hostile):
    found = answers(pages(*"abcdefgh"), hostile, children=4)
    assert len({answer.title for answer in found}) == 1


def test_children_are_replaced_now_and_then(hostile):
    found = answers(pages(*"abcdef"), hostile, children=1, pages_each=2)
    assert [found[n].title == found[n + 1].title for n in range(5)] == [True, False] * 2 + [True]


def test_no_child_is_left_when_its_parent_gives_up(hostile):
    with pytest.raises(KeyboardInterrupt):  # noqa: SIM117
        with Sandbox(hostile) as sandbox:
            stream = sandbox.answers(pages("first", "hang", "hang"), lambda item: None)
            _, record = next(stream)
            raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(int(record.title), 0)


def test_no_child_is_left_when_its_parent_is_killed(hostile, tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from corpus import Page\n"
        "from corpus.sandbox import Sandbox\n"
        "with Sandbox('hostile:extract', seconds=1) as sandbox:\n"
        "    pages = [Page('', deed, datetime.now(UTC)) for deed in (b'first', b'hang')]\n"
        "    for _, record in sandbox.answers(pages, lambda item: None):\n"
        "        print(record.title, flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    child = int(killed.stdout)
    # It ends by itself at the latest when the time of its page is over.
    with suppress(ProcessLookupError), open(f"/proc/{child}/stat", "rb"):
        descriptor = os.pidfd_open(child)
        assert select.select([descriptor], [], [], 60)[0] == [descriptor]
        os.close(descriptor)


def test_a_page_is_read_with_the_profile_of_its_site_which_a_child_gets_once(hostile):
    profiles = {
        name: Profile(f"digest of {name}", site_to_toml(Site(name, container="div.body")))
        for name in ("valley", "hill")
    }

    def profile(page):
        return profiles.get(page.content.decode())

    deeds = ["valley", "hill", "no site", "valley", "hill"] * 3
    with Sandbox(hostile, children=1) as sandbox:
        answers = sandbox.answers(pages(*deeds), lambda item: None, profile)
        found = [answer for _, answer in answers]
    assert [record.text for record in found] == deeds
    assert len({record.tags for record in found if record.text == "valley"}) == 1  # one object


def test_a_site_is_learned_in_a_child(hostile):
    with Sandbox(hostile, "hostile:learn") as sandbox:
        found = sandbox.learn("valley", pages("one", "two"))
        assert found == Site("valley", 2, (Shared("one", 1), Shared("two", 1)))
        (record,) = [a for _, a in sandbox.answers(pages("after"), lambda item: None)]
        assert record.text == "after"


def test_pages_that_learning_does_not_want_are_no_harm(hostile):
    with Sandbox(hostile, "hostile:learn_from_two") as sandbox:
        many = pages(*["x" * 100_000] * 40)
        assert sandbox.learn("valley", many).pages == 2
        assert sandbox.learn("hill", many).name == "hill"


def test_a_site_that_harms_its_child_is_told(hostile):
    limits = {"seconds": 0.3, "memory": 2**28}
    with Sandbox(hostile, "hostile:learn", **limits) as sandbox:
        assert [
            sandbox.learn("valley", pages("one", deed))
            for deed in ("hang", "balloon", "leave", "mistake")
        ] == [
            "learning took longer than 3 s",
            "learning needed more than 0.2 GB of memory",
            "learning ended its process (exit code 3)",
            "learning failed: KeyError: 'a rule that fails'",
        ]
        assert sandbox.learn("valley", pages("one")) == Site("valley", 1, (Shared("one", 1),))


def test_a_script_without_a_main_guard_imports_once(tmp_path):
    """multiprocessing would run the script again in each child."""
    script = tmp_path / "staff.py"
    script.write_text(
        "import corpus\n"
        "print('begun')\n"
        "with corpus.Archive('var') as archive:\n"
        "    print(corpus.import_pages(archive, ['pages']).total)\n"
    )
    (tmp_path / "pages").mkdir()
    words = "The old bridge over the river was opened again on Monday, residents said. " * 8
    (tmp_path / "pages" / "a.html").write_text(
        f"<html><title>Bridge</title><article><h1>Bridge</h1><p>{words}</p></article>"
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("begun\n1\n", "")


def test_extraction_that_cannot_start_is_told(tmp_path):
    with pytest.raises(CorpusError, match=r"No page can be extracted: .*no_such_module"):
        answers(pages("a"), "no_such_module:extract")
