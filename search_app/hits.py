"""How does one hit read on the page?"""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from indexer import Entity, Hit, Index, Match, Snippet, Why
from search_app.formats import language_of, marked, shown
from search_app.labels import Labels
from search_app.links import Links

MOST_REASONS = 4
MOST_NAMES = 6
_ENDS = tuple(".!?؟…:؛")
_CLOSING = "\"'»”’) "


@dataclass(frozen=True, slots=True)
class Line:
    """A run of the record's text as HTML, with its language."""

    html: Markup
    lang: str


@dataclass(frozen=True, slots=True)
class Name:
    """An actor or a place that the record names, and where the search for it alone is."""

    entity: Entity
    link: str
    count: int


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit and everything about it that is shown."""

    hit: Hit
    link: str
    title: Line
    snippets: tuple[Line, ...]
    why: tuple[Markup, ...]
    more_reasons: int
    names: tuple[Name, ...]


def view_hit(index: Index, hit: Hit, links: Links, say: Labels) -> HitView:
    """A hit in the words of the interface's language."""
    why = explain(hit.why, say)
    named = Counter(mention.entity for mention in hit.mentions)
    entities = [(index.entity(name), n) for name, n in named.most_common()]
    return HitView(
        hit,
        links.record(hit.id),
        Line(marked(hit.title, hit.title_marks), language_of(hit.title, hit.lang)),
        tuple(Line(_passage(s), language_of(s.text, hit.lang)) for s in hit.snippets),
        tuple(why[:MOST_REASONS]),
        max(0, len(why) - MOST_REASONS),
        tuple(
            Name(entity, links.only(entity.facet, entity.id), n)
            for entity, n in entities
            if entity is not None
        )[:MOST_NAMES],
    )


def _passage(snippet: Snippet) -> Markup:
    """A snippet in one line; an ellipsis where its sentence goes on."""
    text = snippet.text
    before = "… " if snippet.start and text[:1].islower() else ""
    after = "" if text.rstrip(_CLOSING)[-1:] in _ENDS else " …"
    return Markup("{}{}{}").format(before, marked(text.replace("\n", " "), snippet.marks), after)


def explain(why: Why, say: Labels) -> list[Markup]:
    """Why a record was found: the words that stand there, what they are to the words of the query,
    and how often they stand where."""
    places: dict[tuple[str, str, str], list[Match]] = {}
    for match in why.matches:
        places.setdefault((match.query, match.text.casefold(), match.kind), []).append(match)
    return [
        say(f"why.{kind}", text=shown(" ".join(found[0].text.split())), query=shown(query))
        + Markup(" ")
        + Markup(" ").join(say(f"why.in-{match.field}", n=match.count) for match in _summed(found))
        for (query, _, kind), found in places.items()
    ]


def _summed(found: list[Match]) -> list[Match]:
    """One match for each field: spellings that differ in capitals alone are counted together."""
    sums: Counter[str] = Counter()
    for match in found:
        sums[match.field] += match.count
    first = found[0]
    return [Match(first.query, first.text, first.kind, field, n) for field, n in sums.items()]
