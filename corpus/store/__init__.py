"""What is stored, and is it still what was stored?

The record store: one SQLite database of originals, records, captures, runs and quarantine.
"""

from corpus.store.archive import Archive
from corpus.store.profiles import Profile, SiteStatus
from corpus.store.runs import Answer, Item, Run, Verdict

__all__ = ["Answer", "Archive", "Item", "Profile", "Run", "SiteStatus", "Verdict"]
