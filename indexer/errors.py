"""What can go wrong between a record and a result?"""


class IndexerError(Exception):
    """Base of every error of this package; the message says what happened and what to do."""


class QueryError(IndexerError):
    """A search was called with arguments that have no meaning (size=0). Nothing a reader types."""


class IndexUnreadable(IndexerError):
    """There is no good generation of the index at the given place."""


class BuildError(IndexerError):
    """A generation could not be built or did not pass its checks; the old one stays in use."""


class TableError(IndexerError):
    """A gazetteer table has a row that cannot be used; the message names file and line."""
