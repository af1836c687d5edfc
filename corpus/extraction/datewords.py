"""Which words make up a date? The tables months.csv and dates.toml, ready for matching."""

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.extraction.spelling import fold

# A month name becomes one private character: this plus its number.
_CALENDARS = {"gregorian": 0xE000, "hijri": 0xE100, "persian": 0xE200}
_TWICE = re.compile("([\ue001-\ue00c])\\s?[/\\\\(\\-–—]?\\s?([\ue001-\ue00c])\\s?\\)?")


@dataclass(frozen=True, slots=True)
class Words:
    """The tables as patterns and lookups on folded text."""

    months: dict[str, str]
    month: re.Pattern[str]
    ordinals: dict[str, int]
    ordinal: re.Pattern[str]  # a day as a word, before a month
    clock: re.Pattern[str]  # groups h, min, s, am, pm, night, zone, offset, hours
    vague: re.Pattern[str]
    weekdays: dict[str, int]
    day: re.Pattern[str]  # a weekday
    changed: re.Pattern[str]  # the later date of a line that has another before it
    beside: re.Pattern[str]  # what may stand beside a date
    before: re.Pattern[str]  # what makes the date after it none of the page's
    ago: re.Pattern[str]  # groups back, before, count, unit, after
    units: dict[str, tuple[str, int]]  # word -> unit, how many without a number
    counts: dict[str, int]
    days_back: dict[str, int]

    def mark_months(self, text: str) -> str | None:
        """The folded text with each month name as one character; two names of one month become
        one, two that differ make it None. Days as words become digits."""
        text = self.month.sub(lambda found: self.months[found[0]], text)
        for first, second in _TWICE.findall(text):
            if first != second:
                return None
        text = _TWICE.sub(r"\1", text)
        return self.ordinal.sub(lambda found: str(self.ordinals[found[1]]), text)

    def weekday(self, text: str) -> int | None:
        """The weekday named in the text, Monday = 0."""
        named = {self.weekdays[word] for word in self.day.findall(text)}
        return named.pop() if len(named) == 1 else None


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _any(words: Iterable[str]) -> str:
    """A pattern for whole words, the longest first."""
    return rf"(?<!\w)(?:{_one_of(words)})(?!\w)"


def _numbers(table: dict[str, list[str]]) -> dict[str, int]:
    return {fold(word): int(number) for number, words in table.items() for word in words}


@cache
def load_words() -> Words:
    """Reads corpus/extraction/months.csv and corpus/extraction/dates.toml once."""
    folder = files("corpus.extraction")
    rows = list(csv.DictReader((folder / "months.csv").read_text("utf-8").splitlines()))
    months = {
        fold(row["name"]): chr(_CALENDARS[row["calendar"]] + int(row["month"])) for row in rows
    }
    table = tomllib.loads((folder / "dates.toml").read_text("utf-8"))
    ordinals, weekdays = _numbers(table["ordinals"]), _numbers(table["weekdays"])
    counts, days_back = _numbers(table["counts"]), _numbers(table["days_back"])
    units = {
        fold(word): ("minute", int(n)) for n, words in table["parts"].items() for word in words
    }
    units |= {
        fold(word): (unit, 2 if fold(word).endswith(("ين", "تان", "ان")) else 1)
        for unit, words in table["units"].items()
        for word in words
    }
    vague = _any(map(fold, table["vague"]))
    place = r"(?<!\w)بتوقيت\s\w+(?:\s(?:المكرمه|المحتله))?"  # the time stays the site's own
    beside = f"{place}|" + _any([*weekdays, *map(fold, table["ignored"] + table["vague"])])
    changed = _any(map(fold, table["changed"]))
    last = _any([*map(fold, table["until"]), *weekdays])
    return Words(
        months=months,
        month=re.compile(_any(months)),
        ordinals=ordinals,
        ordinal=re.compile(rf"({_any(ordinals)})(?=\s(?:من\s)?(?:شهر\s)?[\ue001-\ue20c])"),
        clock=re.compile(_clock(table)),
        vague=re.compile(vague),
        weekdays=weekdays,
        day=re.compile(_any(weekdays)),
        changed=re.compile(rf"(?<=\d)\W+(?:(?:تم|في)\s)?{changed}.*\d.*"),
        beside=re.compile(beside),
        before=re.compile(rf"{changed}|(?:{last}|[-–—])\W*$"),
        ago=re.compile(_ago(table, beside, vague, units, counts, days_back)),
        units=units,
        counts=counts,
        days_back=days_back,
    )


def _clock(table: dict[str, Any]) -> str:
    """A time of day: minutes, or a half of the day, or both make it one."""
    halves = {half: _one_of(map(fold, words)) for half, words in table["halves"].items()}
    half = (
        rf"(?:(?:(?P<am>{halves['am']})|(?P<pm>{halves['pm']})|(?P<night>{halves['night']}))(?!\w))"
    )
    either = rf"(?:{'|'.join(halves.values())})(?!\w)"
    utc = rf"(?:{_one_of(map(fold, table['utc']))})(?!\w)"
    start = r"(?:(?<=\d)(?P<t>t)|(?<!\d)(?<!\d[/.\-]))"
    dot = rf"\.(?=\d\d\s?(?:{either}|{utc}|uhr\b))"
    minutes = rf"(?::|\s?h\s?|{dot})(?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?(?!\d)"
    # "09:00-10:00" is a span, and no offset, unless the time is written as machines write it.
    sign = r"(?(t)[+-]|(?(s)[+-]|\+))"
    far = r"(?:0\d|1[0-4])"
    end = r"(?![\d/.:-])"
    offset = rf"(?P<offset>\s?[+-]{far}[0-5]\d(?!\d)|\s?{sign}{far}:[0-5]\d(?!\d)|{sign}{far}{end})"
    zone = rf"(?:\s?[(\[]?(?P<zone>{utc})(?P<hours>\s?[+-]\d\d?(?:[:]?[0-5]\d)?{end})?)"
    time = rf"{start}(?P<h>\d\d?)(?:{minutes}|h(?!\w)|(?=\s?{either}))"
    return rf"{time}(?:\s?{half})?(?:{zone}|{offset})?"


def _ago(
    table: dict[str, Any],
    beside: str,
    vague: str,
    units: Iterable[str],
    counts: dict[str, int],
    days_back: Iterable[str],
) -> str:
    """A whole text that tells a time by its distance from now."""
    ago = _any(map(fold, table["ago"]))
    one = _any(word for word, number in counts.items() if number == 1)
    rest = rf"(?:\s?(?:,|،|و|and)?\s?\d+\s?(?:{_one_of(units)})(?!\w))*"  # "1 day, 3 hours"
    around = rf"(?:[\s:،,|\-–—]|{beside})*"
    distance = (
        rf"(?P<before>{ago})?\s?(?:{vague})?\s?(?:(?P<count>\d+|{_any(counts)})\s?)?"
        rf"(?P<unit>(?:{_one_of(units)})(?!\w))\s?(?:{one})?{rest}\s?(?P<after>{ago})?"
    )
    return rf"{around}(?:(?P<back>{_any(days_back)})|{distance}){around}"
