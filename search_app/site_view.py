"""What do staff see of the profile of a site?"""

from collections.abc import Mapping, Sequence

from rich.markup import escape

from corpus import ImportReport, Shared, Site, SiteCuts, SiteStatus, Standing
from search_app.terminal import console, counted

_EVIDENCE = {"pages": "its pages", "twins": "exported posts"}
_LONGEST = 80
_ENOUGH = 10  # pages; an import learns no site that has fewer


def cut_lines(status: SiteStatus) -> int:
    """How many lines a profile cuts: those that nobody keeps."""
    return sum(not line.keep for line in status.site.lines)


def in_short(status: SiteStatus) -> dict[str, object]:
    """A line of the list, for programs."""
    return {
        "name": status.site.name,
        "pages": status.pages,
        "read": status.read,
        "evidence": status.site.evidence,
        "state": status.state,
        "confirmed": status.site.confirmed,
        "container": status.site.container,
        "lines_cut": cut_lines(status),
        "at": status.at,
        "run": status.run,
    }


def print_statuses(
    statuses: Sequence[SiteStatus], names: Mapping[str, int], *, everything: bool = False
) -> None:
    """The list of sites: those with a profile, then those without; of few pages they are only
    counted, or named too with `everything`."""
    known = {status.site.name for status in statuses}
    bare = {name: pages for name, pages in names.items() if name not in known}
    told = [name for name, pages in bare.items() if everything or pages >= _ENOUGH]
    width = max(map(len, ["site", *known, *told]))
    if known or told:
        console.print(f"[dim]{'site':<{width}}    pages  lines cut  evidence        state[/]")
    if not known:
        console.print("No site has a profile yet: an import learns each that has ten pages.")
    for status in statuses:
        waits = status.pages - status.read
        console.print(
            f"{escape(status.site.name):<{width}}  {status.pages:7,d}  {cut_lines(status):9,d}"
            f"  {_EVIDENCE[status.site.evidence]:<14}  {status.state}"
            + (f", {counted(waits, 'page')} not yet read with it" if waits else "")
        )
    for name in told:
        console.print(f"{escape(name):<{width}}  {bare[name]:7,d}  {'':9}  {'':14}  no profile")
    if rest := len(bare) - len(told):
        console.print(f"and {counted(rest, 'site')} with fewer than {_ENOUGH} pages (--all)")


def print_cuts(cuts: SiteCuts, *, everything: bool = False) -> None:
    """One profile and what it does: the lines that cost most words first. Those that cost none,
    because they stand in parts of the page that are no text anyway, only with `everything`."""
    site, status = cuts.status.site, cuts.status
    console.print(f"[bold]{escape(site.name)}[/]  {status.state} on {status.at.date()}")
    console.print(
        f"{counted(site.pages, 'page')} read to learn it, of {status.pages} here; "
        f"evidence: {_EVIDENCE[site.evidence]}"
    )
    trust = ", confirmed" if site.confirmed else ""
    console.print(f"The articles stand in: {escape(site.container or 'not known')}{trust}")
    console.print(
        f"From {cuts.cut} of {counted(cuts.records, 'record')}, {counted(cuts.words, 'word')} are "
        "cut with this reason; other rules may cut some of them without the profile too."
    )
    costly = sorted(cuts.lines, key=lambda cut: -cut.words)
    told = [cut for cut in costly if everything or cut.words or cut.line.keep]
    if told:
        console.print("\n[dim]  pages  records   words  line[/]")
    for cut in told:
        console.print(f"{cut.line.pages:7,d}  {cut.records:7,d}  {cut.words:6,d}  {_row(cut.line)}")
    if rest := len(cuts.lines) - len(told):
        console.print(f"{counted(rest, 'more line')} cost no words (--all shows them).")
    if site.values:
        console.print("\nNot believed where a page's head says it:")
    for value in site.values:
        console.print(f"{value.pages:7,d}  {_row(value)}")


def _row(shared: Shared) -> str:
    text = " ".join(shared.text.split())
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    kept = "[bold]kept:[/] " if shared.keep else ""
    example = f"  [dim]{escape(shared.example)}[/]" if shared.example else ""
    return f"{kept}{escape(short)}{example}"


def summary(site: Site) -> str:
    """One line about a profile."""
    kept = sum(line.keep for line in site.lines)
    return (
        f"{site.name}: {counted(len(site.lines) - kept, 'line')} cut"
        + (f", {kept} kept" if kept else "")
        + f"; the articles stand in: {site.container or 'not known'}"
        + (" (confirmed)" if site.confirmed else "")
    )


def print_standing(standing: Standing) -> None:
    """On how many of the pages that were looked at the container was found."""
    console.print(
        f"The container stands on {standing.found} of {counted(standing.pages, 'page')} looked at."
    )


def print_reading(report: ImportReport) -> None:
    """What came of reading pages again."""
    if not report.reread:
        console.print("No page had to be read again.")
        return
    console.print(
        f"{counted(report.reread, 'page')} read again; "
        f"{counted(report.corrected, 'record')} changed by it."
    )
    if report.corrected:
        console.print("Now build the index: kashaf index")
