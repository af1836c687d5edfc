"""How do several segments become one?

Their documents follow each other, so the postings of a term are those of the first segment, then
those of the second, and so on. The terms are taken in runs, so that only a part of the postings is
in memory at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.columnar.arrays import Array, ArrayFileWriter
from indexer.columnar.segment import FieldSegment
from indexer.columnar.terms import pack

_CHUNK = 4_000_000  # postings or positions in memory at once; a term with more comes alone


@dataclass(frozen=True, slots=True)
class _Source:
    """One segment's values, and where each of the merged field's terms has its own."""

    values: Array
    starts: Array  # of the merged field's terms in `values`; shape (terms + 1,)
    added: int = 0  # to each value


def merge_field(file: ArrayFileWriter, name: str, parts: Sequence[FieldSegment]) -> None:
    """Write one field of several segments as that of one."""
    terms = sorted({term for part in parts for term in part.terms})
    number = {term: place for place, term in enumerate(terms)}
    own = [np.array([number[term] for term in part.terms], np.int64) for part in parts]
    letters, ends = pack(terms)
    file.add(f"{name}.letters", letters)
    file.add(f"{name}.ends", ends)
    starts = [_spread(part.starts, each, len(terms)) for part, each in zip(parts, own, strict=True)]
    places = [_spread(part.places, each, len(terms)) for part, each in zip(parts, own, strict=True)]
    bases = np.cumsum([0, *(len(part.lengths) for part in parts)]).tolist()
    docs = [
        _Source(part.docs, start, base)
        for part, start, base in zip(parts, starts, bases, strict=False)
    ]
    counts = [_Source(p.counts, start) for p, start in zip(parts, starts, strict=True)]
    positions = [_Source(p.positions, place) for p, place in zip(parts, places, strict=True)]
    # In the order of `write_field`: the file is the same, however many parts there were.
    file.add(f"{name}.starts", np.sum(starts, axis=0))
    _write(file, f"{name}.docs", docs)
    _write(file, f"{name}.counts", counts)
    file.add(f"{name}.places", np.sum(places, axis=0))
    _write(file, f"{name}.positions", positions)
    widest = np.result_type(*(part.lengths for part in parts))
    file.add_parts(f"{name}.lengths", widest, (part.lengths for part in parts))


def _write(file: ArrayFileWriter, name: str, sources: Sequence[_Source]) -> None:
    """Write values of all sources, in the narrowest type that holds them."""
    widest = np.result_type(*(source.values for source in sources))
    file.add_parts(name, widest, _interleave(sources))


def _spread(starts: Array, own: Array, count: int) -> Array:
    """Where each of the `count` merged terms begins in a segment that has the terms `own`; one it
    has not begins and ends at the same place."""
    sizes = np.zeros(count, np.int64)
    sizes[own] = np.diff(starts)
    return np.concatenate([[0], np.cumsum(sizes)])


def _interleave(sources: Sequence[_Source]) -> Iterator[Array]:
    """The values of each term, source after source, for one run of terms after the other."""
    total = np.sum([source.starts for source in sources], axis=0)
    first = 0
    while first < len(total) - 1:
        end = int(np.searchsorted(total, total[first] + _CHUNK, "right")) - 1
        end = max(end, first + 1)
        out = np.empty(int(total[end] - total[first]), np.int64)
        free = (total[first:end] - total[first]).astype(np.int64)  # of each term, where its next go
        for source in sources:
            bounds = source.starts[first : end + 1]
            sizes = np.diff(bounds)
            steps = np.arange(bounds[-1] - bounds[0]) - np.repeat(bounds[:-1] - bounds[0], sizes)
            out[np.repeat(free, sizes) + steps] = (
                source.values[bounds[0] : bounds[-1]].astype(np.int64) + source.added
            )
            free += sizes
        yield out
        first = end
