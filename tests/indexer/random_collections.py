"""Small random collections in both engines, and queries as readers type them."""

import random
from functools import cache
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from indexer import Query, build_index, open_index
from indexer.ingest import ingest
from indexer.names import Gazetteer, Tagger
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
    "Free Syrian Army|الجيش الحر|Syria|Damascus|دمشق"
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
            "text": random_text(chance, 25),
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
        gazetteer = Gazetteer.load()
        rows = list(random_collection(number))
        self.oracle = Oracle([ingest(row, Tagger(gazetteer), gazetteer) for row in rows])
        with TemporaryDirectory() as folder:
            build_index(rows, folder)
            self.index = open_index(folder)  # stays open when its folder is gone


@cache
def collection(number):
    return Collection(number)


words = st.sampled_from(WORDS + NAMES)
plain = st.one_of(
    words,
    words.map("={}".format),
    words.map("~{}".format),
    words.map(lambda word: word[:3] + "*"),
    words.map("title:{}".format),
    st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.lists(words, min_size=1, max_size=2).map(lambda some: f"«{' '.join(some)}»"),
    st.tuples(words, st.integers(0, 6), words).map(lambda t: f"{t[0]} NEAR/{t[1]} {t[2]}"),
    st.sampled_from(NAMES).map(lambda name: f'actor:"{name}"'),
    st.sampled_from(NAMES).map(lambda name: f'location:"{name}"'),
    st.sampled_from(["*", '"', "(", ")", "a:b", "24/7", "!", "OR", "NOT", "-", "()", "٪", "و"]),
)
typed = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.tuples(inner, st.sampled_from([" OR ", " أو ", " AND "]), inner).map("".join),
        st.tuples(st.sampled_from(["-", "NOT ", "ليس "]), inner).map("".join),
        inner.map("({})".format),
    ),
    max_leaves=5,
)


def some(values):
    return st.just(()) | st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


ACTORS = ("islamic-state", "free-syrian-army", "nobody-known", "no-such-actor")
LOCATIONS = ("deir-ez-zor", "raqqa", "damascus", "aleppo", "idlib", "syria")
queries = st.builds(
    Query,
    q=typed | st.just(""),
    actor=some(ACTORS),
    location=some(LOCATIONS),
    not_actor=some(ACTORS),
    not_location=some(LOCATIONS),
    lang=some(("ar", "en", "und")),
    source=some(("example.org", "صحيفة.example")),
    since=st.none() | st.sampled_from(BOUNDS),
    until=st.none() | st.sampled_from(BOUNDS),
    match=st.sampled_from(("all", "any")),
    spelling=st.sampled_from(("all", "forms", "exact")),
    without=some(NAMES),
    sort=st.sampled_from(("relevance", "newest", "oldest")),
    page=st.integers(1, 3),
    size=st.sampled_from((1, 3, 10)),
)
numbers = st.integers(0, COLLECTIONS - 1)

# Derandomized: every run asks the same questions, so that a red run is about the change.
asked = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
