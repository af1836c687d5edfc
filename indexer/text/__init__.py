"""What are the letters and words of a text, in both scripts?

Rules on plain strings, in the order in which they run: clean, words, fold, stem. The only room that
imports ICU and the Snowball stemmers.
"""

from indexer.text.fold import fold_word
from indexer.text.languages import language_name
from indexer.text.plurals import other_numbers
from indexer.text.stem import light10, other_fronts, stem_word
from indexer.text.stopwords import is_stop_word
from indexer.text.tokens import Token, tokenize
from indexer.text.words import ICU_VERSION

__all__ = [
    "ICU_VERSION",
    "Token",
    "fold_word",
    "is_stop_word",
    "language_name",
    "light10",
    "other_fronts",
    "other_numbers",
    "stem_word",
    "tokenize",
]
