"""What does a person see in the terminal, and what does a program?

Titles, texts and names come from pages that anybody may have written. Terminals obey some signs
instead of showing them, so none of these is ever printed.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from io import TextIOWrapper
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from indexer import Hit, Results, Rung, Variant, Why
from search_app.json_form import write_json
from search_app.labels import ISOLATES, labels
from search_app.reasons import Reason, read_reasons

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they turn the rest of the line around
_OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_OBEYED_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class _SafeConsole(Console):
    """Prints words, with our markup and without anything in them that commands a terminal."""

    def render_str(self, text: str, **options: Any) -> Text:
        text = _OBEYED.sub(lambda sign: f"\\x{ord(sign[0]):02x}", _TURNS.sub("", text))
        return super().render_str(text, **options)


console = _SafeConsole(highlight=False, soft_wrap=True, emoji=False)
errors = _SafeConsole(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def write_utf_8() -> None:
    """Output is UTF-8 whatever the locale says: no other encoding has the letters of an archive."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def counted(number: int, noun: str) -> str:
    """ "1 record", "2 records"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_json(value: object) -> None:
    """One JSON value (`json_form`). Nothing else is printed. What a terminal would obey is
    escaped; programs read the same text."""
    print(_OBEYED_IN_JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", write_json(value)))


def pace(done: float, total: float | None, speed: float | None, left: float | None) -> str:
    """How far work is, how fast, and how many seconds are left; what is not known is left out."""
    parts = [f"{done:,.0f}" + (f" of {total:,.0f}" if total is not None else "")]
    if speed:
        parts.append(f"{speed:,.0f} a second" if speed >= 10 else f"{speed:.1f} a second")
    if left is not None:
        parts.append(f"{timedelta(seconds=round(left))} left")
    return ", ".join(parts)


class _Pace(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        total = None if task.fields.get("guessed") else task.total
        return Text(pace(task.completed, total, speed, task.time_remaining))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error; none when that is not a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        _Pace(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as progress:
        yield progress


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
    console.print(f"[bold]{counted(results.total, 'record')}{folded}[/]")
    first = (results.query.page - 1) * results.query.size
    for number, hit in enumerate(results.hits, start=first + 1):
        _print_hit(number, hit)
    for name in ("actor", "location", "lang"):
        values = " · ".join(f"{v.label_en} {v.count}" for v in results.facets[name][:8])
        if values:
            console.print(f"[dim]{name}:[/] {escape(values)}")


def print_rungs(rungs: Sequence[Rung]) -> None:
    """For a search that found nothing, what else could be asked; the words of the search page."""
    say = labels("en")
    if rungs:
        console.print(f"{say.plain('none.try')}")
    for rung in rungs:
        how = ISOLATES.sub("", say.plain(f"rescue.{rung.kind}", q=rung.query.q))
        console.print(f"  {escape(how)} ({counted(rung.total, 'record')})")


def _print_hit(number: int, hit: Hit) -> None:
    day = hit.published.date().isoformat() if hit.published else "undated"
    day = f"about {day}" if hit.published_approximate else day
    console.print(f"\n[bold]{number}. {_marked(hit.title, hit.title_marks) or '(no title)'}[/]")
    console.print(f"   [dim]{day} · {hit.lang} · {escape(hit.source)} · {hit.id}[/]")
    for snippet in hit.snippets:
        console.print("   " + _marked(snippet.text.replace("\n", " "), snippet.marks))
    why = "; ".join(map(_told, read_reasons(hit.why)[:4]))
    if why:
        console.print(f"   [dim]{escape(why)}[/]")


def _told(reason: Reason) -> str:
    """The words of the search page. Terminals show the signs that isolate a name as boxes."""
    say = labels("en")
    what = say.plain(f"why.{reason.kind}", text=reason.text, query=reason.query)
    where = (say.plain(f"why.in-{field}", n=n) for field, n in reason.counts)
    return ISOLATES.sub("", " ".join([what, *where]))


def print_why(why: Why) -> None:
    """Whether a query finds a record, and which words of it decide."""
    console.print(f"The query {'finds' if why.found else 'does not find'} this record.")
    for part in why.missing:
        console.print(f"  not there: {escape(part)}")
    for part in why.unwanted:
        console.print(f"  there, and the query excludes it: {escape(part)}")
    for reason in read_reasons(why):
        console.print(f"  {escape(_told(reason))}")


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
