"""How far does a person's name reach that begins at a word?"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from indexer.names.tagging.knownpeople import ARTICLES, ENDS, FATHERS, SERVANTS, SONS, KnownPeople
from indexer.text import Token

MOST_UNITS = 5
MOST_ARTICLES = 2  # in a row inside one name
# Between the words of one name: a space, a hyphen, the point of an initial.
_GAP = re.compile(r"[ \u00a0]{1,2}|[-‐‑]|['’]")
_INITIAL_GAP = re.compile(r"\. ?")
_CLOSING = re.compile(r"""\s*(?:$|[.,;:!?()\[\]"“”«»…—–،؛؟\n])""")
# An Arabic word with the article or m- behind a preposition: no name begins so.
_DEFINITE = ("بال", "وال", "فال", "كال", "لل", "بم")
_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|X)$")

Unit = Literal["given", "ordinary", "father", "family", "unknown"]


class Run(NamedTuple):
    """Words that may be a name: `first` to `last`, `last` exclusive, and what each part is."""

    first: int
    last: int
    units: tuple[Unit, ...]
    attached: int = 0  # letters of the first word that stand before the name

    @property
    def is_full(self) -> bool:
        """Whether it has a given name, or what stands for one, and another part."""
        return len(self.units) > 1


class Runs:
    """The runs of one text. `taken` are the words that settled names of other things have."""

    def __init__(
        self, known: KnownPeople, text: str, words: Sequence[Token], taken: frozenset[int]
    ) -> None:
        self._known = known
        self.text = text
        self.words = words
        self.taken = taken
        # What is written small somewhere is no name: Killed, beside "were killed".
        self._small = {word.text for word in words if "a" <= word.surface[0] <= "z"}

    def at(self, first: int, *, titled: bool) -> Run | None:
        """The name that begins at a word, None if it is no part of one. `titled`: a title stands
        before, so its first part may be unknown."""
        if first in self.taken:
            return None
        if self.words[first].script == "Arab":
            return self._arabic(first, titled)
        return self._latin(first) if self.words[first].script == "Latn" else None

    def is_joined(self, place: int) -> bool:
        """Whether the word at `place` may go on with the name that the word before is of."""
        if not 0 < place < len(self.words) or place in self.taken:
            return False
        before, word = self.words[place - 1], self.words[place]
        if before.script != word.script:
            return False
        gap = self.text[before.end : word.start]
        if len(before.surface) == 1 and _INITIAL_GAP.fullmatch(gap):
            return True
        return _GAP.fullmatch(gap) is not None

    def is_closed(self, last: int) -> bool:
        """Whether punctuation, a line end or the end of the text stands before the word `last`."""
        return _CLOSING.match(self.text, self.words[last - 1].end) is not None

    def _past_articles(self, place: int) -> int:
        """The place behind the articles that stand inside a name, if there are any."""
        last = min(place + MOST_ARTICLES, len(self.words))
        while place < last and self.words[place].text in ARTICLES and self.is_joined(place):
            place += 1
        return place

    def _past_end(self, place: int) -> int:
        """The place behind a given name, "al-Din" and the like with it."""
        end = self._past_articles(place + 1)
        if end < len(self.words) and self.words[end].text in ENDS and self.is_joined(end):
            return end + 1
        return place + 1

    # Latin letters

    def is_name_like(self, place: int) -> bool:
        """Whether a Latin word is written like a part of a name."""
        word = self.words[place]
        surface = word.surface
        if not surface[:1].isupper() or (surface.isupper() and len(surface) > 1):
            return False
        if self._known.is_given(word.text):
            return True
        return word.text not in self._small and not self._known.is_stop(word.text)

    def _latin(self, first: int) -> Run | None:
        units: list[Unit] = []
        place = first
        while len(units) < MOST_UNITS and (place == first or self.is_joined(place)):
            end, unit = self._latin_unit(place)
            if unit is None:
                break
            if "family" in units and self.words[place].text not in SONS | ARTICLES:
                break  # where punctuation is lost, the next name follows
            if unit == "unknown" and units:
                unit = "family"
            units.append(unit)
            place = end
        if units and self.is_joined(place) and _ROMAN.match(self.words[place].surface):
            place += 1
        return Run(first, place, tuple(units)) if units else None

    def _latin_unit(self, place: int) -> tuple[int, Unit | None]:
        word = self.words[place]
        low, capital = word.text, word.surface[:1].isupper()
        if low in ARTICLES | SONS | FATHERS | SERVANTS:
            end = self._past_articles(place + 1)
            if end < len(self.words) and self.is_joined(end) and self.is_name_like(end):
                if low in SERVANTS:
                    return end + 1, "given" if capital else None
                if low in FATHERS:
                    return end + 1, "father" if capital else None
                return end + 1, "family"
            return place, None
        if not self.is_name_like(place):
            return place, None
        if self._known.is_given(low):
            sure: Unit = "given" if self._known.is_sure(low) else "ordinary"
            return self._past_end(place), sure
        if self._known.has("title", low) or self._known.has("role", low):
            return place, None
        return place + 1, "unknown"

    # Arabic letters

    def _arabic(self, first: int, titled: bool) -> Run | None:
        attached = self._known.attached(self.words[first].text)
        units: list[Unit] = []
        place = first
        while len(units) < MOST_UNITS and (place == first or self.is_joined(place)):
            end, unit = self._arabic_unit(place, attached if place == first else 0)
            if unit is None or (not units and not self._may_be_first(place, unit)):
                break
            if unit == "unknown" and titled and units == ["given"] and self._before_family(end):
                units.append(unit)
                place = end
                continue
            if unit == "unknown" and len(units) > 1 and self.words[place].text[0] == "و":
                break  # "and" with the next thing
            if unit == "unknown" and units:
                # An unknown word ends a name only where something shows that it ends there.
                if not (self.is_closed(end) or (titled and self.goes_on(end)) or self._says(end)):
                    break
                unit = "family"
            if "family" in units and unit != "given":
                break
            units.append(unit)
            place = end
        return Run(first, place, tuple(units), attached) if units else None

    def _arabic_unit(self, place: int, attached: int) -> tuple[int, Unit | None]:
        word = self.words[place]
        low = word.text[attached:]
        follows = place + 1 < len(self.words) and self.is_joined(place + 1)
        following = self.words[place + 1].text if follows else ""
        if low in SERVANTS and (following.startswith("ال") or following == "ربه"):
            return place + 2, "given"
        if low in FATHERS or low in SONS:
            if not following or self._known.is_stop(following):
                return place, None
            end = place + 2
            if following in SERVANTS and self.is_joined(end):
                end += 1
            return end, "father" if low in FATHERS else "family"
        if word.surface.endswith("ى") and low == "علي":
            return place, None
        if self._known.is_given(low):
            return self._past_end(place), "given" if self._known.is_sure(low) else "ordinary"
        said = (low, low.removeprefix("و"))
        if (
            self._known.is_stop(low)
            or len(low) < 3
            or any(self._known.has("speech", w) for w in said)
        ):
            return place, None
        if low.startswith("عبدال"):
            return place + 1, "given"
        if low.startswith("ال"):
            return (place + 1, "family") if len(low) > 4 else (place, None)
        return place + 1, "unknown"

    def _may_be_first(self, place: int, unit: Unit) -> bool:
        """Whether a name may begin with a part: none does with a family name or a house."""
        word = self.words[place].text
        if unit == "unknown":
            return not word.startswith(_DEFINITE) and not self._known.has("house before", word)
        return unit != "family"

    def _before_family(self, place: int) -> bool:
        """Whether a family name with an article follows, and then the end of a name."""
        if not self.is_joined(place) or self._arabic_unit(place, 0)[1] != "family":
            return False
        last = place + 1
        return self.is_closed(last) or self.goes_on(last) or self._says(last)

    def goes_on(self, place: int) -> bool:
        """Whether a small word follows, as it does behind a name."""
        return place < len(self.words) and self._known.is_stop(self.words[place].text)

    def _says(self, place: int) -> bool:
        return place < len(self.words) and (
            self.words[place].text in ("ان", "انه", "انها")
            or self._known.has("speech", self.words[place].text)
        )
