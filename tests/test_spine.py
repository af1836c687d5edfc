"""Does a web page become a found page? From bytes to results, through every room, on real pages."""

from datetime import UTC, datetime

import pytest

import corpus
import indexer

SPELLINGS = (
    "Deir Ezzor", "Dier Ezzor", "Deir ez-Zor", "Deir-ez-Zour", "Deir al-Zour", "Dayr az-Zawr",
    "دير الزور", "ديرالزور",
)  # fmt: skip

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>The airport road - Nahr</title></head>
<body class="single single-post">
<header><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/hama/">News from Hama</a>
</li></ul></nav></header>
<article class="post"><h1 class="entry-title">The airport road</h1>
<div class="entry-content">
<p>For the third week nobody has driven on the airport road of Dier Ezzor. Fighters of IS hold its
northern end and the regime forces its southern one, and what is left between them belongs to
dogs, as a driver who used it every day until the winter puts it.</p>
<p>The Free Syrian Army opened the road once, for two days, and families from Alraqaa and Daraa came
through with their mattresses. “It is a road again,” he said to his wife, and packed for Idlib.</p>
</div>
<div class="author-box"><h3>About The Author</h3><p>Nahr is a circle of volunteers in Damascus who
write down what they see.</p></div>
<div class="related-posts"><h3>Related Posts</h3><ul><li><a href="/a/">Bread in Aleppo</a></li></ul>
</div>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3>
<form><p>Your email address will not be published.</p></form></div></article>
<footer><p>Nahr, a house in Latakia.</p></footer></body></html>"""


@pytest.fixture(scope="module")
def record():
    page = corpus.Page(
        url="https://nahr.example/airport-road/",
        content=PAGE.encode(),
        captured=datetime(2016, 2, 1, tzinfo=UTC),
        content_type="text/html; charset=utf-8",
    )
    return corpus.extract(page)


@pytest.fixture(scope="module")
def one(record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    indexer.build_index([record], folder)
    with indexer.open_index(folder) as index:
        yield index


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample archive, imported and indexed: the import's report and the index."""
    folder = tmp_path_factory.mktemp("sample")
    with corpus.Archive(folder) as archive:
        report = corpus.import_pages(archive, [corpus.SAMPLE])
        indexer.build_index(archive.records(), folder / "index")
    with indexer.open_index(folder / "index") as index:
        yield report, index


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_page_is_found_by_every_spelling_of_its_place(one, spelling):
    assert [hit.title for hit in one.search(spelling)] == ["The airport road"]


@pytest.mark.parametrize(
    "words",
    ["About The Author", "Related Posts", "Leave a Reply", "email address", "volunteers", "News"],
)
def test_the_boilerplate_of_a_page_finds_nothing(one, words):
    assert one.search(words).total == 0


def test_what_was_cut_is_kept_with_its_reason(record):
    cut = {removed.reason: removed.text for removed in record.removed}
    assert "Related Posts" in cut["related-posts"]
    assert "circle of volunteers" in cut["author-box"]
    assert "Leave a Reply" in cut["comments"]


def test_facets_name_what_the_article_names_and_nothing_of_the_boilerplate(one):
    facets = one.search().facets
    assert {value.id for value in facets["actor"]} == {
        "free-syrian-army", "islamic-state", "syrian-government-forces",
    }  # fmt: skip
    places = {value.id for value in facets["location"]}
    assert places >= {"daraa", "deir-ez-zor", "idlib", "raqqa", "syria"}
    assert not places & {"aleppo", "damascus", "hama", "latakia"}


@pytest.mark.parametrize(
    "words",
    ["Related Posts", "Leave a Reply", "مقالات ذات صلة", "اترك تعليقاً", "عن الكاتب"],
)
def test_boilerplate_returns_no_article_of_the_sample(sample, words):
    _, index = sample
    assert index.search(f'"{words}"').total == 0


def test_every_item_of_the_sample_has_one_outcome(sample):
    report, index = sample
    assert report.total == sum(1 for _ in corpus.readers.read_items(corpus.SAMPLE))
    assert report.quarantined == 1
    assert report.reasons
    assert 50 < len(index) < report.imported + 1


def test_a_page_that_was_saved_six_times_is_one_result_with_six_captures(sample):
    _, index = sample
    often = [hit for hit in index.search(size=100) if hit.captures >= 6]
    assert len(often) == 1
    titles = [hit.title for hit in index.search(f'title:"{often[0].title}"')]
    assert titles == [often[0].title]


def test_one_spelling_finds_both_languages_and_says_why(sample):
    _, index = sample
    results = index.search("Dier Ezzor", size=100)
    assert {hit.lang for hit in results} == {"ar", "en"}
    assert {index.search(spelling).total for spelling in SPELLINGS} == {results.total}
    for hit in results:
        assert hit.why.matches
        assert hit.snippets or hit.title_marks
