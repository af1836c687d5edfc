"""What is the URL of this question with one thing changed?

Every link is relative to the host: the Host header of a request is never read.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any
from urllib.parse import quote, urlencode

from indexer import names
from search_app.asked import Asked
from search_app.labels import Ui

_USUAL = Asked()
_NAMES = tuple(f.name for f in fields(Asked) if f.name != "notices")
_EXCLUDING = {"actor": "not_actor", "location": "not_location"}


class Links:
    """The links of one page. `root` is the path under which the application is mounted."""

    def __init__(self, asked: Asked, root: str = "") -> None:
        self.asked = asked
        self.root = root

    def search(self, **changes: Any) -> str:
        """The search with something changed; a new question begins on its first page."""
        return self._url("/search", replace(self.asked, **{"page": 1, **changes}))

    def search_json(self) -> str:
        """The same results as JSON."""
        return self._url("/search.json", self.asked)

    def here(self, path: str, ui: Ui, **more: str) -> str:
        """The same page in another language of the interface."""
        return self._url(quote(path), replace(self.asked, ui=ui), more)

    def only(self, facet: str, value: str) -> str:
        """This value alone in its facet: what its count counts."""
        if facet == "year":
            return self.search(since=value, until=value)
        return self.search(**{facet: (value,)} | self._not_excluded(facet, value))

    def also(self, facet: str, value: str) -> str:
        """This value beside those that are chosen already."""
        kept = (*getattr(self.asked, facet), value)
        return self.search(**{facet: kept} | self._not_excluded(facet, value))

    def exclude(self, facet: str, value: str) -> str | None:
        """Without the records of this value; None for a facet that excludes nothing."""
        excluding = _EXCLUDING.get(facet)
        if excluding is None:
            return None
        chosen = _less(getattr(self.asked, facet), value)
        unwanted = (*_less(getattr(self.asked, excluding), value), value)
        return self.search(**{facet: chosen, excluding: unwanted})

    def clear(self, facet: str, value: str) -> str:
        """This value neither chosen nor excluded."""
        if facet == "year":
            return self.search(since="", until="")
        chosen = {facet: _less(getattr(self.asked, facet), value)}
        return self.search(**chosen | self._not_excluded(facet, value))

    def unfiltered(self) -> str:
        """The words alone, without any filter."""
        return self.question(self.asked.unfiltered())

    def question(self, asked: Asked) -> str:
        """The search page of another question."""
        return self._url("/search", asked)

    def dropping(self, spelling: str) -> str:
        """Without this spelling of a name."""
        return self.search(without=(*self.asked.without, spelling))

    def taking_back(self, spelling: str) -> str:
        """With a spelling that was taken out."""
        taken = names.fold_name(spelling)
        kept = (text for text in self.asked.without if names.fold_name(text) != taken)
        return self.search(without=tuple(kept))

    def entity(self, facet: str, value: str) -> str:
        """Everything that names this actor or place, whatever else was asked."""
        return self._url("/search", Asked(ui=self.asked.ui, **{facet: (value,)}))  # type: ignore[arg-type]

    def record(self, record_id: str, **changes: Any) -> str:
        """A record, with the question, so that its words are marked and one can go back."""
        return self._url(f"/record/{quote(record_id, safe='')}", replace(self.asked, **changes))

    def page(self, path: str, **more: str) -> str:
        """Another page of the application; only the language goes along."""
        return self._url(path, Asked(ui=self.asked.ui), more)

    def hidden(self, *left_out: str) -> list[tuple[str, str]]:
        """What a form must send along besides its own fields."""
        return [(name, value) for name, value in _pairs(self.asked) if name not in left_out]

    def _not_excluded(self, facet: str, value: str) -> dict[str, tuple[str, ...]]:
        excluding = _EXCLUDING.get(facet)
        return {excluding: _less(getattr(self.asked, excluding), value)} if excluding else {}

    def _url(self, path: str, asked: Asked, more: dict[str, str] | None = None) -> str:
        pairs = [*(more or {}).items(), *_pairs(asked)]
        return self.root + path + ("?" + urlencode(pairs) if pairs else "")


def _pairs(asked: Asked) -> Iterable[tuple[str, str]]:
    """The parameters that differ from the usual, in one order."""
    for name in _NAMES:
        value = getattr(asked, name)
        if isinstance(value, tuple):
            yield from ((name, item) for item in value)
        elif value is not None and value != getattr(_USUAL, name):
            yield name, str(value)


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)
