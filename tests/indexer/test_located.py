"""Do the postings know where the words of a record stand, as the record itself says?"""

from hypothesis import given, settings

from indexer.located import locate
from indexer.text import tokenize
from tests.indexer.random_collections import asked, collection, numbers


@settings(asked, max_examples=40)
@given(numbers)
def test_every_word_of_every_record_is_where_the_record_has_it(number):
    index = collection(number).index
    engine = index._engine
    everyone = list(range(engine.count))
    stored = engine.documents(everyone)
    documents = [index.document(record_id) for record_id in index.record_ids()]
    terms = [token for d in documents for token in tokenize(f"{d.title}\n{d.text}")]
    wanted = {"exact": {t.text for t in terms}, "form": {t.stem for t in terms}}
    located = locate(engine, everyone[::-1], stored[::-1], wanted)[::-1]
    for document in documents:
        own = located[index._columns.number(document.id)]
        for part, words in own.items():
            tokens = tokenize(getattr(document, part))
            assert words.spans.tolist() == [[t.start, t.end] for t in tokens]
            for token in tokens:
                assert token.position in words.at("exact", [token.text])
                assert token.position in words.at("form", [token.stem])
            places = [place for found in words.places.values() for place in found]
            assert len(places) == 2 * len(tokens)


def test_a_word_that_stands_in_no_record_is_nowhere():
    index = collection(1).index
    [words] = locate(index._engine, [0], index._engine.documents([0]), {"exact": ["nowhere"]})
    assert words["text"].places == {}
