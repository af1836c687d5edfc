"""What do the pages of a site teach about it?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from corpus.extraction.sites.applying import edge
from corpus.extraction.sites.holders import find_holder, find_twins_holder, locate
from corpus.extraction.sites.paths import Path, write_path
from corpus.extraction.sites.profile import (
    LONGEST_LINE,
    Evidence,
    Shared,
    Site,
    least_pages,
    site_name,
)
from corpus.extraction.sites.sample import Sample
from corpus.extraction.sites.sheets import Sheet, read_sheets
from corpus.extraction.sites.twins import find_twins, is_twin
from corpus.extraction.spelling import fold
from corpus.values import Page

SAMPLE_PAGES = 200  # tell what a line is; a third of them would, less surely
CONTAINER_PAGES = 60  # agree on the container or never do
FEWEST = 3  # pages
REPEATED = 0.02  # of the pages; titles and moments should differ from page to page
# To the articles that a line opens or ends, so many in which it stands amid the text: the name of a
# province heads a part of every daily report, and in some the first.
AMID = 0.2
NAMED = 0.5  # of the pages; their titles open or end with the site's name, and it is no author


def learn_site(pages: Iterable[Page], name: str = "") -> Site:
    """What the pages of one site share; `name` is theirs where it is not given.

    At most SAMPLE_PAGES HTML pages are read, spread over all. WordPress items among the pages are
    the twins of those with their address: when one element says what they say, the profile counts
    as confirmed. Pages that cannot be parsed teach nothing; fewer than FEWEST pages teach nothing.
    """
    html, items = Sample(SAMPLE_PAGES), Sample(SAMPLE_PAGES)
    for page in pages:
        if is_twin(page):
            items.add(page)
        elif "html" in page.content_type:
            html.add(page)
    sheets = list(read_sheets(html.pages()))
    name = name or _name(sheets)
    if len(sheets) < FEWEST:
        return Site(name, len(sheets))
    template = frozenset(fold(line.text) for line in _lines(sheets, None))
    path = find_twins_holder(sheets, find_twins(sheets, items.pages()), template)
    evidence: Evidence = "twins" if path else "pages"
    if path is None:
        path = find_holder(sheets[:CONTAINER_PAGES], template)
    return Site(
        name,
        len(sheets),
        _lines(sheets, path),
        _values(sheets),
        write_path(path) if path else None,
        evidence,
        confirmed=evidence == "twins",
    )


def _name(sheets: list[Sheet]) -> str:
    names = Counter(site_name(sheet.url) for sheet in sheets)
    return max(names, key=lambda name: (names[name], name), default="")


def _lines(sheets: list[Sheet], path: Path | None) -> tuple[Shared, ...]:
    """The lines of the template; `path` is the container where none is known by name."""
    tally = Tally()
    for sheet in sheets:
        for block in sheet.blocks:
            if block.words <= LONGEST_LINE:
                tally.add(fold(block.text), block.text, sheet.url)
    lines = {fold(line.text): line for line in tally.shared(least_pages(len(sheets)))}
    edges = Counter[str]()
    amid = Counter[str]()
    for sheet in sheets:
        first, end = _article(sheet, path)
        article = sheet.blocks[first:end]
        found = {fold(each.text) for each in edge(article, lines) + edge(article[::-1], lines)}
        edges.update(found)
        amid.update({fold(block.text) for block in article} - found)
    return tuple(
        replace(line, inside=edges[text]) if amid[text] <= AMID * edges[text] else line
        for text, line in lines.items()
    )


def _article(sheet: Sheet, path: Path | None) -> tuple[int, int]:
    if sheet.named is not None:
        return sheet.named
    part = locate(sheet, path) if path else None
    return (part.first, part.end) if part else (0, 0)


def _values(sheets: list[Sheet]) -> tuple[Shared, ...]:
    values, names = Tally(), Tally()
    for sheet in sheets:
        for value in sheet.values:
            values.add(value, value, sheet.url)
        for name in sheet.names:
            names.add(name, name, sheet.url)
    repeated = values.shared(max(3, REPEATED * len(sheets)))
    known = {value.text for value in repeated}
    own = [name for name in names.shared(max(3, NAMED * len(sheets))) if name.text not in known]
    return tuple(sorted([*repeated, *own], key=_by_pages))


class Tally:
    """On how many pages does something stand, and as which of them writes it?"""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._pages: dict[str, dict[str, None]] = {}  # key -> URLs, in order

    def add(self, key: str, text: str, url: str) -> None:
        """Counts `key`, written as `text`, once for the page at `url`."""
        self._pages.setdefault(key, {})[url] = None
        self._written.setdefault(key, text)

    def shared(self, least: float) -> tuple[Shared, ...]:
        """What stands on at least so many pages, that of most pages first."""
        found = [
            Shared(self._written[key], len(pages), next(iter(pages)))
            for key, pages in self._pages.items()
            if len(pages) >= least
        ]
        return tuple(sorted(found, key=_by_pages))


def _by_pages(shared: Shared) -> tuple[int, str]:
    return -shared.pages, shared.text
