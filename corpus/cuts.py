"""What does a site's profile cut, and from how many records?"""

from collections import Counter
from dataclasses import dataclass

from corpus.extraction import Shared
from corpus.extraction.boilerplate import TEMPLATE
from corpus.extraction.spelling import fold
from corpus.store import Archive, SiteStatus


@dataclass(frozen=True, slots=True)
class Cut:
    """One line of a profile, the records that lost it now, and the words they lost by it."""

    line: Shared
    records: int
    words: int


@dataclass(frozen=True, slots=True)
class SiteCuts:
    """What a profile does: the records of its site, those that lost something by it, how many
    words in all, and each line. What stands in a part of the page that is cut by its name, a menu
    for example, is not lost by the profile."""

    status: SiteStatus
    records: int
    cut: int
    words: int
    lines: tuple[Cut, ...]


def read_cuts(archive: Archive, status: SiteStatus) -> SiteCuts:
    """What the profile of one site cuts from the records as they are shown now."""
    times: Counter[str] = Counter()
    words: Counter[str] = Counter()
    records = cut = 0
    for record in archive.records_of(status.site.name):
        lost = [
            line
            for part in record.removed
            if part.reason == TEMPLATE
            for line in part.text.split("\n")
        ]
        records += 1
        cut += bool(lost)
        times.update({fold(line) for line in lost})
        for line in lost:
            words[fold(line)] += len(line.split())
    lines = tuple(
        Cut(line, times[fold(line.text)], words[fold(line.text)]) for line in status.site.lines
    )
    return SiteCuts(status, records, cut, words.total(), lines)
