"""Which of the listed names in a text are meant?

Most are whenever they are written. Of those that are ordinary words too, the ones that a cue stands
beside, that stand in a list of places, or whose entity the text has named without doubt.
"""

import math
import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from indexer.names.likeness.romanization import is_article
from indexer.names.listed.gazetteer import Gazetteer
from indexer.names.tagging.knownpeople import known_people
from indexer.names.tagging.phrases import Found, Phrases, Reading
from indexer.names.tagging.respelled import RULE, Respelled
from indexer.text import Token

SHOUT_WORDS = 4  # on each side
REACH = 30  # words on each side among which they are looked for
Cues = dict[tuple[str, str], Phrases]  # by facet and side

_COMMA = re.compile(r"\s*[,،/]\s*")
_AND = frozenset({"and", "or", "و", "او"})
_POSSESSIVE = re.compile(r"['’‘]s$")
_QUOTES = re.compile(r'["“”«»]')
_QUARTERS = frozenset(
    {"quarter", "neighborhood", "neighbourhood", "district", "حي", "بحي", "وحي", "لحي", "احياء"}
)
_DEFINITE = re.compile(r"(?:[وفبك]?ال|لل)\w{3}")  # not إلى
_CASED_WORD = re.compile(r"[A-Za-z]{2,}")


class Named(NamedTuple):
    """A name whose meaning is settled."""

    found: Found
    entity: str
    evidence: Literal["alias", "case", "context"]


