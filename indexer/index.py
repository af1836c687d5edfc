"""Which records answer a query, and what does the reader see of them?"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import numpy as np

from indexer.arguments import Bound, Values, check, read_bound, read_values
from indexer.backends import Matches, Stored
from indexer.building.generations import (
    OWN_TABLES,
    current_generation,
    finished_generations,
    generation_folder,
)
from indexer.building.manifest import check_generation
from indexer.columnar import ColumnarEngine
from indexer.columns import Columns, read_columns
from indexer.document import Document
from indexer.errors import IndexUnreadable
from indexer.facets import count_facets, make_histogram
from indexer.fields import Part
from indexer.filters import narrow
from indexer.ingest import document_from_json, tagger_for
from indexer.located import locate
from indexer.names import Entity, Gazetteer
from indexer.names.tagging.grouping import read_people
from indexer.notices import in_words
from indexer.order import order_matches
from indexer.probes import Mark, explain_marks, find_marks, wanted_terms
from indexer.query import MatchMode, Notice, Query, Sort, SpellingMode
from indexer.reading.ladder import Rung, other_queries
from indexer.reading.parser import parse_query
from indexer.reading.planner import Planned, Planner
from indexer.reading.unlisted import Names
from indexer.reading.vocabulary import Vocabulary
from indexer.results import Hit, Interpretation, Reading, Results, Variant, Why
from indexer.similar import plan_similar, telling_words
from indexer.snippets import make_snippets
from indexer.text import ICU_VERSION
from indexer.triggers import Triggers

QUOTES = " \"“”„«»‹›'‘’"


class Index:
    """One generation, open for reading. Many threads may search it at once; it never changes.
    Use as a context manager, or `close()` it."""

    def __init__(self, root: Path, generation: str) -> None:
        folder = generation_folder(root, generation)
        self.manifest = check_generation(folder)
        self.generation = generation
        self.passed_over = ""  # why this is not the generation in use, if it is not
        try:
            self._held: Columns | None = read_columns(folder)
            self._engine = ColumnarEngine(folder / "segment")
            replaced = np.flatnonzero(~self._columns.live)
            self._vocabulary = Vocabulary(self._engine, replaced, folder)
            tables = Gazetteer.load(folder / OWN_TABLES)
            self._gazetteer = tables.with_people(read_people(folder))
        # A file may go, or be another one, while it is opened: numpy and json raise many things.
        except Exception as error:
            raise IndexUnreadable(
                f"{folder} cannot be read ({error}). Run kashaf index."
            ) from error
        self._tagger = tagger_for(tables)

    def __len__(self) -> int:
        """How many records can be found."""
        return len(self._columns.records)

    def __enter__(self) -> "Index":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._held = None
        self._engine.close()
        self._vocabulary.close()

    @property
    def _columns(self) -> Columns:
        if self._held is None:
            raise IndexUnreadable("This index is closed. Open it again: open_index.")
        return self._held

    @property
    def cautions(self) -> tuple[str, ...]:
        """What staff should know about this generation: it stands in for a damaged one, or was
        built with another ICU, whose words may end elsewhere, or with other gazetteer tables."""
        cautions = [self.passed_over] if self.passed_over else []
        if self.manifest.icu != ICU_VERSION:
            cautions.append(
                f"Built with ICU {self.manifest.icu}, read with ICU {ICU_VERSION}: words may be "
                "broken differently. Rebuild the index: kashaf index."
            )
        if self.manifest.gazetteer != self._gazetteer.version:
            cautions.append(
                "The gazetteer tables have changed since this index was built: facets show the "
                "old ones. Rebuild the index: kashaf index."
            )
        return tuple(cautions)

    def search(
        self,
        q: str = "",
        *,
        actor: Values = (),
        location: Values = (),
        not_actor: Values = (),
        not_location: Values = (),
        lang: Values | None = None,
        source: Values | None = None,
        since: Bound | None = None,
        until: Bound | None = None,
        match: MatchMode = "all",
        spelling: SpellingMode = "all",
        without: Values = (),
        sort: Sort = "relevance",
        page: int = 1,
        size: int = 10,
    ) -> Results:
        """Search. Dates may be dates, or written as a reader would ("2014", "3/2014", "آذار 2014").
        Raises QueryError for an argument that has no meaning, never for any text in `q`."""
        notices: list[Notice] = []
        query = Query(
            q=q,
            actor=read_values("actor", actor),
            location=read_values("location", location),
            not_actor=read_values("not_actor", not_actor),
            not_location=read_values("not_location", not_location),
            lang=read_values("lang", lang),
            source=read_values("source", source),
            since=read_bound("since", since, notices),
            until=read_bound("until", until, notices),
            match=match,
            spelling=spelling,
            without=read_values("without", without),
            sort=sort,
            page=page,
            size=size,
        )
        return self.answer(query, tuple(notices))

    def answer(self, query: Query, notices: tuple[Notice, ...] = ()) -> Results:
        """The results of a query value. Behind the last page comes the last page."""
        query = self._with_groups(query)
        planned = self.read(query)
        columns = self._columns
        found = self._engine.evaluate(planned.plan)
        narrowing = narrow(query, columns, found.docs)
        kept = narrowing.keeps()
        matches = found if kept is None else Matches(found.docs[kept], found.scores[kept])
        total = len(matches.docs)
        notices = (*notices, *planned.notices)
        last = max(1, -(-total // query.size))
        if query.page > last:
            notices = (*notices, Notice("page-limited", str(query.page)))
            query = replace(query, page=last)
        ordered = order_matches(query.sort, matches, columns, query.page * query.size)
        shown = slice((query.page - 1) * query.size, None)
        triggers = Triggers(columns.facets["spelling"], self._vocabulary, self._gazetteer.people)
        return Results(
            query=query,
            total=total,
            hits=self._hits(Matches(ordered.docs[shown], ordered.scores[shown]), planned),
            facets=count_facets(query, narrowing, columns, self._gazetteer, triggers),
            histogram=make_histogram(narrowing, columns),
            interpretation=Interpretation(planned.readings, notices),
            warnings=tuple(in_words(notice) for notice in notices),
            undated=int(np.isnat(columns.first[matches.docs]).sum()),
            captures=int(columns.captures[matches.docs].sum()),
            generation=self.generation,
        )

    def _with_groups(self, query: Query) -> Query:
        """The query with people under the ids of this generation: another may have known them by
        another spelling."""
        group = self._gazetteer.people.group
        return replace(
            query,
            actor=tuple(dict.fromkeys(map(group, query.actor))),
            not_actor=tuple(dict.fromkeys(map(group, query.not_actor))),
        )

    def read(self, query: Query) -> Planned:
        """How a query is read against this generation. Raises QueryError."""
        check(query)
        return self._read(query)

    def count(self, query: Query) -> int:
        """How many records a query finds."""
        query = self._with_groups(query)
        found = self._engine.evaluate(self.read(query).plan).docs
        return len(narrow(query, self._columns, found).without())

    def ladder(self, query: Query) -> tuple[Rung, ...]:
        """Other queries that find records, for a query that finds none: the nearest first."""
        unknown = [
            part.text
            for part in self.read(query).parts
            if not part.negated and not len(self._engine.evaluate(part.plan).docs)
        ]
        rungs: list[Rung] = []
        for kind, other in other_queries(query, unknown, self._vocabulary):
            total = self.count(other)
            # The same words with the same total, only wider, would be the same records again.
            if total and (other.q, total) not in {(rung.query.q, rung.total) for rung in rungs}:
                rungs.append(Rung(kind, other, total))
        return tuple(rungs)

    def explain(self, record_id: str, q: str, spelling: SpellingMode = "all") -> Why:
        """Why a query finds a record, or why not: the words that answer each part, the parts that
        the record lacks, and those that it has though the query excludes them. For a record that
        does not exist, a Why without any of them."""
        number = self._columns.number(record_id)
        if number is None:
            return Why()
        planned = self.read(Query(q=q, spelling=spelling))
        [(document, marks)] = self._marked([number], planned)
        had = {part: number in self._engine.evaluate(part.plan).docs for part in planned.parts}
        lacking = (part.text for part in planned.parts if not part.negated and not had[part])
        excluding = (part.text for part in planned.parts if part.negated and had[part])
        return replace(
            explain_marks(document, marks),
            found=number in self._engine.evaluate(planned.plan).docs,
            missing=tuple(dict.fromkeys(lacking)),
            unwanted=tuple(dict.fromkeys(excluding)),
        )

    def similar(self, record_id: str, size: int = 10) -> list[Hit]:
        """Records that share the most telling words of a record, most similar first; each hit's
        `why` names the words. Empty for a record that does not exist."""
        number = self._columns.number(record_id)
        if number is None:
            return []
        [document] = self._documents([number])
        planned = plan_similar(telling_words(document, self._vocabulary, len(self)))
        found = self._engine.evaluate(planned.plan)
        kept = self._columns.live[found.docs] & (found.docs != number)
        matches = Matches(found.docs[kept], found.scores[kept])
        return list(self._hits(order_matches("relevance", matches, self._columns, size), planned))

    def marks(
        self, record_id: str, q: str, spelling: SpellingMode = "all"
    ) -> dict[Part, list[Mark]]:
        """The words of a record that answer a query, in its title and in its text as they were
        indexed; none for a record that does not exist."""
        number = self._columns.number(record_id)
        if number is None:
            return {"title": [], "text": []}
        [(_, marks)] = self._marked([number], self.read(Query(q=q, spelling=spelling)))
        return marks

    def variants(self, name: str) -> list[Variant]:
        """The spellings of a name that the archive holds, in both scripts, with the number of
        records of each; the typed one first, those of the tables and those that a rule tells."""
        return [variant for reading in self.read_name(name) for variant in reading.variants]

    def read_name(self, name: str) -> tuple[Reading, ...]:
        """How a name is read, whatever its words look like; of several names one reading each."""
        query = Query(q=name.strip(QUOTES))
        return self._read(query, sure=True).readings

    def _read(self, query: Query, sure: bool = False) -> Planned:
        names = Names(query, self._vocabulary, sure)
        planner = Planner(query, self._vocabulary, self._gazetteer, self._tagger, names)
        return planner.read(parse_query(query.q))

    def document(self, record_id: str) -> Document | None:
        """A record as the index sees it, None if there is none."""
        number = self._columns.number(record_id)
        return None if number is None else self._documents([number])[0]

    def entity(self, entity_id: str) -> Entity | None:
        """An actor or a location by its id."""
        return self._gazetteer.entity(entity_id)

    def record_ids(self) -> set[str]:
        """The ids of all records that can be found."""
        return self._columns.ids()

    def _documents(self, numbers: list[int]) -> list[Document]:
        return list(map(self._document, self._engine.documents(numbers)))

    def _document(self, kept: Stored) -> Document:
        return self._gazetteer.people.regroup(document_from_json(kept.document))

    def _marked(
        self, numbers: list[int], planned: Planned
    ) -> list[tuple[Document, dict[Part, list[Mark]]]]:
        """Documents with the words in them that answer the query."""
        stored = self._engine.documents(numbers)
        located = locate(self._engine, numbers, stored, wanted_terms(planned.probes))
        marked = []
        for kept, words in zip(stored, located, strict=True):
            document = self._document(kept)
            marks = {
                part: find_marks(document, part, own, planned.probes) for part, own in words.items()
            }
            marked.append((document, marks))
        return marked

    def _hits(self, matches: Matches, planned: Planned) -> tuple[Hit, ...]:
        return tuple(
            _hit(document, score, marks)
            for (document, marks), score in zip(
                self._marked(matches.docs.tolist(), planned), matches.scores.tolist(), strict=True
            )
        )


def open_index(path: str | Path) -> Index:
    """Open the generation in use; if it is damaged, the newest good one that is kept, and its
    `cautions` say so. Raises IndexUnreadable when there is none."""
    root = Path(path)
    while True:
        current = current_generation(root)
        try:
            return Index(root, current)
        except IndexUnreadable as error:
            # Builds may have switched and removed it while it was opened: then look again.
            if current_generation(root) == current:
                return _open_older(root, current, error)


def _open_older(root: Path, current: str, error: IndexUnreadable) -> Index:
    """The newest good generation but `current`, which has this error and raises it if there is
    none."""
    finished = finished_generations(root)
    for name in reversed(finished):
        # Newer ones are those that staff rolled back from.
        if name == current or (name > current and current in finished):
            continue
        with suppress(IndexUnreadable):
            index = Index(root, name)
            index.passed_over = f"{error} Generation {name} answers in its place."
            return index
    raise error


def _hit(document: Document, score: float, marks: dict[Part, list[Mark]]) -> Hit:
    return Hit(
        id=document.id,
        title=document.title,
        url=document.url,
        published=document.published,
        lang=document.lang,
        score=score,
        snippets=make_snippets(document.text, marks["text"])
        or make_snippets(document.title, marks["title"], field="title"),
        why=explain_marks(document, marks),
        actors=document.actors,
        locations=document.locations,
        title_marks=tuple((mark.start, mark.end) for mark in marks["title"]),
        published_precision=document.published_precision,
        published_approximate=document.published_approximate,
        captured=document.captured,
        source=document.source,
        author=document.author,
        captures=document.captures,
        mentions=document.mentions,
    )
