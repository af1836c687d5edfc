"""What can staff do from a shell?

The command `kashaf`. Exit code 0: done; 1: failed, with one line that says why; 2: wrong usage.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus import SAMPLE, Archive
from indexer import (
    BuildReport,
    IndexUnreadable,
    TableError,
    analyze,
    build_index,
    finished_generations,
    names,
    open_index,
    roll_back,
    verify_index,
)
from search_app import import_view, terminal
from search_app.archive_commands import (
    import_and_show,
    import_command,
    leaks_command,
    quarantine_command,
    review_command,
)
from search_app.endings import Commands, KashafError, stoppable
from search_app.gazetteer_commands import gazetteer_command
from search_app.serving import serve as run_server
from search_app.settings import Settings, SettingsError, read_settings
from search_app.site_commands import sites_command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--var",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the archive and its index (default: KASHAF_VAR, or var).",
)
@click.version_option(package_name="kashaf")
@click.pass_context
def main(context: click.Context, var: Path | None) -> None:
    """Kashaf: search a web archive in Arabic and English."""
    try:
        settings = read_settings()
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    context.obj = replace(settings, var=var) if var else settings


for command in (
    import_command,
    quarantine_command,
    review_command,
    leaks_command,
    sites_command,
    gazetteer_command,
):
    main.add_command(command)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def index(settings: Settings, as_json: bool) -> None:
    """Build the index anew, check it, and switch to it.

    It is built beside the old one, which answers until then and is kept.
    """
    with Archive(settings.var, readonly=True) as archive:
        report = _index(archive, settings)
    if as_json:
        terminal.print_json(report)
    else:
        terminal.console.print(
            f"Generation {report.generation} is in use: "
            f"{terminal.counted(report.documents, 'record')}."
        )


def _index(archive: Archive, settings: Settings) -> BuildReport:
    total = archive.counts()["records"]
    with terminal.progress_bar() as progress:
        task = progress.add_task("Indexing", total=total, note="")
        return build_index(
            archive.records(),
            settings.index,
            source=archive.digest(),
            gazetteer=names.Gazetteer.load(settings.gazetteer),
            on_progress=lambda done: progress.update(task, completed=done),
        )


Command = TypeVar("Command", bound=Callable[..., None])

_FILTERS = {
    "actor": "Only records that name this actor (id).",
    "location": "Only records that name this place (id).",
    "not-actor": "Only records that do not name this actor.",
    "not-location": "Only records that do not name this place.",
    "lang": "Only records in this language: ar, en.",
    "source": "Only records of this host.",
    "without": "Leave out this spelling of a name.",
}


def _filters(command: Command) -> Command:
    for name, text in reversed(_FILTERS.items()):
        command = click.option(f"--{name}", multiple=True, help=text)(command)
    return command


@main.command()
@click.argument("query", nargs=-1)
@_filters
@click.option("--since", help="Published in or after: 2014, 2014-06, 30/6/2015, آذار 2014.")
@click.option("--until", help="Published in or before.")
@click.option("--match", type=click.Choice(["all", "any"]), default="all", show_default=True)
@click.option("--spelling", type=click.Choice(["exact", "forms", "all"]), default="all")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(1, 1000), default=10)
@click.option("--json", "as_json", is_flag=True, help="The results as JSON.")
@click.pass_obj
def search(settings: Settings, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Search the archive: kashaf search Deir Ezzor airport."""
    with open_index(settings.index) as opened:
        results = opened.search(" ".join(query), **options)
        rungs = () if results.total or as_json else opened.ladder(results.query)
    if as_json:
        terminal.print_json(results)
    else:
        terminal.print_results(results)
        terminal.print_rungs(rungs)


@main.command()
@click.argument("record", metavar="ID")
@click.argument("query", nargs=-1, required=True)
@click.option("--spelling", type=click.Choice(["exact", "forms", "all"]), default="all")
@click.option("--json", "as_json", is_flag=True, help="The reasons as JSON.")
@click.pass_obj
def explain(
    settings: Settings, record: str, query: tuple[str, ...], spelling: Any, as_json: bool
) -> None:
    """Tell why a query finds a record, or why it does not.

    The id of a record stands below its title in what kashaf search prints. Put a query with a minus
    in quotation marks.
    """
    with open_index(settings.index) as opened:
        if opened.document(record) is None:
            raise KashafError(f"The index has no record {record}. For ids see: kashaf search")
        why = opened.explain(record, " ".join(query), spelling)
    if as_json:
        terminal.print_json(why)
    else:
        terminal.print_why(why)


