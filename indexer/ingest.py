"""What does the index make of a record?"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from corpus import Record
from indexer.building.columnwriting import facet_values
from indexer.document import Document, Mention
from indexer.errors import BuildError
from indexer.fields import Part, name_term
from indexer.names import Gazetteer, Tagger
from indexer.names.tagging.identity import is_by_rule
from indexer.text import Token, tokenize

Input = Record | Mapping[str, Any]


@lru_cache(maxsize=4)
def tagger_for(gazetteer: Gazetteer) -> Tagger:
    """The tagger of a gazetteer, made once: its tables take 50 ms to prepare."""
    return Tagger(gazetteer)


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document, the terms of each of its fields, in order, and the words of each part."""

    document: Document
    terms: dict[str, Sequence[str]]
    tokens: dict[Part, list[Token]]


class Given(NamedTuple):
    """What was given as a record, before its analysis."""

    document: Document  # no mentions yet; a language only if it was told
    brought: tuple[str, ...] = ()  # of "actors" and "locations": values that are kept as given


def ingest(record: Input, tagger: Tagger, gazetteer: Gazetteer) -> Ingested:
    """Tag and analyze one record, or one dict(id, title, text, …). Raises BuildError for a dict
    that lacks what a document needs."""
    return analyze(take_input(record), tagger, gazetteer)


def analyze(given: Given, tagger: Tagger, gazetteer: Gazetteer) -> Ingested:
    """Tag and analyze what was given."""
    named = _with_language(given.document)
    tokens: dict[Part, list[Token]] = {
        "title": tokenize(named.title),
        "text": tokenize(named.text),
    }
    parts: dict[str, tuple[str, Sequence[Token]]] = {
        part: (getattr(named, part), words) for part, words in tokens.items()
    }
    mentions = tuple(tagger.record_mentions(parts))
    document = _with_entities(named, mentions, given.brought, gazetteer)
    terms: dict[str, Sequence[str]] = dict(facet_values(document))
    for part, words in tokens.items():
        terms[f"{part}_exact"] = [token.text for token in words]
        terms[f"{part}_form"] = [token.stem for token in words]
        terms[f"{part}_name"] = [name_term(m.entity, m.text) for m in mentions if m.field == part]
    return Ingested(document, terms, tokens)


def read_input(record: Input) -> Document:
    """A record, or a dict of its fields, as a document without mentions. Raises BuildError for a
    dict that lacks what a document needs."""
    return _with_language(take_input(record).document)


def take_input(record: Input) -> Given:
    """A record, or a dict of its fields, as it will be analyzed. Raises BuildError for a dict that
    lacks what a document needs."""
    if isinstance(record, Record):
        return Given(_from_record(record))
    if isinstance(record, Mapping):
        brought = tuple(n for n in ("actors", "locations") if record.get(n) is not None)
        return Given(_from_mapping(record), brought)
    raise BuildError(f"A document is a Record, or a dict with an id; this is {type(record)}.")


def _with_entities(
    named: Document,
    mentions: tuple[Mention, ...],
    brought: tuple[str, ...],
    gazetteer: Gazetteer,
) -> Document:
    """The document with its facet values: those that came with a dict are kept as given."""
    found: dict[str, dict[str, None]] = {"actor": {}, "location": {}}
    for mention in mentions:
        entity = gazetteer.entity(mention.entity)
        if is_by_rule(mention.entity):
            found["actor"][mention.entity] = None
        elif entity is not None:
            names = gazetteer.closure(entity.id) if entity.facet == "location" else (entity.id,)
            found[entity.facet].update(dict.fromkeys(names))
    values: dict[str, Any] = {"mentions": mentions}
    for plural, singular in (("actors", "actor"), ("locations", "location")):
        if plural not in brought:
            values[plural] = tuple(found[singular])
    return replace(named, **values)


def _from_record(record: Record) -> Document:
    return Document(
        id=record.id,
        title=record.title,
        text=record.text,
        url=record.url,
        lang=record.lang,
        published=record.published,
        published_precision=record.published_precision,
        published_approximate=record.published_approximate,
        captured=record.provenance.captured,
        author=record.author,
        source=record.source,
        tags=record.tags,
        captures=record.captures,
    )


_KINDS: dict[str, type] = {
    **dict.fromkeys(("title", "text", "url", "lang", "author", "source"), str),
    "published_precision": str,
    "published_approximate": bool,
    "captures": int,
}


def _from_mapping(row: Mapping[str, Any]) -> Document:
    if row.get("id") in (None, ""):  # 0 is one
        raise BuildError(f"A document needs an id; this one has only {sorted(row)}. Add id=….")
    values: dict[str, Any] = {name: row[name] for name in _KINDS if row.get(name) is not None}
    for name, value in values.items():
        _check_kind(row, name, value, _KINDS[name])
    values |= {"title": values.get("title", ""), "text": values.get("text", "")}
    for name in ("tags", "actors", "locations"):
        brought = row.get(name) or ()
        _check_kind(row, name, brought, Iterable)
        values[name] = (brought,) if isinstance(brought, str) else tuple(brought)
        for value in values[name]:
            _check_kind(row, name, value, str)
    published, precision = _read_moment(row.get("published"), str(row["id"]))
    values["published"] = published
    if precision is not None:
        values.setdefault("published_precision", precision)
    values["captured"], _ = _read_moment(row.get("captured"), str(row["id"]))
    values["lang"] = values.get("lang", "")
    return Document(id=str(row["id"]), **values)


def _check_kind(row: Mapping[str, Any], name: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise BuildError(f"Document {row['id']}: {name} may not be {value!r:.40}.")


def _read_moment(value: object, record_id: str) -> tuple[datetime | None, str | None]:
    """A datetime, or an ISO date of any length: "2014", "2014-06", "2014-06-30T10:00"."""
    if isinstance(value, datetime):
        return value, None
    if value is None or value == "":  # as an empty cell of a table
        return None, None
    text = str(value)
    precision = {4: "year", 7: "month", 10: "day"}.get(len(text))
    padded = text + "-01-01"[len(text) - 4 :] if precision in ("year", "month") else text
    try:
        return datetime.fromisoformat(padded), precision
    except ValueError as error:
        raise BuildError(
            f"Document {record_id}: {text!r} is no date. Write it as 2014-06-30."
        ) from error


def _with_language(document: Document) -> Document:
    if document.lang:
        return document
    return replace(document, lang=_script_language(document.title + " " + document.text))


def _script_language(text: str) -> str:
    """ "ar" or "en" by the script that most words are written in; "und" without letters."""
    scripts = [token.script for token in tokenize(text[:2000])]
    arabic, latin = scripts.count("Arab"), scripts.count("Latn")
    if not arabic and not latin:
        return "und"
    return "ar" if arabic > latin else "en"


_DOCUMENT = tuple(field.name for field in fields(Document))
_MENTION = tuple(field.name for field in fields(Mention))
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=datetime.isoformat)


def document_to_json(document: Document) -> str:
    """One line of JSON that `document_from_json` reads back as an equal value."""
    row = {name: getattr(document, name) for name in _DOCUMENT}
    row["mentions"] = [{name: getattr(m, name) for name in _MENTION} for m in document.mentions]
    return _ENCODER.encode(row)


def document_from_json(line: str) -> Document:
    """The document of a stored line."""
    row = json.loads(line)
    for name in ("published", "captured"):
        row[name] = datetime.fromisoformat(row[name]) if row[name] else None
    for name in ("tags", "actors", "locations"):
        row[name] = tuple(row[name])
    row["mentions"] = tuple(Mention(**mention) for mention in row["mentions"])
    return Document(**row)
