"""What would a reader find who read every record, word by word?

A second engine over plain lists, as slow as it is simple: it shares the table of fields and the
values with the index, and no code that searches. Test modules load it with `load_oracle`.
"""

import math
from collections import Counter
from datetime import datetime

from indexer import plan as p
from indexer.fields import FACET_FIELDS, NAME_SEPARATOR, posting_field


class Oracle:
    """Answers plans and queries over documents and their terms (`Ingested` values)."""

    def __init__(self, ingested, people=None):
        self.rows = [row.terms for row in ingested]
        self.documents = [row.document for row in ingested]
        self.people = people
        if people is not None:
            self.documents = [people.regroup(document) for document in self.documents]
        newest = {document.id: n for n, document in enumerate(self.documents)}
        self.live = {newest[document.id] for document in self.documents}

    # Plans: each gives {document number: score}

    def evaluate(self, plan):
        match plan:
            case p.Term(field, text, boost):
                tf = {n: self.terms(n, field).count(text) for n in self.everyone()}
                return self.score(field, tf, self.idf(field, {text}), boost)
            case p.Synonyms(field, texts, boost):
                tf = {
                    n: sum(weight * self.terms(n, field).count(text) for text, weight in texts)
                    for n in self.everyone()
                }
                return self.score(field, tf, self.idf(field, {text for text, _ in texts}), boost)
            case p.Sequence(field, texts, boost):
                tf = {n: count_runs(self.terms(n, field), list(texts)) for n in self.everyone()}
                idf = sum(self.idf(field, {text}) for text in texts)
                return self.score(field, tf, idf, boost)
            case p.Near(field, left, right, distance, boost):
                tf = {
                    n: count_near(self.terms(n, field), left, right, distance)
                    for n in self.everyone()
                }
                idf = sum(
                    self.idf(field, {text}) for text in left + right if self.df(field, {text})
                )
                return self.score(field, tf, idf, boost)
            case p.AllOf(parts):
                found = [self.evaluate(part) for part in parts]
                return {
                    n: sum(scores[n] for scores in found)
                    for n in self.everyone()
                    if all(n in scores for scores in found)
                }
            case p.AnyOf(parts):
                found = [self.evaluate(part) for part in parts]
                return {
                    n: sum(scores.get(n, 0.0) for scores in found)
                    for n in self.everyone()
                    if any(n in scores for scores in found)
                }
            case p.Without(part, excluded):
                unwanted = self.evaluate(excluded)
                return {n: s for n, s in self.evaluate(part).items() if n not in unwanted}
            case p.Everything():
                return dict.fromkeys(self.everyone(), 0.0)
            case p.Nothing():
                return {}

    def everyone(self):
        return range(len(self.rows))

    def terms(self, number, field):
        return list(self.rows[number].get(field, ()))

    def df(self, field, texts):
        return sum(any(text in texts for text in self.terms(n, field)) for n in self.everyone())

    def idf(self, field, texts):
        df = self.df(field, texts)
        return math.log(1 + (len(self.rows) - df + 0.5) / (df + 0.5))

    def score(self, field, tf, idf, boost):
        found = {n: count for n, count in tf.items() if count}
        if field in FACET_FIELDS:
            return dict.fromkeys(found, 0.0)
        row = posting_field(field)
        lengths = [len(self.terms(n, field)) for n in self.everyone()]
        average = sum(lengths) / len(lengths) or 1
        return {
            n: boost * idf * count * (row.k1 + 1)
            / (count + row.k1 * (1 - row.b + row.b * lengths[n] / average))
            for n, count in found.items()
        }  # fmt: skip

    # Queries

    def answer(self, query, plan):
        """What `Results` must say: everything found in order, and every count."""
        scores = {n: s for n, s in self.evaluate(plan).items() if n in self.live}
        found = [n for n in scores if self.passes(n, query)]
        found.sort(key=lambda n: self.order(n, scores[n], query.sort))
        return {
            "ids": [self.documents[n].id for n in found],
            "scores": [scores[n] for n in found],
            "undated": sum(self.documents[n].published is None for n in found),
            "captures": sum(self.documents[n].captures for n in found),
            "facets": {name: self.facet(name, query, scores) for name in FACET_FIELDS},
            "spellings": {
                name: self.spellings(name, query, scores) for name in ("actor", "location")
            },
            "histogram": self.histogram(query, scores),
        }

    def order(self, number, score, sort):
        document = self.documents[number]
        dated = document.published is not None
        seconds = seconds_of(document) if dated else 0
        score = -round(score, 9)
        return {
            "relevance": (score, not dated, -seconds, document.id),
            "newest": (not dated, -seconds, score, document.id),
            "oldest": (not dated, seconds, score, document.id),
        }[sort]

    def passes(self, number, query, leaving_out=None):
        """Whether a document passes the filters, the wanted values of one of them aside."""
        document = self.documents[number]
        wanted = {"actor": self.groups(query.actor), "location": query.location,
                  "lang": query.lang, "source": query.source}  # fmt: skip
        unwanted = {"actor": self.groups(query.not_actor), "location": query.not_location}
        has = values_of(document)
        if any(set(has[name]) & set(values) for name, values in unwanted.items()):
            return False
        if any(
            values and name != leaving_out and not set(has[name]) & set(values)
            for name, values in wanted.items()
        ):
            return False
        return leaving_out == "date" or within(document, query.since, query.until)

    def facet(self, name, query, scores):
        mine = "date" if name == "year" else name
        counts = Counter()
        for number in scores:
            if self.passes(number, query, leaving_out=mine):
                counts.update(set(values_of(self.documents[number])[name]))
        return dict(counts)

    def spellings(self, name, query, scores):
        """By entity and folded spelling, how many of the documents that a facet counts hold it."""
        counts = {}
        for number in scores:
            if self.passes(number, query, leaving_out=name):
                named = {*self.terms(number, "title_name"), *self.terms(number, "text_name")}
                for entity, spelling in {self.grouped(term) for term in named}:
                    of_entity = counts.setdefault(entity, Counter())
                    of_entity[spelling] += 1
        return counts

    def groups(self, ids):
        return [self.people.group(each) if self.people else each for each in ids]

    def grouped(self, term):
        entity, spelling = term.split(NAME_SEPARATOR)
        return (self.people.group(entity) if self.people else entity, spelling)

    def histogram(self, query, scores):
        bars = {}
        for number in sorted(self.live):
            document = self.documents[number]
            if document.published is not None and document.published_precision != "year":
                month = f"{document.published.year:04d}-{document.published.month:02d}"
                bar = bars.setdefault(month, [0, 0])
                bar[0] += number in scores and self.passes(number, query, leaving_out="date")
                bar[1] += 1
        return {month: tuple(bar) for month, bar in bars.items()}


def count_runs(terms, wanted):
    return sum(terms[i : i + len(wanted)] == wanted for i in range(len(terms)))


def count_near(terms, left, right, distance):
    return sum(
        any(
            abs(i - j) - 1 <= distance and i != j and other in right
            for j, other in enumerate(terms)
        )
        for i, term in enumerate(terms)
        if term in left
    )


def values_of(document):
    return {
        "actor": document.actors,
        "location": document.locations,
        "lang": (document.lang,),
        "source": (document.source,) if document.source else (),
        "year": (f"{document.published.year:04d}",) if document.published else (),
    }


def seconds_of(document):
    written = document.published.replace(tzinfo=None, microsecond=0)
    return (written - datetime(1970, 1, 1)).total_seconds()


def within(document, since, until):
    """Whether the date may lie in the asked span. ISO dates sort as their text does."""
    if not since and not until:
        return True
    if document.published is None:
        return False
    digits = {"year": 4, "month": 7}.get(document.published_precision, 10)
    written = document.published.date().isoformat()[:digits]
    begins = written + "0000-01-01"[len(written) :]
    ends = written + "9999-12-31"[len(written) :]
    return not (since and ends < since) and not (until and begins[: len(until)] > until)
