"""Which element of a site's pages holds the articles?

The one that holds the most of what differs from page to page and the least of what does not; or,
where posts are also known from an export or the REST interface, the one that says the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate, product
from math import log
from statistics import fmean

from corpus.extraction.blocks import WORD, Block
from corpus.extraction.boilerplate import MOST, cut_tails
from corpus.extraction.sites.paths import DEPTH, Path, Step, is_on
from corpus.extraction.sites.sheets import Part, Sheet, opening
from corpus.extraction.spelling import fold

FEWEST = 6  # pages
MANY = 10  # pages
SURE, VERY_SURE = 0.6, 0.8  # of the container's recall and precision, from many pages and from few
SAME = 0.97  # of the words; a plugin's line inside the post makes it no other text
STRAY = 0.05  # of the twins may say something else; one of MANY always may, because pages break
FEWEST_TWINS = 3
LIKELY = 0.3  # of the recall; what holds less on a page is not looked at
TRIED = 60  # paths that are held against all elements of all pages
# A name that fewer pages have is one of a category, a format or an author.
SHARES = (0.5, 0.9)

_ADDRESS = re.compile(r"https?://")
_IMAGE = re.compile(r"https?://\S+\.(?:jpe?g|png|gif|webp)\b", re.I)

Rated = tuple[float, float]  # recall and precision of an element on one page
Rate = Callable[[Sheet, Part], Rated]


def find_holder(sheets: list[Sheet], template: frozenset[str]) -> Path | None:
    """The path of the element that holds what differs on at least half of the pages, if any.
    `template`: folded lines that do not."""
    if len(sheets) < FEWEST:
        return None
    own = {sheet.url: count for sheet, count in _own_words(sheets, template)}

    def rate(sheet: Sheet, part: Part) -> Rated:
        counts = own[sheet.url]
        words = counts[part.end] - counts[part.first]
        whole = sum(block.words for block in sheet.blocks[part.first : part.end])
        return words / counts[-1], words / (whole or 1)

    told = [sheet for sheet in sheets if own[sheet.url][-1]]
    rated = _rate_paths(told, len(sheets), rate)
    best = max(rated, key=lambda path: _preference(path, rated[path]), default=None)
    sure = SURE if len(sheets) >= MANY else VERY_SURE
    return best if best and _mean(rated[best]) * len(rated[best]) / len(sheets) > sure else None


def find_twins_holder(
    sheets: list[Sheet], twins: dict[str, str], template: frozenset[str]
) -> Path | None:
    """The path of the element whose text is that of the twin on nearly all pages that have one, if
    any. `twins`: texts by sheet URL."""
    told = [sheet for sheet in sheets if WORD.search(twins.get(sheet.url, ""))]
    words = {sheet.url: Counter(WORD.findall(twins[sheet.url])) for sheet in told}
    if len(told) < FEWEST_TWINS:
        return None

    def rate(sheet: Sheet, part: Part) -> Rated:
        text = " ".join(_plain(sheet.blocks[part.first : part.end], template))
        found = Counter(WORD.findall(text))
        both = (found & words[sheet.url]).total()
        return both / words[sheet.url].total(), both / (found.total() or 1)

    rated = _rate_paths(told, len(told), rate)
    same = {path: sum(min(each) >= SAME for each in found) for path, found in rated.items()}
    best = max(same, key=lambda path: (same[path], _preference(path, rated[path])), default=None)
    stray = max(STRAY * len(told), len(told) >= MANY)
    return best if best and same[best] >= len(told) - stray else None


def _plain(blocks: list[Block], template: frozenset[str]) -> Iterator[str]:
    """The texts of a part without boxes, tails and the template's lines."""
    boxed = sum(block.words for block in blocks if block.box)
    is_boilerplate = boxed <= MOST * sum(block.words for block in blocks)
    for block in blocks:
        block.cut = block.box if is_boilerplate else None
    cut_tails(blocks)
    for block in blocks:
        if not block.cut and fold(block.text) not in template:
            yield block.text


