"""Which moment does a written date name?

Dates as people write them in Arabic, English and the languages around: every country's month names,
either digits, either order of the parts, times, relative dates, and the Hijri and Persian
calendars. A date is read whole or not at all: words left over beside it, two dates that differ, a
weekday that is another's or a day that does not exist give None, because a wrong date is worse than
none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from corpus.extraction.calendars import HIJRI_YEARS, hijri_day, persian_day
from corpus.extraction.datewords import Words, load_words
from corpus.extraction.spelling import fold
from corpus.values import Precision

YEARS = range(1800, 2101)
# "1393/3/25" is of the Hijri calendar or of the Persian one; from here on only of the former.
SURE_HIJRI = range(1430, HIJRI_YEARS.stop)
LONGEST = 150  # characters; a longer text is no date


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """The first instant of what was written, and how much was written: "آذار 2014" is
    2014-03-01, "month". Time zone aware only when the writing tells the zone, or when it is
    relative to the capture. `approximate`: relative, Hijri, vague or with a year of two digits."""

    moment: datetime
    precision: Precision
    approximate: bool = False


def read_date(
    text: str, captured: datetime | None = None, *, month_first: bool = False
) -> WrittenDate | None:
    """The date that `text` is, or None when it is no date, two dates or not a sure one.

    Day comes before month where both could be, unless `month_first`, as Americans write. `captured`
    is needed for relative dates.
    """
    words = load_words()
    plain = words.mark_months(fold(text)) if len(text) <= LONGEST else None
    if plain is None or _NO_DATE.search(plain):
        return None
    plain = words.changed.sub("", plain)
    plain = _DIGITS.sub(r"\1-\2-\3t\4:\5:\6", plain)
    if captured is not None and (relative := _read_relative(plain, captured, words)) is not None:
        return relative
    clocks = list(words.clock.finditer(plain))
    clock = clocks[0] if len({each[0] for each in clocks}) == 1 else None
    plain = words.clock.sub(" ", plain)
    if clock and captured and (relative := _read_relative(plain, captured, words)) is not None:
        return _at(relative, clock)
    matches, plain = _take_dates(plain)
    vague = words.vague.search(plain)
    weekday = words.weekday(plain)
    if not matches or _LEFT.search(words.beside.sub(" ", plain)):
        return None
    only = _one({_date_of(match, weekday, month_first) for match in matches})
    if only is None:
        return None
    if vague:
        only = WrittenDate(only.moment, only.precision, approximate=True)
    return _at(only, clock) if clock else only


def find_date(
    text: str, captured: datetime | None = None, *, month_first: bool = False
) -> tuple[WrittenDate, str] | None:
    """The first date with a day that stands in `text` among other words, and its writing. The end
    of a span ("from 3 to 5 May 2014") is none, nor what follows "updated"."""
    words = text.split()
    for year in (i for i, word in enumerate(words) if re.search(r"\d{4}", word)):
        for start, end in _windows(len(words), year):
            written = " ".join(words[start:end])
            found = read_date(written, captured, month_first=month_first)
            if found is not None and found.precision in ("day", "minute"):
                if load_words().before.search(fold(" ".join(words[max(0, start - 3) : start]))):
                    break
                return found, written
    return None


def _windows(count: int, year: int) -> Iterator[tuple[int, int]]:
    """The runs of words around the place of a year, the earliest and longest first."""
    for start in range(max(0, year - 6), year + 1):
        for end in range(min(count, year + 4), year, -1):
            yield start, end


_LEFT = re.compile("[\\w\ue001-\ue20c]")  # a word, or a month
# What has such a sign is a share, a price, a copyright or a number.
_NO_DATE = re.compile("[%٪$€£¥©#]")
# 20140312T083000 and 20140312083000
_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)t?([012]\d)([0-5]\d)([0-5]\d)(?!\d)")
_DAY = r"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|ي)?(?!\d)"
_NAME = "(?P<name>[\ue001-\ue00c\ue101-\ue10c\ue201-\ue20c])"
_CALENDAR = r"(?!\d)(?:\s?(?P<hijri>ه|هجري|هجريه|للهجره|ah)\b|\s?م\b)?"
_YEAR = r"['’‘]?(?P<y>\d{4}|\d\d)" + _CALENDAR
_LONG_YEAR = r"(?<!\d)(?P<y>\d{4})" + _CALENDAR
_GAP = r"(?:[\s,،./\-–—']|\b(?:of|in|من|شهر|عام|العام|للعام|سنه)\b)*"
_MARK = r"\s?(?P<mark>[-/.\\])\s?"
_SAME = r"\s?(?P=mark)\s?"

# Tried in this order: what names more parts comes first.
_SHAPES = [
    re.compile(shape)
    for shape in (
        r"(?<!\d)(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        _DAY + _GAP + _NAME + _GAP + _YEAR,
        _NAME + _GAP + _DAY + r"(?:[\s,،./\-–—]+(?=\d{4})|[\s,،./]+)" + _YEAR,
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


def _one(dates: set[WrittenDate | None]) -> WrittenDate | None:
    """The one date that they all are, where the Hijri day that stands beside a Gregorian one does
    not count; else None."""
    if None in dates:
        return None
    known = {each for each in dates if each}
    exact = {each for each in known if not each.approximate}
    if len(exact) == 1 and len(known) == 2:
        (only,), (other,) = exact, known - exact
        near = abs(only.moment - other.moment) <= timedelta(days=31)
        return only if near and only.precision == other.precision else None
    return known.pop() if len(known) == 1 else None


def _date_of(match: re.Match[str], weekday: int | None, month_first: bool) -> WrittenDate | None:
    parts = match.groupdict()
    year, short = int(parts["y"]), len(parts["y"]) == 2
    if short:
        year += 2000 if year < 70 else 1900
    day = int(parts["d"]) if parts.get("d") else None
    name = ord(parts["name"]) if parts.get("name") else 0
    month = name & 0xFF or (int(parts["m"]) if parts.get("m") else None)
    if month == 0:
        return None
    if name >> 8 == 0xE2:
        return _converted(persian_day, year, month, day, approximate=False)
    if name >> 8 == 0xE1 or parts.get("hijri") or (month and year in SURE_HIJRI):
        is_other = name >> 8 == 0xE0
        return None if is_other else _converted(hijri_day, year, month, day, approximate=True)
    if year not in YEARS:
        return None
    orders = [(month or 1, day or 1)]
    if "mark" in parts and day and match.start("d") < match.start("y"):
        orders.insert(0 if month_first else 1, (day, month or 1))
    real = list(_existing(year, orders))
    if day and weekday is not None:
        real = [moment for moment in real if moment.weekday() == weekday]
    precision: Precision = "day" if day else "month" if month else "year"
    return WrittenDate(real[0], precision, approximate=short) if real else None


def _existing(year: int, orders: list[tuple[int, int]]) -> Iterator[datetime]:
    for month, day in orders:
        try:
            yield datetime(year, month, day)
        except ValueError:
            continue


def _converted(
    convert: Callable[[int, int, int], date | None],
    year: int,
    month: int | None,
    day: int | None,
    approximate: bool,
) -> WrittenDate | None:
    """A date of another calendar. A month or a year of it counts as the Gregorian one in which its
    middle lies."""
    found = convert(year, month or 7, day or (15 if month else 1))
    if found is None:
        return None
    moment = datetime.combine(found, time())
    if day:
        return WrittenDate(moment, "day", approximate)
    if month:
        return WrittenDate(moment.replace(day=1), "month", approximate=True)
    return WrittenDate(moment.replace(month=1, day=1), "year", approximate=True)


def _at(found: WrittenDate, clock: re.Match[str]) -> WrittenDate | None:
    """The date with its time of day; None for a time that does not exist."""
    hour = int(clock["h"])
    if hour < 12 and (clock["pm"] or (clock["night"] and hour >= 6)):
        hour += 12
    elif hour == 12 and (clock["am"] or clock["night"]):
        hour = 0
    zone = None
    if offset := (clock["offset"] or clock["hours"] or "").strip():
        sign = -1 if offset[0] == "-" else 1
        digits = offset[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        if hours > 14:
            return None
        zone = timezone(sign * timedelta(hours=hours, minutes=minutes))
    elif clock["zone"]:
        zone = UTC
    minute, second = int(clock["min"] or 0), int(clock["s"] or 0)
    if found.precision != "day" or hour > 23 or minute > 59 or second > 59:
        return None
    moment = found.moment.replace(hour=hour, minute=minute, second=second)
    moment = moment.replace(tzinfo=zone or moment.tzinfo)
    return WrittenDate(moment, "minute", found.approximate)


def _read_relative(text: str, captured: datetime, words: Words) -> WrittenDate | None:
    today = captured.replace(hour=0, minute=0, second=0, microsecond=0)
    match = words.ago.fullmatch(text)
    if match is None:
        return None
    if match["back"]:
        days = words.days_back[match["back"]]
        return WrittenDate(today - timedelta(days=days), "day", approximate=True)
    if not (match["before"] or match["after"]):
        return None
    unit, implied = words.units[match["unit"]]
    count = words.counts.get(match["count"] or "") or int(match["count"] or implied)
    if count > 1000:
        return None
    if unit in ("second", "minute", "hour"):
        step = timedelta(**{f"{unit}s": count})
        return WrittenDate(captured - step, "minute", approximate=True)
    if unit in ("day", "week"):
        step = timedelta(days=count * (7 if unit == "week" else 1))
        return WrittenDate(today - step, "day", approximate=True)
    months = captured.year * 12 + captured.month - 1 - count * (12 if unit == "year" else 1)
    first = today.replace(year=months // 12, month=months % 12 + 1, day=1)
    if unit == "year":
        return WrittenDate(first.replace(month=1), "year", approximate=True)
    return WrittenDate(first, "month", approximate=True)
