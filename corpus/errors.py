"""What can go wrong between a page and a record?"""

from corpus.values import PageKind


class CorpusError(Exception):
    """Base of every error of this package; the message says what happened and what to do."""


class NotAnArticle(CorpusError):
    """The page was read, and it is a listing, a feed or another page without an article; `kind`
    tells which."""

    def __init__(self, message: str, kind: PageKind = "listing") -> None:
        super().__init__(message)
        self.kind = kind


class UnreadablePage(CorpusError):
    """The page's bytes could not be turned into text."""


class UnreadableInput(CorpusError):
    """A file or folder named by the caller cannot be read at all."""


class BrokenProfile(CorpusError):
    """The text of a site's profile is not well formed; the message names the row."""


class ArchiveError(CorpusError):
    """The record store cannot be opened, read or written."""