class Evidence:
    """One text while it is read: what is settled, and what is not yet."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        cues: Cues,
        text: str,
        words: Sequence[Token],
        lenient: bool,
        respelled: Respelled,
    ) -> None:
        self._gazetteer = gazetteer
        self._cues = cues
        self._text = text
        self._words = words
        self._lenient = lenient
        self._by_first: dict[int, Named] = {}
        self._by_last: dict[int, Named] = {}
        self._spelled: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
        # The places named for sure and those that they lie in, each with the words where,
        # ascending.
        self._around: defaultdict[str, list[int]] = defaultdict(list)
        self._named: set[int] = set()  # the words of settled names
        self._capitals: list[tuple[Found, Reading]] = []  # written in capitals, as the table has it
        self._cities = False  # whether a place is named that is smaller than a country
        self._open: list[Found] = []
        self._respelled = respelled

    def look(self, places: list[Found]) -> None:
        """Take what is sure among the names that begin at one place, the longest first; remember
        what is not."""
        for found in places:
            if any(reading.entity is None for reading in found.readings):
                return
            readings = [r for r in found.readings if not self._is_adjective(found, r)]
            for reading in readings:
                if reading.rule == "context" or not self._is_as_written(found, reading):
                    continue
                if reading.rule == "case" and self._words[found.first].surface.isupper():
                    self._capitals.append((found, reading))  # a dateline too: WASHINGTON
                elif self._has_namesakes(reading):
                    self._open.append(found)
                else:
                    self._settle(found, reading, "alias")
                return
            possible = tuple(r for r in readings if self._possible(found, r))
            if possible:
                self._open.append(found._replace(readings=possible))

    def settle_capitals(self) -> None:
        """Settle the names that are written in capitals where capitals say something."""
        for found, written in self._capitals:
            if not self._shouted(found):
                self._settle(found, written, "case")

    @property
    def sure(self) -> list[Named]:
        """The names that are settled so far, in order."""
        return [named for _, named in sorted(self._by_first.items())]

    def give_up(self, named: Named) -> None:
        """Take back a settled name: something longer has its words."""
        found = named.found
        del self._by_first[found.first], self._by_last[found.last]
        self._named.difference_update(range(found.first, found.last))

    def take(self, first: int, last: int) -> None:
        """Words that are no name of the tables."""
        self._named.update(range(first, last))

    def settled(self) -> list[Named]:
        """The names that are meant, in order. One that is settled may settle another."""
        if not self._lenient:
            self._open += self._respellings()
        left: list[Found] = []
        while len(left) != len(self._open):
            left, self._open = self._open, []
            for found in left:
                reading = None if self._overlaps(found) else self._meant(found)
                if reading is not None:
                    self._settle(found, reading, "context")
                else:
                    self._open.append(found)
        return self.sure

    def _settle(
        self, found: Found, reading: Reading, evidence: Literal["alias", "case", "context"]
    ) -> None:
        assert reading.entity is not None  # what means nothing ends `look`
        named = Named(found, reading.entity, evidence)
        self._by_first[found.first] = self._by_last[found.last] = named
        self._named.update(range(found.first, found.last))
        self._spelled[reading.entity].add(self._name_words(found))
        if self._facet(reading.entity) == "location":
            closure = self._gazetteer.closure(reading.entity)
            for place in closure:
                insort(self._around[place], found.first)
            self._cities = self._cities or len(closure) > 1

    def _overlaps(self, found: Found) -> bool:
        """Whether a settled name has one of its words."""
        return not self._named.isdisjoint(range(found.first, found.last))

    def _facet(self, entity_id: str) -> str:
        entity = self._gazetteer.entity(entity_id)
        return entity.facet if entity else ""

    def _respellings(self) -> Iterator[Found]:
        """Latin words in capitals, beside a cue or a place, that may be a place which the tables
        spell otherwise."""
        words, known = self._words, known_people()
        open_words = {place for f in self._open for place in range(f.first, f.last)}
        for place, word in enumerate(words):
            if (
                not "A" <= word.surface[0] <= "Z"
                or place in self._named
                or word.surface.isupper()
                or place in open_words
                or known.is_stop(word.text)
                or known.is_given(word.text)
            ):
                continue
            ends = (place + 2, place + 1) if known.has("house before", word.text) else (place + 1,)
            for end in ends:
                found = Found(place, end, 0, "", ())
                if end > len(words) or not self._may_be_place(found):
                    continue
                written = " ".join(w.text for w in words[place:end])
                if readings := self._respelled.readings(written):
                    yield found._replace(readings=readings)
                    break

    def _may_be_place(self, found: Found) -> bool:
        """Quick: whether anything beside it speaks for a place."""
        first = found.first
        if first and is_article(self._words[first - 1].text, self._words[first].text):
            first -= 1
        whole = found._replace(first=first)
        return (
            self._cued(whole, "location")
            or self._weakly_cued(whole, "location")
            or self._listed(found)
            or self._listed(whole)
        )

    # Sure by itself

    def _is_adjective(self, found: Found, reading: Reading) -> bool:
        """Whether an Arabic country's name is the adjective of the noun before it, which has the
        same ending and the article or none: الخارجية السعودية, قوات سورية."""
        word = self._words[found.first].text
        if found.first == 0 or found.attached or not word.endswith("يه"):
            return False
        if found.last - found.first > 1 or self._kind(reading.entity) != "country":
            return False
        before = self._words[found.first - 1]
        if not self._text[before.end : self._words[found.first].start].isspace():
            return False
        if word.startswith("ال"):
            return _DEFINITE.match(before.text) is not None
        return before.text.endswith(("ات", "ه")) and not self._cued(found, "location")

    def _has_namesakes(self, reading: Reading) -> bool:
        """Whether a name is that of quarters of several cities: the nearer city's is meant."""
        if self._lenient or self._kind(reading.entity) != "neighbourhood":
            return False
        return sum(e.facet == "location" for e in self._gazetteer.find(reading.text)) > 1

    def _kind(self, entity_id: str | None) -> str:
        entity = self._gazetteer.entity(entity_id or "")
        return entity.kind if entity else ""

    def _is_as_written(self, found: Found, reading: Reading) -> bool:
        """Whether it stands there as the table writes it, where that matters."""
        if reading.rule != "case":
            return True
        written = _POSSESSIVE.sub("", written_name(found, self._words, self._text))
        return written == reading.text or written == reading.text.upper()

    def _shouted(self, found: Found) -> bool:
        """Whether half of the words around, on the same line, are in capitals: then capitals say
        nothing. The words of settled names do not count: ISIS and FSA are always written so, and a
        report from ALEPPO begins so."""
        words, text = self._words, self._text
        line = text.rfind("\n", 0, words[found.first].start)
        end = text.find("\n", words[found.last - 1].end)
        around: list[str] = []
        for places in (
            range(found.first - 1, max(-1, found.first - 1 - REACH), -1),
            range(found.last, min(found.last + REACH, len(words))),
        ):
            ordinary = [
                words[place].surface
                for place in places
                if line < words[place].start < (len(text) if end < 0 else end)
                and place not in self._named
                and _CASED_WORD.match(words[place].surface)
            ]
            around += ordinary[:SHOUT_WORDS]
        return bool(around) and 2 * sum(map(str.isupper, around)) >= len(around)

    # Settled by what stands around

    def _possible(self, found: Found, reading: Reading) -> bool:
        """A Latin name must begin with a capital; but in a query people write small."""
        if reading.rule == "case":
            return self._lenient and not reading.text.isupper()
        first = self._words[found.first].surface
        return self._lenient or not reading.text[:1].isupper() or first[:1].isupper()

    def _meant(self, found: Found) -> Reading | None:
        """Of the readings that something speaks for, the one whose larger place is nearest."""
        meant = [
            reading
            for reading in found.readings
            if reading.entity is not None
            and (self._is_sure(reading) or self._spoken_for(found, reading.entity))
            and (reading.rule != RULE or self._lies_in_a_named_place(reading.entity))
        ]
        quarter = self._is_called_quarter(found)
        return min(
            meant,
            key=lambda reading: (
                quarter and self._kind(reading.entity) != "neighbourhood",
                self._distance(found, reading),
            ),
            default=None,
        )

    def _is_called_quarter(self, found: Found) -> bool:
        """Whether a word beside it says that it is a quarter: no town of this name is meant."""
        beside = [self._words[found.first - 1].text] if found.first else []
        beside += [word.text for word in self._words[found.last : found.last + 1]]
        return not _QUARTERS.isdisjoint(beside)

    def _is_sure(self, reading: Reading) -> bool:
        """Whether a quarter that needs no other word lies in a city that is named."""
        return reading.rule == "" and self._lies_in_a_named_city(reading.entity or "")

    def _distance(self, found: Found, reading: Reading) -> float:
        """Words between a name and the nearest one of its larger place; infinite without any."""
        larger = self._around.get(self._larger(reading.entity or ""), ())
        next_one = bisect_left(larger, found.first)
        nearest = larger[max(0, next_one - 1) : next_one + 1]
        return min((abs(place - found.first) for place in nearest), default=math.inf)

    def _spoken_for(self, found: Found, entity: str) -> bool:
        whole = found.first == 0 and found.last == len(self._words)
        if self._lenient and (whole or not self._gazetteer.is_minor(entity)):
            return True
        facet = self._facet(entity)
        if self._named_elsewhere(found, entity, facet):
            return True
        if self._kind(entity) == "neighbourhood" and not self._lies_in_a_named_city(entity):
            return False
        if facet == "actor":  # every country has a regime: ours is meant where Syria is
            return "syria" in self._around and self._cued(found, facet)
        return (
            self._cued(found, facet)
            or self._listed(found)
            or (self._is_near(entity) and self._weakly_cued(found, facet))
        )

    def _lies_in_a_named_city(self, entity: str) -> bool:
        """Whether the text names the city of a quarter, or its governorate, or no city at all."""
        return self._lies_in_a_named_place(entity) or not self._cities

    def _lies_in_a_named_place(self, entity: str) -> bool:
        """Whether the text names a larger place that it lies in, the country aside."""
        return any(place in self._around for place in self._gazetteer.closure(entity)[1:-1])

    def _is_near(self, entity: str) -> bool:
        """Whether the text speaks of the larger place; for a place that people have judged, the
        country is enough."""
        closure = self._gazetteer.closure(entity)
        nearest = closure[1:2] if self._gazetteer.is_minor(entity) else closure[1:]
        return any(place in self._around for place in nearest)

    def _larger(self, entity_id: str) -> str:
        entity = self._gazetteer.entity(entity_id)
        return (entity.part_of if entity else None) or ""

    def _cued(self, found: Found, facet: str) -> bool:
        words, text, first = self._words, self._text, found.first
        if first and words[first - 1].text == "the":
            first -= 1
        if self._cues[facet, "before"].ends_at(first, words, text):
            return True
        return found.last < len(words) and bool(
            self._cues[facet, "after"].at(found.last, words, text)
        )

    def _weakly_cued(self, found: Found, facet: str) -> bool:
        """Beside a preposition. "At the door" has one too: not for names with an article."""
        if found.attached or self._words[found.first].text.startswith("ال"):
            return False
        return self._cues[facet, "weak"].ends_at(found.first, self._words, self._text)

    def _named_elsewhere(self, found: Found, entity: str, facet: str) -> bool:
        """An actor under any sure name; a place only in the same words, because that Tabqa is named
        does not make الثورة (its other name, and the revolution) the town."""
        spelled = self._spelled.get(entity, ())
        if facet == "actor":
            return bool(spelled)
        words = self._name_words(found)
        return any(words <= other for other in spelled)

    def _name_words(self, found: Found) -> frozenset[str]:
        first = found.article + self._words[found.first].text[found.attached :]
        return frozenset((first, *(w.text for w in self._words[found.first + 1 : found.last])))

    def _listed(self, found: Found) -> bool:
        """Beside a place that is sure: in a list, or before the larger place that it lies in."""
        before = self._by_last.get(found.first) or self._by_last.get(found.first - 1)
        after = self._by_first.get(found.last) or self._by_first.get(found.last + 1)
        return any(
            self._facet(other.entity) == "location" and self._joined(left, right)
            for other, left, right in (
                *([(before, before.found, found)] if before else []),
                *([(after, found, after.found)] if after else []),
            )
        )

    def _joined(self, left: Found, right: Found) -> bool:
        """Whether a comma or "and" stands between, and nothing else."""
        words = self._words
        if right.first > left.last:
            return words[left.last].text in _AND
        gap = self._text[words[left.last - 1].end : words[right.first].start]
        if _COMMA.fullmatch(gap):
            return True
        return gap.isspace() and bool(right.attached) and words[right.first].text.startswith("و")


def written_name(found: Found, words: Sequence[Token], text: str) -> str:
    """The name as written, without quotation marks and without what is attached to its front."""
    first, last = words[found.first], words[found.last - 1]
    if not found.attached:
        return _QUOTES.sub("", text[first.start : last.end])
    rest = text[first.end : last.end] if found.last - found.first > 1 else ""
    return _QUOTES.sub("", found.article + first.surface[found.attached :] + rest)
