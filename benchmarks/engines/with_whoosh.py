"""Stock Whoosh: its own writer, index, searcher and highlighter. Facets by its grouping."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from articles import Article, Question
from whoosh import index, query
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import DATETIME, ID, KEYWORD, TEXT, Schema
from whoosh.sorting import Facets, FieldFacet

CANNOT = {
    "exact": "its default collector misses documents of the first ten; groups need every match, so "
    "here it is exact",
}


def _schema() -> Schema:
    text = TEXT(analyzer=StemmingAnalyzer(cachesize=-1), stored=True)
    return Schema(
        id=ID(stored=True), title=text, text=text, published=DATETIME(stored=True),
        month=ID(sortable=True), actor=KEYWORD(commas=True), location=KEYWORD(commas=True),
    )  # fmt: skip


def build(articles: Iterable[Article], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    writer = index.create_in(str(folder), _schema()).writer(limitmb=512)
    for a in articles:
        writer.add_document(
            id=a.id, title=a.title, text=a.text, month=a.published[:7],
            published=datetime.fromisoformat(a.published),
            actor=",".join(a.actors), location=",".join(a.locations),
        )  # fmt: skip
    writer.commit(optimize=True)


class Reader:
    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def ask(self, question: Question) -> int:
        stem = StemmingAnalyzer(cachesize=-1)
        words = [t.text for word in question.words for t in stem(word, mode="query")]
        terms = [query.Or([query.Term(f, w) for f in ("title", "text")]) for w in words]
        match question.mode:
            case "phrase" if len(words) > 1:
                asked: query.Query = query.Phrase("text", words)
            case "prefix":
                asked = query.Prefix("text", question.words[0])
            case "any":
                asked = query.Or(terms)
            case _:
                asked = query.And(terms)
        if question.actor:
            asked = query.And([asked, query.Term("actor", question.actor)])
        if question.since and question.until:
            bounds = map(datetime.fromisoformat, (question.since, question.until))
            asked = query.And([asked, query.DateRange("published", *bounds)])
        facets = Facets()
        facets.add_facet("actor", FieldFacet("actor", allow_overlap=True))
        facets.add_facet("location", FieldFacet("location", allow_overlap=True))
        facets.add_facet("month", FieldFacet("month"))
        found = self._searcher.search(asked, limit=10 * question.page, groupedby=facets)
        for hit in found[10 * (question.page - 1) :]:
            hit.highlights("text")
        return len(found)
