"""What do the pages of each site share, and is that right?

Imports learn profiles; here people look at them and change them, and the pages are read again.
"""

from dataclasses import replace
from typing import IO

import click

from corpus import (
    Archive,
    Site,
    SiteStatus,
    find_standing,
    read_again,
    read_cuts,
    relearn_site,
    site_from_toml,
    site_to_toml,
)
from search_app import import_view, site_view, terminal
from search_app.endings import KashafError, stoppable
from search_app.settings import Settings


@click.group("sites", invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Also each site of few pages.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
@click.pass_context
def sites_command(context: click.Context, everything: bool, as_json: bool) -> None:
    """List sites and what their pages share; show, learn or change it.

    Without a command: the sites whose pages were learned from, with their pages, where the
    knowledge comes from, its state, and the lines that are cut from their texts.
    """
    if context.invoked_subcommand is not None:
        if as_json or everything:
            raise click.UsageError("Write --json and --all behind the command.")
        return
    with _looked_at(context.obj) as archive:
        statuses, names = archive.site_statuses(), archive.site_names()
    if as_json:
        terminal.print_json([site_view.in_short(status) for status in statuses])
    else:
        site_view.print_statuses(statuses, names, everything=everything)


def _looked_at(settings: Settings) -> Archive:
    return Archive(settings.var, readonly=True)


def _status(archive: Archive, name: str) -> SiteStatus:
    for status in archive.site_statuses():
        if status.site.name == name:
            return status
    raise KashafError(f"No profile has the name {name}. See: kashaf sites")


@sites_command.command()
@click.argument("name")
@click.option("--all", "everything", is_flag=True, help="Also the lines that cost no words.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def show(settings: Settings, name: str, everything: bool, as_json: bool) -> None:
    """Show a profile, and what it cuts.

    For each line: on how many of the pages that taught it, from how many records it is cut now, and
    how many words that is. Other rules may cut some of them without the profile too.
    """
    with _looked_at(settings) as archive:
        cuts = read_cuts(archive, _status(archive, name))
    if as_json:
        terminal.print_json(cuts)
    else:
        site_view.print_cuts(cuts, everything=everything)


@sites_command.command()
@click.argument("name")
@click.pass_obj
def learn(settings: Settings, name: str) -> None:
    """Learn a profile anew, also over yours.

    The pages concerned are read with it at once.
    """
    _looked_at(settings).close()  # only an import makes an archive
    with Archive(settings.var) as archive:
        site = relearn_site(archive, name)
        terminal.console.print(site_view.summary(site), markup=False)
        _read_again(archive)


@sites_command.command()
@click.argument("name")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True))
@click.pass_obj
def save(settings: Settings, name: str, file: IO[str]) -> None:
    """Write a profile to a file, for you to change.

    `keep = true` leaves a line in the texts; a row that you take out is no longer cut, and one that
    you write is. Read it back with: kashaf sites load FILE
    """
    with _looked_at(settings) as archive:
        text = site_to_toml(_status(archive, name).site)
    file.write(text)


@sites_command.command()
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def load(settings: Settings, file: IO[bytes]) -> None:
    """Take a profile that you changed from a file.

    The pages concerned are read with it at once. No import learns that site again. It is told on
    how many of the pages the container stands.
    """
    try:
        site = site_from_toml(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise KashafError("The profile is not UTF-8: save it as UTF-8.") from error
    with _looked_at(settings) as archive:  # only an import makes an archive
        if _stands_nowhere(archive, site):
            terminal.errors.print(
                f"Warning: the container stands on no page of {site.name}: {site.container}. The "
                "profile is stored as not confirmed; correct the file and load it again.",
                markup=False,
            )
            site = replace(site, confirmed=False)
    _put(settings, site, known=False)


@sites_command.command()
@click.argument("name")
@click.pass_obj
def confirm(settings: Settings, name: str) -> None:
    """Say that a profile is right.

    From now on its container alone decides where the articles stand, which is also faster, and no
    import learns the site again. A container that stands on none of the site's pages is refused.
    """
    with _looked_at(settings) as archive:
        site = replace(_status(archive, name).site, confirmed=True)
        if _stands_nowhere(archive, site):
            raise KashafError(
                f"The container stands on no page of {name}: {site.container}. Correct it (kashaf "
                f"sites save, load) or learn the site anew: kashaf sites learn {name}"
            )
    _put(settings, site)


@sites_command.command()
@click.argument("name")
@click.pass_obj
def forget(settings: Settings, name: str) -> None:
    """Forget a profile.

    Its pages are read without one. The next import learns it anew.
    """
    with _looked_at(settings) as archive:
        _status(archive, name)
    with Archive(settings.var) as archive:
        archive.forget_site(name)
        terminal.console.print(f"The profile of {name} is forgotten.", markup=False)
        _read_again(archive)


def _stands_nowhere(archive: Archive, site: Site) -> bool:
    """Tells on how many pages the container stands; whether it is on none, though there are pages
    to look at."""
    if site.container is None or not (standing := find_standing(archive, site)).pages:
        return False
    if standing.found:
        site_view.print_standing(standing)
    return not standing.found


def _put(settings: Settings, site: Site, *, known: bool = True) -> None:
    with Archive(settings.var) as archive:
        archive.put_site(site, "confirmed" if site.confirmed else "edited")
        terminal.console.print(site_view.summary(site), markup=False)
        if not known and site.name not in archive.site_names():
            terminal.console.print(f"The archive has no pages of {site.name} yet.", markup=False)
        _read_again(archive)


def _read_again(archive: Archive) -> None:
    with stoppable() as stop, import_view.progress() as show_progress:
        report = read_again(archive, on_progress=show_progress, stop=stop.is_set)
    site_view.print_reading(report)
