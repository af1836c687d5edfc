"""What did the page say, and how do we know?

Pages become records here: `read_pages` finds them, `extract` reads them, `import_pages` does both
for whole folders, and an `Archive` keeps what came of it.
"""

from corpus.cuts import Cut, SiteCuts, read_cuts
from corpus.errors import (
    ArchiveError,
    BrokenProfile,
    CorpusError,
    NotAnArticle,
    UnreadableInput,
    UnreadablePage,
)
from corpus.extraction import (
    Shared,
    Site,
    Standing,
    WrittenDate,
    extract,
    learn_site,
    read_date,
    record_id,
    site_from_toml,
    site_name,
    site_to_toml,
)
from corpus.importing import (
    SAMPLE,
    find_standing,
    import_pages,
    read_again,
    relearn_site,
    retry_quarantine,
)
from corpus.leaks import Leak, find_leaks
from corpus.readers import read_pages
from corpus.review import Doubt, review
from corpus.store import Archive, SiteStatus
from corpus.values import (
    Capture,
    Image,
    ImportedItem,
    ImportProgress,
    ImportReport,
    Page,
    Passage,
    Problem,
    Provenance,
    Quarantined,
    Record,
    Removed,
    SiteCounts,
    Translation,
)

__all__ = [
    "SAMPLE",
    "Archive",
    "ArchiveError",
    "BrokenProfile",
    "Capture",
    "CorpusError",
    "Cut",
    "Doubt",
    "Image",
    "ImportProgress",
    "ImportReport",
    "ImportedItem",
    "Leak",
    "NotAnArticle",
    "Page",
    "Passage",
    "Problem",
    "Provenance",
    "Quarantined",
    "Record",
    "Removed",
    "Shared",
    "Site",
    "SiteCounts",
    "SiteCuts",
    "SiteStatus",
    "Standing",
    "Translation",
    "UnreadableInput",
    "UnreadablePage",
    "WrittenDate",
    "extract",
    "find_leaks",
    "find_standing",
    "import_pages",
    "learn_site",
    "read_again",
    "read_cuts",
    "read_date",
    "read_pages",
    "record_id",
    "relearn_site",
    "retry_quarantine",
    "review",
    "site_from_toml",
    "site_name",
    "site_to_toml",
]
