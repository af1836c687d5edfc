"""What tree does a typed query make?

By recursive descent over the lexemes, whose brackets are in pairs and not deep. Nothing that is
typed raises; what was repaired is told. Words that stand together must all match; `OR` joins all
that stands on its left with all that stands on its right, as far as the brackets go, because names
have several words: `Deir Ezzor OR Raqqa`.
"""

import re

from indexer.query import (
    And,
    Everything,
    Facet,
    Near,
    Node,
    Not,
    Notice,
    Or,
    Parsed,
    Phrase,
    Prefix,
    Word,
    WordMode,
)
from indexer.reading.lexer import Kind, Lexeme, read_lexemes
from indexer.text import tokenize

WIDEST_NEAR = 1000  # words
LONGEST_DETAIL = 40  # characters of the query in a notice
_MODES: dict[str, WordMode] = {"=": "exact", "~": "close"}
_STRANGE_FIELD = re.compile(r"([A-Za-z_]+):(?!//)\S")
# Dashes, dots and bullets between words are nothing to tell a reader about.
_QUIET = frozenset(" -–—−_.,:/\\|'’‘`•·&+")


def parse_query(q: str) -> Parsed:
    """The tree of a query, and its repairs. Never raises. Time is linear in the length of `q`, of
    which at most 512 characters, 64 parts and 12 brackets one inside another are read."""
    notices: list[Notice] = []
    parser = _Parser(read_lexemes(q, notices), notices)
    root = parser.either(None) or Everything()
    if _excludes_only(root):
        notices.append(Notice("only-negative"))
    return Parsed(root, tuple(dict.fromkeys(notices)))


def _excludes_only(node: Node) -> bool:
    if isinstance(node, And):
        return all(map(_excludes_only, node.parts))
    return isinstance(node, Not)


class _Parser:
    """Reads lexemes from left to right."""

    def __init__(self, lexemes: list[Lexeme], notices: list[Notice]) -> None:
        self._lexemes = lexemes
        self._notices = notices
        self._place = 0

    def either(self, field: str | None) -> Node | None:
        """Alternatives, up to the end of the brackets."""
        parts = [self._every(field)]
        dropped = None
        while self._next() == "or":
            sign = self._take()
            parts.append(self._every(field))
            if parts[-1] is None or parts[-2] is None:
                dropped = sign
        if dropped is not None:
            self._tell("operator-dropped", dropped.text)
        kept = [part for part in parts if part is not None]
        return _joined(kept, Or)

    def _every(self, field: str | None) -> Node | None:
        """Parts that stand together, up to an OR or the end of the brackets."""
        parts: list[Node] = []
        while (kind := self._next()) not in (None, "or", "close"):
            if kind == "near":
                self._near(parts)
            elif kind == "and":
                sign = self._take()
                if not parts or self._next() in (None, "or", "close", "and", "near"):
                    self._tell("operator-dropped", sign.text)
            elif (part := self._part(field)) is not None:
                parts.append(part)
        return _joined(parts, And)

    def _near(self, parts: list[Node]) -> None:
        """`a NEAR/5 b` between two plain words; `a NEAR/5 b NEAR/5 c` is two of them."""
        sign = self._take()
        left = parts[-1] if parts else None
        match left:
            case Word(text, "plain", None) | Near(right=text) if self._next() == "word":
                digits = sign.text.partition("/")[2].lstrip("0")[:5]
                distance = 5 if "/" not in sign.text else min(int(digits or 0), WIDEST_NEAR)
                right = self._take().text
                near = Near(_trimmed(text), _trimmed(right), distance, left.start)
                parts[-1:] = [near] if isinstance(left, Word) else [left, near]
            case _:
                self._tell("operator-dropped", sign.text)

    def _part(self, field: str | None, mode: WordMode = "plain") -> Node | None:
        """One word, phrase or group with the signs before it; None if it holds no word."""
        lexeme = self._take()
        match lexeme.kind:
            case "not":
                return self._not(lexeme, field)
            case "field":
                name = lexeme.text[:-1].lower()
                if self._next() in ("word", "phrase", "symbol", "open", "mode"):
                    return self._part(name, mode)
                return Word(lexeme.text[:-1], mode, field if field == "title" else None)
            case "mode":
                return self._part(field, _MODES[lexeme.text[0]])
            case "open":
                inner = self.either(field)
                self._take()
                if inner is None:
                    self._tell("parenthesis-repaired")
                return inner
            case _:
                return self._leaf(lexeme, field, mode)

    def _not(self, sign: Lexeme, field: str | None) -> Node | None:
        if self._next() in (None, "or", "and", "near", "close"):
            self._tell("operator-dropped", sign.text)
            return None
        part = self._part(field)
        match part:
            case None:
                return None
            case Not(inner):
                return inner
            case _:
                return Not(part)

    def _leaf(self, lexeme: Lexeme, field: str | None, mode: WordMode) -> Node | None:
        text, start = lexeme.text, lexeme.start
        if lexeme.kind == "symbol":
            if not _QUIET.issuperset(text):
                self._tell("lone-symbol", text.strip())
            return None
        if field in ("actor", "location"):
            return Facet(field, _trimmed(text), start)  # type: ignore[arg-type]
        if lexeme.kind == "phrase":
            return Phrase(_trimmed(text), field, start)
        if (strange := _STRANGE_FIELD.match(text)) is not None:
            self._tell("unknown-field", strange[1])
        if text.startswith("*"):
            self._tell("lone-symbol", "*")
        if text.endswith("*"):
            return self._prefix(text.strip("*"), field, start)
        return Word(_trimmed(text), mode, field, start)

    def _prefix(self, text: str, field: str | None, start: int) -> Node:
        """`evacuat*`; of `al-Hasak*` only the last word is a beginning."""
        *whole, last = tokenize(text)
        if len(last.text) < 2:
            self._tell("prefix-too-short", text + "*")
            return Word(_trimmed(text), field=field, start=start)
        prefix = Prefix(text[last.start : last.end], field, start + last.start)
        if not whole:
            return prefix
        return And((Word(_trimmed(text[: last.start]), field=field, start=start), prefix))

    def _next(self) -> Kind | None:
        return self._lexemes[self._place].kind if self._place < len(self._lexemes) else None

    def _take(self) -> Lexeme:
        self._place += 1
        return self._lexemes[self._place - 1]

    def _tell(self, code: str, detail: str = "") -> None:
        self._notices.append(Notice(code, detail[:LONGEST_DETAIL]))


def _joined(parts: list[Node], kind: type[And] | type[Or]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts))


def _trimmed(text: str) -> str:
    """Without punctuation around the words: "bread." -> "bread"."""
    tokens = tokenize(text)
    return text[tokens[0].start : tokens[-1].end]
