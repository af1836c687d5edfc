"""Are snippets whole words of the record, with what was asked in them?"""

import unicodedata
from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import Document
from indexer.located import Words
from indexer.probes import Mark, Probe, find_marks
from indexer.snippets import LENGTH, LONGEST_WORD, make_snippets
from indexer.text import tokenize
from tests.indexer.random_collections import asked

SENTENCE = "The old bridge over the river was opened again on Monday, residents said. "


def words_of(tokens):
    places = defaultdict(list)
    for token in tokens:
        places["exact", token.text].append(token.position)
    return Words(places, np.array([(token.start, token.end) for token in tokens]))


def mark(text, words, query="q", start=0):
    place = text.index(words, start)
    return Mark(place, place + len(words), query, "exact")


def marked(snippet):
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_a_snippet_is_whole_sentences_where_they_fit():
    text = SENTENCE * 3 + "A market stands nearby. " + SENTENCE * 3
    (snippet,) = make_snippets(text, [mark(text, "market")])
    assert snippet.text.startswith(("The old bridge", "A market"))
    assert snippet.text.endswith("residents said.")
    assert marked(snippet) == ["market"]


def test_a_sentence_that_begins_not_far_before_is_begun_with():
    long = "On the third day after the fair the men who had come by the road along the old river "
    text = SENTENCE * 3 + long + "reached the watchtower with their mules and rested there."
    [snippet] = make_snippets(text, [mark(text, "watchtower")])
    assert snippet.text.startswith("On the third day")


def test_a_snippet_of_one_long_sentence_is_whole_words():
    text = "كتاب المدينة القديمة " * 60
    (snippet,) = make_snippets(text, [mark(text, "القديمة", start=600)])
    assert set(snippet.text.split()) == {"كتاب", "المدينة", "القديمة"}
    assert LENGTH // 2 < len(snippet.text) <= LENGTH


def test_a_closing_quotation_mark_stays_with_its_sentence():
    text = (
        "«فُتح الجسر القديم فوق النهر يوم الإثنين بعد ثلاثة أعوام من الإغلاق كما قال السكان.» " * 4
    )
    (snippet,) = make_snippets(text, [mark(text, "الجسر")])
    assert snippet.text.endswith(".»")


def test_the_run_with_most_parts_of_the_query_comes_along_first():
    text = "bridge. " + "Nothing here at all. " * 30 + "The bridge and the river. " + "Again. " * 60
    marks = [
        mark(text, "bridge", "bridge"),
        mark(text, "bridge", "bridge", 300),
        mark(text, "river", "river"),
    ]
    (snippet,) = make_snippets(text, marks, most=1)
    assert marked(snippet) == ["bridge", "river"]


def test_without_marks_the_beginning_is_shown():
    (snippet,) = make_snippets("… – " + SENTENCE * 9, [])
    assert snippet.text.startswith("The old bridge")
    assert (snippet.marks, snippet.start) == ((), 4)


def test_a_text_without_words_has_no_snippet():
    assert make_snippets("", []) == make_snippets(" …\n", []) == ()


def test_an_endless_word_is_cut_and_its_marks_are_not():
    text = "x" * 5000 + "-bridge-" + "y" * 5000
    (snippet,) = make_snippets(text, [mark(text, "bridge")])
    assert marked(snippet) == ["bridge"]
    assert len(snippet.text) <= LENGTH + 2 * LONGEST_WORD


letters = "abاكتabمd1٢" + "\u064e\u0651\u0301\u0640"  # two tashkeel marks, an accent, a tatweel
texts = st.lists(
    st.text(letters, min_size=1, max_size=9) | st.sampled_from(["x" * 90, "ﷺ", "«", "…", ".", "،"]),
    max_size=120,
).flatmap(
    lambda words: st.lists(
        st.sampled_from([" "] * 8 + ["\n", ". ", "؟ ", ", ", "", "-", " («"]),
        min_size=len(words), max_size=len(words),
    ).map(lambda gaps: "".join(w + g for w, g in zip(words, gaps, strict=True)))
)  # fmt: skip


@settings(asked, max_examples=500)
@given(texts, st.lists(st.integers(0, 200), max_size=6), st.integers(1, 3))
def test_any_text_gives_whole_words_in_order(text, chosen, width):
    tokens = tokenize(text)
    probes = [
        Probe(str(i), "phrase", "exact", tuple(frozenset([t.text]) for t in tokens[i : i + width]))
        for i in chosen
        if i < len(tokens)
    ]
    marks = find_marks(Document(id="1", title="", text=text), "text", words_of(tokens), probes)
    snippets = make_snippets(text, marks)
    assert bool(snippets) == any(c.isalnum() or c == "_" for c in text)
    before = 0
    for snippet in snippets:
        end = snippet.start + len(snippet.text)
        assert text[snippet.start : end] == snippet.text != ""
        assert snippet.start >= before
        before = end
        assert snippet.marks or not marks
        assert {(snippet.start + a, snippet.start + b) for a, b in snippet.marks} <= {
            (m.start, m.end) for m in marks
        }
        assert unicodedata.category(snippet.text[0])[0] not in "PMZC"
        assert is_border(text, snippet.start) and is_border(text, end)
        assert end == len(text) or unicodedata.category(text[end])[0] != "M"


def is_border(text, place):
    """Whether no word is cut at this place; what is longer than any word may be."""
    before, after = text[:place].split(), text[place:].split()
    left = "" if text[:place][-1:].isspace() or not before else before[-1]
    right = "" if text[place:][:1].isspace() or not after else after[0]
    if not left or not right or len(left + right) > LONGEST_WORD:
        return True
    return not any(map(str.isalnum, left))  # what was left out before it is punctuation
