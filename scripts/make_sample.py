"""How is corpus/sample made from the texts and templates of scripts/sample?

    python scripts/make_sample.py [FOLDER]

writes the three looks of the sample archive: `news/` (a WordPress theme), `old/` (bare tables in
windows-1256) and `bilingual.warc.gz` (captures over time). The same sources give the same bytes:
no clock and no chance enters.
"""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from sample.captures import build_warc, stamp
from sample.folders import Saved, news_files, old_files

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"


def make_sample(folder: Path) -> None:
    """Writes the whole sample; what else lies in the folder is left alone."""
    write_folder(folder / "news", news_files())
    write_folder(folder / "old", old_files())
    (folder / "bilingual.warc.gz").write_bytes(build_warc())


def write_folder(folder: Path, files: Iterable[Saved]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["file", "url", "captured", "content_type"])
    for saved in files:
        (folder / saved.file).write_bytes(saved.content)
        rows.writerow([saved.file, saved.url, stamp(saved.captured), saved.content_type])
    (folder / "pages.csv").write_text(table.getvalue(), "utf-8", newline="")


if __name__ == "__main__":
    make_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
