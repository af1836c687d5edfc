"""How does input become records?

Items are read one by one, pages are extracted in the sandbox, and what became of each item is
stored in its order, in batches that are stored whole or not at all. So an import that was cut off
at any moment goes on when it is started again, and ends with the same archive.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.extraction import EXTRACTOR
from corpus.readers import read_items
from corpus.sandbox import Sandbox
from corpus.store import Archive, Item, Verdict
from corpus.values import ImportProgress, ImportReport, Page

SAMPLE = Path(__file__).parent / "sample"


def import_pages(
    archive: Archive,
    paths: Iterable[str | Path],
    *,
    on_progress: Callable[[ImportProgress], None] | None = None,
    dry_run: bool = False,
    stop: Callable[[], bool] | None = None,
) -> ImportReport:
    """Import everything in files and folders; what `read_pages` reads.

    `on_progress` is told what is stored after each batch. `stop` is asked between items; once it
    says True, what was begun is finished and stored. A dry run does all but store. One import at a
    time: a second one gets ArchiveError. Raises UnreadableInput, and does nothing, when one of the
    paths cannot be read; what cannot be read inside them goes to quarantine.
    """
    named = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    items = read_items(*named)
    return import_items(
        archive,
        items if stop is None else _until(stop, items),
        Sandbox(),
        paths=[str(path) for path in named],
        on_progress=on_progress,
        dry_run=dry_run,
    )


def retry_quarantine(archive: Archive) -> ImportReport:
    """Extract once more what is in quarantine. What has no bytes there stays; import its file
    again."""
    return import_items(archive, archive.held(), Sandbox(), again=True)


def import_items(
    archive: Archive,
    items: Iterable[Item],
    sandbox: Sandbox,
    *,
    paths: Iterable[str] = (),
    on_progress: Callable[[ImportProgress], None] | None = None,
    dry_run: bool = False,
    again: bool = False,
) -> ImportReport:
    """Import items from anywhere. With `again`, pages are extracted even if it was done before."""

    def tell(report: ImportReport) -> None:
        if on_progress is not None:
            on_progress(ImportProgress(report.total, None, report.quarantined))

    with (
        sandbox,
        archive.run(paths, EXTRACTOR, on_stored=tell, rehearsal=dry_run) as run,
    ):

        def known(item: Item) -> Verdict | None:
            return None if again and isinstance(item, Page) else run.known(item)

        for item, answer in sandbox.answers(items, known):
            run.add(item, answer)
        return run.end()


def _until(stop: Callable[[], bool], items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if stop():
            return
        yield item
