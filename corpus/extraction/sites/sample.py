"""Which of a site's pages are read to learn it?

Those whose addresses have the lowest digests: as good as drawn by lot, the same whatever the order
of the input, and the same posts among pages and among the items of an export.
"""

from corpus.extraction.urls import canonical, record_id, source_host, split_url
from corpus.values import Page


class Sample:
    """At most so many pages, the last one given of each address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, Page] = {}

    def add(self, page: Page) -> None:
        """Keeps the page, or does not."""
        self._kept[record_id(address(page.url))] = page
        if len(self._kept) >= 2 * self._most:
            self._kept = dict(self._lowest())

    def pages(self) -> list[Page]:
        """The sample."""
        return [page for _, page in self._lowest()]

    def _lowest(self) -> list[tuple[str, Page]]:
        return sorted(self._kept.items(), key=lambda each: each[0])[: self._most]


def address(url: str) -> str:
    """An address as it is compared: canonical, without the scheme, "www." and the last slash."""
    url = canonical(url)
    parts = split_url(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{source_host(url)}{parts.path.rstrip('/')}{query}"
