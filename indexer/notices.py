"""What is a notice in words?"""

from indexer.query import Notice

_WORDS = {
    "quote-closed": "A quotation mark was missing and has been added.",
    "parenthesis-repaired": "The brackets did not match and have been repaired.",
    "operator-dropped": "{detail} had nothing to join and was left out.",
    "lone-symbol": "{detail} holds no word and was left out.",
    "prefix-too-short": "{detail}: at least two letters must stand before the star.",
    "prefix-limited": "{detail} begins too many words; 1,024 in all were used.",
    "close-limited": "{detail}: close misspellings of the first 8 words only were looked for.",
    "too-long": "The query was longer than 512 characters; the rest was left out.",
    "too-many-words": "The query had more than 64 parts; the rest was left out.",
    "too-deep": "Brackets were nested too deeply; the inner ones were left out.",
    "unknown-field": "{detail} is no field that can be searched; it was read as a word.",
    "unknown-entity": "{detail} is in no table of actors and locations.",
    "date-unread": "{detail} could not be read as a date and was left out.",
    "page-limited": "There are fewer pages; this is the last one.",
    "only-negative": "The query only excludes; all other records are shown.",
}


def in_words(notice: Notice) -> str:
    """The notice as one English sentence."""
    return _WORDS[notice.code].format(detail=notice.detail)
