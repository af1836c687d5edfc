"""How is a query read: which terms does each of its parts become?

The reader's tree (`query`) becomes a plan (`plan`), a reading of every part for the chips, and
probes that find the matching words in a record again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer import plan as p
from indexer import query as q
from indexer.fields import NAME_SEPARATOR, Part, fields_at
from indexer.names import Entity, Gazetteer, Mention, Tagger, fold_name
from indexer.probes import Kind, Probe
from indexer.results import Reading, Variant
from indexer.text import Token, is_stop_word, tokenize
from indexer.vocabulary import Vocabulary

# How much a neighbouring pair, or the whole run of words in order, adds to its single words.
RUN_BOOST = 0.6
PAIR_BOOST = 0.3
# A spelling that the reader did not type counts so much of one that was typed, by script.
SAME_SCRIPT, OTHER_SCRIPT = 0.7, 0.6
TYPED_BOOST = 1.5  # keeps the typed spelling above any number of other spellings


@dataclass(frozen=True, slots=True)
class Planned:
    """A query, read."""

    plan: p.Plan
    readings: tuple[Reading, ...]
    notices: tuple[q.Notice, ...]
    probes: tuple[Probe, ...]


@dataclass(slots=True)
class Planner:
    """Reads one query against one generation's vocabulary."""

    query: q.Query
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    tagger: Tagger
    readings: list[Reading] = field(default_factory=list)
    notices: list[q.Notice] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    _negated: bool = False

    def read(self, parsed: q.Parsed) -> Planned:
        """The plan of a parsed query."""
        self.notices.extend(parsed.notices)
        plan = self._node(parsed.root, top=True)
        return Planned(plan, tuple(self.readings), tuple(self.notices), tuple(self.probes))

    def _node(self, node: q.Node, *, top: bool = False) -> p.Plan:
        match node:
            case q.Everything():
                return p.Everything()
            case q.And(parts):
                return self._and(parts, loose=top and self.query.match == "any")
            case q.Or(parts):
                return _any_of([self._node(part) for part in parts])
            case q.Not(part):
                return p.Without(p.Everything(), self._excluded(part))
            case q.Word():
                return self._and((node,), loose=False)
            case q.Phrase():
                return self._phrase(node)
            case q.Prefix():
                return self._prefix(node)
            case q.Near():
                return self._near(node)
            case q.Facet():
                return self._facet(node)

    def _excluded(self, node: q.Node) -> p.Plan:
        before, self._negated = self._negated, True
        plan = self._node(node)
        self._negated = before
        return plan

    def _and(self, parts: Sequence[q.Node], *, loose: bool) -> p.Plan:
        wanted: list[p.Plan] = []
        unwanted: list[p.Plan] = []
        for run in _runs(parts):
            match run[0]:
                case q.Not(part):
                    unwanted.append(self._excluded(part))
                case q.Word():
                    wanted += self._words([w for w in run if isinstance(w, q.Word)], loose)
                case other:
                    wanted.append(self._node(other))
        plan = _any_of(wanted) if loose and wanted else _all_of(wanted)
        return p.Without(plan, _any_of(unwanted)) if unwanted else plan

    # Words and names

    def _words(self, words: list[q.Word], loose: bool) -> list[p.Plan]:
        """Plain words that stand together: names among them are found first. What the words mean
        together is added as a bonus that changes no set."""
        plans: list[p.Plan] = []
        typed: list[Token] = []
        sure = True  # the run in order is found by the single parts as well
        loose_stops = loose and not all(is_stop_word(fold_name(word.text)) for word in words)
        for start, end, mention in self._names(words):
            text = " ".join(word.text for word in words[start:end])
            tokens = tokenize(text)
            if not tokens:
                self.notices.append(q.Notice("lone-symbol", text))
                continue
            typed += tokens
            if mention is not None:
                plan, complete = self._name(text, tokens, mention, words[start])
                sure = sure and complete
                plans.append(plan)
            elif not (loose_stops and all(is_stop_word(t.text) for t in tokens)):
                plans.append(self._word(words[start], tokens))
        part = _part(words[0])
        if loose:
            plans += self._pairs(typed, part)
        elif sure and len(plans) > 1 and not self._negated:
            run = _any_of(
                [
                    p.Sequence(f.name, tuple(t.text for t in typed), RUN_BOOST * f.weight)
                    for f in fields_at("exact", part)
                ]
            )
            return [p.AnyOf((_all_of(plans), run))]
        return plans

    def _pairs(self, typed: list[Token], part: Part | None) -> list[p.Plan]:
        return [
            p.Sequence(f.name, (one.stem, other.stem), PAIR_BOOST * f.weight)
            for one, other in pairwise(typed)
            if not is_stop_word(one.text) and not is_stop_word(other.text)
            for f in fields_at("form", part)
        ]

    def _names(self, words: list[q.Word]) -> list[tuple[int, int, Mention | None]]:
        """The run of words cut into names and single words: (start, end, mention)."""
        starts, place = [], 0
        for word in words:
            starts.append(place)
            place += len(word.text) + 1
        mentions: dict[int, tuple[int, Mention]] = {}
        if self.query.spelling == "all":
            text = " ".join(word.text for word in words)
            for mention in self.tagger.mentions(text, lenient=True):
                covered = [
                    i for i, s in enumerate(starts)
                    if mention.start < s + len(words[i].text) and s < mention.end
                ]  # fmt: skip
                if all(words[i].mode == "plain" for i in covered):
                    mentions[covered[0]] = (covered[-1] + 1, mention)
        cut: list[tuple[int, int, Mention | None]] = []
        place = 0
        while place < len(words):
            end, found = mentions.get(place, (place + 1, None))
            cut.append((place, end, found))
            place = end
        return cut

    def _name(
        self, text: str, tokens: list[Token], mention: Mention, word: q.Word
    ) -> tuple[p.Plan, bool]:
        """The plan of a name, and whether it holds every record with the words as typed."""
        entity = self.gazetteer.entity(mention.entity)
        assert entity is not None  # the tagger knows only what the gazetteer has
        key = fold_name(mention.text)
        spellings = self.vocabulary.spellings(entity.id)
        dropped = {fold_name(text) for text in self.query.without}
        kept = [term for term in spellings if _spelling(term) not in dropped]
        weights = {term: self._likeness(term, key, tokens[0].script) for term in kept}
        part = _part(word)
        names: list[p.Plan] = [
            p.Synonyms(f.name, tuple((term, weights[term]) for term in kept), f.weight)
            for f in fields_at("name", part)
            if kept
        ]
        self._tell_name(text, entity, spellings, key, dropped)
        self._probe(text, "name", "name", (frozenset(kept),), part)
        if key in dropped or mention.evidence == "case":
            return _any_of(names), False
        typed: list[p.Plan] = [
            p.Sequence(f.name, tuple(t.text for t in tokens), TYPED_BOOST)
            for f in fields_at("exact", part)
        ]
        self._probe(text, "exact", "exact", tuple(frozenset([t.text]) for t in tokens), part)
        if mention.evidence == "context":  # the words are ordinary words too
            typed += [self._forms(text, [token], part) for token in tokens]
        return _any_of(names + typed), True

    def _likeness(self, term: str, key: str, script: str) -> float:
        spelling = _spelling(term)
        if spelling == key:
            return 1.0
        return SAME_SCRIPT if tokenize(spelling)[0].script == script else OTHER_SCRIPT

    def _tell_name(
        self, text: str, entity: Entity, spellings: Sequence[str], key: str, dropped: set[str]
    ) -> None:
        fields = fields_at("name")
        variants = [
            Variant(
                text=self.vocabulary.written(term),
                kind="typed" if _spelling(term) == key else "alias",
                records=self.vocabulary.records([f.name for f in fields], [term]),
                dropped=_spelling(term) in dropped,
            )
            for term in spellings
        ]
        variants.sort(key=lambda v: (v.kind != "typed", -v.records, v.text))
        self.readings.append(
            Reading(
                text, "name", self._negated, entity.id, entity.label_en, entity.label_ar,
                tuple(variants),
            )
        )  # fmt: skip

    def _word(self, word: q.Word, tokens: list[Token]) -> p.Plan:
        part = _part(word)
        exact = word.mode == "exact" or self.query.spelling == "exact"
        if word.mode == "close":
            return self._close(word, tokens, part)
        self.readings.append(Reading(word.text, "exact" if exact else "word", self._negated))
        if exact:
            places = tuple(frozenset([token.text]) for token in tokens)
            self._probe(word.text, "exact", "exact", places, part)
            return _any_of(
                [_sequence(f.name, [t.text for t in tokens], 1.0) for f in fields_at("exact", part)]
            )
        return self._forms(word.text, tokens, part)

    def _forms(self, text: str, tokens: list[Token], part: Part | None) -> p.Plan:
        """A word in all its forms; as typed it counts a little more."""
        for kind, level in (("exact", "exact"), ("form", "form")):
            places = tuple(frozenset([t.text if level == "exact" else t.stem]) for t in tokens)
            self._probe(text, kind, level, places, part)  # type: ignore[arg-type]
        forms = [
            _sequence(f.name, [t.stem for t in tokens], f.weight) for f in fields_at("form", part)
        ]
        exact = [
            _sequence(f.name, [t.text for t in tokens], f.weight) for f in fields_at("exact", part)
        ]
        return _any_of(forms + exact)

    def _close(self, word: q.Word, tokens: list[Token], part: Part | None) -> p.Plan:
        """Words of the index within one or two letters; typed forms come first."""
        near = self.vocabulary.close_words(tokens[0].text) if len(tokens) == 1 else []
        self.readings.append(
            Reading(
                word.text, "close", self._negated,
                variants=tuple(self._counted(text, "close") for text in near[:20]),
            )
        )  # fmt: skip
        self._probe(word.text, "close", "exact", (frozenset(near),), part)
        others = [
            p.Synonyms(f.name, tuple((text, 0.5) for text in near), f.weight)
            for f in fields_at("exact", part)
            if near
        ]
        return _any_of([self._forms(word.text, tokens, part), *others])

    def _counted(self, text: str, kind: str) -> Variant:
        names = [f.name for f in fields_at("exact")]
        return Variant(text, kind, self.vocabulary.records(names, [text]))

    # Everything else

    def _phrase(self, node: q.Phrase) -> p.Plan:
        """Words as typed, in this order: names and word forms change nothing in it, so that a
        quoted phrase has the same count under every spelling setting."""
        tokens = tokenize(node.text)
        if not tokens:
            self.notices.append(q.Notice("lone-symbol", node.text))
            return p.Everything()
        part = _part(node)
        self.readings.append(Reading(node.text, "phrase", self._negated))
        self._probe(node.text, "phrase", "exact", tuple(frozenset([t.text]) for t in tokens), part)
        texts = [token.text for token in tokens]
        return _any_of([_sequence(f.name, texts, 1.0) for f in fields_at("exact", part)])

    def _prefix(self, node: q.Prefix) -> p.Plan:
        tokens = tokenize(node.text)
        if len(tokens) != 1:
            return self._and((q.Word(node.text, field=node.field, start=node.start),), loose=False)
        part = _part(node)
        words, cut = self.vocabulary.beginning(tokens[0].text)
        if cut:
            self.notices.append(q.Notice("prefix-limited", node.text))
        self.readings.append(
            Reading(
                node.text + "*", "prefix", self._negated,
                variants=tuple(self._counted(word, "form") for word in words[:20]),
            )
        )  # fmt: skip
        self._probe(node.text + "*", "prefix", "exact", (frozenset(words),), part)
        return _any_of(
            [
                p.Synonyms(f.name, tuple((word, 1.0) for word in words), f.weight)
                for f in fields_at("exact", part)
                if words
            ]
        )

    def _near(self, node: q.Near) -> p.Plan:
        left, right = tokenize(node.left), tokenize(node.right)
        if len(left) != 1 or len(right) != 1:
            both = (q.Word(node.left, start=node.start), q.Word(node.right, start=node.start))
            return self._and(both, loose=False)
        exact = self.query.spelling == "exact"
        level = "exact" if exact else "form"
        one, other = (t[0].text if exact else t[0].stem for t in (left, right))
        text = f"{node.left} NEAR/{node.distance} {node.right}"
        self.readings.append(Reading(text, "near", self._negated))
        for term in (one, other):
            self._probe(text, "exact" if exact else "form", level, (frozenset([term]),), None)
        return _any_of(
            [
                p.Near(f.name, (one,), (other,), node.distance, f.weight)
                for f in fields_at(level)  # type: ignore[arg-type]
            ]
        )

    def _facet(self, node: q.Facet) -> p.Plan:
        named = [e for e in self.gazetteer.find(node.value) if e.facet == node.facet]
        direct = self.gazetteer.entity(node.value)
        entities = [direct] if direct is not None and direct.facet == node.facet else named
        if not entities:
            self.notices.append(q.Notice("unknown-entity", node.value))
        for entity in entities:
            self.readings.append(
                Reading(
                    f"{node.facet}:{node.value}", "facet", self._negated, entity.id,
                    entity.label_en, entity.label_ar,
                )
            )  # fmt: skip
        # A value that no table knows may still be in the records: dicts bring their own ids.
        ids = [entity.id for entity in entities] or [node.value]
        return _any_of([p.Term(node.facet, value, 0.0) for value in ids])

    def _probe(
        self,
        text: str,
        kind: Kind,
        level: str,
        places: tuple[frozenset[str], ...],
        part: Part | None,
    ) -> None:
        if not self._negated:
            self.probes.append(Probe(text, kind, level, places, part))  # type: ignore[arg-type]


def _runs(parts: Sequence[q.Node]) -> list[list[q.Node]]:
    """The parts, with words that stand together and look into the same field as one run."""
    runs: list[list[q.Node]] = []
    for part in parts:
        last = runs[-1][-1] if runs else None
        if isinstance(part, q.Word) and isinstance(last, q.Word) and part.field == last.field:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _part(node: q.Word | q.Phrase | q.Prefix) -> Part | None:
    return "title" if node.field == "title" else None


def _spelling(term: str) -> str:
    return term.partition(NAME_SEPARATOR)[2]


def _sequence(name: str, texts: list[str], boost: float) -> p.Plan:
    return (
        p.Term(name, texts[0], boost) if len(texts) == 1 else p.Sequence(name, tuple(texts), boost)
    )


def _all_of(plans: list[p.Plan]) -> p.Plan:
    if not plans:
        return p.Everything()
    return plans[0] if len(plans) == 1 else p.AllOf(tuple(plans))


def _any_of(plans: list[p.Plan]) -> p.Plan:
    if not plans:
        return p.Nothing()
    return plans[0] if len(plans) == 1 else p.AnyOf(tuple(plans))
