"""How does a Whoosh index stand on arrays?

Whoosh's schema, queries and interfaces of readers and matchers; its postings as arrays that are
mapped from one file. What steps through postings in Python is 50 to 400 times slower; and nothing
here needs a bound on scores, so every match is found and every score exact.
"""

from indexer.columnar.engine import ColumnarEngine
from indexer.columnar.writer import ColumnarWriter, Portion, PortionWriter

__all__ = ["ColumnarEngine", "ColumnarWriter", "Portion", "PortionWriter"]
