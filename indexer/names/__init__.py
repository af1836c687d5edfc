"""Which spellings belong to one name, and which names to one actor or place?

Two kinds of knowledge: tables of actors and places with their names (`Gazetteer`, `Tagger`),
and rules of how people write Arabic names in Latin letters (`NameIndex`, `similarity`).
"""

from indexer.document import Mention
from indexer.names.entity import Alias, Entity
from indexer.names.likeness.variants import NameIndex, similarity
from indexer.names.listed.checking import check_tables
from indexer.names.listed.gazetteer import Gazetteer, own_tables
from indexer.names.listed.importing import ImportedTable, import_table
from indexer.names.spelling import fold_name
from indexer.names.tagging.tagger import Tagger

__all__ = [
    "Alias",
    "Entity",
    "Gazetteer",
    "ImportedTable",
    "Mention",
    "NameIndex",
    "Tagger",
    "check_tables",
    "fold_name",
    "import_table",
    "own_tables",
    "similarity",
]
