"""What did a page say, and what on it was the site's?

`pipeline` shows the steps in their order; the other modules are one step each, and the tables
beside them hold what people know about pages: boilerplate, metadata, elements, dates.
"""

from corpus.extraction.dates import WrittenDate, read_date
from corpus.extraction.pipeline import EXTRACTOR, extract
from corpus.extraction.sites import (
    Shared,
    Site,
    Standing,
    count_standing,
    learn_site,
    rules_text,
    site_from_toml,
    site_name,
    site_to_toml,
)
from corpus.extraction.urls import record_id

__all__ = [
    "EXTRACTOR",
    "Shared",
    "Site",
    "Standing",
    "WrittenDate",
    "count_standing",
    "extract",
    "learn_site",
    "read_date",
    "record_id",
    "rules_text",
    "site_from_toml",
    "site_name",
    "site_to_toml",
]
