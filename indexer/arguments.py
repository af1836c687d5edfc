"""Which arguments of a search have a meaning?

Whatever a reader types is answered. A program that passes what makes no sense is told what to pass.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from indexer.dates import read_date
from indexer.errors import QueryError
from indexer.query import Notice, Query

MOST_HITS = 1000  # on one page
Values = str | Sequence[str]
Bound = str | int | date


def read_values(name: str, given: Any) -> tuple[str, ...]:
    """One text or several, as several. Raises QueryError for anything but text."""
    if given is None:
        return ()
    several = isinstance(given, Iterable) and not isinstance(given, str)
    values = tuple(given) if several else (given,)
    if not all(isinstance(value, str) for value in values):
        raise QueryError(f"{name} must be text, or a list of texts.")
    return values


def read_bound(name: str, given: object, notices: list[Notice]) -> str | None:
    """A date, or a date as a reader writes it, as an ISO prefix. One that cannot be read becomes
    a notice. Raises QueryError for what is no date and no text."""
    if given is not None and not isinstance(given, Bound):
        raise QueryError(f'{name} must be a date, or text such as "2014-06".')
    text = given.isoformat()[:10] if isinstance(given, date) else str(given or "")
    if not text.strip():
        return None
    read = read_date(text)
    if read is None:
        notices.append(Notice("date-unread", text))
    return read


def check(query: Query) -> None:
    """Raises QueryError for a value without meaning."""
    if not isinstance(query.q, str):
        raise QueryError("q must be text: what is searched for.")
    if not (isinstance(query.page, int) and isinstance(query.size, int)) or (
        query.page < 1 or not 1 <= query.size <= MOST_HITS
    ):
        raise QueryError(f"page must be 1 or more, and size from 1 to {MOST_HITS}.")
    for name, allowed in (
        ("match", ("all", "any")),
        ("spelling", ("exact", "forms", "all")),
        ("sort", ("relevance", "newest", "oldest")),
    ):
        if getattr(query, name) not in allowed:
            raise QueryError(f"{name} must be one of {', '.join(allowed)}.")
