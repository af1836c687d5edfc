"""How does this archive write a name, by rule?

The lexicon gives the words that share the consonants of a typed name, the rules of names tell which
of them are spellings of it, and what the archive uses as an ordinary word is left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.lexicon import Entry, Lexicon, attached_forms, bare_forms
from indexer.names import NameIndex, fold_name
from indexer.names.likeness.ordinary import Candidate, has_capital_anyway, is_ordinary
from indexer.names.likeness.romanization import is_article, name_words
from indexer.text import Token, is_stop_word, other_numbers, stem_word, tokenize
from indexer.text.fold import is_arabic

MOST_SPELLINGS = 20
LEAST_LETTERS = 3  # of a word that may be a name
LONGEST_ACRONYM = 4  # letters: ABC, NATO
# Of the occurrences of a Latin name so many may begin with a small letter; if it is typed with a
# capital, so many.
MOST_SMALL, MOST_SMALL_TYPED_LARGE = 0.2, 0.5
# An Arabic word that is frequent is a name if its Latin spellings have so much of its frequency.
# Where hardly any text is in Latin letters, as if a tenth as much were.
LEAST_PROPORTION, LEAST_LATIN = 0.15, 0.1
# So much less alike than the best spelling in a script others may be, by the script that was typed.
# Arabic writes a name in one way or two; among the many words of its consonants the best is meant.
MARGIN = {
    ("Latn", "Arab"): 0.06,
    ("Latn", "Latn"): 0.4,
    ("Arab", "Latn"): 0.25,
    ("Arab", "Arab"): 0.1,
}
# So alike a Latin spelling must be to a Latin name, and to one that the archive has often: who
# types that needs others less, and finds more strangers.
LEAST_IN_LATIN, LEAST_IN_LATIN_OF_KNOWN = 0.55, 0.65
OFTEN = 3
# What makes another word of a Latin name: Homsi, Syrian, Kurds.
_OTHER_WORD = re.compile(r"(?:i|y|s|n|an|ian|ia|ish|is|ese)")
# Written onto the end of nouns, verbs and adjectives, hardly ever of a name. A word that the
# archive has with one of them must be so like the name to be a spelling of it; the best one less.
_WORD_ENDINGS = ("ها", "هم", "نا", "وا", "ون", "ين", "ات", "يه", "ه")
LEAST_OF_WORDS, LEAST_OF_BEST = 0.8, 0.6
LEAST_OF_SMALL = 0.95  # of a Latin word that is mostly written small: "games" is not like James

Run = tuple[str, ...]  # folded words in a row


@dataclass(frozen=True, slots=True)
class Respelling:
    """A spelling of a typed name that the archive has, though no table tells so."""

    key: str  # its folded words, joined by a space
    written: str
    runs: tuple[Run, ...]  # what is searched: itself, and with what is attached to its front
    similarity: float  # to the typed name, 0 to 1


class Respeller:
    """Finds the spellings of names in one generation. Many threads may use one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, tuple[Respelling, ...]] = {}

    def is_name(self, tokens: Sequence[Token], *, among_words: bool = False) -> bool:
        """Whether a typed word looks like a name: in Latin letters the archive mostly writes it
        with a capital, or does not have it; in Arabic it is none of the words that the tables of
        stop words and plurals list, and not much more frequent than its Latin spellings. In a long
        question (`among_words`) a word that the archive does not have needs a capital."""
        words = _telling(tokens)
        if not words or any(map(_is_listed, words)):
            return False
        found = self._lexicon.find([word.text for word in words])
        if among_words and not all(w.text in found or not w.surface.islower() for w in words):
            return False
        return all(self._may_be_name(word, found.get(word.text)) for word in words)

    def spellings(self, name: str) -> tuple[Respelling, ...]:
        """The other spellings of a name in the archive, the most alike first. Forms of the same
        word (الفراتي, فراتي) are none: they are found by their stem."""
        key = fold_name(name)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= 4096:
                self._known.clear()
            known = self._known[key] = tuple(self._find(name))
        return known

    def runs_of(self, words: Iterable[Run]) -> dict[Run, tuple[Run, ...]]:
        """Rows of folded words as the archive has them: by themselves, and with what it attaches
        to the first of them if that is Arabic. Something attached makes a word rarer: what is more
        frequent is another word (وليد is no ليد)."""
        rows = list(dict.fromkeys(words))
        attached = {row: attached_forms(row[0]) if is_arabic(row[0]) else () for row in rows}
        known = self._lexicon.find({word for row in rows for word in (row[0], *attached[row])})
        runs = {}
        for row in rows:
            bare = known[row[0]].count if row[0] in known else 0
            forms = [
                form
                for form in attached[row]
                if form in known and (known[form].count <= bare or not bare)
            ]
            own = [row] if bare or not forms else []
            runs[row] = (*own, *((form, *row[1:]) for form in forms))
        return runs

    def is_ordinary(self, key: str) -> bool:
        """Whether the archive has the folded words of a spelling as an ordinary word."""
        return any(map(self._is_frequent, self._lexicon.find([key]).values()))

    def _may_be_name(self, word: Token, entry: Entry | None) -> bool:
        if word.script == "Arab":
            return entry is None or not self._is_frequent(entry) or self._has_counterparts(entry)
        capital = word.surface[0].isupper()
        if word.surface.isupper() and len(word.surface) <= LONGEST_ACRONYM:
            return False
        if entry is None:
            return capital or not self._is_form(word)
        most = MOST_SMALL_TYPED_LARGE if capital else MOST_SMALL
        return entry.small <= most * entry.count

    def _is_form(self, word: Token) -> bool:
        """Whether the archive has a Latin word without its ending, and writes that small."""
        found = self._lexicon.find([word.stem, word.stem + "e"])
        return any(2 * entry.small > entry.count for entry in found.values())

    def _has_counterparts(self, entry: Entry) -> bool:
        """Whether the Latin spellings of a frequent Arabic word are frequent, too."""
        found = self._lexicon.find(spelling.key for spelling in self.spellings(entry.written))
        count = sum(other.count for other in found.values() if other.script == "Latn")
        arabic, latin = (self._lexicon.running[script] for script in ("Arab", "Latn"))
        share = count / max(1.0, latin, LEAST_LATIN * arabic)
        return share >= LEAST_PROPORTION * entry.count / max(1, arabic) and count > 0

    def _find(self, name: str) -> list[Respelling]:
        typed = tokenize(name)
        if {token.script for token in typed} not in ({"Arab"}, {"Latn"}):
            return []
        alike = self._alike(name)
        for bare in self._without_attached(typed):
            alike = {bare: 1.0} | self._alike(bare.written) | alike
        kept = self._chosen(alike, typed)
        kept.sort(key=lambda pair: (-pair[1], -pair[0].count, pair[0].key))
        own = tuple(token.text for token in typed)
        rows = {entry: tuple(entry.key.split()) for entry, _ in kept}
        covered = _covered_by_articles([entry for entry, _ in kept])
        runs = self.runs_of([own, *rows.values()])
        taken = set(runs[own])
        found: list[Respelling] = []
        for entry, similarity in kept:
            left = tuple(run for run in runs[rows[entry]] if run not in taken)
            if left and entry not in covered and len(found) < MOST_SPELLINGS:
                taken.update(left)
                found.append(Respelling(entry.key, entry.written, left, similarity))
        return found

    def _without_attached(self, typed: Sequence[Token]) -> list[Entry]:
        """What a typed Arabic word may be without something attached to its front; of a single
        letter only if the archive has no such word: بلودان is a place."""
        if len(typed) != 1 or typed[0].script != "Arab":
            return []
        word = typed[0].text
        bare = bare_forms(word)
        if any(not form.startswith("ال") for form in bare):
            known = self._lexicon.find([word]).get(word)
            if known is not None and known.count:
                return []
        return list(self._lexicon.find(bare).values())

    def _chosen(
        self, alike: dict[Entry, float], typed: Sequence[Token]
    ) -> list[tuple[Entry, float]]:
        """The entries that are no ordinary words, and hardly less alike than the best one."""
        best = {"Arab": 0.0, "Latn": 0.0}
        for entry, similarity in alike.items():
            best[entry.script] = max(best[entry.script], similarity)
        own = typed[0].script
        least = {script: best[script] - MARGIN[own, script] for script in best}
        if own == "Latn":
            known = self._lexicon.find([" ".join(token.text for token in typed)])
            often = any(entry.count > OFTEN for entry in known.values())
            floor = LEAST_IN_LATIN_OF_KNOWN if often else LEAST_IN_LATIN
            least["Latn"] = max(least["Latn"], floor)
        return [
            (entry, similarity)
            for entry, similarity in alike.items()
            if similarity >= least[entry.script]
            and not _is_other_word(entry, typed)
            and self._keeps(entry, similarity, similarity == best[entry.script])
        ]

    def _alike(self, name: str) -> dict[Entry, float]:
        """The entries that are spellings of a name by rule, with their similarity."""
        script, words = name_words(name)
        if not words:
            return {}
        entries = {entry.written: entry for entry in self._lexicon.sharing(script, words)}
        return {entries[text]: alike for text, alike in NameIndex(entries).matches(name)}

    def _keeps(self, entry: Entry, similarity: float, best: bool) -> bool:
        """Whether an entry is no ordinary word, or very like the name."""
        words = tokenize(entry.key)
        if len(words) == 1 and _is_listed(words[0]):
            return False
        if entry.script == "Latn":
            return similarity >= LEAST_OF_SMALL or not is_ordinary(self._counted(entry))
        least = LEAST_OF_BEST if best else LEAST_OF_WORDS
        return similarity >= least or not self._takes_endings(entry)

    def _takes_endings(self, entry: Entry) -> bool:
        """Whether the archive writes onto an Arabic word what one writes onto nouns and verbs."""
        bare = entry.key.removeprefix("ال")
        return bool(self._lexicon.find(bare + ending for ending in _WORD_ENDINGS))

    def _is_frequent(self, entry: Entry) -> bool:
        return is_ordinary(self._counted(entry))

    def _counted(self, entry: Entry) -> Candidate:
        running = self._lexicon.running[entry.script]
        return Candidate(entry.written, entry.script, entry.count, entry.small, running)


