"""What would a table of staff's own change, and how is it stored?

First what it would change is told; then it is written beside the others in one rename, and counts
from the next build of the index on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.building.generations import current_generation, generation_folder, write_durably
from indexer.document import Document
from indexer.errors import TableError
from indexer.ingest import Input, ingest, tagger_for
from indexer.lexicon import Lexicon
from indexer.names import Gazetteer, check_tables, fold_name, import_table, own_tables
from indexer.names.likeness.ordinary import FEW, Candidate, is_ordinary
from indexer.names.listed.tables import decode_table

_WORDS = ("others.csv", "cues.csv")  # lists of words; edited by hand


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table that could be stored. `skipped` and `conflicts` are lines with file and row."""

    name: str  # of its file in the folder of the own tables
    text: str  # "" if nothing in it is new
    added: int
    known: int  # places that the tables have already
    skipped: tuple[str, ...]
    conflicts: tuple[str, ...]  # faults of the tables that come with it
    before: Gazetteer
    after: Gazetteer


@dataclass(frozen=True, slots=True)
class Affected:
    """A record that would gain or lose actors or places, by their ids."""

    id: str
    title: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def read_table_change(path: Path, folder: Path) -> TableChange:
    """What storing the table of a file would change: one of our own columns, p-codes of OCHA, a
    dump of GeoNames, or an export of Wikidata. Stored before under the same file name, it is
    replaced. Nothing is written. Raises TableError for a file that is no such table, and for one
    with which the tables could not be loaded."""
    name = f"{path.stem}.csv"
    if name in _WORDS:
        raise TableError(f"{path} holds words, not places: put it into {folder} yourself.")
    own = own_tables(folder)
    others = {other: text for other, text in own.items() if other != name}
    table = import_table(
        path.name, decode_table(path.name, path.read_bytes()), Gazetteer.of(others)
    )
    after = others | ({name: table.text} if table.text else {})
    old = frozenset(check_tables(others))
    return TableChange(
        name,
        table.text,
        table.added,
        table.known,
        table.faults,
        tuple(fault for fault in check_tables(after) if fault not in old),
        Gazetteer.of(own),
        Gazetteer.of(after),
    )


def store_table(change: TableChange, folder: Path) -> Path:
    """Write the table, durably and at once; the path of its file."""
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / change.name, change.text)
    return folder / change.name


def ordinary_words(root: Path, gazetteer: Gazetteer) -> set[str]:
    """The names of one Latin word that the archive of the index in the folder `root` mostly writes
    small, folded: words of its language, or names that are not the ones of the tables."""
    names = {fold_name(alias.text) for entity in gazetteer for alias in entity.aliases}
    lexicon = Lexicon(generation_folder(root, current_generation(root)))
    try:
        found = lexicon.find(name for name in names if name.isascii() and " " not in name)
    finally:
        lexicon.close()
    return {
        word
        for word, entry in found.items()
        if entry.count >= FEW and is_ordinary(Candidate(word, "Latn", entry.count, entry.small))
    }


def affected_records(
    records: Iterable[Input], before: Gazetteer, after: Gazetteer
) -> Iterator[Affected | None]:
    """For each record in its order how it is affected by other tables, None if it is not."""
    for record in records:
        old, new = (
            ingest(record, tagger_for(gazetteer), gazetteer).document
            for gazetteer in (before, after)
        )
        gained, lost = _more(new, old), _more(old, new)
        yield Affected(new.id, new.title, gained, lost) if gained or lost else None


def _more(one: Document, other: Document) -> tuple[str, ...]:
    known = {*other.actors, *other.locations}
    return tuple(e for e in (*one.actors, *one.locations) if e not in known)
