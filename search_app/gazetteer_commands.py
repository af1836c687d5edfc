"""What can staff do with the tables of actors and places from a shell?"""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.markup import escape

from corpus import Archive
from indexer import (
    Affected,
    TableChange,
    affected_records,
    names,
    open_index,
    ordinary_words,
    read_table_change,
    store_table,
)
from search_app import terminal
from search_app.endings import KashafError
from search_app.settings import Settings

SHOWN = 10  # titles


@click.group("gazetteer")
def gazetteer_command() -> None:
    """Check the tables of actors and places, and import others.

    Your own tables lie in the folder gazetteer of the archive, as CSV, and can be edited there.
    """


@gazetteer_command.command()
@click.option("--json", "as_json", is_flag=True, help="The faults as JSON.")
@click.pass_obj
def check(settings: Settings, as_json: bool) -> None:
    """List the faults of all tables, each with file and row.

    A name of two things, an unknown larger place, an ordinary word as a name, a missing label.
    Where there is an index, also names that the archive mostly writes with a small letter.
    """
    own = names.own_tables(settings.gazetteer)
    faults = names.check_tables(own)
    if not faults and (settings.index / "current").exists():
        ordinary = ordinary_words(settings.index, names.Gazetteer.of(own))
        faults = names.check_tables(own, ordinary)
    if as_json:
        terminal.print_json(faults)
    for fault in () if as_json else faults:
        terminal.console.print(fault, markup=False)
    if faults:
        raise KashafError(f"{terminal.counted(len(faults), 'fault')} in the tables.")
    if not as_json:
        terminal.console.print("The tables hold together.")


@gazetteer_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Store it without asking.")
@click.pass_obj
def import_command(settings: Settings, file: Path, yes: bool) -> None:
    """Import a table: first what it would change is shown.

    FILE has the columns of the tables here, or is a CSV of p-codes of OCHA, a dump of GeoNames, or
    an export of Wikidata. Rows that cannot be used are told and skipped.
    """
    change = read_table_change(file, settings.gazetteer)
    _print_change(change)
    if not change.text:
        terminal.console.print("Nothing in it is new; nothing was stored.")
        return
    _print_affected(_affected(settings, change))
    if not yes:
        click.confirm("Store it?", abort=True)
    path = store_table(change, settings.gazetteer)
    terminal.console.print(f"Stored in {path}. Now build the index: kashaf index", markup=False)


@gazetteer_command.command()
@click.argument("file_or_id")
@click.option("--json", "as_json", is_flag=True, help="The records as JSON.")
@click.pass_obj
def pages(settings: Settings, file_or_id: str, as_json: bool) -> None:
    """List the records that a table would change, or that name an actor or a place.

    FILE_OR_ID is a table that could be imported, or the id of an actor or a place.
    """
    if Path(file_or_id).is_file():
        change = read_table_change(Path(file_or_id), settings.gazetteer)
        affected = _affected(settings, change)
        if as_json:
            terminal.print_json(affected)
        else:
            _print_affected(affected)
        return
    with open_index(settings.index) as opened:
        entity = opened.entity(file_or_id)
        if entity is None:
            raise KashafError(
                f"{file_or_id} is neither a file nor the id of an actor or a place. The ids stand "
                "in the links of the search page."
            )
        chosen = {entity.facet: entity.id}
        results = opened.search(size=1000 if as_json else SHOWN, sort="newest", **chosen)  # type: ignore[arg-type]
    if as_json:
        terminal.print_json([{"id": hit.id, "title": hit.title} for hit in results])
        return
    label = f"{entity.label_en} · {entity.label_ar}"
    verb = "names" if results.total == 1 else "name"
    terminal.console.print(escape(f"{terminal.counted(results.total, 'record')} {verb} {label}."))
    _print_titles([(hit.title, "") for hit in results], results.total)


def _affected(settings: Settings, change: TableChange) -> list[Affected]:
    """The records of the archive that the table would change; none where there is no archive."""
    if not (settings.var / "archive.sqlite").exists():
        return []
    with Archive(settings.var, readonly=True) as archive, terminal.progress_bar() as progress:
        task = progress.add_task("Reading", total=archive.counts()["records"], note="")

        def told() -> Iterator[Affected | None]:
            for each in affected_records(archive.records(), change.before, change.after):
                progress.advance(task)
                yield each

        return [each for each in told() if each is not None]


def _print_change(change: TableChange) -> None:
    for line in (*change.skipped, *change.conflicts):
        terminal.console.print(line, markup=False)
    told = [
        terminal.counted(change.added, "row"),
        f"{change.known} known already",
        f"{len(change.skipped)} skipped",
        terminal.counted(len(change.conflicts), "conflict"),
    ]
    terminal.console.print(", ".join(told))


def _print_affected(affected: list[Affected]) -> None:
    terminal.console.print(f"{terminal.counted(len(affected), 'record')} would change.")
    _print_titles([(each.title, _difference(each)) for each in affected[:SHOWN]], len(affected))


def _difference(affected: Affected) -> str:
    return " ".join((*(f"+{e}" for e in affected.gained), *(f"-{e}" for e in affected.lost)))


def _print_titles(titles: list[tuple[str, str]], total: int) -> None:
    for title, note in titles:
        terminal.console.print(f"  {escape(title or '(no title)')} [dim]{escape(note)}[/]")
    if total > len(titles):
        terminal.console.print(f"  … and {total - len(titles)} more")