def _telling(tokens: Sequence[Token]) -> list[Token]:
    """The words of a typed word without articles; none if one of them cannot be of a name."""
    last = len(tokens) - 1
    words = [
        token
        for place, token in enumerate(tokens)
        if place == last or not is_article(token.text, tokens[place + 1].text)
    ]
    fits = all(word.surface.isalpha() or "'" in word.surface for word in words)
    return words if fits and sum(len(word.text) for word in words) >= LEAST_LETTERS else []


def _is_listed(word: Token) -> bool:
    """Whether the tables have it as an ordinary word."""
    return (
        is_stop_word(word.text) or has_capital_anyway(word.text) or bool(other_numbers(word.stem))
    )


def _is_other_word(entry: Entry, typed: Sequence[Token]) -> bool:
    """Whether an entry is a form of the typed word, which is found by its stem, a word made of it,
    or an acronym."""
    if entry.written[:-1].isupper():
        return True
    if len(typed) > 1:
        return False
    short, long = sorted((entry.key, typed[0].text), key=len)
    made = long.startswith(short) and _OTHER_WORD.fullmatch(long, len(short)) is not None
    return made or stem_word(entry.key) == typed[0].stem


def _covered_by_articles(entries: Sequence[Entry]) -> set[Entry]:
    """Latin words that the archive never writes without an article: "al-Fourati" says all of
    "Fourati"."""
    with_article: dict[str, int] = {}
    for entry in entries:
        article, _, word = entry.key.partition(" ")
        if word and is_article(article, word):
            with_article[word] = with_article.get(word, 0) + entry.count
    return {entry for entry in entries if with_article.get(entry.key, 0) >= entry.count > 0}
