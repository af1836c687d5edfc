"""What do staff see of an import, and of what it leaves to look at?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from rich.markup import escape

from corpus import Doubt, ImportProgress, ImportReport, Leak
from search_app import terminal
from search_app.terminal import console, counted

_SITES = 20  # lines of the table; --json has all
_REASONS = 20
_LEAKS = 40
_TITLE = 60  # characters of a title in a list
_LINE = 90  # and of a line of somebody's text

_OUTCOMES = {
    "new": "new",
    "changed": "changed",
    "duplicate": "known",
    "not_article": "not an article",
    "quarantined": "quarantined",
    "skipped": "skipped",
}
_STAGES = {"import": "Importing", "learn": "Learning", "reread": "Reading again"}


@contextmanager
def progress() -> Iterator[Callable[[ImportProgress], None]]:
    """A bar for an import, and what it wants to be told."""
    with terminal.progress_bar() as bar:
        task = bar.add_task(_STAGES["import"], total=None, note="")
        stage = "import"

        def show(now: ImportProgress) -> None:
            nonlocal stage, task
            if now.stage != stage:  # a bar that was full cannot be emptied
                bar.remove_task(task)
                stage, task = now.stage, bar.add_task(_STAGES[now.stage], total=None, note="")
            notes = [now.site] if now.site else []
            if now.part:
                notes.append(f"{now.part:.0%} of the input")
            if now.quarantined:
                notes.append(f"{counted(now.quarantined, 'error')} so far")
            bar.update(
                task,
                completed=now.done,
                total=now.done / now.part if now.part else now.total,
                guessed=now.part is not None,
                note=", ".join(notes),
            )

        yield show


def print_report(report: ImportReport, *, dry_run: bool = False) -> None:
    """What became of the items of an import, with a few of each, and why some are not records."""
    if dry_run:
        console.print("Dry run: this is what would happen. Nothing was stored.")
    _print_outcomes(report)
    if len(report.sites) > 1:
        _print_sites(report)
    _print_learning(report, dry_run)
    if report.quarantined and not dry_run:
        console.print("What is in quarantine, and why: kashaf quarantine")
    if not report.total and not report.reread:
        console.print("No file was found there.")
    elif dry_run:
        console.print("To import it, run the same without --dry-run.")


def _print_outcomes(report: ImportReport) -> None:
    counts = {
        "new": report.imported - report.changed,
        "changed": report.changed,
        "duplicate": report.duplicate,
        "not_article": report.not_article,
        "quarantined": report.quarantined,
        "skipped": report.skipped,
    }
    told = [f"{count:,d} {_OUTCOMES[name]}" for name, count in counts.items() if count]
    console.print(f"Read {counted(report.total, 'item')}{': ' * bool(told)}{', '.join(told)}.")
    for outcome, name in _OUTCOMES.items():
        if counts[outcome]:
            console.print(f"\n{name}: {counts[outcome]:,d}")
            _print_samples(report, outcome)
    if report.reasons:
        console.print("\nWhy items are no records:")
    for reason, count in report.reasons[:_REASONS]:
        console.print(f"{count:7,d}  {escape(reason)}")
    if len(report.reasons) > _REASONS:
        console.print(f"         and {len(report.reasons) - _REASONS} other reasons")


def _print_samples(report: ImportReport, outcome: str) -> None:
    """A few of the items of one outcome; of pages without an article, by their kind."""
    kinds = dict(report.kinds)
    samples = [item for item in report.samples if item.outcome == outcome]
    for kind, items in groupby(samples, key=lambda item: item.kind):
        if outcome == "not_article" and kind:
            console.print(f"  {kind}: {kinds[kind]:,d}")
        for item in items:
            where = f"{_short(item.title, _TITLE)} · " if item.title else ""
            console.print(f"    [dim]{where}{escape(item.where)}[/]")


def _short(text: str, most: int = _LINE) -> str:
    text = " ".join(text.split())
    return escape(text if len(text) <= most else text[: most - 1] + "…")


def _print_sites(report: ImportReport) -> None:
    """A line for each site, those of most pages first; `mended` are pages in another encoding than
    they say, or with broken letters."""
    rows = {
        site.name: (
            site.new,
            site.changed,
            site.duplicate,
            site.not_article,
            site.quarantined,
            site.repaired,
        )
        for site in report.sites
    }
    names = sorted(rows, key=lambda name: (-sum(rows[name][:5]), name))
    width = max(map(len, names[:_SITES]))
    heads = ("new", "changed", "known", "no article", "quarantined", "mended")
    console.print(f"\n[dim]{'site':<{width}}{''.join(f'  {head:>7}' for head in heads)}[/]")
    for name in names[:_SITES]:
        cells = (
            f"  {count or '·':>{max(7, len(head))}}"
            for head, count in zip(heads, rows[name], strict=True)
        )
        console.print(f"{escape(name):<{width}}{''.join(cells)}")
    if len(names) > _SITES:
        console.print(f"and {counted(len(names) - _SITES, 'more site')} (--json has them all)")
    if any(site.repaired for site in report.sites):
        console.print("[dim]mended: another encoding than the page says, or broken letters[/]")


def _print_learning(report: ImportReport, dry_run: bool) -> None:
    for name, why in report.unlearned:
        console.print(f"The profile of {escape(name)} was not learned: {escape(why)}")
    if report.learned or report.reread:
        console.print()
    if report.learned:
        names = ", ".join(report.learned[:5]) + (" …" if len(report.learned) > 5 else "")
        console.print(f"Learned what the pages share of {escape(names)}.")
    if report.reread:
        console.print(
            f"{counted(report.reread, 'page')} read again with that; "
            f"{counted(report.corrected, 'record')} changed by it."
        )
    if report.learned and not dry_run:
        console.print("What is cut from whose pages: kashaf sites")


def print_doubts(doubts: Sequence[Doubt]) -> None:
    """The review list."""
    console.print(f"{counted(len(doubts), 'record')} of doubtful text.")
    for doubt in doubts:
        console.print(f"\n{doubt.confidence:.2f}  {_short(doubt.title) or '(no title)'}")
        console.print(
            f"      [dim]{escape(doubt.url)}\n"
            f"      {doubt.record_id} · {escape(doubt.method)} · {counted(doubt.words, 'word')}[/]"
        )
        for reason in doubt.why:
            console.print(f"      {escape(reason)}")


def print_leak_line(leaks: Sequence[Leak]) -> None:
    """One line about the lines that may have come through, with the worst."""
    worst = max(leaks, key=lambda leak: leak.records)
    console.print(
        f"{counted(len(leaks), 'line')} of templates may be left in the texts, as in "
        f"{worst.records} of {worst.of} records of {escape(worst.site)}: "
        f"“{_short(worst.text, _TITLE)}”. All of them: kashaf leaks"
    )


def print_leaks(leaks: Sequence[Leak]) -> None:
    """The lines that may have come through, most frequent first."""
    console.print(f"{counted(len(leaks), 'line')} that may be a template's.")
    for leak in sorted(leaks, key=lambda leak: -leak.records)[:_LEAKS]:
        console.print(f"{leak.records:6,d} of {leak.of:,d}  {escape(leak.site)}  {leak.kind}")
        beside = f" (and {counted(len(leak.others), 'line')} beside it)" if leak.others else ""
        console.print(
            f"        {_short(leak.text)}{beside}\n        [dim]{escape(leak.example)}[/]"
        )
    if len(leaks) > _LEAKS:
        console.print(f"and {len(leaks) - _LEAKS} more (--json has them all)")
