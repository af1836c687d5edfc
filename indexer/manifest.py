"""What was a generation built with, and are its files as they were written?"""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.errors import IndexUnreadable
from indexer.fields import FACET_FIELDS, POSTING_FIELDS
from indexer.text import ICU_VERSION

FORMAT = 1  # rises when an older generation could not be read any more
ANALYZER = "1"  # rises when the same text gives other terms
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

    def write(self, folder: Path) -> None:
        """Write the manifest into its folder."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / NAME).write_text(text, "utf-8")


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
        files={
            str(path.relative_to(folder)): (path.stat().st_size, _sha256(path))
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; IndexUnreadable if it is missing, torn or of another format."""
    try:
        row = json.loads((folder / NAME).read_text("utf-8"))
        row["files"] = {name: (size, digest) for name, (size, digest) in row["files"].items()}
        manifest = Manifest(**row)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexUnreadable(
            f"{folder} has no readable manifest. Rebuild the index: kashaf index."
        ) from error
    if manifest.format != FORMAT or manifest.fields != fields_digest():
        raise IndexUnreadable(
            f"{folder} was built by another version of Kashaf. Rebuild the index: kashaf index."
        )
    return manifest


def damaged_files(folder: Path, manifest: Manifest, *, thorough: bool) -> list[str]:
    """Names of files that are missing, of another size or, if `thorough`, of another digest.
    Small files are digested always: Whoosh's table of contents is a pickle, and one that we did
    not write must never be read."""
    damaged = []
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            damaged.append(name)
            continue
        read = thorough or size < 1 << 16 or name.endswith(".toc")
        if read and _sha256(path) != digest:
            damaged.append(name)
    return damaged


def fields_digest() -> str:
    """A digest of the table of fields: another table is another index. Weights are not in it:
    they count at search time."""
    table = [(f.name, f.part, f.level) for f in POSTING_FIELDS]
    return hashlib.sha256(repr((table, FACET_FIELDS)).encode()).hexdigest()[:16]


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
