"""Which moment does a written date name?

Dates as people write them in Arabic and English: every country's month names, either digits, either
order of the parts, times, relative dates, and the Hijri calendar. A date is read whole or not at
all: words left over beside it, two dates that differ, or a day that does not exist give None,
because a wrong date is worse than none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from corpus.extraction.datewords import Words, load_words
from corpus.extraction.spelling import fold
from corpus.values import Precision

YEARS = range(1800, 2101)
HIJRI_YEARS = range(1250, 1501)
LONGEST = 150  # characters; a longer text is no date


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """The first instant of what was written, and how much was written: "آذار 2014" is
    2014-03-01, "month". Time zone aware only when the writing tells the zone, or when it is
    relative to the capture. `approximate`: relative, Hijri, vague or with a year of two digits."""

    moment: datetime
    precision: Precision
    approximate: bool = False


def read_date(text: str, captured: datetime | None = None) -> WrittenDate | None:
    """The date that `text` is, or None when it is no date, two dates or not a sure one.

    Day comes before month where both could be. `captured` is needed for relative dates.
    """
    words = load_words()
    plain = words.mark_months(fold(text)) if len(text) <= LONGEST else None
    if plain is None:
        return None
    if captured is not None and (relative := _read_relative(plain, captured, words)) is not None:
        return relative
    clock = words.clock.search(plain)
    plain = _without(plain, clock)
    matches, plain = _take_dates(plain)
    vague = words.vague.search(plain)
    weekday = words.weekday(plain)
    if not matches or re.search(r"\w", words.beside.sub(" ", plain)):
        return None
    dates = {_date_of(match, weekday) for match in matches}
    exact = {each for each in dates if each and not each.approximate} or dates
    only = exact.pop() if len(exact) == 1 and None not in dates else None
    if only is None:
        return None
    if vague:
        only = WrittenDate(only.moment, only.precision, approximate=True)
    return _at(only, clock) if clock else only


def find_date(text: str, captured: datetime | None = None) -> tuple[WrittenDate, str] | None:
    """The first date with a day that stands in `text` among other words, and its writing."""
    words = text.split()
    for year in (i for i, word in enumerate(words) if re.search(r"\d{4}", word)):
        for start in range(max(0, year - 6), year + 1):
            for end in range(min(len(words), year + 4), year, -1):
                written = " ".join(words[start:end])
                found = read_date(written, captured)
                if found is not None and found.precision in ("day", "minute"):
                    return found, written
    return None


_DAY = r"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th)?(?!\d)"
_NAME = "(?P<name>[\ue001-\ue00c\ue101-\ue10c])"
_CALENDAR = r"(?!\d)(?:\s?(?P<hijri>ه|هجري|هجريه|للهجره|ah)\b|\s?م\b)?"
_YEAR = r"(?P<y>\d{4}|\d\d)" + _CALENDAR
_LONG_YEAR = r"(?<!\d)(?P<y>\d{4})" + _CALENDAR
_GAP = r"(?:[\s,،./\-–—']|\b(?:of|in|من|شهر|عام|سنه)\b)*"
_MARK = r"\s?(?P<mark>[-/.\\])\s?"
_SAME = r"\s?(?P=mark)\s?"

# Tried in this order: what names more parts comes first.
_SHAPES = [
    re.compile(shape)
    for shape in (
        r"(?<!\d)(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        _DAY + _GAP + _NAME + _GAP + _YEAR,
        _NAME + _GAP + _DAY + r"[\s,،./\-–—]+" + _YEAR,
        _LONG_YEAR + _GAP + _NAME + _GAP + _DAY,
        r"(?<!\d)(?P<y>\d{4})" + _MARK + r"(?P<m>\d\d?)" + _SAME + r"(?P<d>\d\d?)" + _CALENDAR,
        r"(?<!\d)(?P<d>\d\d?)" + _MARK + r"(?P<m>\d\d?)" + _SAME + _YEAR,
        _NAME + _GAP + _LONG_YEAR,
        _LONG_YEAR + _GAP + _NAME,
        r"(?<!\d)(?P<m>\d\d?)" + _MARK + _LONG_YEAR,
        r"(?<!\d)(?P<y>\d{4})" + _MARK + r"(?P<m>\d\d?)" + _CALENDAR,
        _LONG_YEAR,
    )
]


def _without(text: str, match: re.Match[str] | None) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}" if match else text


def _take_dates(text: str) -> tuple[list[re.Match[str]], str]:
    """Every date in the text, and the text without them."""
    found = []
    while match := next(filter(None, (shape.search(text) for shape in _SHAPES)), None):
        found.append(match)
        text = _without(text, match)
    return found, text


def _date_of(match: re.Match[str], weekday: int | None) -> WrittenDate | None:
    parts = match.groupdict()
    year, short = int(parts["y"]), len(parts["y"]) == 2
    if short:
        year += 2000 if year < 70 else 1900
    day = int(parts["d"]) if parts.get("d") else None
    name = ord(parts["name"]) if parts.get("name") else 0
    month = name & 0xFF or (int(parts["m"]) if parts.get("m") else None)
    hijri = bool(name >> 8 == 0xE1 or parts.get("hijri") or (month and year in HIJRI_YEARS))
    if hijri and name >> 8 == 0xE0:
        return None
    if hijri:
        return _from_hijri(year, month, day)
    if year not in YEARS:
        return None
    orders = [(month or 1, day or 1)]
    if "mark" in parts and day and match.start("d") < match.start("y"):
        orders.append((day, month or 1))
    real = list(_existing(year, orders))
    fitting = [moment for moment in real if moment.weekday() == weekday]
    chosen = (fitting or real)[:1]
    precision: Precision = "day" if day else "month" if month else "year"
    return WrittenDate(chosen[0], precision, approximate=short) if chosen else None


def _existing(year: int, orders: list[tuple[int, int]]) -> Iterator[datetime]:
    for month, day in orders:
        try:
            yield datetime(year, month, day)
        except ValueError:
            continue


def _from_hijri(year: int, month: int | None, day: int | None) -> WrittenDate | None:
    """By the tabular calendar (civil epoch), a day more or less than a moon that was seen. A month
    or a year counts as the Gregorian one in which its middle lies."""
    if year not in HIJRI_YEARS or not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 30:
        return None
    months = (month or 7) - 1
    days = (day or (15 if month else 1)) + (59 * months + 1) // 2
    ordinal = days + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    moment = datetime.combine(date.fromordinal(ordinal), datetime.min.time())
    if day:
        return WrittenDate(moment, "day", approximate=True)
    if month:
        return WrittenDate(moment.replace(day=1), "month", approximate=True)
    return WrittenDate(moment.replace(month=1, day=1), "year", approximate=True)


def _at(found: WrittenDate, clock: re.Match[str]) -> WrittenDate | None:
    """The date with its time of day; None for a time that does not exist."""
    hour = int(clock["h"])
    if clock["pm"] and hour < 12:
        hour += 12
    elif clock["am"] and hour == 12:
        hour = 0
    zone = None
    if clock["offset"]:
        sign = -1 if clock["offset"][0] == "-" else 1
        digits = clock["offset"][1:].replace(":", "")
        zone = timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    elif clock["zone"]:
        zone = UTC
    minute, second = int(clock["min"] or 0), int(clock["s"] or 0)
    if found.precision != "day" or hour > 23 or minute > 59 or second > 59:
        return None
    moment = found.moment.replace(hour=hour, minute=minute, second=second, tzinfo=zone)
    return WrittenDate(moment, "minute", found.approximate)


def _read_relative(text: str, captured: datetime, words: Words) -> WrittenDate | None:
    today = captured.replace(hour=0, minute=0, second=0, microsecond=0)
    if (back := words.days_back.get(text)) is not None:
        return WrittenDate(today - timedelta(days=back), "day", approximate=True)
    match = words.ago.fullmatch(text)
    if match is None or not (match["before"] or match["after"]):
        return None
    unit, implied = words.units[match["unit"]]
    count = words.counts.get(match["count"] or "") or int(match["count"] or implied)
    if count > 1000:
        return None
    if unit in ("minute", "hour"):
        step = timedelta(minutes=count) if unit == "minute" else timedelta(hours=count)
        return WrittenDate(captured - step, "minute", approximate=True)
    if unit in ("day", "week"):
        step = timedelta(days=count * (7 if unit == "week" else 1))
        return WrittenDate(today - step, "day", approximate=True)
    months = captured.year * 12 + captured.month - 1 - count * (12 if unit == "year" else 1)
    first = today.replace(year=months // 12, month=months % 12 + 1, day=1)
    if unit == "year":
        return WrittenDate(first.replace(month=1), "year", approximate=True)
    return WrittenDate(first, "month", approximate=True)
