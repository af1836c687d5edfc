"""What do the pages of one site share?"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.values import Page


@dataclass(frozen=True, slots=True)
class Site:
    """What one site's pages share: lines of its template, and head values that say nothing."""

    pages: int = 0
    lines: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()


def learn_site(pages: Iterable[Page]) -> Site:
    """What the pages of one site share; at least ten pages say something."""
    return Site(pages=sum(1 for _ in pages))
