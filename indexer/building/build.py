"""How does a new generation come to be?

Beside the old one: write, check, switch. Readers of the old one are never disturbed.
"""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.backends import Engine
from indexer.building.analysis import Canary, read_runs
from indexer.building.columnwriting import ColumnsWriter
from indexer.building.crew import Crew
from indexer.building.generations import (
    OWN_TABLES,
    begin_generation,
    build_lock,
    prune_generations,
    switch_to,
    sync_tree,
    write_durably,
)
from indexer.building.manifest import NAME as MANIFEST
from indexer.building.manifest import make_manifest
from indexer.columnar import ColumnarEngine, ColumnarWriter
from indexer.columns import read_columns
from indexer.errors import BuildError
from indexer.ingest import Input
from indexer.lexicon import LexiconWriter
from indexer.names import Gazetteer
from indexer.names.tagging.grouping import PeopleWriter
from indexer.plan import AllOf, Everything, Term


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    generation: str
    documents: int


def build_index(
    records: Iterable[Input],
    path: str | Path,
    *,
    source: str = "",
    on_progress: Callable[[int], None] | None = None,
    gazetteer: Gazetteer | None = None,
    children: int | None = None,
) -> BuildReport:
    """Build a generation of the index in the folder `path` from records (or dicts: see
    `docs/python.md`), check it and switch to it. The generation keeps the own tables of the
    `gazetteer`, so that it is read with the names that it was built with. `source` is a digest of
    what the records came from; `on_progress` gets the number of documents written so far. Of
    records with the same id the last one counts. More than some hundred records are analyzed in
    `children` processes, one for each core unless told: 1 leaves the other cores to who answers
    readers. Raises BuildError, or what `records` raises, and
    then nothing changed."""
    root = Path(path)
    names = gazetteer or Gazetteer.load()
    try:
        with build_lock(root):
            folder = begin_generation(root)
            try:
                documents = _build(records, folder, names, source, on_progress, children)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)  # else the next build removes it
                raise
            switch_to(root, folder.name)
            prune_generations(root)
    except OSError as error:
        raise BuildError(
            f"The index in {root} could not be written: {error}. The old one stays in use; "
            "see that the disk has room and that the folder is yours, and build again."
        ) from error
    return BuildReport(folder.name, documents)


def _build(
    records: Iterable[Input],
    folder: Path,
    names: Gazetteer,
    source: str,
    on_progress: Callable[[int], None] | None,
    children: int | None,
) -> int:
    """Write and check a generation; the number of records that can be found in it. Everything
    reaches the disk before the manifest says that it is finished."""
    written, canaries = _write(records, folder, names, on_progress, children)
    sync_tree(folder)
    documents = _check(folder, written, canaries)
    built = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = make_manifest(folder, built, documents, names.version, source)
    write_durably(folder / MANIFEST, manifest.to_json())
    return documents


def _write(
    records: Iterable[Input],
    folder: Path,
    names: Gazetteer,
    on_progress: Callable[[int], None] | None,
    children: int | None,
) -> tuple[int, list[Canary]]:
    columns = ColumnsWriter()
    people = PeopleWriter()
    lexicon = LexiconWriter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    canaries: dict[int, Canary] = {}
    written = 0
    with ColumnarWriter(folder / "segment") as segment, Crew(names, children) as crew:
        for portion in crew.portions(read_runs(records)):
            segment.take(portion.segment)
            columns.take(portion.columns)
            people.take(portion.people)
            lexicon.take(portion.lexicon)
            for term, counts in portion.spellings.items():
                spellings[term].update(counts)
            if written & (written - 1):
                canaries.pop(written - 1, None)  # was the last one until now
            canaries.update({canary.number: canary for canary in portion.canaries})
            for _ in range(portion.documents):
                written += 1
                if on_progress is not None:
                    on_progress(written)
    columns.write(folder, people.write(folder))
    lexicon.write(folder)
    _keep_tables(names, folder / OWN_TABLES)
    most = {term: _usual(counts) for term, counts in spellings.items()}
    (folder / "spellings.json").write_text(json.dumps(most), "ascii")
    return written, list(canaries.values())


def _usual(counts: Mapping[str, int]) -> str:
    """The most frequent spelling; of several Aleppo before Aleppo's and ALEPPO, whichever record
    came first."""
    return min(counts, key=lambda text: (-counts[text], text.isupper(), len(text), text))


def _keep_tables(names: Gazetteer, folder: Path) -> None:
    for name, text in names.own.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")


def _stored(engine: Engine, canary: Canary) -> str:
    return engine.documents([canary.number])[0].document


def _check(folder: Path, written: int, canaries: list[Canary]) -> int:
    """Read the generation as a reader would; the number of records that can be found. Raises
    BuildError if it is not what was written."""
    engine = ColumnarEngine(folder / "segment")
    try:
        columns = read_columns(folder)
        if not engine.count == columns.count == written:
            raise BuildError(
                f"{written} documents were written and {engine.count} can be read. "
                "The old index stays in use; check the disk and build again."
            )
        for canary in canaries:
            words = (Term(field, word, 0.0) for field, word in canary.words)
            found = engine.evaluate(AllOf((Everything(), *words))).docs
            if canary.number not in found or _stored(engine, canary) != canary.stored:
                raise BuildError(
                    f"Document {columns.id_of(canary.number)} cannot be found again by its own "
                    "words. The old index stays in use; check the disk and build again."
                )
    finally:
        engine.close()
    return len(columns.records)
