"""How does input become records?

Items are read one by one, pages are extracted in the sandbox, and what became of each item is
stored in its order, in batches that are stored whole or not at all. At the end the profiles of
sites are learned from what is stored, and the pages that were read with another profile are read
again. What is to be done is found in the archive itself: so an import that was cut off at any
moment goes on when it is started again, and ends with the same archive.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import ArchiveError
from corpus.extraction import EXTRACTOR, Site, Standing
from corpus.readers import InputReading, read_items
from corpus.sandbox import Sandbox
from corpus.store import Archive, Item, Run, Verdict
from corpus.values import ImportedItem, ImportProgress, ImportReport, Page, Stage

SAMPLE = Path(__file__).parent / "sample"

Stop = Callable[[], bool]
OnProgress = Callable[[ImportProgress], None]


def import_pages(
    archive: Archive,
    paths: Iterable[str | Path],
    *,
    on_progress: OnProgress | None = None,
    on_item: Callable[[ImportedItem], None] | None = None,
    dry_run: bool = False,
    stop: Stop | None = None,
) -> ImportReport:
    """Import everything in files and folders; what `read_pages` reads.

    `on_progress` is told what is stored after each batch, `on_item` what became of each item and
    why. `stop` is asked between items; once it says True, what was begun is finished and stored. A
    dry run does all of it in a transaction that is rolled back. One import at a time: a second one
    gets ArchiveError. Raises UnreadableInput, and does nothing, when one of the paths cannot be
    read; what cannot be read inside them goes to quarantine.
    """
    named = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    reading = InputReading(named if on_progress else [])
    return import_items(
        archive,
        read_items(*named, reading=reading),
        Sandbox(),
        paths=[str(path) for path in named],
        reading=reading,
        on_progress=on_progress,
        on_item=on_item,
        dry_run=dry_run,
        stop=stop,
    )


def retry_quarantine(archive: Archive) -> ImportReport:
    """Extract once more what is in quarantine. What has no bytes there stays; import its file
    again."""
    return import_items(archive, archive.held(), Sandbox(), again=True)


def read_again(
    archive: Archive, *, on_progress: OnProgress | None = None, stop: Stop | None = None
) -> ImportReport:
    """Read the stored pages again whose site has another profile now: after `put_site` or
    `forget_site`. No site is learned."""
    return import_items(archive, (), Sandbox(), again=True, on_progress=on_progress, stop=stop)


def relearn_site(archive: Archive, name: str) -> Site:
    """Learn a site's profile anew from its stored pages, in the place of whatever there is.
    ArchiveError if it has no pages here, or too little of them can be read."""
    with Sandbox() as sandbox, archive.run([], EXTRACTOR) as run:
        sample = list(run.sample(name))
        if not sample:
            raise ArchiveError(f"The archive has no pages of a site {name}. See: kashaf sites")
        site = sandbox.learn(name, sample)
        if isinstance(site, str):
            raise ArchiveError(f"The profile of {name} was not learned: {site}.")
        run.put_site(name, site)
        run.end()
        return site


def find_standing(archive: Archive, site: Site) -> Standing:
    """On how many of a site's stored pages its container stands; at most those are looked at that
    learning reads, none where the archive has none. ArchiveError if it cannot be found out."""
    with Sandbox() as sandbox:
        told = sandbox.count_standing(site, archive.sample(site.name))
        if isinstance(told, str):
            raise ArchiveError(f"The container of {site.name} was not looked for: {told}.")
        return told


def import_items(
    archive: Archive,
    items: Iterable[Item],
    sandbox: Sandbox,
    *,
    paths: Iterable[str] = (),
    reading: InputReading | None = None,
    on_progress: OnProgress | None = None,
    on_item: Callable[[ImportedItem], None] | None = None,
    dry_run: bool = False,
    again: bool = False,
    stop: Stop | None = None,
) -> ImportReport:
    """Import items from anywhere. With `again`, pages are extracted even if it was done before,
    and no site is learned."""
    reading = reading or InputReading([])
    asked = _Asked(stop)
    teller = _Teller(on_progress, reading)
    with (
        sandbox,
        archive.run(
            paths, EXTRACTOR, on_stored=teller.tell, on_item=on_item, rehearsal=dry_run
        ) as run,
    ):

        def known(item: Item) -> Verdict | None:
            return None if again and isinstance(item, Page) else run.known(item)

        for item, answer in sandbox.answers(asked.until(items), known, run.profile):
            run.add(item, answer)
        run.store()
        if not again:
            _learn_sites(run, sandbox, asked, teller)
        _read_outdated(run, sandbox, asked, teller)
        return run.end(() if asked.stopped else reading.files)


class _Asked:
    """Whether to stop: asked between items, and never again after a yes."""

    def __init__(self, stop: Stop | None) -> None:
        self._stop = stop
        self.stopped = False

    def until(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.stopped = self.stopped or (self._stop is not None and self._stop())
            if self.stopped:
                return
            yield item


class _Teller:
    """Tells how far an import is, in each of its stages."""

    def __init__(self, on_progress: OnProgress | None, reading: InputReading) -> None:
        self._on_progress = on_progress
        self._reading = reading
        self._now = ImportProgress(0, None, 0)

    def begin(self, stage: Stage, site: str = "", total: int | None = None) -> None:
        self._now = replace(self._now, done=0, total=total, part=None, stage=stage, site=site)
        self._say()

    def tell(self, report: ImportReport) -> None:
        """What a batch changed."""
        now = replace(self._now, done=report.total, quarantined=report.quarantined)
        if now.stage == "import":
            self._now = replace(now, part=self._reading.part)
        else:
            self._now = replace(now, done=report.reread)
        self._say()

    def _say(self) -> None:
        if self._on_progress is not None:
            self._on_progress(self._now)


def _learn_sites(run: Run, sandbox: Sandbox, asked: _Asked, teller: _Teller) -> None:
    for name in asked.until(run.unlearned()):
        teller.begin("learn", name)
        run.put_site(name, sandbox.learn(name, run.sample(name)))


def _read_outdated(run: Run, sandbox: Sandbox, asked: _Asked, teller: _Teller) -> None:
    outdated = [] if asked.stopped else run.outdated()
    if outdated:
        teller.begin("reread", total=len(outdated))
    pages = asked.until(run.pages(outdated))
    for page, answer in sandbox.answers(pages, lambda page: None, run.profile):
        run.add(page, answer, again=True)
