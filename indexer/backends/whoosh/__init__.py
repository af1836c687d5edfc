"""How does Whoosh hold the index, and how is it read exactly?

Whoosh keeps postings, positions and stored documents. Its own ranking collector drops documents
that belong in the first ten, and its matchers step through postings one by one; so plans are
compiled to its query objects, and those are evaluated here, over arrays read from its postings.
"""

from indexer.backends.whoosh.engine import WhooshEngine
from indexer.backends.whoosh.writer import WhooshWriter

__all__ = ["WhooshEngine", "WhooshWriter"]
