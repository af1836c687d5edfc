"""How is a site's profile written down, so that a person can read and change it?"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from corpus.errors import BrokenProfile
from corpus.extraction.sites.paths import read_path, write_path
from corpus.extraction.sites.profile import Shared, Site

_HEAD = """\
# What the pages of one site share. Lines are cut from every text, and values are not believed where
# a page's head declares them. `keep = true` leaves one in. `confirmed = true` says that a person
# looked at the container: then it alone decides where the article stands.
"""
# What an editor shows wrong or not at all: controls, and marks that turn a line's direction.
_HIDDEN = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]'
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WORDS = tuple(field.name for field in fields(Site))
_ROW_WORDS = tuple(field.name for field in fields(Shared))
_TYPES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list"}


def site_to_toml(site: Site) -> str:
    """The profile as TOML: what the site is, its container, then each line with its pages."""
    rows = [
        ("name", site.name),
        ("pages", site.pages),
        ("evidence", site.evidence),
        ("confirmed", site.confirmed),
    ]
    if site.container is not None:
        rows += [("container", site.container)]
    parts = [_HEAD, *_pairs(rows)]
    for table, shared in (("lines", site.lines), ("values", site.values)):
        for each in shared:
            parts += [f"\n[[{table}]]\n", *_pairs(_rows(each))]
    return "".join(parts)


def _rows(shared: Shared) -> Iterator[tuple[str, object]]:
    yield "text", shared.text
    yield "pages", shared.pages
    yield "inside", shared.inside
    if shared.example:
        yield "example", shared.example
    yield "keep", shared.keep


def _pairs(rows: Any) -> Iterator[str]:
    for key, value in rows:
        yield f"{key} = {_written(value)}\n"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f'"{_HIDDEN.sub(_escaped, str(value))}"'


def _escaped(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], f"\\u{ord(found[0]):04X}")


def site_from_toml(text: str) -> Site:
    """The profile that a text tells. Raises BrokenProfile, which names the row, when it is not well
    formed; what it does not tell is as in a new Site."""
    try:
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of numbers and lists that are too long
        last = f"at line {len(text.splitlines())}"
        reason = str(error).replace("at end of document", last)
        raise BrokenProfile(f"The site profile is no TOML: {reason}.") from error
    _check_words(told, _WORDS, "the profile")
    evidence = _read(told, "evidence", str, "pages", "the profile")
    if evidence not in ("pages", "twins"):
        raise BrokenProfile('evidence must be "pages" or "twins".')
    return Site(
        name=_read(told, "name", str, "", "the profile"),
        pages=_read(told, "pages", int, 0, "the profile"),
        lines=tuple(_shared(told, "lines")),
        values=tuple(_shared(told, "values")),
        container=_read_container(told),
        evidence=evidence,
        confirmed=_read(told, "confirmed", bool, False, "the profile"),
    )


def _shared(told: dict[str, Any], table: str) -> Iterator[Shared]:
    for number, row in enumerate(_read(told, table, list, [], "the profile"), 1):
        where = f"row {number} of {table}"
        if not isinstance(row, dict) or "text" not in row:
            raise BrokenProfile(f"In {where}, text is missing.")
        _check_words(row, _ROW_WORDS, where)
        yield Shared(
            _read(row, "text", str, "", where),
            _read(row, "pages", int, 0, where),
            _read(row, "example", str, "", where),
            _read(row, "keep", bool, False, where),
            _read(row, "inside", int, 0, where),
        )


def _check_words(row: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    """A misspelt "keep" would be a veto that nobody hears, and so would one above the rows."""
    for key in row:
        if key in known:
            continue
        if key in _ROW_WORDS:
            raise BrokenProfile(f"{key} belongs below a row, [[lines]] or [[values]].")
        words = f"{', '.join(known[:-1])} and {known[-1]}"
        raise BrokenProfile(f"In {where}, {key} is no word of a profile; there are {words}.")


def _read_container(told: dict[str, Any]) -> str | None:
    container: str | None = _read(told, "container", str, None, "the profile")
    try:
        return write_path(read_path(container)) if container is not None else None
    except ValueError as error:
        wanted = "an element, such as main > div.post > div.text"
        raise BrokenProfile(f"In the profile, container must name {wanted}.") from error


def _read(row: dict[str, Any], key: str, kind: type, default: Any, where: str) -> Any:
    value = row.get(key, default)
    if value is not default and type(value) is not kind:
        raise BrokenProfile(f"In {where}, {key} must be {_TYPES[kind]}.")
    if kind is int and value < 0:
        raise BrokenProfile(f"In {where}, {key} must not be negative.")
    return value
