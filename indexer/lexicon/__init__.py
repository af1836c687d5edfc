"""Which names could the words of this archive be, and how are they written?

A file of words beside the text index: every word that the archive writes, and every pair of words
that others may write as one, under the keys of its consonants. The text index knows nothing of it.
"""

from indexer.lexicon.collecting import Counts, LexiconWriter
from indexer.lexicon.joining import attached_forms, bare_forms
from indexer.lexicon.reading import Entry, Lexicon

__all__ = ["Counts", "Entry", "Lexicon", "LexiconWriter", "attached_forms", "bare_forms"]
