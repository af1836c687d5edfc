"""Which articles, and which questions about them, do the engines get?

Real articles of the evaluation data (`ir/fakes-syria` in English, `ir/ant` in Arabic), repeated
with changed names: each repetition puts other names in the place of a third of its capitalized
words, so that the vocabulary grows with the collection as it does in an archive. Everything follows
from the number of an article: no list of a million of them is kept.
"""

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

ACTORS, LOCATIONS = 200, 600  # values of the two facets, the first ones far more frequent
FREQUENT = tuple(f"actor-{rank}" for rank in range(10))
TWO_YEARS = ("2013-01-01", "2014-12-31")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_SYLLABLES = [consonant + vowel for consonant in "bdfghjklmnqrstwz" for vowel in "aiu"]


@dataclass(frozen=True, slots=True)
class Article:
    """One document: what every engine gets."""

    id: str
    title: str
    text: str
    lang: str
    published: str  # ISO day
    actors: tuple[str, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One query in a form that every engine can translate."""

    kind: str
    words: tuple[str, ...]
    mode: str = "all"  # "all", "any", "phrase", "prefix"
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    page: int = 1


class Articles:
    """The first `count` articles, and questions drawn from them."""

    def __init__(self, evaluation: Path, count: int) -> None:
        self._folder = evaluation / "ir"
        self.count = count

    @cached_property
    def _seeds(self) -> list[tuple[str, str, str]]:
        seeds = []
        for name, lang in (("fakes-syria", "en"), ("ant", "ar")):
            with lzma.open(
                self._folder / name / "corpus.jsonl.xz", "rt", encoding="utf-8"
            ) as lines:
                rows = [json.loads(line) for line in lines]
            seeds += [(lang, row.get("title") or "", row["text"]) for row in rows if row["text"]]
        random.Random(1).shuffle(seeds)
        return seeds

    def __iter__(self) -> Iterator[Article]:
        return (self.article(number) for number in range(self.count))

    def article(self, number: int) -> Article:
        """The article of this number; always the same."""
        lang, title, text = self._seeds[number % len(self._seeds)]
        chance = random.Random(number)
        if number >= len(self._seeds) and lang == "en":
            text = _NAME.sub(lambda m: _name(chance) if chance.random() < 0.33 else m[0], text)
        elif number >= len(self._seeds):
            words = text.split(" ")
            for _ in range(len(words) // 20):  # an Arabic name is not known by its letters
                words[chance.randrange(len(words))] = _arabic_name(chance)
            text = " ".join(words)
        month = min(119, int(chance.betavariate(2, 3) * 120))
        return Article(
            id=f"a{number}",
            title=title or text[:60],
            text=text,
            lang=lang,
            published=f"{2011 + month // 12}-{month % 12 + 1:02d}-{chance.randint(1, 28):02d}",
            actors=_some(chance, "actor", ACTORS),
            locations=_some(chance, "place", LOCATIONS),
        )

    def questions(self, each: int, seed: int = 7) -> list[Question]:
        """`each` questions of every kind. Common words stand in 5 to 40 % of the seeds, rare ones
        in one to five."""
        chance = random.Random(seed)
        known: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for _, _, text in self._seeds:
            words = [word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)]
            known.update(set(words))
            pairs.update(set(pairwise(words)))
        size = len(self._seeds)
        common = sorted(w for w, n in known.items() if 0.05 * size <= n <= 0.4 * size)
        rare = sorted(w for w, n in known.items() if n <= 5)
        close = sorted(p for p, n in pairs.items() if n >= 0.01 * size)

        def some(words: list[str], many: int) -> tuple[str, ...]:
            return tuple(chance.sample(words, many))

        asked = []
        for _ in range(each):
            asked += [
                Question("one rare word", some(rare, 1)),
                Question("one common word", some(common, 1)),
                Question("two common words, all", some(common, 2)),
                Question("three common words, any", some(common, 3), "any"),
                Question("phrase of two words", chance.choice(close), "phrase"),
                Question("prefix", (some(common, 1)[0][:4],), "prefix"),
                Question("common word in two years", some(common, 1), "all", *TWO_YEARS),
                Question("common word, one actor", some(common, 1), actor=chance.choice(FREQUENT)),
                Question("two common words, page 5", some(common, 2), "any", page=5),
            ]  # fmt: skip
        return asked


def _some(chance: random.Random, kind: str, values: int) -> tuple[str, ...]:
    """None to six values, the first ones more often (as the inverse of their rank)."""
    drawn = (
        int(values ** chance.random()) - 1 for _ in range(min(6, int(chance.expovariate(0.5))))
    )
    return tuple(dict.fromkeys(f"{kind}-{value}" for value in drawn))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()


def _arabic_name(chance: random.Random) -> str:
    return "".join(chance.choices("ابتثجحخدرزسشصطعفقكلمنهوي", k=chance.randint(4, 7)))
