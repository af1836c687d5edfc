"""Which actors and places does a text name, and where?

Names of the tables are looked up from left to right, the longest at each place; people whom no
table knows are found by what stands around their names; then it is settled what is meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.document import Mention
from indexer.names.likeness.romanization import is_article
from indexer.names.listed.gazetteer import Gazetteer
from indexer.names.tagging.evidence import Evidence, Named, written_name
from indexer.names.tagging.knownpeople import known_people
from indexer.names.tagging.people import People, Person
from indexer.names.tagging.persons import Persons, TablePeople
from indexer.names.tagging.phrases import Found, Phrases, Reading
from indexer.names.tagging.respelled import Respelled
from indexer.text import Token, tokenize


@dataclass(slots=True)
class _Part:
    """One text of a record while it is read."""

    name: str
    text: str
    words: Sequence[Token]
    evidence: Evidence
    people: People | None = None
    persons: list[tuple[Person, str]] = field(default_factory=list)  # each with an id

    def written(self, person: Person) -> str:
        """A person's name as written, without what is attached to its front."""
        run = person.run
        return written_name(Found(run.first, run.last, run.attached, "", ()), self.words, self.text)


class Tagger:
    """Finds the mentions of a gazetteer's entities, and people. Many threads may use one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = Phrases(
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
        self._known = known_people()
        self._respelled = Respelled(gazetteer)
        self._table_people = TablePeople(gazetteer, self._known)

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
        an ordinary word too is taken as the name, with the evidence "context"; people are then
        those of the tables alone."""
        words = tokenize(text) if tokens is None else tokens
        return self.record_mentions({field: (text, words)}, lenient=lenient)

    def record_mentions(
        self, parts: Mapping[str, tuple[str, Sequence[Token]]], *, lenient: bool = False
    ) -> list[Mention]:
        """The mentions in the parts of one record, by field: who is named in full in one of them
        is known in the others by a part of the name."""
        read = [self._read(name, *part, lenient) for name, part in parts.items()]
        if not lenient:
            self._find_people(read)
        return [mention for part in read for mention in self._settle(part)]

    def _read(self, name: str, text: str, words: Sequence[Token], lenient: bool) -> _Part:
        evidence = Evidence(self._gazetteer, self._cues, text, words, lenient, self._respelled)
        for places in self._names.places(words, text):
            evidence.look(places)
        evidence.settle_capitals()
        return _Part(name, text, words, evidence)

    def _find_people(self, parts: list[_Part]) -> None:
        """The people of a record: full names first, then what stands for them."""
        persons = Persons(self._known, self._table_people)
        found = [(part, person) for part in parts for person in self._people(part)]
        for part, person in found:
            if person.run.is_full:
                part.persons.append((person, persons.meet(part.written(person))))
        for part, person in found:
            if not person.run.is_full:
                part.persons.append((person, persons.single(part.written(person))))
        for part in parts:
            for named in part.evidence.sure:
                if self._is_person(named) and named.found.last - named.found.first > 1:
                    name = written_name(named.found, part.words, part.text)
                    persons.remember(name, named.entity)
        known = persons.parts
        for part in parts:
            if known and part.people is not None:
                named_words = frozenset(
                    word for p, _ in part.persons for word in range(p.run.first, p.run.last)
                )
                taken = named_words | {
                    word for n in part.evidence.sure for word in range(n.found.first, n.found.last)
                }
                part.persons += part.people.again(known, taken)
            for person, _ in part.persons:
                part.evidence.take(person.run.first, person.run.last)

    def _people(self, part: _Part) -> Iterator[Person]:
        """The people that rules find in a part. A name of the tables stays, unless it is the end
        of a longer name: Melania Trump."""
        by_word: dict[int, Named] = {}
        taken: set[int] = set()
        for named in part.evidence.sure:
            words = range(named.found.first, named.found.last)
            if self._is_person(named):
                by_word.update(dict.fromkeys(words, named))
            else:
                taken.update(words)
        part.people = People(self._known, part.text, part.words, frozenset(taken))
        for person in part.people.named():
            run = person.run
            inside = {by_word[w] for w in range(run.first, run.last) if w in by_word}
            if any(n.found.first <= run.first or n.found.last > run.last for n in inside):
                continue
            for named in inside:
                part.evidence.give_up(named)
            yield person

    def _is_person(self, named: Named) -> bool:
        entity = self._gazetteer.entity(named.entity)
        return entity is not None and entity.kind == "person"

    def _settle(self, part: _Part) -> list[Mention]:
        words, text = part.words, part.text
        mentions = [
            Mention(
                whose,
                words[person.run.first].start,
                words[person.run.last - 1].end,
                part.written(person),
                part.name,
                f"rule: {person.rule}",
            )
            for person, whose in part.persons
        ]
        free = 0  # the first word behind the last name
        for named in part.evidence.settled():
            found = _with_article(named.found, words, text, free)
            free = found.last
            mentions.append(
                Mention(
                    named.entity,
                    words[found.first].start,
                    words[found.last - 1].end,
                    written_name(found, words, text),
                    part.name,
                    named.evidence,
                )
            )
        return sorted(mentions, key=lambda mention: mention.start)


def _with_article(found: Found, words: Sequence[Token], text: str, free: int) -> Found:
    """The name with the article that a hyphen joins to it ("al-Fouaa"), should the tables have only
    the bare word. The words before `free` are of other names: IS-Syria."""
    first = found.first
    if first > free and is_article(words[first - 1].text, words[first].text):
        gap = text[words[first - 1].end : words[first].start]
        if gap in ("-", "‐", "‑"):
            return found._replace(first=first - 1)
    return found
