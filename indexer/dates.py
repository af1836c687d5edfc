"""Which span of time does a date mean, as a reader writes it?

Dates travel as ISO prefixes, as long as they are precise: "2014", "2014-06", "2014-06-30".
"""

import calendar
import re
from datetime import datetime

import corpus

_PREFIX = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)
_FORMS = {"year": "{:%Y}", "month": "{:%Y-%m}", "day": "{:%Y-%m-%d}", "minute": "{:%Y-%m-%d}"}


def read_date(text: str) -> str | None:
    """The ISO prefix of a date as people write it: "آذار 2014" -> "2014-03", "٢٠١٤" -> "2014",
    "30/6/2014" -> "2014-06-30". None for what is no date, and for a month without a year."""
    text = text.strip()
    if _PREFIX.fullmatch(text) is None:
        written = corpus.read_date(text)
        return None if written is None else _FORMS[written.precision].format(written.moment)
    try:
        first_instant(text)
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in text.split("-"))


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
    """Year, month and day, as far as they are given."""
    found = _PREFIX.fullmatch(prefix)
    if found is None:
        raise ValueError(f"{prefix!r} is no date: write 2014, 2014-06 or 2014-06-30.")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # the expression has no match without a year
    return year, month, day
