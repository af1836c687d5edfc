"""Which actors and places does a text name, and where?

The longest listed name at each place; then, for names that are ordinary words too, whether the
words around it settle that it is meant.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.document import Mention
from indexer.names.gazetteer import Gazetteer
from indexer.names.phrases import Found, Phrases, Reading, iter_places
from indexer.text import Token, tokenize

_POSSESSIVE = re.compile(r"['’‘]s$")
_LISTING = re.compile(r"\s*[,،/]\s*|\s+", re.ASCII)
_AND = ("and", "or", "و", "او")


class _Named(NamedTuple):
    """A name whose meaning is settled."""

    found: Found
    entity: str
    evidence: str


class Tagger:
    """Finds the mentions of a gazetteer's entities. Many threads may use one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._facets = {entity.id: entity.facet for entity in gazetteer}
        self._phrases = Phrases(
            [
                *(Reading(None, text, "") for text in gazetteer.others),
                *(
                    Reading(entity.id, alias.text, alias.rule)
                    for entity in gazetteer
                    for alias in entity.aliases
                ),
            ]
        )
        self._cues = {
            (facet, side): Phrases(
                Reading(None, cue.text, "")
                for cue in gazetteer.cues
                if (cue.facet, cue.side) == (facet, side)
            )
            for facet in ("actor", "location")
            for side in ("before", "after", "weak")
        }

    def mentions(
        self,
        text: str,
        *,
        field: str = "text",
        tokens: Sequence[Token] | None = None,
        lenient: bool = False,
    ) -> list[Mention]:
        """The mentions in a text, in order, none inside another. Offsets cover the whole written
        words, attached prefixes and all; `Mention.text` is the name without them. `tokens` are
        those of `tokenize(text)`, if they are at hand. `lenient` is for queries: a name that is
        an ordinary word too is taken as the name, with the evidence "context"."""
        words = tokenize(text) if tokens is None else tokens
        sight = _Sight(self, text, words, lenient)
        for places in iter_places(self._phrases, words, text):
            sight.look(places)
        sight.settle()
        return [
            Mention(
                named.entity,
                words[named.found.first].start,
                words[named.found.last - 1].end,
                _written(named.found, words, text),
                field,
                named.evidence,
            )
            for _, named in sorted(sight.named.items())
        ]


class _Sight:
    """One text while it is read: what is settled and what is not yet."""

    def __init__(self, tagger: Tagger, text: str, words: Sequence[Token], lenient: bool) -> None:
        self.tagger = tagger
        self.text = text
        self.words = words
        self.lenient = lenient
        self.named: dict[int, _Named] = {}  # by first token
        self.unsettled: list[Found] = []

    def look(self, places: list[Found]) -> None:
        """Take what is sure at one place; of the rest, remember what may be meant."""
        for found in places:
            if any(reading.entity is None for reading in found.readings):
                return
            for reading in found.readings:
                evidence = self._sure(found, reading)
                if evidence and reading.entity is not None:
                    self.named[found.first] = _Named(found, reading.entity, evidence)
                    return
            open_readings = tuple(r for r in found.readings if self._possible(found, r))
            if open_readings:
                self.unsettled.append(found._replace(readings=open_readings))

    def _sure(self, found: Found, reading: Reading) -> str:
        """The evidence for a reading that needs nothing around it, or ""."""
        if reading.rule == "":
            return "alias"
        if reading.rule == "case" and self._as_written(found, reading):
            return "case" if reading.text.isupper() else "alias"
        return ""

    def _as_written(self, found: Found, reading: Reading) -> bool:
        written = _written(found, self.words, self.text)
        if _POSSESSIVE.sub("", written) != reading.text:
            return False
        return not reading.text.isupper() or not self._shouted(found)

    def _shouted(self, found: Found) -> bool:
        """Whether the other words of the line are in capitals too: then capitals say nothing."""
        start = self.words[found.first].start
        end = self.words[found.last - 1].end
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", end)
        line = (
            self.text[line_start:start] + " " + self.text[end : line_end if line_end > 0 else None]
        )
        others = [w for w in re.findall(r"[^\W\d_]{2,}", line) if w.lower() != w.upper()]
        return bool(others) and 2 * sum(w.isupper() for w in others) >= len(others)

    def _possible(self, found: Found, reading: Reading) -> bool:
        """Whether words around may settle it: a Latin name must stand in capital letters, but in
        a query people write small."""
        if reading.rule == "case":
            return self.lenient and not reading.text.isupper()
        first = self.words[found.first].surface
        return self.lenient or not reading.text[:1].isupper() or first[:1].isupper()

    def settle(self) -> None:
        """Settle what is open, until nothing more follows."""
        while True:
            left = []
            for found in self.unsettled:
                if self._overlaps(found):
                    continue
                entity = self._settled(found)
                if entity:
                    self.named[found.first] = _Named(found, entity, "context")
                else:
                    left.append(found)
            if len(left) == len(self.unsettled):
                return
            self.unsettled = left

    def _overlaps(self, found: Found) -> bool:
        return any(
            named.found.first < found.last and found.first < named.found.last
            for named in self.named.values()
        )

    def _settled(self, found: Found) -> str | None:
        for reading in found.readings:
            assert reading.entity is not None  # others never come here
            if (
                self.lenient
                or self._cued(found, self.tagger._facets[reading.entity])
                or self._named_elsewhere(found, reading.entity)
                or self._listed(found, reading.entity)
            ):
                return reading.entity
        return None

    def _cued(self, found: Found, facet: str) -> bool:
        cues, words, text = self.tagger._cues, self.words, self.text
        first = found.first
        if first and words[first - 1].text == "the":
            first -= 1
        if cues[facet, "before"].ends_at(first, words, text):
            return True
        if found.last < len(words) and cues[facet, "after"].at(found.last, words, text):
            return True
        bare = not words[found.first].text.startswith("ال") and not found.attached
        return bare and cues[facet, "weak"].ends_at(found.first, words, text)

    def _named_elsewhere(self, found: Found, entity: str) -> bool:
        """An actor by any sure name; a place by a sure name with the same words, because its
        other names say nothing about whether الثورة is the town."""
        words = self._name_words(found)
        return any(
            named.entity == entity
            and (self.tagger._facets[entity] == "actor" or words <= self._name_words(named.found))
            for named in self.named.values()
        )

    def _name_words(self, found: Found) -> set[str]:
        first = found.article + self.words[found.first].text[found.attached :]
        return {first, *(w.text for w in self.words[found.first + 1 : found.last])}

    def _listed(self, found: Found, entity: str) -> bool:
        """A place beside a place that is sure: in a list, or the larger one that it lies in."""
        if self.tagger._facets[entity] != "location":
            return False
        return any(
            self.tagger._facets[other.entity] == "location"
            and (self._beside(other.found, found) or self._beside(found, other.found))
            for other in self.named.values()
        )

    def _beside(self, left: Found, right: Found) -> bool:
        words = self.words
        if right.first == left.last:
            gap = self.text[words[left.last - 1].end : words[right.first].start]
            joined = right.attached and words[right.first].text.startswith("و")
            return bool(_LISTING.fullmatch(gap)) and (joined or bool(gap.strip()))
        return right.first == left.last + 1 and words[left.last].text in _AND


def _written(found: Found, words: Sequence[Token], text: str) -> str:
    """The name as written, without what is attached to its first word."""
    first, last = words[found.first], words[found.last - 1]
    if not found.attached:
        return text[first.start : last.end]
    rest = text[first.end : last.end] if found.last - found.first > 1 else ""
    return found.article + first.surface[found.attached :] + rest
