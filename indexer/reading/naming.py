"""Which words of a query are a name together, and how does the archive write that name?"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.fields import Part, entity_of, fields_at, spelling_of
from indexer.names import Entity, Gazetteer, Mention, Tagger, fold_name
from indexer.query import Facet, Node, Not, Phrase, Prefix, Word
from indexer.reading.vocabulary import Vocabulary
from indexer.results import Variant
from indexer.text import tokenize

LONGEST_VALUE = 6  # words of a name after location: without quotation marks


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of an entity that the archive has."""

    key: str  # folded
    written: str
    terms: tuple[str, ...]  # of the name fields: its own, and longer names that it is a part of


def spellings_of(entity: Entity, vocabulary: Vocabulary) -> list[Spelling]:
    """The spellings of an entity in the archive. Who looks for Deir Ezzor finds "Deir Ezzor
    airport" too, though that is a name of its own. Not so with actors: the Free Syrian Army is not
    the Syrian army; nor with names that are ordinary words elsewhere."""
    own = {spelling_of(term): term for term in vocabulary.spellings(entity.id)}
    sure = (alias.text for alias in entity.aliases if not alias.rule)
    written = {fold_name(text): text for text in sure} if entity.facet == "location" else {}
    found, taken = [], set(own.values())
    for key in sorted({*own, *written}, key=len, reverse=True):
        longer = vocabulary.longer_names(key) if key in written else []
        terms = [t for t in longer if entity_of(t) != entity.id and t not in taken]
        taken.update(terms)
        if key in own:
            found.append(Spelling(key, vocabulary.written(own[key]), (own[key], *terms)))
        elif terms:
            found.append(Spelling(key, written[key], tuple(terms)))
    return found


def listed_variants(
    known: Sequence[Spelling],
    typed: str,
    dropped: Container[str],
    vocabulary: Vocabulary,
    part: Part | None,
) -> list[Variant]:
    """The spellings of an entity with the records that have them in a part; `typed` and `dropped`
    are folded."""
    fields = [field.name for field in fields_at("name", part)]
    return [
        Variant(
            text=spelling.written,
            kind="typed" if spelling.key == typed else "alias",
            records=vocabulary.records(fields, spelling.terms),
            dropped=spelling.key in dropped,
        )
        for spelling in known
    ]


def with_typed(told: Sequence[Variant], typed: Variant) -> list[Variant]:
    """The spellings with the one that was typed, first; its records are all that it finds, as words
    too. One that the archive writes is told as it writes it, one that finds nothing not at all."""
    same = [variant for variant in told if variant.kind == "typed"]
    others = [variant for variant in told if variant.kind != "typed"]
    others.sort(key=lambda v: (-v.records, v.text))
    if same:
        return [replace(same[0], records=typed.records), *others]
    return [typed, *others] if typed.records else others


def cut_names(
    words: Sequence[Word], tagger: Tagger | None
) -> Iterator[tuple[list[Word], Mention | None]]:
    """Words that stand together, cut into names and single words; without a tagger into single
    words. A name is made of whole words that are typed without a sign; a single one may be asked
    for with its misspellings (~)."""
    names = {} if tagger is None else _whole_names(words, tagger)
    place = 0
    while place < len(words):
        end, mention = names.get(place, (place + 1, None))
        yield list(words[place:end]), mention
        place = end


def _whole_names(words: Sequence[Word], tagger: Tagger) -> dict[int, tuple[int, Mention]]:
    """Names by the place of their first word: (end, mention)."""
    owners = [place for place, word in enumerate(words) for _ in tokenize(word.text)]
    text = " ".join(word.text for word in words)
    tokens = tokenize(text)
    names: dict[int, tuple[int, Mention]] = {}
    for mention in tagger.mentions(text, tokens=tokens, lenient=True):
        inside = [
            owner
            for owner, token in zip(owners, tokens, strict=True)
            if token.start < mention.end and mention.start < token.end
        ]
        first, end = inside[0], inside[-1] + 1
        modes = {word.mode for word in words[first:end]}
        whole = len(inside) == sum(first <= owner < end for owner in owners)
        if whole and (modes == {"plain"} or (modes == {"close"} and end - first == 1)):
            names[first] = (end, mention)
    return names


def cut_inside(run: Sequence[Word], tagger: Tagger) -> list[tuple[list[Word], Mention | None]]:
    """A name cut into the longest other name that it holds and the words around that: "Deir Ezzor"
    and "airport". Empty if it holds none."""
    for size in range(len(run) - 1, 0, -1):
        for start in range(len(run) - size + 1):
            inner = list(run[start : start + size])
            mention = _whole_names(inner, tagger).get(0, (0, None))
            if mention[0] == size:
                before = [([word], None) for word in run[:start]]
                return [*before, (inner, mention[1]), *cut_names(run[start + size :], tagger)]
    return []


def with_whole_values(parts: Sequence[Node], gazetteer: Gazetteer) -> list[Node]:
    """The parts, with `location:Deir Ezzor` read as the name that it begins: nobody thinks of the
    quotation marks that it would need."""
    whole: list[Node] = []
    rest = list(parts)
    while rest:
        part = rest.pop(0)
        facet = part.part if isinstance(part, Not) else part
        if isinstance(facet, Facet):
            longer, used = _longest(facet, rest, gazetteer)
            del rest[:used]
            part = Not(longer) if isinstance(part, Not) else longer
        whole.append(part)
    return whole


def runs_of_words(parts: Sequence[Node]) -> list[list[Node]]:
    """The parts, with words that stand together and look into the same field as one run."""
    runs: list[list[Node]] = []
    for part in parts:
        last = runs[-1][-1] if runs else None
        if isinstance(part, Word) and isinstance(last, Word) and part.field == last.field:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _longest(facet: Facet, rest: Sequence[Node], gazetteer: Gazetteer) -> tuple[Facet, int]:
    """The facet with as many of the following words as make a name, and how many they are."""
    words = [
        node.text
        for node in takewhile(_is_plain, rest[: LONGEST_VALUE - 1])
        if isinstance(node, Word)
    ]
    for count in range(len(words), 0, -1):
        longer = replace(facet, value=" ".join([facet.value, *words[:count]]))
        if named_by(longer, gazetteer):
            return longer, count
    return facet, 0


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word) and node.mode == "plain" and node.field is None


def named_by(facet: Facet, gazetteer: Gazetteer) -> list[Entity]:
    """The entities that `actor:…` or `location:…` means, by id or by any name."""
    direct = gazetteer.entity(facet.value)
    found = gazetteer.find(facet.value) if direct is None else [direct]
    return [entity for entity in found if entity.facet == facet.facet]


def title_or_both(node: Word | Phrase | Prefix) -> Part | None:
    """The only part of a record that a word looks into, None for both."""
    return "title" if node.field == "title" else None
