"""Which engines can answer a plan?

An engine is written once (`write_…`) and then read: `Engine` is what a search needs of it. The same
tests hold for every engine.
"""

from indexer.backends.engine import Engine, Matches
from indexer.backends.whoosh import WhooshEngine, WhooshWriter

__all__ = ["Engine", "Matches", "WhooshEngine", "WhooshWriter"]
