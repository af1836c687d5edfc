"""What was a generation built with, and are its files as they were written?"""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.errors import IndexUnreadable
from indexer.fields import FACET_FIELDS, POSTING_FIELDS
from indexer.text import ICU_VERSION

FORMAT = 4  # rises when an older generation could not be read any more
ANALYZER = "2"  # rises when the same text gives other terms
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Written last into a generation's folder: a folder without one was never finished."""

    format: int
    built: str  # ISO 8601, UTC
    documents: int
    fields: str  # digest of the table of fields
    analyzer: str
    icu: str
    whoosh: str  # distribution and version
    gazetteer: str
    source: str  # digest of the record store that it was built from; "" if not told
    files: dict[str, tuple[int, str]]  # name: bytes, SHA-256

    def to_json(self) -> str:
        """The manifest's file: the fields, and a digest over them."""
        row = asdict(self)
        row["digest"] = hashlib.sha256(json.dumps(row).encode()).hexdigest()
        return json.dumps(row, indent=1, ensure_ascii=False) + "\n"


def make_manifest(
    folder: Path, built: str, documents: int, gazetteer: str, source: str
) -> Manifest:
    """The manifest of all files that are in the folder now."""
    return Manifest(
        format=FORMAT,
        built=built,
        documents=documents,
        fields=fields_digest(),
        analyzer=ANALYZER,
        icu=ICU_VERSION,
        whoosh=_whoosh_version(),
        gazetteer=gazetteer,
        source=source,
        files={name: (path.stat().st_size, _sha256(path)) for name, path in _files(folder)},
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; IndexUnreadable if it is missing, damaged or of another
    format."""
    try:
        text = (folder / NAME).read_text("utf-8")
        row = json.loads(text)
        del row["digest"]
        made_as = (row["format"], row["fields"], row["analyzer"])
        if made_as != (FORMAT, fields_digest(), ANALYZER):
            raise IndexUnreadable(
                f"{folder} was built by another version of Kashaf. Rebuild the index: kashaf index."
            )
        row["files"] = {name: (size, digest) for name, (size, digest) in row["files"].items()}
        manifest = Manifest(**row)
        if manifest.to_json() != text:
            raise ValueError("not as it was written")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexUnreadable(
            f"{folder / NAME} is damaged or missing. Rebuild the index: kashaf index."
        ) from error
    return manifest


def damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    """Names of files that are missing, not as they were written, or not of this generation.

    Every byte is read (1.2 GB/s on one core) before anything is opened: a flipped bit in an array
    would change answers silently.
    """
    found = dict(_files(folder))
    damaged = [
        name
        for name, (size, digest) in manifest.files.items()
        if not _is_as_written(found.pop(name, None), size, digest)
    ]
    return damaged + list(found)


def check_generation(folder: Path) -> Manifest:
    """The manifest of a generation whose every file is as it was written; else IndexUnreadable."""
    manifest = read_manifest(folder)
    try:
        damaged = damaged_files(folder, manifest)
    except OSError as error:
        raise IndexUnreadable(
            f"{folder} cannot be read ({error}). Rebuild the index: kashaf index."
        ) from error
    if damaged:
        raise IndexUnreadable(
            f"{folder} is damaged ({', '.join(damaged)}). "
            "Rebuild the index from the record store: kashaf index."
        )
    return manifest


def fields_digest() -> str:
    """A digest of the table of fields: another table is another index. Weights are not in it:
    they count at search time."""
    table = [(f.name, f.part, f.level) for f in POSTING_FIELDS]
    return hashlib.sha256(repr((table, FACET_FIELDS)).encode()).hexdigest()[:16]


def _files(folder: Path) -> list[tuple[str, Path]]:
    """The files of a generation by name, the manifest aside."""
    paths = sorted(path for path in folder.rglob("*") if not path.is_dir())
    return [(path.relative_to(folder).as_posix(), path) for path in paths if path.name != NAME]


def _is_as_written(path: Path | None, size: int, digest: str) -> bool:
    try:
        return (
            path is not None
            and path.is_file()
            and path.stat().st_size == size
            and _sha256(path) == digest
        )
    except OSError:  # the disk does not give it back, or it was removed at this moment
        return False


def _whoosh_version() -> str:
    for distribution in ("whoosh-reloaded", "whoosh3"):
        try:
            return f"{distribution} {version(distribution)}"
        except PackageNotFoundError:
            continue
    return "unknown"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
