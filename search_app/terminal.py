"""What does a person see in the terminal, and what does a program?"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from corpus import ImportReport
from indexer import Hit, Match, Results, Variant
from search_app.json_form import write_json
from search_app.labels import ISOLATES, labels

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """One JSON value (`json_form`). Nothing else is printed."""
    print(write_json(value))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error; none when that is not a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as progress:
        yield progress


def print_import(report: ImportReport) -> None:
    """What became of the items of an import, and why some are not records."""
    console.print(
        f"Read {report.total} items: {report.imported} imported, {report.duplicate} duplicate, "
        f"{report.not_article} not an article, {report.quarantined} quarantined, "
        f"{report.skipped} skipped."
    )
    for reason, count in report.reasons:
        console.print(f"  {count:5d}  {escape(reason)}")


def print_results(results: Results) -> None:
    """The hits of one page, how the query was read, and the facets."""
    for reading in results.interpretation.readings:
        spellings = " · ".join(f"{v.text} ({v.records})" for v in reading.variants[:12])
        label = f" = {reading.label_en} · {reading.label_ar}" if reading.entity else ""
        tail = f": {spellings}" if spellings else ""
        console.print(f"[dim]{reading.kind}[/] {escape(reading.text + label + tail)}")
    for warning in results.warnings:
        console.print(f"[yellow]{escape(warning)}[/]")
    folded = f" ({results.captures} captures)" if results.captures != results.total else ""
    console.print(f"[bold]{results.total} records{folded}[/]")
    first = (results.query.page - 1) * results.query.size
    for number, hit in enumerate(results.hits, start=first + 1):
        _print_hit(number, hit)
    for name in ("actor", "location", "lang"):
        values = " · ".join(f"{v.label_en} {v.count}" for v in results.facets[name][:8])
        if values:
            console.print(f"[dim]{name}:[/] {escape(values)}")


def _print_hit(number: int, hit: Hit) -> None:
    day = hit.published.date().isoformat() if hit.published else "undated"
    console.print(f"\n[bold]{number}. {_marked(hit.title, hit.title_marks) or '(no title)'}[/]")
    console.print(f"   [dim]{day} · {hit.lang} · {escape(hit.source)} · {hit.id}[/]")
    for snippet in hit.snippets:
        console.print("   " + _marked(snippet.text.replace("\n", " "), snippet.marks))
    why = "; ".join(map(_reason, hit.why.matches[:4]))
    if why:
        console.print(f"   [dim]{escape(why)}[/]")


def _reason(match: Match) -> str:
    """The words of the search page. Terminals show the signs that isolate a name as boxes."""
    say = labels("en")
    what = say.plain(f"why.{match.kind}", text=match.text, query=match.query)
    return ISOLATES.sub("", f"{what} {say.plain(f'why.in-{match.field}', n=match.count)}")


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    parts, done = [], 0
    for start, end in marks:
        parts += [escape(text[done:start]), "[bold red]", escape(text[start:end]), "[/]"]
        done = end
    return "".join([*parts, escape(text[done:])])


def print_variants(variants: list[Variant]) -> None:
    """A table of spellings."""
    table = Table("spelling", "records", "kind", box=None)
    for variant in variants:
        table.add_row(variant.text, str(variant.records), variant.kind)
    console.print(table)


def print_pairs(pairs: Mapping[str, object]) -> None:
    """Names and values, one pair a line."""
    width = max(map(len, pairs))
    for name, value in pairs.items():
        console.print(f"{name:<{width}}  {escape(str(value))}")