@main.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The spellings as JSON.")
@click.pass_obj
def variants(settings: Settings, name: tuple[str, ...], as_json: bool) -> None:
    """List the spellings of a name in the archive, in both scripts."""
    with open_index(settings.index) as opened:
        found = opened.variants(" ".join(name))
    if as_json:
        terminal.print_json(found)
    elif found:
        terminal.print_variants(found)
    else:
        terminal.console.print("No table knows this name, and nothing in the archive is like it.")


@main.command("analyze")
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The tokens as JSON.")
def analyze_command(text: tuple[str, ...], as_json: bool) -> None:
    """Show the words of a text as the index sees them.

    In columns: position, as written, folded, stem, script.
    """
    tokens = analyze(" ".join(text))
    if as_json:
        terminal.print_json([token._asdict() for token in tokens])
        return
    for token in tokens:
        terminal.console.print(
            f"{token.position:3d}  {token.surface}  {token.text}  {token.stem}  {token.script}"
        )


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Tell what archive and index hold, and whether they agree."""
    with Archive(settings.var, readonly=True) as archive:
        state: dict[str, object] = {"folder": str(settings.var), **archive.counts()}
        digest = archive.digest()
    try:
        with open_index(settings.index) as opened:
            manifest = opened.manifest
            state |= {
                "generation": opened.generation,
                "built": manifest.built,
                "indexed": len(opened),
                "up to date": "yes"
                if (manifest.source, manifest.gazetteer) == (digest, _tables_version(settings))
                else "no: run kashaf index",
                "kept generations": ", ".join(finished_generations(settings.index)),
                "ICU": manifest.icu,
                "Whoosh": manifest.whoosh,
            }
            if opened.cautions:
                state["caution"] = " ".join(opened.cautions)
    except IndexUnreadable as error:
        state["generation"] = str(error)
    if as_json:
        terminal.print_json(state)
    else:
        terminal.print_pairs(state)


def _tables_version(settings: Settings) -> str:
    """The version of the tables that the next index would be built with; "" if they have faults."""
    try:
        return names.Gazetteer.load(settings.gazetteer).version
    except TableError:
        return ""


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The faults as JSON.")
@click.pass_obj
def verify(settings: Settings, as_json: bool) -> None:
    """Prove that archive and index are whole, and agree.

    Every byte is read: originals, records, index.
    """
    with Archive(settings.var, readonly=True) as archive:
        faults = archive.verify()
        try:
            # A damaged store cannot be held against its index.
            faults += verify_index(settings.index, None if faults else archive.records())
        except IndexUnreadable as error:
            faults.append(str(error))
        if as_json:
            terminal.print_json(faults)
        for fault in () if as_json else faults:
            terminal.console.print(fault, markup=False)
        if faults:
            raise KashafError(
                f"{terminal.counted(len(faults), 'fault')}. In the index: kashaf index builds it "
                "again. In the archive: put the last good copy in its place."
            )
        count = archive.counts()["records"]
    if not as_json:
        terminal.console.print(
            f"Whole: {terminal.counted(count, 'record')}, in the store and in the index."
        )


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The generation as JSON.")
@click.pass_obj
def rollback(settings: Settings, as_json: bool) -> None:
    """Go back to the index before the one in use."""
    name = roll_back(settings.index)
    if as_json:
        terminal.print_json({"generation": name})
    else:
        terminal.console.print(f"Generation {name} is in use again.")


@main.command()
@click.option("--host", help="The address to listen at (default: KASHAF_HOST, or 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port (default: KASHAF_PORT, or 8000)."
)
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve the search page."""
    _serve(settings, host, port)


def _serve(settings: Settings, host: str | None, port: int | None) -> None:
    run_server(
        replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    )


@main.command()
@click.option("--host", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port.")
@click.option("--no-serve", is_flag=True, help="Only import and index.")
@click.pass_obj
def demo(settings: Settings, host: str | None, port: int | None, no_serve: bool) -> None:
    """Import, index and serve the invented sample archive.

    It lies in a folder of its own, demo in the folder of the archive.
    """
    settings = replace(settings, var=settings.var / "demo")
    with Archive(settings.var) as archive:
        with stoppable() as stop:
            import_view.print_report(import_and_show(archive, (SAMPLE,), stop))
        report = _index(archive, settings)
    terminal.console.print(f"Indexed {terminal.counted(report.documents, 'record')}.")
    if not no_serve:
        _serve(settings, host, port)
