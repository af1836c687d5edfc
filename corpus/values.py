"""Which values cross the border of this room?"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PageKind = Literal["article", "listing", "feed", "attachment"]
Precision = Literal["year", "month", "day", "minute"]
Stage = Literal["import", "learn", "reread"]
ReadBecause = Literal["first", "known", "rules", "profile", "asked"]
Outcome = Literal["new", "changed", "duplicate", "not_article", "quarantined", "skipped"]


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one captured web page, as they were received.

    `content_type` is the declared one ("text/html; charset=windows-1256") and is evidence, not
    truth. WordPress items are pages too: one WXR <item> has "application/rss+xml; type=wxr-item",
    one REST post has "application/json; type=wp-post".
    """

    url: str
    content: bytes
    captured: datetime  # time zone aware, UTC
    content_type: str = "text/html"


@dataclass(frozen=True, slots=True)
class Removed:
    """A run of text that was cut, and why: "related-posts", "comments", "share", "author-box" …"""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from and how it was read."""

    url: str  # as captured
    captured: datetime
    sha256: str  # of the original bytes, hex
    method: str  # "container", "container+generic", "generic", "wxr", "rest"
    encoding: str  # the one used to decode
    declared_encoding: str | None = None
    replaced: int = 0  # characters that became U+FFFD
    extractor: str = ""  # version of the extraction rules


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of a record's text in one language: offsets into `text`, in characters."""

    start: int
    end: int
    lang: str  # ISO 639-1, or "und"


@dataclass(frozen=True, slots=True)
class Translation:
    """Another page that says the same in another language, as the page itself tells."""

    lang: str
    url: str  # canonical


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the article, and what is written below it."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One archive item: clean text and its provenance.

    `text` is blocks joined by newlines, exactly as the page said it. `url` is the canonical one.
    `published` is time zone aware when the page said so, else naive local time of the site;
    None when the page does not tell. `published_text` is the date as it was written.
    """

    id: str  # 16 hex digits, from the canonical URL; the same page keeps it for ever
    url: str
    title: str
    text: str
    provenance: Provenance
    author: str | None = None
    published: datetime | None = None
    published_text: str | None = None
    published_precision: Precision | None = None
    # Reckoned, from "two hours ago" or from a Hijri date; or later than the capture.
    published_approximate: bool = False
    modified: datetime | None = None
    lang: str = "und"  # "ar", "en", or another ISO 639-1 code
    passages: tuple[Passage, ...] = ()  # in order, together the whole text; one where it is uniform
    translations: tuple[Translation, ...] = ()
    images: tuple[Image, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""  # host without "www."
    confidence: float = 1.0
    captures: int = 1  # how many captures of this record the archive holds, all versions together
    removed: tuple[Removed, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """One item of the input that is no page: unreadable (`quarantine`) or no matter (`skip`)."""

    where: str  # file name, with an offset or an item number where there is one
    reason: str
    kind: Literal["quarantine", "skip"] = "quarantine"


@dataclass(frozen=True, slots=True)
class Capture:
    """One saved copy of a URL, as the archive lists them."""

    url: str
    captured: datetime
    sha256: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One item that could not be imported, why, and where its bytes are."""

    id: int
    where: str
    reason: str
    run: int
    at: datetime
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: what is counted here is stored, whatever happens next."""

    done: int  # items with an outcome
    total: int | None  # of them; None while nobody knows
    quarantined: int
    part: float | None = None  # of the input's bytes that were read, 0 … 1; None: not known
    stage: Stage = "import"
    site: str = ""  # that is learned


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """What became of one item of an import, and why. `read` tells why a page was read: for the
    "first" time, or again because the "rules" of extraction or the "profile" of its site are others
    now, or because that was "asked" for; a "known" one was not read."""

    where: str  # the URL of a page, else a place in a file
    outcome: Outcome
    why: str
    read: ReadBecause = "first"
    title: str = ""
    kind: PageKind | None = None  # of a page that was read
    site: str = ""
    record_id: str | None = None
    captured: datetime | None = None
    sha256: str | None = None  # of the page's bytes
    lost: bool = False  # it gave a record until now
    again: bool = False  # no item of the input: a stored page, read with a new profile


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """What became of one site's pages in an import."""

    name: str
    new: int = 0
    changed: int = 0
    duplicate: int = 0
    not_article: int = 0
    quarantined: int = 0
    repaired: int = 0  # records whose page lied about its encoding, or had broken letters


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the items of one import run. The outcomes add up to `total`."""

    run: int
    imported: int = 0  # a new record, or a new version of one
    duplicate: int = 0  # a capture of text that the archive already had, or had already seen
    not_article: int = 0
    quarantined: int = 0
    skipped: int = 0  # items that are no pages: images, requests, drafts …
    reasons: tuple[tuple[str, int], ...] = ()  # reason, how many; for the last three outcomes
    changed: int = 0  # of the imported: new versions of records that were there
    kinds: tuple[tuple[PageKind, int], ...] = ()  # of the pages, also of those that were known
    samples: tuple[ImportedItem, ...] = ()  # up to three of each outcome, and of each page kind
    sites: tuple[SiteCounts, ...] = ()  # by name; the outcomes of all pages that have a host
    learned: tuple[str, ...] = ()  # sites whose profile was learned at the end
    unlearned: tuple[tuple[str, str], ...] = ()  # sites that could not be learned, and why
    reread: int = 0  # stored pages that were read again because of that; no items of the input
    corrected: int = 0  # of these: records that now read otherwise

    @property
    def total(self) -> int:
        """Items seen."""
        return self.imported + self.duplicate + self.not_article + self.quarantined + self.skipped
