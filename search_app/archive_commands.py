"""How do pages come into the archive, and what should staff look at afterwards?"""

import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from corpus import (
    Archive,
    ImportedItem,
    ImportReport,
    Leak,
    find_leaks,
    import_pages,
    retry_quarantine,
    review,
)
from search_app import import_view, terminal
from search_app.endings import KashafError, stoppable
from search_app.settings import Settings


@contextmanager
def _archive_to_import(var: Path, dry_run: bool) -> Iterator[Archive]:
    """The archive; for a dry run where there is none yet, an empty one that is thrown away."""
    if dry_run and not (var / "archive.sqlite").exists():
        with tempfile.TemporaryDirectory() as folder, Archive(folder) as archive:
            yield archive
    else:
        with Archive(var) as archive:
            yield archive


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would happen; store nothing.")
@click.option(
    "--items",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write what became of each item, and why, as a line of JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def import_command(
    settings: Settings, paths: tuple[Path, ...], dry_run: bool, items: Path | None, as_json: bool
) -> None:
    """Import pages from folders, web archives and exports.

    Folders of HTML, WARC, WACZ and ARC files, WordPress exports (XML or JSON). What was imported
    before is not done again. A page that cannot be read goes to quarantine with its reason, and the
    import goes on. It can be stopped and started again at any time.
    """
    with stoppable() as stop, _archive_to_import(settings.var, dry_run) as archive:
        with _item_writer(items) as write:
            report = import_and_show(archive, paths, stop, dry_run=dry_run, on_item=write)
        if as_json:
            terminal.print_json(report)
            return
        import_view.print_report(report, dry_run=dry_run)
        if not dry_run and not stop.is_set():
            print_next_steps(archive, report)


@contextmanager
def _item_writer(path: Path | None) -> Iterator[Callable[[ImportedItem], None] | None]:
    if path is None:
        yield None
        return
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:

        def write(item: ImportedItem) -> None:
            file.write(json.dumps(asdict(item), ensure_ascii=False, default=str) + "\n")

        yield write


def import_and_show(
    archive: Archive,
    paths: tuple[Path, ...],
    stop: threading.Event,
    *,
    dry_run: bool = False,
    on_item: Callable[[ImportedItem], None] | None = None,
) -> ImportReport:
    """Import, with a bar that tells how far it is."""
    with import_view.progress() as show:
        return import_pages(
            archive,
            paths,
            on_progress=show,
            on_item=on_item,
            dry_run=dry_run,
            stop=stop.is_set,
        )


def print_next_steps(archive: Archive, report: ImportReport) -> None:
    """What is worth a look before the index is built, and how it is built."""
    if not (report.imported or report.corrected):
        return
    if doubts := review(archive):
        terminal.console.print(
            f"{terminal.counted(len(doubts), 'record')} of doubtful text: kashaf review"
        )
    touched = [site.name for site in report.sites if site.new or site.changed]
    if leaks := [leak for name in touched for leak in find_leaks(archive, name)]:
        import_view.print_leak_line(leaks)
    terminal.console.print("Now build the index: kashaf index")


@click.command("quarantine")
@click.option("--retry", is_flag=True, help="Try the quarantined pages again.")
@click.option(
    "--release",
    type=click.IntRange(1, 2**63 - 1),
    help="Forget the item of this number.",
    metavar="ID",
)
@click.option("--json", "as_json", is_flag=True, help="The list, or the report, as JSON.")
@click.pass_obj
def quarantine_command(settings: Settings, retry: bool, release: int | None, as_json: bool) -> None:
    """List what could not be imported, and why; or try it again.

    What is released goes from the list, and its bytes from the archive; the next import that meets
    it tries it afresh. With --json the list that is left is printed.
    """
    if retry and release is not None:
        raise click.UsageError("Use --retry or --release, one at a time.")
    with Archive(settings.var, readonly=True) as archive:  # only an import makes one
        held = archive.quarantine()
    if retry and not held:
        raise KashafError("Nothing is in quarantine.")
    if retry:
        with Archive(settings.var) as archive:
            report = retry_quarantine(archive)
        (terminal.print_json if as_json else import_view.print_report)(report)
        return
    if release is not None:
        with Archive(settings.var) as archive:
            archive.release(release)
            held = archive.quarantine()
    if as_json:
        terminal.print_json(held)
        return
    if release is not None:
        terminal.console.print(f"Number {release} is released.")
    terminal.console.print(f"{len(held)} in quarantine.")
    for item in held:
        terminal.console.print(f"{item.id:5d}  {item.where}: {item.reason}", markup=False)


@click.command("review")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
@click.pass_obj
def review_command(settings: Settings, as_json: bool) -> None:
    """List records whose text may be wrong, and why.

    Those that extraction is least sure of come first.
    """
    with Archive(settings.var, readonly=True) as archive:
        doubts = review(archive)
    if as_json:
        terminal.print_json(doubts)
    else:
        import_view.print_doubts(doubts)


@click.command("leaks")
@click.argument("sites", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
@click.pass_obj
def leaks_command(settings: Settings, sites: tuple[str, ...], as_json: bool) -> None:
    """List lines in the texts that are probably a template's.

    Headings like "Related Posts" or "اترك تعليقا", and lines that stand in more than 2 % of a
    site's records. All sites, or those that are named.
    """
    leaks: list[Leak] = []
    with Archive(settings.var, readonly=True) as archive:
        known = archive.site_names()
        for name in sites or known:
            if name not in known:
                raise KashafError(f"The archive has no pages of a site {name}. See: kashaf sites")
            leaks += find_leaks(archive, name)
    if as_json:
        terminal.print_json(leaks)
    else:
        import_view.print_leaks(leaks)