def _rate_paths(sheets: list[Sheet], pages: int, rate: Rate) -> dict[Path, list[Rated]]:
    """The likeliest paths, each rated on every page where it means a single element; only those
    that do on at least half of the `pages`."""
    alphabets = list(_alphabets(sheets))
    first = defaultdict[Path, list[Rated]](list)
    for sheet in sheets:
        for part in sheet.parts:
            rated = rate(sheet, part)
            if rated[0] >= LIKELY:
                for path in _paths(part.steps, alphabets):
                    first[path].append(rated)
    likely = [path for path, found in first.items() if len(found) * 2 >= pages]
    likely.sort(key=lambda path: _preference(path, first[path]), reverse=True)
    result = {}
    for path in likely[:TRIED]:
        parts = [(sheet, locate(sheet, path)) for sheet in sheets]
        found = [rate(sheet, part) for sheet, part in parts if part is not None]
        if len(found) * 2 >= pages:
            result[path] = found
    return result


def locate(sheet: Sheet, path: Path) -> Part | None:
    """The only part of the page that the path means; None when there is none, or several."""
    found = [part for part in sheet.parts if is_on(path, part.steps)]
    return found[0] if len(found) == 1 else None


def _alphabets(sheets: list[Sheet]) -> Iterator[frozenset[str]]:
    """The names that many pages have, by how many."""
    count = Counter(
        name
        for sheet in sheets
        for name in {name for part in sheet.parts for name in part.steps[0].names}
    )
    for share in SHARES:
        yield frozenset(name for name, pages in count.items() if pages >= share * len(sheets))


def _paths(steps: Path, alphabets: list[frozenset[str]]) -> set[Path]:
    """What the element could be called: with its parents or without, with places or without."""
    found = set()
    for known, depth, placed in product(alphabets, range(DEPTH), range(DEPTH)):
        if placed <= depth + 1:
            found.add(
                tuple(
                    Step(step.tag, step.names & known, step.place if place < placed else 0)
                    for place, step in enumerate(steps[: depth + 1])
                )
            )
    return found


def _preference(path: Path, found: list[Rated]) -> tuple[float, int, int]:
    """By mean and number of pages, then the path that says least: it fits other pages best."""
    said = sum(1 + bool(step.place) for step in path)
    return round(_mean(found) * len(found), 2), -said, -sum(len(step.names) for step in path)


def _mean(found: list[Rated]) -> float:
    """The harmonic mean of recall and precision, without the worst tenth of the pages."""
    recall, precision = (
        fmean(sorted(values)[len(values) // 10 :]) for values in zip(*found, strict=True)
    )
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _own_words(sheets: list[Sheet], template: frozenset[str]) -> Iterator[tuple[Sheet, list[int]]]:
    """How many words of some article stand on each page before each block: not in a template line,
    a title, a date or a link to another article, but in words that few other pages have. An address
    is text, also as a link, because posts may be nothing else; an image's is what themes hide."""
    titles = frozenset[str]().union(*(sheet.titles for sheet in sheets))
    words = [[WORD.findall(block.text) for block in sheet.blocks] for sheet in sheets]
    pages_with = Counter(
        word for blocks in words for word in {word for block in blocks for word in block}
    )
    most = log(len(sheets))
    rare = {word: log(len(sheets) / pages) for word, pages in pages_with.items()}
    for sheet, blocks in zip(sheets, words, strict=True):
        counts = [
            len(found)
            if found
            and fmean(rare[word] for word in found) >= 0.3 * most
            and fold(block.text) not in template
            and opening(block.text) not in titles
            and block.box != "hidden"
            and sum(map(str.isdigit, found)) * 2 < len(found)
            and not _IMAGE.match(block.text)
            and (block.linked * 2 <= block.words or _ADDRESS.match(block.text))
            else 0
            for block, found in zip(sheet.blocks, blocks, strict=True)
        ]
        yield sheet, list(accumulate(counts, initial=0))
