"""Which records match, under any spelling?

Records become an index of generations (`build_index`), an index answers queries (`open_index`,
`Index.search`) with results that say how the query was read and why each record was found.
"""

from indexer import names
from indexer.building.build import BuildReport, build_index
from indexer.building.generations import current_generation, finished_generations, roll_back
from indexer.building.manifest import Manifest
from indexer.building.verification import verify_index
from indexer.document import Document, Mention
from indexer.errors import BuildError, IndexerError, IndexUnreadable, QueryError, TableError
from indexer.index import Index, open_index
from indexer.ingest import read_input
from indexer.names import Entity
from indexer.probes import Mark
from indexer.query import Notice, Query
from indexer.reading.ladder import Rung
from indexer.results import (
    Bar,
    FacetValue,
    Hit,
    Interpretation,
    Match,
    Reading,
    Results,
    Snippet,
    Variant,
    Why,
)
from indexer.tables import (
    Affected,
    TableChange,
    affected_records,
    ordinary_words,
    read_table_change,
    store_table,
)
from indexer.text import Token
from indexer.text import tokenize as analyze

__all__ = [
    "Affected",
    "Bar",
    "BuildError",
    "BuildReport",
    "Document",
    "Entity",
    "FacetValue",
    "Hit",
    "Index",
    "IndexUnreadable",
    "IndexerError",
    "Interpretation",
    "Manifest",
    "Mark",
    "Match",
    "Mention",
    "Notice",
    "Query",
    "QueryError",
    "Reading",
    "Results",
    "Rung",
    "Snippet",
    "TableChange",
    "TableError",
    "Token",
    "Variant",
    "Why",
    "affected_records",
    "analyze",
    "build_index",
    "current_generation",
    "finished_generations",
    "names",
    "open_index",
    "ordinary_words",
    "read_input",
    "read_table_change",
    "roll_back",
    "store_table",
    "verify_index",
]
