"""tantivy, as its Python package gives it: ten hits, two terms aggregations, a histogram of months,
a snippet for each hit. Its stemmers know no Arabic of ours; English words are stemmed."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import tantivy
from articles import Article, Question

CANNOT: dict[str, str] = {}
_AGGREGATIONS = {
    "actor": {"terms": {"field": "actor", "size": 1000}},
    "location": {"terms": {"field": "location", "size": 1000}},
    "month": {"terms": {"field": "month", "size": 1000}},
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem", index_option="position")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem", index_option="position")
    for name in ("actor", "location"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("month", indexed=True, fast=True)
    builder.add_date_field("published", indexed=True, fast=True, stored=True)
    return builder.build()


def build(articles: Iterable[Article], folder: Path) -> None:
    index = tantivy.Index(_schema(), str(folder))
    writer = index.writer(heap_size=500_000_000, num_threads=2)
    for a in articles:
        day = datetime.fromisoformat(a.published)
        document = tantivy.Document(id=a.id, title=a.title, text=a.text, published=day)
        document.add_integer("month", day.year * 12 + day.month - 1)
        for actor in a.actors:
            document.add_text("actor", actor)
        for location in a.locations:
            document.add_text("location", location)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Reader:
    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = _schema()
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> int:
        query = self._query(question)
        found = self._searcher.search(query, 10, count=True, offset=10 * (question.page - 1))
        self._searcher.aggregate(query, _AGGREGATIONS)
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        for _, address in found.hits:
            snippets.snippet_from_doc(self._searcher.doc(address)).to_html()
        return int(found.count)

    def _query(self, question: Question) -> tantivy.Query:
        if question.mode == "prefix":
            words = [tantivy.Query.regex_query(self._schema, "text", f"{question.words[0]}.*")]
        elif question.mode == "phrase":
            typed = '"' + " ".join(question.words) + '"'
            words = [self._index.parse_query(typed, ["title", "text"])]
        else:
            words = [self._index.parse_query(word, ["title", "text"]) for word in question.words]
        must = tantivy.Occur.Should if question.mode == "any" else tantivy.Occur.Must
        parts = [(tantivy.Occur.Must, tantivy.Query.boolean_query([(must, w) for w in words]))]
        if question.actor:
            term = tantivy.Query.term_query(self._schema, "actor", question.actor, "basic")
            parts.append((tantivy.Occur.Must, term))
        if question.since and question.until:
            bounds = map(datetime.fromisoformat, (question.since, question.until))
            kind = tantivy.FieldType.Date
            between = tantivy.Query.range_query(self._schema, "published", kind, *bounds)
            parts.append((tantivy.Occur.Must, between))
        return tantivy.Query.boolean_query(parts)
