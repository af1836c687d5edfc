"""When was the article published, and when was it changed?

What the page declares is asked first, then what it shows near its title, then what it shows
elsewhere; what only its scripts know comes last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from lxml.html import HtmlElement

from corpus.extraction.boilerplate import ELSEWHERE
from corpus.extraction.dates import LONGEST, WrittenDate, find_date, read_date
from corpus.extraction.head import Head, load_names
from corpus.extraction.jsonld import kinds, plain
from corpus.extraction.layout import Layout
from corpus.extraction.scripts import script_dates
from corpus.extraction.titles import title_places
from corpus.extraction.urls import split_url

Found = tuple[WrittenDate, str]

_DATED = re.compile(
    r"(?:^|[-_\s])(?:date|time|datetime|published|pubdate|posted|timestamp|dateline)(?:$|[-_\s])",
    re.I,
)
_DATED_TAGS = ("time", "span", "div", "p", "li", "a", "abbr", "b", "small", "strong")
_CHANGED = re.compile(r"\W*(?:last )?(?:updated|modified)|آخر تحديث|اخر تحديث|تم التحديث", re.I)
_PLANNED_NAME = re.compile(
    r"(?:^|[-_\s])(?:events?|(?:start|end)[-_]?date|dtstart|dtend|deadline)(?:$|[-_\s])", re.I
)
_CHANGED_NAME = re.compile(r"updated|modified", re.I)
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:\d{4}|\d\d)(?![\d/])")
_AMERICAN = re.compile(r"\d:\d\d:\d\d [AP]M\b")  # what programs print there, seconds and all
LONE = 3  # dates that are looked at
BEFORE, AFTER = 4, 10  # blocks around the title, near to it
ALONE = 40  # characters of a line that is nothing but a date
MOST = 300  # elements that are called a date; a page with more is hostile
SOON = timedelta(days=2)  # after the capture; sites have their own clocks
LATE = timedelta(days=366)  # likewise: the time of a capture is sometimes only a guess
FIRST_YEAR = 1990  # no page of the web is older


def find_published(layout: Layout, head: Head, title: str) -> Iterator[Found]:
    """The dates that the page gives for its article, with their writing, the most trusted first."""
    places = title_places(layout, title)
    # Where the page shows another date near its title, the declared one was right on 6 of 9 pages.
    yield from _declared_dates(head)
    visible = list(_visible_dates(layout, places))
    todays = []
    for is_above, found in _near_dates(visible, layout, head, places):
        if is_above and abs(_day(found) - head.captured.date()) <= timedelta(days=1):
            todays.append(found)  # many sites show the day above everything
        elif not _has_come(found, head, SOON):
            yield replace(found[0], approximate=True), found[1]
        else:
            yield found
    if dated := _IN_URL.search(split_url(head.url).path):
        yield from _declared("-".join(dated.groups()), head)
    yield from todays
    for each in visible:
        if not each.is_near:
            for found in _of_element(each, layout, head):
                if not (found[0].approximate and found[0].moment.tzinfo):  # "ago" is a comment's
                    yield found
    yield from _lone_dates(layout, head, places)
    for text in script_dates(layout.tree, title):
        yield from _declared(text, head)


def _day(found: Found) -> date:
    return found[0].moment.date()


def find_modified(layout: Layout, head: Head) -> datetime | None:
    """When the article was last changed, as the page declares it or else shows it."""
    values: list[str] = []
    if not head.copied:
        values = [plain(node.get("dateModified")) for node in head.articles()]
        values += [head.first(name) for name in load_names().modified]
    for text in values:
        for read, _ in _declared(text, head):
            return read.moment
    for element, called, text, _ in _dated(layout):
        if label := _CHANGED.match(text):
            text = text[label.end() :].strip(" :")
        elif not _CHANGED_NAME.search(called) or "publish" in called.lower():
            continue
        for shown in (element.get("datetime") or "", text):
            for read, _ in _declared(shown, head):
                return read.moment
    return None


def _declared_dates(head: Head) -> Iterator[Found]:
    if head.copied:
        return
    for node in head.articles():
        yield from _declared(plain(node.get("datePublished")), head)
    for name in load_names().published:
        yield from _declared(head.first(name), head)
    for node in head.nodes:
        if kinds(node) & {"webpage", "itempage"}:
            yield from _declared(plain(node.get("datePublished")), head)


@dataclass(frozen=True, slots=True)
class _Shown:
    """An element that is called a date, and where it stands."""

    element: HtmlElement
    text: str
    is_near: bool
    is_above: bool


def _visible_dates(layout: Layout, places: list[int]) -> Iterator[_Shown]:
    """What is called a date: what is called an update last, those in the article first."""
    found: list[tuple[bool, bool, bool, HtmlElement, str]] = []
    for element, called, text, box in _dated(layout):
        if _CHANGED.match(text):
            continue
        inside = any(each.tag in ("article", "main") for each in element.iterancestors())
        is_change = bool(_CHANGED_NAME.search(called)) and "publish" not in called.lower()
        found.append((is_change, box == "header", not inside, element, text))
    for is_change, *_, element, text in sorted(found, key=lambda each: each[:3]):
        place = layout.page.spans.get(element, (0, 0))[0]
        is_near = not places or any(-BEFORE <= place - each <= AFTER for each in places)
        is_above = not places or place < places[0]
        yield _Shown(element, text, is_near and not is_change, is_above)


def _dated(layout: Layout) -> Iterator[tuple[HtmlElement, str, str, str | None]]:
    """(element, its names, text, box) of what is called a date or is one for HTML."""
    elements = (
        (element, called)
        for element in layout.root.iter(*_DATED_TAGS)
        if (called := _names(element)) != "  " or element.tag == "time"
        if element.tag == "time" or _DATED.search(called) or _CHANGED_NAME.search(called)
    )
    for element, called in islice(elements, MOST):
        text = " ".join(element.text_content().split())
        box = layout.box_of(element)
        around = element.getparent()
        is_planned = _PLANNED_NAME.search(f"{called} {'' if around is None else _names(around)}")
        if len(text) <= LONGEST and box not in ELSEWHERE and not is_planned:
            yield element, called, text, box


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"


def _of_element(shown: _Shown, layout: Layout, head: Head) -> Iterator[Found]:
    for value in (shown.element.get("datetime"), shown.element.get("content")):
        yield from (each for each in _declared(value or "", head) if _has_come(each, head, LATE))
    yield from _shown(shown.text, layout, head, LATE)
    if len(shown.element):  # <b>12</b><b>آذار</b><b>2014</b>
        yield from _shown(" ".join(" ".join(shown.element.itertext()).split()), layout, head)


def _near_dates(
    visible: list[_Shown], layout: Layout, head: Head, places: list[int]
) -> Iterator[tuple[bool, Found]]:
    """(whether it stands above the title, date) of the elements and the lines around the title."""
    for each in visible:
        if each.is_near:
            for found in _of_element(each, layout, head):
                yield each.is_above, found
    for place in places:
        for at in range(max(0, place - 3), min(place + 6, len(layout.page.blocks))):
            near = layout.page.blocks[at]
            if len(near.text) < 400 and near.box not in ELSEWHERE:
                for found in _shown(near.text, layout, head):
                    yield at < place, found


def _lone_dates(layout: Layout, head: Head, places: list[int]) -> Iterator[Found]:
    """Elements that are nothing but a date, the nearest to the title first."""
    first = places[0] if places else 0
    found = []
    for element in layout.root.iter(*_DATED_TAGS, "h2", "h3", "h4", "h5", "h6", "td", "em", "i"):
        text = element.text or ""
        if not 6 <= len(text) <= ALONE or not re.search(r"\d{4}", text) or len(element):
            continue
        place = layout.page.spans.get(element, (0, 0))[0]
        if layout.box_of(element) not in ELSEWHERE and place >= first - BEFORE:
            found.append((abs(place - first), " ".join(text.split())))
    for _, text in sorted(found)[:LONE]:
        if read_date(text):
            yield from _shown(text, layout, head)


def _declared(text: str, head: Head) -> Iterator[Found]:
    """A date written for machines. It may be later than the capture, whose time is sometimes only
    the file's."""
    is_american = _AMERICAN.search(text) is not None
    read = read_date(text, head.captured, month_first=is_american) if text else None
    if read and read.moment.year >= FIRST_YEAR:
        yield read, text


def _shown(text: str, layout: Layout, head: Head, late: timedelta = SOON) -> Iterator[Found]:
    """A date written for readers, alone (at most `late` after the capture) or in a line."""
    is_american = bool(_SLASHED.search(text)) and _is_american(layout, text)
    read = read_date(text, head.captured, month_first=is_american)
    found = (read, text) if read else find_date(text, head.captured, month_first=is_american)
    is_old = found is None or found[0].moment.year < FIRST_YEAR
    if found and not is_old and _has_come(found, head, late if read else SOON):
        yield found


def _has_come(found: Found, head: Head, late: timedelta) -> bool:
    """Whether a date is at most so much later than the capture: else something is announced."""
    return found[0].moment.replace(tzinfo=None) - late <= head.captured.replace(tzinfo=None)


def _is_american(layout: Layout, text: str) -> bool:
    """Whether the page writes the month before the day: where another of its dates can only be read
    so and none the other way round, or where a program wrote it."""
    if _AMERICAN.search(text):
        return True
    pairs = {
        (int(first) > 12, int(second) > 12)
        for block in layout.page.blocks
        for first, second in _SLASHED.findall(block.text)
    }
    return (False, True) in pairs and (True, False) not in pairs
