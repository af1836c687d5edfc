"""What became of the items of a run, all together?"""

import codecs
from collections import Counter, defaultdict
from typing import TypeVar

from corpus.serialization import storable
from corpus.values import ImportedItem, ImportReport, Outcome, PageKind, Provenance, SiteCounts

_SAMPLES = 3  # of each outcome and page kind


class Tally:
    """Counts of a run, and a few items of each kind to look at."""

    def __init__(self, run: int) -> None:
        self._run = run
        self._outcomes: Counter[Outcome] = Counter()
        self._reasons: Counter[str] = Counter()
        self._kinds: Counter[PageKind] = Counter()
        self._sites: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._samples: defaultdict[tuple[Outcome, str], list[ImportedItem]] = defaultdict(list)
        self._again: Counter[bool] = Counter()  # whether it changed the record
        self.learned: list[str] = []
        self.unlearned: list[tuple[str, str]] = []

    def count(self, item: ImportedItem, source: Provenance | None = None) -> None:
        """One item; `source` is that of its record."""
        if item.again:
            self._again[item.lost or item.outcome in ("new", "changed")] += 1
            return
        self._outcomes[item.outcome] += 1
        if item.outcome in ("not_article", "quarantined", "skipped"):
            self._reasons[storable(item.why)] += 1
        if item.kind:
            self._kinds[item.kind] += 1
        if item.site:
            self._sites[item.site][item.outcome] += 1
            self._sites[item.site]["repaired"] += source is not None and is_repaired(source)
        samples = self._samples[item.outcome, item.kind or ""]
        if len(samples) < _SAMPLES and item.where not in [each.where for each in samples]:
            samples.append(item)

    @property
    def report(self) -> ImportReport:
        """The counts so far."""
        by_outcome = self._outcomes
        return ImportReport(
            self._run,
            imported=by_outcome["new"] + by_outcome["changed"],
            duplicate=by_outcome["duplicate"],
            not_article=by_outcome["not_article"],
            quarantined=by_outcome["quarantined"],
            skipped=by_outcome["skipped"],
            reasons=_sorted(self._reasons),
            changed=by_outcome["changed"],
            kinds=_sorted(self._kinds),
            samples=tuple(item for items in self._samples.values() for item in items),
            sites=tuple(SiteCounts(name, **self._sites[name]) for name in sorted(self._sites)),
            learned=tuple(self.learned),
            unlearned=tuple(self.unlearned),
            reread=self._again.total(),
            corrected=self._again[True],
        )


Name = TypeVar("Name", bound=str)


def _sorted(counts: Counter[Name]) -> tuple[tuple[Name, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def is_repaired(source: Provenance) -> bool:
    """Whether a page was not in the encoding that it declares, or had letters that are lost."""
    if source.replaced:
        return True
    return source.declared_encoding is not None and (
        _encoding(source.declared_encoding) != _encoding(source.encoding)
    )


def _encoding(name: str) -> str:
    """One name for each encoding. What says it is Latin-1 or ASCII is read as windows-1252
    everywhere: that is no repair."""
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return name.lower()
    return "cp1252" if name in ("iso8859-1", "ascii") else name
