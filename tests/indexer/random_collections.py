"""Small random collections in both engines, and queries as readers type them."""

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from indexer import Query, build_index, open_index
from indexer.building.generations import generation_folder
from indexer.ingest import ingest, tagger_for
from indexer.names import Gazetteer
from indexer.names.tagging.grouping import read_people
from tests.indexer.oracle import Oracle

COLLECTIONS = 40  # times 50 queries each on average: 2,000
_WORDS = (
    "the bridge bridges river market school schools schooling bombed bombing closed reopened near "
    "fighters withdrew 2014 ٢٠١٤ و2015 is a door "
    "كتاب الكتاب وبالكتاب مدرسة المدرسة مدارس جسر الجسور النهر نهر قصف القصف مُحَمَّد محمد أحمد احمد "
    "الباب باب في من سوق السوق الدوري الدورى"
)
_NAMES = (
    "Deir Ezzor|دير الزور|Deir ez-Zor|Raqqa|الرقة|Idlib|إدلب|Aleppo|حلب|ISIS|IS|داعش|تنظيم الدولة|"
    "Free Syrian Army|الجيش الحر|Syria|Damascus|دمشق|"
    "activist Zaid Alfourati said|Zaid al-Furati|الناشط زيد الفراتي، قال|قال الفراتي|Alfourati"
)
WORDS, NAMES = _WORDS.split(), _NAMES.split("|")
MARKS = (". ", "، ", "! ", "؟ ", "\n", " - ", ", ")
DATES = (
    None, "2013", "2014", "2014-06", "2014-06-01", "2014-06-30T21:30:00+03:00", "2014-12-31",
    "2015-01", "2015-01-01T00:00:00", "2016",
)  # fmt: skip
BOUNDS = ("2013", "2014", "2014-06", "2014-06-30", "2015-01", "2015-01-01", "2017")


def random_text(chance, most):
    words = [chance.choice(NAMES if chance.random() < 0.2 else WORDS)
             for _ in range(chance.randint(0, most))]  # fmt: skip
    gaps = [chance.choice(MARKS) if chance.random() < 0.15 else " " for _ in words]
    return "".join(word + gap for word, gap in zip(words, gaps, strict=True))


def random_collection(number):
    chance = random.Random(number)
    for _ in range(chance.randint(0 if number == 0 else 3, 14)):
        row = {
            "id": chance.choice("abcdefghijklmnop"),  # some come twice: the last one counts
            "title": random_text(chance, 4),
            "text": random_text(chance, 40),
            "published": chance.choice(DATES),
            "source": chance.choice(("", "example.org", "news.example", "صحيفة.example")),
            "captures": chance.choice((1, 1, 2, 6)),
        }
        if chance.random() < 0.2:
            row |= {"actors": ["free-syrian-army", "nobody-known"], "locations": ["damascus"]}
        yield row


class Collection:
    """A collection in both engines."""

    def __init__(self, number):
        rows = list(random_collection(number))
        gazetteer = Gazetteer.load()
        ingested = [ingest(row, tagger_for(gazetteer), gazetteer) for row in rows]
        with TemporaryDirectory() as folder:
            build_index(rows, folder)
            self.index = open_index(folder)  # stays open when its folder is gone
            people = read_people(generation_folder(Path(folder), self.index.generation))
        self.oracle = Oracle(ingested, people)


@cache
def collection(number):
    return Collection(number)


ODDITIES = (
    "*", '"', "(", ")", "a:b", "24/7", "!", "OR", "NOT", "-", "()", "٪", "و", "title:", "=", "~"
)  # fmt: skip
ACTORS = ("islamic-state", "free-syrian-army", "nobody-known", "no-such-actor",
          "person:zaid-alfourati")  # fmt: skip
LOCATIONS = ("deir-ez-zor", "raqqa", "damascus", "aleppo", "idlib", "syria")


def random_part(chance, depth=0):
    """A part of a query as a reader types it, odd ones among them."""
    word = chance.choice(WORDS + NAMES)
    some = " ".join(chance.choice(WORDS + NAMES) for _ in range(chance.randint(1, 3)))
    inner = random_part(chance, depth + 1) if depth < 3 else word
    return chance.choice(
        [word] * 6
        + [some, f'"{some}"', f"«{some}»", f"={word}", f"~{word}", f"{word[:3]}*", f"title:{word}"]
        + [f"{word} NEAR/{chance.randint(0, 6)} {chance.choice(WORDS)}", chance.choice(ODDITIES)]
        + [f'actor:"{chance.choice(NAMES)}"', f"location:{chance.choice(LOCATIONS)}"]
        + [f"({inner})", f"({inner} {word})", f"{inner} OR {word}", f"{word} أو {inner}"]
        + [f"-{word}", f"NOT ({inner})", f"ليس {inner}", f"({inner} AND {some})"]
    )


def random_query(chance):
    def some(values):
        few = chance.randint(1, 2) if chance.random() < 0.12 else 0
        return tuple(chance.sample(values, few))

    return Query(
        q=" ".join(random_part(chance) for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 2, 3)))),
        actor=some(ACTORS),
        location=some(LOCATIONS),
        not_actor=some(ACTORS),
        not_location=some(LOCATIONS),
        lang=some(("ar", "en", "und")),
        source=some(("example.org", "صحيفة.example")),
        since=chance.choice((None,) * 40 + BOUNDS),
        until=chance.choice((None,) * 40 + BOUNDS),
        match=chance.choice(("all", "all", "any")),
        spelling=chance.choice(("all", "all", "forms", "exact")),
        without=some(NAMES),
        sort=chance.choice(("relevance", "newest", "oldest")),
        page=chance.choice((1, 1, 2, 3)),
        size=chance.choice((1, 3, 10)),
    )


words = st.sampled_from(WORDS + NAMES)
# True randomness from a drawn seed: nearly all of 2,000 queries then differ.
queries = st.randoms(use_true_random=True).map(random_query)
numbers = st.integers(0, COLLECTIONS - 1)

# Derandomized: every run asks the same questions, so that a red run is about the change.
asked = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
