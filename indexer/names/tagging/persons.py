"""Which names of people in one record are one person, and what is that person's id?

Full names that are spellings of one name are; a part of a name that stands alone is who was named
in full, if only one such person was.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, product

from indexer.names.likeness.forms import Spelling, read_spelling
from indexer.names.likeness.fullnames import units
from indexer.names.likeness.skeleton import keys
from indexer.names.likeness.variants import NameIndex, similarity
from indexer.names.listed.gazetteer import Gazetteer
from indexer.names.spelling import fold_name
from indexer.names.tagging.identity import SINGLE, person_id
from indexer.names.tagging.knownpeople import ARTICLES, FATHERS, SERVANTS, SONS, KnownPeople

SAME_IN_RECORD = 0.88  # similarity from which two full names in one record are one person
SAME_AS_TABLE = 0.85  # and from which a full name is that of a person of the tables
# Full names of a record with which another is compared, which takes 1 ms each: in a list of the
# dead hundreds share given names.
MOST_COMPARED = 50
_NO_PARTS = ARTICLES | FATHERS | SONS


class TablePeople:
    """The people of the tables, found by spellings that the tables do not have."""

    def __init__(self, gazetteer: Gazetteer, known: KnownPeople) -> None:
        self._known = known
        self._ids = {
            alias.text: entity.id
            for entity in gazetteer
            if entity.kind == "person"
            for alias in entity.aliases
            if not alias.rule and len(fold_name(alias.text).split()) > 1
        }
        # Names that the tables have for themselves, such as Assad and الأسد.
        self.short = frozenset(
            fold_name(alias.text) for entity in gazetteer for alias in entity.aliases
        )
        self._names = NameIndex(self._ids)
        self.find = lru_cache(maxsize=1 << 14)(self._find)

    def _find(self, name: str) -> str | None:
        """The id of the person with this full name, None if the tables have none."""
        # A genitive that lost its apostrophe: President Bashar al-Assads forces.
        for written in (name, name[:-1]) if name.endswith("s") else (name,):
            for other, alike in self._names.matches(written):
                if alike < SAME_AS_TABLE:
                    break
                different = self._known.are_different(fold_name(written), fold_name(other))
                if not different and _say_the_same(read_spelling(written), read_spelling(other)):
                    return self._ids[other]
        return None


class Persons:
    """The people of one record, as they become known."""

    def __init__(self, known: KnownPeople, table: TablePeople) -> None:
        self._known = known
        self._table = table
        self._full: dict[str, str] = {}  # full name, folded: id
        self._alike: defaultdict[str, list[str]] = defaultdict(list)  # full names by consonants
        self._longer: defaultdict[str, dict[str, int]] = defaultdict(dict)  # and by those of two
        self._parts: dict[str, str | None] = {}  # part, folded: id; None if several have it

    def meet(self, name: str) -> str:
        """The id of a person who is named in full."""
        key = fold_name(name)
        if key not in self._full:
            found = self._table.find(name) or self._like(key)
            self._full[key] = found or person_id(name)
            self._sort_in(key)
            self.remember(name, self._full[key])
        return self._full[key]

    def remember(self, name: str, whose: str) -> None:
        """Take the parts of a full name as names of the person."""
        words = [w for w in fold_name(name).split() if w not in _NO_PARTS and len(w) > 2]
        last = words[-2:] if len(words) > 2 and words[-2] in SERVANTS else words[-1:]
        for word in filter(None, (*words[:1], " ".join(last))):
            self._parts[word] = whose if self._parts.get(word, whose) == whose else None

    def single(self, name: str) -> str:
        """The id of a person who is named by one word: of the one who was named in full, if any."""
        words = [w for w in fold_name(name).split() if w not in _NO_PARTS]
        whose = next((p for w in words if (p := self._parts.get(w))), None)
        return whose or person_id(name, SINGLE)

    @property
    def parts(self) -> dict[str, str]:
        """Parts of names that mean one person, in this record."""
        return {
            part: whose
            for part, whose in self._parts.items()
            if whose is not None and not self._known.is_stop(part) and part not in self._table.short
        }

    def _like(self, key: str) -> str | None:
        """The id of the person of whose full name this one is a spelling."""
        alike = (
            self._full[other]
            for other in islice(dict.fromkeys(self._comparable(key)), MOST_COMPARED)
            if similarity(other, key) >= SAME_IN_RECORD
            and not self._known.are_different(other, key)
        )
        return next(alike, None)

    def _comparable(self, key: str) -> Iterator[str]:
        """The full names that say nothing else (`_say_the_same`)."""
        name = read_spelling(key)
        for consonants in sorted(name.keys):
            yield from self._alike[consonants]
        for pair in _pairs(name):
            yield from (o for o, count in self._longer[pair].items() if count != _count(name))

    def _sort_in(self, key: str) -> None:
        name = read_spelling(key)
        for consonants in name.keys:
            self._alike[consonants].append(key)
        for pair in _pairs(name):
            self._longer[pair][key] = _count(name)


def _pairs(name: Spelling) -> list[str]:
    """The consonants of each two words of a full name."""
    parts = [keys(name.script, part, "loose") for part in units(name.script, name.words)]
    pairs = (product(one, other) for one, other in combinations(parts, 2))
    return sorted({" ".join(sorted(both)) for pair in pairs for both in pair})


def _count(name: Spelling) -> int:
    return len(units(name.script, name.words))


def _say_the_same(one: Spelling, other: Spelling) -> bool:
    """Whether no word of one full name is another than that of the other. Some may be left out, but
    Abdulrahman Mustafa Omar is not Abdulrahman Mustafa Ali, however much they share."""
    return _count(one) != _count(other) or not one.keys.isdisjoint(other.keys)
