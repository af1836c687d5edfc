"""Which engines can answer a plan?

An engine is written once, by its writer, and then read: `Engine` is what a search needs of it. The
same tests hold for every engine.
"""

from indexer.backends.engine import Engine, Matches, Stored

__all__ = ["Engine", "Matches", "Stored"]
