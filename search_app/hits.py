"""How does one hit read on the page?"""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from indexer import Entity, Hit, Index, Snippet, Why
from search_app.formats import language_of, marked, shown
from search_app.labels import Labels
from search_app.links import Links
from search_app.reasons import read_reasons

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
    return [
        say(f"why.{reason.kind}", text=shown(reason.text), query=shown(reason.query))
        + Markup(" ")
        + Markup(" ").join(say(f"why.in-{field}", n=n) for field, n in reason.counts)
        for reason in read_reasons(why)
    ]
