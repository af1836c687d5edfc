"""What does a reader see of one record?

The store tells what was saved, the index where the words of the question stand. When the store
does not answer, the index alone still shows the text.
"""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from corpus import Capture, CorpusError, Record, Translation, record_id
from indexer import Document, Entity, Index, Mention, read_input
from search_app.formats import Block, make_blocks, marked
from search_app.hits import Line, explain
from search_app.labels import Labels
from search_app.library import Library


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or a place with the words of the record that name it, the frequent first."""

    entity: Entity
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A page that says the same in another language; its record, where the archive has one."""

    translation: Translation
    document: Document | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a page. `record` is what the store holds; None while it does not answer."""

    document: Document
    record: Record | None
    captures: tuple[Capture, ...]
    title: Line
    blocks: tuple[Block, ...]
    why: tuple[Markup, ...]
    named: tuple[Named, ...]
    removed: tuple[tuple[str, tuple[str, ...]], ...]  # by reason: the texts, as they were cut
    others: tuple[Other, ...]  # in other languages


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store says of a record. `answered` is False while it cannot be read."""

    record: Record | None = None
    captures: tuple[Capture, ...] = ()
    answered: bool = True


def read_stored(library: Library, asked: str) -> Stored:
    """The record in the store, with its captures, the oldest first."""
    try:
        with library.archive() as archive:
            record = archive.record(asked)
            captures = archive.captures(asked) if record else []
    except CorpusError:
        return Stored(answered=False)
    return Stored(record, tuple(sorted(captures, key=lambda capture: capture.captured)))


def view_record(
    index: Index, stored: Stored, asked: str, q: str, spelling: str, say: Labels
) -> RecordView | None:
    """The page of a record with the words of `q` marked; None if there is no such record. What the
    store no longer holds is not shown, even if an older index still has it."""
    if stored.answered and stored.record is None:
        return None
    indexed = index.document(asked)
    document = read_input(stored.record) if stored.record else indexed
    if document is None:
        return None
    # Marks and mentions belong to the text that was indexed; a later capture may have changed it.
    same = indexed is not None and (indexed.title, indexed.text) == (document.title, document.text)
    marks: dict[str, list[tuple[int, int]]] = {"title": [], "text": []}
    why: list[Markup] = []
    if same and indexed is not None and q:
        found = index.marks(asked, q, spelling)  # type: ignore[arg-type]
        marks = {field: [(m.start, m.end) for m in run] for field, run in found.items()}
        why = explain(index.explain(asked, q, spelling), say)  # type: ignore[arg-type]
    passages = stored.record.passages if stored.record else ()
    return RecordView(
        document,
        stored.record,
        stored.captures,
        Line(marked(document.title, marks["title"]), document.lang),
        tuple(make_blocks(document.text, marks["text"], document.lang, passages)),
        tuple(why),
        _named(index, indexed.mentions if same and indexed is not None else ()),
        _by_reason(stored.record),
        tuple(
            Other(translation, index.document(record_id(translation.url)))
            for translation in (stored.record.translations if stored.record else ())
        ),
    )


def _by_reason(record: Record | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    texts: dict[str, list[str]] = {}
    for removed in record.removed if record else ():
        texts.setdefault(removed.reason, []).append(removed.text)
    return tuple((reason, tuple(found)) for reason, found in texts.items())


def _named(index: Index, mentions: tuple[Mention, ...]) -> tuple[Named, ...]:
    words: dict[str, Counter[str]] = {}
    for mention in mentions:
        words.setdefault(mention.entity, Counter())[" ".join(mention.text.split())] += 1
    entities = {name: index.entity(name) for name in words}
    named = [
        Named(entity, tuple(words[name].most_common()))
        for name, entity in entities.items()
        if entity is not None
    ]
    return tuple(sorted(named, key=lambda n: (n.entity.facet, -sum(c for _, c in n.words))))
