"""What does a reader ask in a URL?

Nothing that can stand in a URL is an error: a page, a size, a sort that has no meaning becomes the
usual one, and the reader is told.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from indexer import Notice
from search_app.labels import UIS, Ui

LISTS = ("actor", "location", "not_actor", "not_location", "lang", "source", "without")
CHOICES = {
    "spelling": ("all", "forms", "exact"),  # the usual one first
    "match": ("all", "any"),
    "sort": ("relevance", "newest", "oldest"),
}
SIZES = (10, 20, 50, 100)
MOST_CHARACTERS = 513  # one more than the parser reads, so that it says so
MOST_VALUES = 50
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the URL puts it. `since` and `until` are as typed; `ui` is None when the
    browser's language decides."""

    q: str = ""
    actor: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    not_actor: tuple[str, ...] = ()
    not_location: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    spelling: str = "all"
    match: str = "all"
    without: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 1
    size: int = 10
    ui: Ui | None = None
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def narrowed(self) -> bool:
        """Is there any filter, dates among them?"""
        return bool(self.since or self.until) or any(
            getattr(self, name) for name in LISTS if name != "without"
        )

    def unfiltered(self) -> "Asked":
        """The same words, read the same way, without any filter."""
        return Asked(
            q=self.q, spelling=self.spelling, match=self.match, without=self.without,
            sort=self.sort, size=self.size, ui=self.ui,
        )  # fmt: skip


def read_asked(arguments: MultiDict[str, str]) -> Asked:
    """The question of a query string."""
    notices: list[Notice] = []
    lists: dict[str, Any] = {
        name: tuple(dict.fromkeys(filter(None, map(clean, arguments.getlist(name)))))[:MOST_VALUES]
        for name in LISTS
    }
    choices: dict[str, Any] = {}
    for name, allowed in CHOICES.items():
        given = clean(arguments.get(name, ""))
        choices[name] = given if given in allowed else allowed[0]
        if given and given not in allowed:
            notices.append(Notice(f"{name}-unknown", given))
    page = _number(arguments.get("page", ""), "page-unread", 1, 10**9, 1, notices)
    size = _number(arguments.get("size", ""), "size-limited", 1, SIZES[-1], SIZES[0], notices)
    given_ui = arguments.get("ui", "")
    return Asked(
        q=clean(arguments.get("q", "")),
        since=clean(arguments.get("since", ""))[:100],
        until=clean(arguments.get("until", ""))[:100],
        page=page,
        size=size,
        ui=next((ui for ui in UIS if ui == given_ui), None),
        notices=tuple(notices),
        **lists,
        **choices,
    )


def clean(text: str) -> str:
    """Without control characters and lone surrogates, which no page can hold."""
    text = _SURROGATE.sub("\ufffd", text[:MOST_CHARACTERS])
    return _CONTROL.sub(" ", text).strip()


def _number(text: str, code: str, least: int, most: int, usual: int, notices: list[Notice]) -> int:
    """A number within its limits; digits of any script."""
    text = clean(text)
    if not text:
        return usual
    if not text.isdecimal():
        notices.append(Notice(code, text[:40]))
        return usual
    number = int(text[:12])
    if not least <= number <= most:
        notices.append(Notice(code, text[:40]))
    return min(max(number, least), most)
