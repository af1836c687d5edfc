"""Who is named in a text that no table knows?

Names are known by what people write around them (titles, roles, verbs of saying), by their given
names, and by having been named in full before. A wrong person is worse than a missing one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from indexer.names.tagging.knownpeople import FATHERS, SERVANTS, SONS, Kind, KnownPeople
from indexer.names.tagging.runs import Run, Runs
from indexer.text import Token

Rule = Literal["title", "role", "given name", "kunya", "speech", "called", "named before"]

_TITLE_GAP = re.compile(r"[\s.]*[\"“”«]?\s*")
_ROLE_GAP = re.compile(r"\s*[\"”»]?\s*[,،:]?\s*[\"“”«]?\s*")
_OPENING = re.compile(r"(?:^|[\n.,;:!?(\"“«،؛؟])\s*$")
_ATTACHED = ("و", "ل", "ب", "ف")
_AGE = re.compile(r"[,،] ?[1-9][0-9][,،]")
MOST_ADJECTIVES = 3  # between an Arabic title and the name: الناشط الإعلامي السوري
FAR = 12  # words: as far before a name as the verb of saying may stand
MOST_OF_ROLE = 7  # words between an Arabic role and the name: عضو الهيئة السياسية في الائتلاف


class Person(NamedTuple):
    """A name of a person: words `first` to `last`, `last` exclusive."""

    run: Run
    rule: Rule


class People:
    """The people of one text."""

    def __init__(
        self, known: KnownPeople, text: str, words: Sequence[Token], taken: frozenset[int]
    ) -> None:
        self._known = known
        self._runs = Runs(known, text, words, taken)
        self._text = text
        self._words = words

    def named(self) -> Iterator[Person]:
        """The people who are named by one of the rules, left to right."""
        place = 0
        while place < len(self._words):
            person = self._person(place) if self._may_begin(place) else None
            if person is None:
                place += 1
            else:
                yield person
                place = person.run.last

    def again(self, names: dict[str, str], named: frozenset[int]) -> Iterator[tuple[Person, str]]:
        """Parts of names that stand alone, by `names`: folded part of a name and whose it is.
        `named` are the words of names that were found."""
        known = names.keys() | SERVANTS
        for place, word in enumerate(self._words):
            if word.text not in known and word.text[1:] not in known:
                continue
            if place in named or place in self._runs.taken:
                continue
            if word.text in SERVANTS and self._runs.is_joined(place + 1):
                both = f"{word.text} {self._words[place + 1].text}"
                if both in names and place + 1 not in named:
                    run = Run(place, place + 2, ("family",))
                    yield Person(run, "named before"), names[both]
                continue
            for attached in (0, 1) if word.script == "Arab" else (0,):
                whose = names.get(word.text[attached:])
                if whose is None or (attached and word.text[0] not in "وفبلك"):
                    continue
                if self._stands_alone(place):
                    run = Run(place, place + 1, ("family",), attached)
                    yield Person(run, "named before"), whose
                    break

    def _may_begin(self, place: int) -> bool:
        """Quick: most words cannot begin a name."""
        word = self._words[place]
        if word.script == "Latn":
            known = self._known
            return word.surface[:1].isupper() and (
                not known.is_stop(word.text) or known.begins(word.text)
            )
        return word.script == "Arab" and not self._known.is_stop(word.text)

    def _person(self, place: int) -> Person | None:
        before: Kind | None
        run: Run | None = None
        if self._words[place].script == "Latn" or self._known.begins(self._words[place].text):
            run = self._runs.at(place, titled=True)
            if run is None:
                return None
            before = self._before(place)
        elif self._ends("title", place):
            before = "title"
        elif self._is_opened(place) or self._is_son(place):
            before = self._before(place)
        else:
            return None
        if run is None or (before is None and self._words[place].script == "Arab"):
            run = self._runs.at(place, titled=before is not None)
        if run is None or self._is_house(run) or self._is_inside(run):
            return None
        rule = self._rule(run, before)
        return Person(run, rule) if rule else None

    def _rule(self, run: Run, before: Kind | None) -> Rule | None:
        first, rest = run.units[0], run.units[1:]
        arabic = self._words[run.first].script == "Arab"
        known = first in ("given", "ordinary")
        if before == "title" and (known or first == "father" or self._is_titled(run, arabic)):
            return "title"
        if before == "role" and rest and self._is_known_role(run, arabic):
            return "role"
        if before == "role" and first == "given" and self._ends("role", run.first):
            return "role"
        if arabic and before and rest and self._is_apposed(run):
            return "role"
        if before == "called" and (known or (rest and not arabic)):
            return "called"
        if first == "father":
            known_child = self._known.is_sure(self._words[run.first + 1].text)
            by_place = "family" in rest and (
                not arabic or self._words[run.last - 1].text.startswith("ال")
            )
            return "kunya" if known_child or by_place else None
        if not rest:
            return "called" if first == "given" and self._is_aged(run) else None
        if first == "given":
            return "given name"
        if first == "ordinary" and (
            "given" in rest or self._is_said(run) or (arabic and self._stands_apart(run))
        ):
            return "given name"
        if not arabic and len(rest) <= 2 and self._is_said(run) and not self._follows_name(run):
            return "speech"
        if any(self._words[place].text in SONS for place in range(run.first, run.last)):
            return "given name"
        return None

    def _is_titled(self, run: Run, arabic: bool) -> bool:
        """Whether an unknown name behind a title is one: two parts, or a title with a capital. In
        Arabic the title must stand next to it and something must show where it ends."""
        if not arabic:
            return bool(run.units[1:]) or self._words[run.first - 1].surface[:1].isupper()
        return (
            bool(run.units[1:])
            and self._ends("title", run.first)
            and (self._runs.is_closed(run.last) or self._is_said(run))
        )

    def _is_apposed(self, run: Run) -> bool:
        """Whether punctuation stands on both sides of an Arabic name behind a role, and somebody
        says something: قال الناطق باسم الحركة، فلان الفلاني، إن."""
        if not self._stands_apart(run):
            return False
        before = self._words[max(0, run.first - FAR) : run.first]
        after = self._words[run.last : run.last + 1]
        return any(w.text in ("ان", "انه") for w in after) or any(
            self._known.has("speech", word.text.lstrip("وف")) for word in before
        )

    def _is_aged(self, run: Run) -> bool:
        """Whether an age follows between commas: Khaled, 23, fled."""
        return _AGE.match(self._text, self._words[run.last - 1].end) is not None

    def _is_known_role(self, run: Run, arabic: bool) -> bool:
        """Whether a role makes a full name one: that of a given name; of an ordinary word too if
        something shows where it ends."""
        first, rest = run.units[0], run.units[1:]
        if first == "ordinary" and arabic:
            ends = self._runs.is_closed(run.last) or self._runs.goes_on(run.last)
            return "given" in rest or ends or self._is_said(run)
        return first in ("given", "ordinary") or (not arabic and self._is_plain(run))

    def _is_plain(self, run: Run) -> bool:
        """Whether the words around are written small, or a verb of saying follows: in a headline
        capitals make no name (Terrorist Mortar Shell Attacks)."""
        words = self._words
        role_small = words[run.first - 1].surface[:1].islower()
        follows = words[run.last].surface[:1].isupper() if run.last < len(words) else False
        return role_small or not follows or self._is_said(run)

    # What stands around

    def _before(self, place: int) -> Kind | None:
        """What stands before a name: a title, a role, a word such as "named"."""
        if place == 0:
            return None
        kinds: tuple[Kind, ...] = ("title", "called", "role")
        arabic = self._words[place].script == "Arab"
        gap = self._text[self._words[place - 1].end : self._words[place].start]
        for kind in kinds:
            if (_TITLE_GAP if kind == "title" else _ROLE_GAP).fullmatch(gap) and self._ends(
                kind, place
            ):
                return kind
        return self._far_role(place, gap) if arabic else None

    def _ends(self, kind: Kind, place: int) -> bool:
        """Whether words of a kind end just before a place; و, ل, ب or ف may be attached to them."""
        words, known = self._words, self._known
        if place == 0:
            return False
        last = words[place - 1].text
        for length in range(min(known.longest(kind, last), place), 0, -1):
            said = " ".join(word.text for word in words[place - length : place])
            if known.has(kind, said):
                return True
        return last[:1] in _ATTACHED and known.has(kind, last[1:])

    def _far_role(self, place: int, gap: str) -> Kind | None:
        """A title with adjectives (الناشط الإعلامي), or a role with what it is a role in, before an
        Arabic name."""
        if not _ROLE_GAP.fullmatch(gap):
            return None
        for back in range(1, MOST_OF_ROLE + 1):
            at = place - back
            if at < 1:
                return None
            passed = self._words[at]
            if passed.script != "Arab" or self._known.has("speech", passed.text):
                return None
            between = self._text[passed.end : self._words[at + 1].start] if back > 1 else ""
            if any(sign in between for sign in ".\n؟!؛:"):
                return None
            if back <= MOST_ADJECTIVES and self._ends("title", at) and passed.text.startswith("ال"):
                return "title"
            if self._ends("role", at):
                return "role"
        return None

    def _is_said(self, run: Run) -> bool:
        """Whether a verb of saying stands just behind, or, in Arabic, just before."""
        words = self._words
        if run.last < len(words) and self._known.has("speech", words[run.last].text):
            return True
        return words[run.first].script == "Arab" and self._ends("speech", run.first)

    def _stands_apart(self, run: Run) -> bool:
        """Whether punctuation stands on both sides."""
        return self._is_opened(run.first) and self._runs.is_closed(run.last)

    def _is_opened(self, place: int) -> bool:
        """Whether punctuation, a line end or the beginning of the text stands before."""
        start = self._words[place].start
        return place == 0 or _OPENING.search(self._text[max(0, start - 3) : start]) is not None

    def _follows_name(self, run: Run) -> bool:
        """Whether a capital stands before, so that the run is the end of something longer."""
        if run.first - 1 in self._runs.taken or not self._runs.is_joined(run.first):
            return False
        return self._words[run.first - 1].surface[:1].isupper()

    def _is_son(self, place: int) -> bool:
        """Whether "son of" follows."""
        following = place + 1
        return (
            following < len(self._words)
            and self._words[following].text in SONS
            and self._runs.is_joined(following)
        )

    def _is_inside(self, run: Run) -> bool:
        """Whether "son of" or "servant of" stands before: the name began earlier."""
        before = self._words[run.first - 1].text if run.first else ""
        return before in SONS | FATHERS | SERVANTS and self._runs.is_joined(run.first)

    def _is_house(self, run: Run) -> bool:
        """Whether something is called after the person: a street, a brigade; or after one with
        this title."""
        words, place = self._words, run.last
        if self._runs.is_joined(place) and self._known.has("house", words[place].text):
            return True
        titled = run.first > 1 and self._ends("title", run.first)
        return self._follows_house(run.first) or (titled and self._follows_house(run.first - 1))

    def _follows_house(self, place: int) -> bool:
        """Whether the word before a place begins the name of a house."""
        before = self._words[place - 1] if place else None
        if before is None or self._text[before.end : self._words[place].start].strip(' -"“«'):
            return False
        known = self._known
        if before.script != "Arab":
            if before.text == "of" and place > 1:
                return known.has("house before", f"{self._words[place - 2].text} of")
            return before.surface[:1].isupper() and known.has("house before", before.text)
        word = before.text
        while word:
            if known.has("house before", word) or known.has(
                "house before", word.removeprefix("ال")
            ):
                return True
            if word.startswith("لل") and known.has("house before", word[2:]):
                return True
            if word[0] not in (*_ATTACHED, "ك"):
                return False
            word = word[1:]
        return False

    def _goes_with(self, place: int, other: int) -> bool:
        """Whether the word beside a Latin one is written like a part of the same name."""
        runs = self._runs
        if not 0 <= other < len(self._words) or other in runs.taken:
            return False
        return runs.is_joined(max(other, place)) and runs.is_name_like(other)

    def _stands_alone(self, place: int) -> bool:
        """Whether a part of a known name is one here, too, and no part of another's."""
        word = self._words[place]
        if word.script == "Latn":
            if not word.surface[:1].isupper() or word.surface.isupper():
                return False
            if any(self._goes_with(place, other) for other in (place - 1, place + 1)):
                return False
        elif self._known.has("stop", f"{self._words[place - 1].text} {word.text}"):
            return False
        return not self._is_house(Run(place, place + 1, ("family",)))
