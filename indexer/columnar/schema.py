"""What is our table of fields in Whoosh's words?"""

from whoosh.analysis import IDAnalyzer
from whoosh.fields import KEYWORD, STORED, TEXT, Schema

from indexer.fields import FACET_FIELDS, POSTING_FIELDS

STORED_FIELD = "document"


def build_schema() -> Schema:
    """The schema, made anew for each use: Whoosh pickles it into the index and must never be asked
    for that copy. Values are given as lists of terms, which passes every Whoosh analyzer by."""
    schema = Schema()
    for field in POSTING_FIELDS:
        schema.add(field.name, TEXT(analyzer=IDAnalyzer(), phrase=True))
    for name in FACET_FIELDS:
        schema.add(name, KEYWORD())
    schema.add(STORED_FIELD, STORED())
    return schema
