"""Which Gregorian day is a day of the Hijri or of the Persian calendar?

Hijri days are those of the Umm al-Qura calendar, by which Saudi Arabia dates and which most
programs print: the table hijri.csv, from the month starts of Unicode's ICU (`islamic-umalqura`,
after R. H. van Gent, "The Umm al-Qura calendar of Saudi Arabia"). A country that waits for the moon
to be seen may be a day earlier or later. The Persian calendar is exact.
"""

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

HIJRI_YEARS = range(1356, 1501)
PERSIAN_YEARS = range(1343, 1473)  # in which a leap year follows from the cycle of 33
_NOWRUZ = date(2014, 3, 21)  # of 1393
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri one; None where there is no such day or no table."""
    months = _months().get(year, ())
    if not 1 <= month <= len(months):
        return None
    first, length = months[month - 1]
    return first + timedelta(days=day - 1) if 1 <= day <= length else None


def persian_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Persian (solar Hijri) one; None where there is no such day."""
    if year not in PERSIAN_YEARS or not 1 <= month <= 12:
        return None
    length = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if not 1 <= day <= length:
        return None
    leaps = sum(map(_is_leap, range(1393, year))) - sum(map(_is_leap, range(year, 1393)))
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _NOWRUZ + timedelta(days=365 * (year - 1393) + leaps + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP


@cache
def _months() -> dict[int, list[tuple[date, int]]]:
    """year -> (first day, days) of its months; from corpus/extraction/hijri.csv."""
    table: dict[int, list[tuple[date, int]]] = {}
    text = (files("corpus.extraction") / "hijri.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        first = date.fromisoformat(row["first_day"])
        for is_long in row["long_months"]:
            length = 29 + int(is_long)
            table.setdefault(int(row["year"]), []).append((first, length))
            first += timedelta(days=length)
    return table
