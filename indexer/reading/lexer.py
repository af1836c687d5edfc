"""Which words, quotes, brackets and signs does a reader type?

One pass over the query, never back. What would keep a query from being a tree is repaired here: the
parser meets only pairs of brackets, no deeper than it can go, and a bounded number of words.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from indexer.query import Notice
from indexer.text import tokenize

MOST_CHARACTERS = 512
MOST_PARTS = 64
MOST_NESTING = 12

Kind = Literal[
    "word", "phrase", "symbol", "open", "close", "and", "or", "not", "near", "field", "mode"
]


class Lexeme(NamedTuple):
    """A piece of a query. A "symbol" stands where a word could, and holds none."""

    kind: Kind
    text: str
    start: int  # offset in the query as typed


# Signs of direction and byte-order marks come unseen with pasted text.
_UNSEEN = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
# What separates words in both scripts; a comma between digits belongs to its number.
_SEPARATOR = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\ud800-\udfff،؛؟۔;?!…]|(?<!\d),|,(?!\d)")

# Quotes of one class close each other; Arabic and English keyboards give them in either order.
_QUOTES = ('"＂″', "“”„‟", "«»", "‹›")
_ANY_QUOTE = "".join(_QUOTES)

_LEXEME = re.compile(
    rf"""
      \s+
    | (?P<open> \( )
    | (?P<close> \) )
    | (?P<quote> [{_ANY_QUOTE}] )
    | (?<![^\s(])                                 # only at the beginning of a word:
      (?: (?P<not> [-−] (?=[^\s)−-]) | (?:NOT|ليس) (?![^\s()]) )
        | (?P<or> (?:OR|\|\||[أا]\u0654?\u064e?و\u0652?) (?![^\s()]) )
        | (?P<and> (?:AND|&&) (?![^\s()]) )
        | (?P<near> NEAR (?:/\d+)? (?![^\s()]) )
        | [‘'] (?P<phrase> [^‘’']* \s [^‘’']* ) [’'] (?![^\s()])
        | \+ (?=[^\s)])
      )
    | (?P<field> (?i:title|actor|location) : (?!//) )
    | (?P<mode> [=~]+ (?=[^\s)]) )
    | (?P<word> [^\s(){_ANY_QUOTE}]+ )
    """,
    re.VERBOSE,
)


def read_lexemes(q: str, notices: list[Notice]) -> list[Lexeme]:
    """The pieces of a query, its brackets in pairs. Repairs are added to `notices`."""
    text, origins = _visible(q, notices)
    lexemes = _limited(_iter_lexemes(text, notices), notices)
    return [lexeme._replace(start=origins[lexeme.start]) for lexeme in _balanced(lexemes, notices)]


def _visible(q: str, notices: list[Notice]) -> tuple[str, list[int]]:
    """The query with separators as spaces and without what is not seen, as far as it is read; and
    for each character, and for the end, its place in `q`."""
    seen = ((place, c) for place, c in enumerate(q.rstrip()) if c not in _UNSEEN)
    origins, characters = [], []
    for place, character in islice(seen, MOST_CHARACTERS + 1):
        origins.append(place)
        characters.append(character)
    origins.append(len(q))
    text = _SEPARATOR.sub(" ", "".join(characters))
    if len(text) > MOST_CHARACTERS:
        notices.append(Notice("too-long"))
        whole = text.rfind(" ")  # half a word would be another word
        text = text[: whole if whole > 0 else MOST_CHARACTERS]
    return text, origins


def _iter_lexemes(text: str, notices: list[Notice]) -> Iterator[Lexeme]:
    place = 0
    while place < len(text):
        found = _LEXEME.match(text, place)
        assert found is not None  # every character is a space, a bracket, a quote or of a word
        place = found.end()
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        if kind == "quote":  # type: ignore[comparison-overlap]
            end = _closing_quote(text, found.start())
            if end is None:
                notices.append(Notice("quote-closed"))
                end = len(text)
            yield _worded("phrase", text[place:end], place)
            place = end + 1
        elif kind in ("word", "phrase"):
            yield _worded(kind, found[kind], found.start(kind))
        elif kind is not None:
            yield Lexeme(kind, found.group(), found.start())


def _closing_quote(text: str, opening: int) -> int | None:
    """The place of the quote that closes the one at `opening`: the next one of its class, else
    the next one of any."""
    own = next(quotes for quotes in _QUOTES if text[opening] in quotes)
    for quotes in (own, _ANY_QUOTE):
        places = [found for quote in quotes if (found := text.find(quote, opening + 1)) > 0]
        if places:
            return min(places)
    return None


def _worded(kind: Kind, text: str, start: int) -> Lexeme:
    return Lexeme(kind if tokenize(text) else "symbol", text, start)


def _limited(lexemes: Iterator[Lexeme], notices: list[Notice]) -> Iterator[Lexeme]:
    """The first 64 words, phrases and symbols, and what stands between them."""
    parts = 0
    for lexeme in lexemes:
        parts += lexeme.kind in ("word", "phrase", "symbol")
        if parts > MOST_PARTS:
            notices.append(Notice("too-many-words"))
            return
        yield lexeme


def _balanced(lexemes: Iterator[Lexeme], notices: list[Notice]) -> Iterator[Lexeme]:
    """Brackets in pairs: those without a partner are left out or closed, those too deep left out
    while what they hold stays."""
    depth, end = 0, 0
    repaired = deep = False
    for lexeme in lexemes:
        end = lexeme.start
        if lexeme.kind == "open":
            depth += 1
        elif lexeme.kind == "close":
            depth -= 1
        if depth < 0:
            depth, repaired = 0, True
        elif lexeme.kind == "open" and depth > MOST_NESTING:
            deep = True
        elif lexeme.kind != "close" or depth < MOST_NESTING:
            yield lexeme
    for _ in range(min(depth, MOST_NESTING)):
        repaired = True
        yield Lexeme("close", ")", end)
    if repaired:
        notices.append(Notice("parenthesis-repaired"))
    if deep:
        notices.append(Notice("too-deep"))
