"""How does a new generation come to be?

Beside the old one: write, check, switch. Readers of the old one are never disturbed.
"""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.backends import WhooshEngine, WhooshWriter
from indexer.columns import ColumnsWriter, read_columns
from indexer.errors import BuildError
from indexer.generations import (
    begin_generation,
    build_lock,
    prune_generations,
    switch_to,
    sync_tree,
)
from indexer.ingest import Input, document_to_json, ingest, name_term
from indexer.manifest import make_manifest
from indexer.names import Gazetteer, Tagger
from indexer.plan import AllOf, Term

_CANARIES = 20  # documents looked up in a new generation before anyone else may


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    generation: str
    documents: int


@dataclass(frozen=True, slots=True)
class _Canary:
    """A document that the new generation must find by these words, and return as it is."""

    number: int
    words: tuple[str, ...]
    stored: str


def build_index(
    records: Iterable[Input],
    path: str | Path,
    *,
    source: str = "",
    on_progress: Callable[[int], None] | None = None,
    gazetteer: Gazetteer | None = None,
) -> BuildReport:
    """Build a generation of the index in the folder `path` from records (or dicts: see
    `doors.md`), check it and switch to it. `source` is a digest of what the records came from;
    `on_progress` gets the number of documents written so far. Of records with the same id the last
    one counts. Raises BuildError, and then nothing changed."""
    root = Path(path)
    names = gazetteer or Gazetteer.load()
    with build_lock(root):
        folder = begin_generation(root)
        try:
            written, canaries = _write(records, folder, names, on_progress)
            built = datetime.now(UTC).isoformat(timespec="seconds")
            manifest = make_manifest(folder, built, written, names.version, source)
            sync_tree(folder)
            _check(folder, written, canaries)
            manifest.write(folder)
            sync_tree(folder)
        except BaseException:
            shutil.rmtree(folder)
            raise
        switch_to(root, folder.name)
        prune_generations(root)
    return BuildReport(folder.name, written)


def _write(
    records: Iterable[Input],
    folder: Path,
    names: Gazetteer,
    on_progress: Callable[[int], None] | None,
) -> tuple[int, list[_Canary]]:
    tagger = Tagger(names)
    columns = ColumnsWriter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    canaries: list[_Canary] = []
    number = 0
    with WhooshWriter(folder / "whoosh") as writer:
        for number, record in enumerate(records, start=1):
            ingested = ingest(record, tagger, names)
            stored = document_to_json(ingested.document)
            writer.add(ingested.terms, stored)
            columns.add(ingested.document)
            for mention in ingested.document.mentions:
                spellings[name_term(mention)][mention.text] += 1
            # Powers of two and their neighbours: the first, the last ones, and some between.
            if number & (number - 1) == 0 or number % 997 == 0:
                words = tuple(sorted(set(ingested.terms["text_exact"]), key=len)[-3:])
                canaries = [*canaries, _Canary(number - 1, words, stored)][-_CANARIES:]
            if on_progress is not None:
                on_progress(number)
    columns.write(folder)
    written = {term: counts.most_common(1)[0][0] for term, counts in spellings.items()}
    (folder / "spellings.json").write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    return number, canaries


def _check(folder: Path, written: int, canaries: list[_Canary]) -> None:
    """Read the generation as a reader would. Raises BuildError if it is not what was written."""
    engine = WhooshEngine(folder / "whoosh")
    try:
        columns = read_columns(folder)
        if not engine.count == len(columns.ids) == written:
            raise BuildError(
                f"{written} documents were written and {engine.count} can be read. "
                "The old index stays in use; check the disk and build again."
            )
        for canary in canaries:
            plan = AllOf(tuple(Term("text_exact", word, 0.0) for word in canary.words))
            found = engine.evaluate(plan).docs if canary.words else [canary.number]
            if canary.number not in found or engine.documents([canary.number]) != [canary.stored]:
                raise BuildError(
                    f"Document {columns.ids[canary.number]} cannot be found again by its own "
                    "words. The old index stays in use; check the disk and build again."
                )
    finally:
        engine.close()
