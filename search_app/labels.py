"""What does the interface say, in each of its languages?

Every string stands in `labels.toml`, in Arabic and in English; templates hold none. A value that is
put into a string is isolated (`<bdi>`), so that an Arabic name in an English sentence, or the other
way round, moves nothing around it.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from markupsafe import Markup

Ui = Literal["en", "ar"]
UIS: tuple[Ui, ...] = ("en", "ar")
DIRECTIONS = {"en": "ltr", "ar": "rtl"}

# Unicode's first strong isolate and its end: what <bdi> is where no element can stand.
_ISOLATE, _END = "\u2068", "\u2069"
ISOLATES = re.compile(f"[{_ISOLATE}{_END}]")


@cache
def load_labels() -> dict[str, dict[str, Any]]:
    """Every label by its dotted key: {"en": …, "ar": …}, each a string, a list (months) or, for
    what is counted, a table of plural forms."""
    table = tomllib.loads(files("search_app").joinpath("labels.toml").read_text("utf-8"))
    return dict(_flat(table, ""))


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for key, value in table.items():
        if "en" in value or "ar" in value:
            found.append((prefix + key, value))
        else:
            found += _flat(value, f"{prefix}{key}.")
    return found


def plural(number: int, ui: Ui) -> str:
    """The plural category of a number, by the rules of Unicode's CLDR."""
    if ui == "en":
        return "one" if number == 1 else "other"
    if number <= 2:
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


class Labels:
    """The strings of one language. Call it: `say("search.count", n=87)`."""

    def __init__(self, ui: Ui) -> None:
        self.ui = ui
        self.direction = DIRECTIONS[ui]
        self._labels = load_labels()

    def __call__(self, key: str, **values: object) -> Markup:
        """A label as HTML, its values escaped and isolated. `n` chooses the plural form."""
        isolated = {
            name: value if isinstance(value, int) else Markup("<bdi>{}</bdi>").format(value)
            for name, value in values.items()
        }
        return Markup.escape(self._pattern(key, values)).format(**_grouped(isolated))

    def plain(self, key: str, **values: object) -> str:
        """A label as plain text, for titles and attributes."""
        isolated = {
            name: value if isinstance(value, int) else f"{_ISOLATE}{value}{_END}"
            for name, value in values.items()
        }
        return self._pattern(key, values).format(**_grouped(isolated))

    def knows(self, key: str) -> bool:
        """Is there such a label?"""
        return key in self._labels

    def month(self, number: int) -> str:
        """The name of a month, 1 to 12."""
        return str(self._labels["months"][self.ui][number - 1])

    def date(self, moment: datetime, precision: str | None = None) -> str:
        """A day as people write it, "12 June 2014", or the month or year when no more is known."""
        month = self.month(moment.month)
        if precision == "year":
            return str(moment.year)
        if precision == "month":
            return f"{month} {moment.year}"
        return f"{moment.day} {month} {moment.year}"

    def written_date(
        self, moment: datetime, precision: str | None = None, approximate: bool = False
    ) -> str:
        """A day, month or year as people write it; a reckoned one with "about" before it."""
        date = self.date(moment, precision)
        return ISOLATES.sub("", self.plain("date.about", date=date)) if approximate else date

    def period(self, text: str) -> str:
        """An ISO prefix ("2014", "2014-06", "2014-06-30") as people write it."""
        parts = [int(part) for part in text.split("-")]
        precision = ("year", "month", "day")[len(parts) - 1]
        year, month, day = [*parts, 1, 1][:3]
        return self.date(datetime(year, month, day), precision)

    def _pattern(self, key: str, values: Mapping[str, object]) -> str:
        label = self._labels[key][self.ui]
        if isinstance(label, dict):
            number = values["n"]
            assert isinstance(number, int)
            label = label.get(plural(number, self.ui), label["other"])
        assert isinstance(label, str)
        return label


def _grouped(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()
    }


@cache
def labels(ui: Ui) -> Labels:
    """The labels of a language."""
    return Labels(ui)
