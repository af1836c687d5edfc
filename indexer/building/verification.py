"""Is the index whole, and does it hold what the record store holds?"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from indexer.building.generations import current_generation, generation_folder
from indexer.building.manifest import damaged_files, read_manifest
from indexer.document import Document
from indexer.index import Index
from indexer.ingest import Input, read_input


def verify_index(path: str | Path, records: Iterable[Input] | None = None) -> list[str]:
    """The faults of the generation in use, a sentence each; none if it is sound. Every byte is
    read, and every one of `records`, if given, is held against what the index would show of it.
    Raises IndexUnreadable if there is no index or its manifest cannot be read."""
    root = Path(path)
    name = current_generation(root)
    folder = generation_folder(root, name)
    damaged = damaged_files(folder, read_manifest(folder))
    if damaged or records is None:
        return [f"{folder / file} is damaged." for file in damaged]
    with Index(root, name) as index:
        return list(_differences(index, records))


def _differences(index: Index, records: Iterable[Input]) -> Iterable[str]:
    missing = index.record_ids()
    for record in records:
        given = read_input(record)
        held = index.document(given.id)
        if held is None:
            yield f"Record {given.id} is stored and not in the index."
        elif _untagged(held) != _untagged(given):
            yield f"Record {given.id} is not in the index as it is stored."
        missing.discard(given.id)
    yield from (f"Record {i} is in the index and not stored." for i in sorted(missing))


def _untagged(document: Document) -> Document:
    """The document without what the tables of names say about it."""
    return replace(document, actors=(), locations=(), mentions=())
