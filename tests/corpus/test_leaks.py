"""Are lines of templates found in the texts, and the articles' own lines left alone?"""

from datetime import UTC, datetime

from corpus import Archive, Provenance, Record, find_leaks, review
from corpus.extraction.urls import record_id

JUNE = datetime(2014, 6, 12, tzinfo=UTC)


def record(number, text, **others):
    url = f"https://valley.example/{number}/"
    source = Provenance(url, JUNE, f"{number}", others.pop("method", "generic"), "utf-8")
    values = {"title": f"Day {number}"} | others
    return Record(id=record_id(url), url=url, text=text, provenance=source, **values)


def leaks(folder, *records):
    with Archive(folder) as archive:
        for each in records:
            archive.add(each)
        return {
            (leak.text, leak.kind, leak.records, leak.of)
            for leak in find_leaks(archive, "valley.example")
        }


def test_a_line_of_many_records_and_a_heading_of_one(tmp_path):
    records = [record(n, f"They mended window {n}.\nOur office is in the mill.") for n in range(6)]
    records.append(record(7, "The ferry came.\nاقــرأ أيضاً:\nRelated Posts"))
    assert leaks(tmp_path, *records) == {
        ("Our office is in the mill.", "repeated", 6, 7),
        ("اقــرأ أيضاً:", "heading", 1, 7),
        ("Related Posts", "heading", 1, 7),
    }


def test_what_few_records_share_is_theirs(tmp_path):
    records = [record(n, f"They mended window {n}.") for n in range(150)]
    records += [record(n, f"Deir Ezzor, Monday\nThe ferry {n} came.") for n in range(150, 153)]
    assert leaks(tmp_path, *records) == set()  # three of 153 are less than two of a hundred


def test_copies_of_one_article_share_no_template(tmp_path):
    text = "The bridge was opened.\nAll of the town came."
    copies = [record(n, f"{text}\nCopy {n}.", title="The bridge") for n in range(4)]
    assert leaks(tmp_path, *copies, record(9, "Another text.")) == set()


def test_versions_of_an_article_that_share_most_sentences_share_no_template(tmp_path):
    shared = "The bridge was opened at noon.\nAll of the town came.\nThe mayor cut a ribbon."
    versions = [
        record(n, f"{shared}\nA sentence of version {n} alone.", title=f"Bridge {n}")
        for n in range(4)
    ]
    assert leaks(tmp_path, *versions, record(9, "Another text.")) == set()


def test_lines_that_stand_in_the_same_records_are_one_find(tmp_path):
    box = "The mill\nOpen all day\nRing the bell"
    with Archive(tmp_path) as archive:
        for n in range(4):
            archive.add(record(n, f"They mended window {n} of the school today.\n{box}"))
        (leak,) = find_leaks(archive, "valley.example")
    assert (leak.text, leak.others, leak.records) == (
        "The mill",
        ("Open all day", "Ring the bell"),
        4,
    )


def test_the_review_list_tells_why_least_sure_first(tmp_path):
    with Archive(tmp_path) as archive:
        archive.add(record(1, "", confidence=0.4))
        archive.add(record(2, "Few words.", confidence=0.5))
        archive.add(record(3, "A sure text.", confidence=0.8))
        doubts = review(archive)
    assert [(doubt.title, doubt.why) for doubt in doubts] == [
        ("Day 1", ("no text",)),
        ("Day 2", ("no element is known to hold the article",)),
    ]
