"""Which span of time does a date mean, as a reader writes it?

Dates travel as ISO prefixes, as long as they are precise: "2014", "2014-06", "2014-06-30".
"""

import calendar
import re
from datetime import datetime

_PREFIX = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)


def read_date(text: str) -> str | None:
    """The ISO prefix of a date. None for what is no date, and for a month without a year."""
    found = _PREFIX.fullmatch(text.strip())
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part]
    prefix = "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])
    try:
        first_instant(prefix)
    except ValueError:
        return None
    return prefix


def first_instant(prefix: str) -> datetime:
    """The first second of a year, month or day. Raises ValueError for what is none of them."""
    year, month, day = _parts(prefix)
    return datetime(year, month or 1, day or 1)


def last_instant(prefix: str) -> datetime:
    """The last second of a year, month or day. Raises ValueError for what is none of them."""
    year, month, day = _parts(prefix)
    month = month or 12
    return datetime(year, month, day or calendar.monthrange(year, month)[1], 23, 59, 59)


def _parts(prefix: str) -> tuple[int, int | None, int | None]:
    found = _PREFIX.fullmatch(prefix)
    if found is None:
        raise ValueError(f"{prefix!r} is no date: write 2014, 2014-06 or 2014-06-30.")
    year, month, day = found.groups()
    return int(year), month and int(month), day and int(day)
