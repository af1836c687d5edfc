"""When were the records published that match, and how many exist from then at all?

A bar for each year, or for each month where the reader looks at three years or fewer. Gaps are
bars too: nothing archived must look different from nothing found.
"""

from dataclasses import dataclass
from typing import Literal

from indexer import Results
from search_app.links import Links

MOST_YEARS_BY_MONTH = 3
MOST_YEARS_FILLED = 60  # beyond that, one stray date would stretch the strip: only years that exist
HEIGHT = 100
LEAST = 3  # of HEIGHT: a single record is still seen


@dataclass(frozen=True, slots=True)
class StripBar:
    """One year or month. Heights are parts of 100."""

    period: str  # "2014" or "2014-06"
    count: int
    archived: int
    count_height: int
    archived_height: int
    selected: bool
    link: str | None  # None where there is nothing to find
    begins_year: bool = True


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars in the order of time."""

    unit: Literal["year", "month"]
    bars: tuple[StripBar, ...]
    of_the_year: int = 0  # records dated by the year alone: in no month's bar, found in each month


def make_strip(results: Results, years: dict[str, int], links: Links) -> Strip | None:
    """The strip of an answer; None if no record of the archive has a date. `years` tells how many
    records exist from each year."""
    query = results.query
    since, until = query.since or "", query.until or ""
    known = sorted(years)
    if not known:
        return None
    found = {value.id: value.count for value in results.facets["year"]}
    first = since[:4] or known[0]
    last = until[:4] or known[-1]
    # Below zero where the chosen dates meet nothing: then the years show where the records are.
    if 0 <= int(last) - int(first) < MOST_YEARS_BY_MONTH:
        bars = {bar.month: (bar.count, bar.archived) for bar in results.histogram}
        span = range(int(first), int(last) + 1)
        periods = [f"{year:04d}-{month:02d}" for year in span for month in range(1, 13)]
        counted = {period: bars.get(period, (0, 0)) for period in periods}
        in_years = sum(found.get(f"{year:04d}", 0) for year in span)
        of_the_year = in_years - sum(count for count, _ in counted.values())
        return Strip("month", _bars(counted, since, until, links), of_the_year)
    names = known
    if int(known[-1]) - int(known[0]) <= MOST_YEARS_FILLED:
        names = [f"{year:04d}" for year in range(int(known[0]), int(known[-1]) + 1)]
    counted = {year: (found.get(year, 0), years.get(year, 0)) for year in names}
    return Strip("year", _bars(counted, since, until, links))


def _bars(
    counted: dict[str, tuple[int, int]], since: str, until: str, links: Links
) -> tuple[StripBar, ...]:
    most = max((archived for _, archived in counted.values()), default=0)
    return tuple(
        StripBar(
            period,
            count,
            archived,
            _height(count, most),
            _height(archived, most),
            selected=bool(since or until) and _lies_within(period, since, until),
            link=links.search(since=period, until=period) if count else None,
            begins_year=len(period) == 4 or period.endswith("-01"),
        )
        for period, (count, archived) in counted.items()
    )


def _height(number: int, most: int) -> int:
    return max(LEAST, round(number / most * HEIGHT)) if number and most else 0


def _lies_within(period: str, since: str, until: str) -> bool:
    """Does the period meet the chosen dates? ISO prefixes compare as far as the shorter goes."""
    return (not since or period >= since[: len(period)]) and (
        not until or period[: len(until)] <= until
    )
