"""How is a query read: which terms does each of its parts become?

The reader's tree (`query`) becomes a plan (`plan`), a reading of every part for the chips, and
probes that find the matching words in a record again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer import plan as p
from indexer import query as q
from indexer.fields import NAME_SEPARATOR, Level, Part, fields_at, spelling_of
from indexer.names import Entity, Gazetteer, Mention, Tagger, fold_name
from indexer.probes import Kind, Probe
from indexer.reading.naming import (
    cut_inside,
    cut_names,
    listed_variants,
    named_by,
    runs_of_words,
    spellings_of,
    title_or_both,
    with_typed,
    with_whole_values,
)
from indexer.reading.ranking import (
    CLOSE_BOOST,
    LOOSE_EXACT,
    NAMED_BOOST,
    PAIR_BOOST,
    RUN_BOOST,
    TYPED_BOOST,
    all_of,
    alternatives,
    any_of,
    in_a_row,
    name_by_rule,
    name_in,
)
from indexer.reading.unlisted import Name, Names, variants
from indexer.reading.vocabulary import MOST_PREFIX_WORDS, Vocabulary
from indexer.results import Reading, Variant
from indexer.text import Token, is_stop_word, other_numbers, tokenize

MOST_CLOSE_QUESTIONS = 8  # words with ~: each is held against a part of the vocabulary


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One word, name or phrase of a query, and the records that have it."""

    text: str  # as typed
    plan: p.Plan
    negated: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A query, read."""

    plan: p.Plan
    readings: tuple[Reading, ...]
    notices: tuple[q.Notice, ...]
    probes: tuple[Probe, ...]
    parts: tuple[QueryPart, ...]


@dataclass(slots=True)
class Planner:
    """Reads one query against one generation's vocabulary."""

    query: q.Query
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    tagger: Tagger
    names: Names
    readings: list[Reading] = field(default_factory=list)
    notices: list[q.Notice] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    parts: list[QueryPart] = field(default_factory=list)
    _negated: bool = False
    _expansions: int = MOST_PREFIX_WORDS  # that the prefixes of the query may still stand for
    _close_words: int = MOST_CLOSE_QUESTIONS  # that may still be looked for

    @property
    def _loose(self) -> bool:
        """Whether any word is enough."""
        return self.query.match == "any"

    def read(self, parsed: q.Parsed) -> Planned:
        """The plan of a parsed query."""
        self.notices.extend(parsed.notices)
        plan = self._node(parsed.root)
        return Planned(
            plan,
            tuple(self.readings),
            tuple(self.notices),
            tuple(self.probes),
            tuple(self.parts),
        )

    def _node(self, node: q.Node) -> p.Plan:
        match node:
            case q.Everything():
                return p.Everything()
            case q.And(parts):
                return self._every(parts)
            case q.Or(parts):
                return any_of([self._node(part) for part in parts])
            case q.Not() | q.Word():
                return self._every((node,))
            case q.Phrase():
                return self._part(node.text, self._phrase(node))
            case q.Prefix():
                return self._part(node.text + "*", self._prefix(node))
            case q.Near():
                return self._near(node)
            case q.Facet():
                return self._part(f"{node.facet}:{node.value}", self._facet(node))

    def _every(self, parts: Sequence[q.Node]) -> p.Plan:
        """Parts that stand together. For a long question any of them is enough, but actor: and
        location: stay conditions, as - does."""
        wanted: list[p.Plan] = []
        bonus: list[p.Plan] = []
        needed: list[p.Plan] = []
        unwanted: list[p.Plan] = []
        for run in runs_of_words(with_whole_values(parts, self.gazetteer)):
            match run[0]:
                case q.Not(part):
                    self._negated = not self._negated
                    unwanted.append(self._node(part))
                    self._negated = not self._negated
                case q.Facet() as facet:
                    needed.append(self._node(facet))
                case q.Word():
                    words = [word for word in run if isinstance(word, q.Word)]
                    wanted += self._words(words)
                    bonus += self._bonus(words)
                case other:
                    wanted.append(self._node(other))
        if self._loose and wanted:
            wanted = [any_of(wanted)]
        if bonus:  # what a bonus adds to scores it must not add to the set
            needed.append(p.AnyOf((p.Everything(), *bonus)))
        plan = all_of(wanted + needed)
        return p.Without(plan, any_of(unwanted)) if unwanted else plan

    # Words and names

    def _words(self, words: list[q.Word]) -> list[p.Plan]:
        """Words that stand together: names among them are found first."""
        plans: list[p.Plan] = []
        dull = self._loose and not all(is_stop_word(fold_name(word.text)) for word in words)
        tagger = self.tagger if self.query.spelling == "all" else None
        for run, mention in self.names.cut(list(cut_names(words, tagger))):
            text = " ".join(word.text for word in run)
            if dull and mention is None and all(is_stop_word(t.text) for t in tokenize(text)):
                continue
            if text == "و" and run[0].mode == "plain" and len(words) > 1:
                continue  # a letter of the next word, which is found with it and without
            plans.append(self._part(text, self._word_or_name(run, mention)))
        return plans

    def _by_rule(self, name: Name, run: list[q.Word]) -> p.Plan:
        """A name that no table knows: as typed, in all its forms, and in the other spellings."""
        tokens, part = tokenize(name.text), title_or_both(run[0])
        typed = name.typed if name.typed_is_kept and not self._loose else None
        plans = name_by_rule(name.kept, typed, tokens[0].script, part)
        probes = len(self.probes)
        forms = all_of([self._forms(w.text, tokenize(w.text), part) for w in run])
        records = self.vocabulary.records_of(forms)
        if name.typed_is_kept:
            plans.append(forms)
        else:
            del self.probes[probes:]
        told = Variant(name.text, "typed", records, not name.typed_is_kept)
        others = variants(name, self.vocabulary, part)
        self.readings.append(Reading(name.text, "name", self._negated, variants=(told, *others)))
        self._probe_rule(name, part)
        return any_of(plans)

    def _probe_rule(self, name: Name, part: Part | None) -> None:
        for row in (run for spelling in name.kept for run in spelling.runs):
            self._probe(name.text, "name", "exact", [[word] for word in row], part)

    def _word_or_name(self, run: list[q.Word], mention: Mention | None) -> p.Plan:
        entity = self.gazetteer.entity(mention.entity) if mention else None
        if mention is None or entity is None:
            name = self.names.read(run)
            return self._word(run[0]) if name is None else self._by_rule(name, run)
        return self._name(run, mention, entity)

    def _bonus(self, words: list[q.Word]) -> list[p.Plan]:
        """What words say by standing next to each other."""
        typed = tokenize(" ".join(word.text for word in words))
        part = title_or_both(words[0])
        if self._negated or len(typed) < 2:
            return []
        pairs: list[p.Plan] = [
            p.Sequence(f.name, (one.stem, other.stem), PAIR_BOOST * f.weight)
            for one, other in pairwise(typed)
            if not is_stop_word(one.text) and not is_stop_word(other.text)
            for f in fields_at("form", part)
        ]
        if self._loose:
            return pairs
        return pairs + in_a_row("exact", [token.text for token in typed], part, RUN_BOOST)

    def _name(self, run: list[q.Word], mention: Mention, entity: Entity) -> p.Plan:
        """A name in all its spellings, and as typed."""
        text = " ".join(word.text for word in run)
        tokens, part = tokenize(text), title_or_both(run[0])
        key = fold_name(mention.text)
        dropped = {fold_name(text) for text in self.query.without}
        known = spellings_of(entity, self.vocabulary)
        kept = [spelling for spelling in known if spelling.key not in dropped]
        doubtful = mention.evidence == "context" and not self._loose
        boost = NAMED_BOOST if doubtful else 1.0
        plans = name_in(kept, key, tokens[0].script, part, boost)
        told = listed_variants(known, key, dropped, self.vocabulary, part)
        keys = {spelling.key for spelling in known}
        beside = self.names.beside_table(run, entity, mention, self.gazetteer, keys)
        if beside is not None:
            plans += name_by_rule(beside.kept, None, tokens[0].script, part)
            self._probe_rule(beside, part)
            told += variants(beside, self.vocabulary, part)
        terms = [term for spelling in kept for term in spelling.terms]
        self._probe(text, "name", "name", [terms], part)
        probes = len(self.probes)
        typed = self._as_typed(run, mention, entity, doubtful)
        own = name_in([s for s in known if s.key == key], key, tokens[0].script, part, boost)
        records = self.vocabulary.records_of(any_of([*own, *typed]))
        told = with_typed(told, Variant(text, "typed", records, key in dropped))
        labels = (entity.id, entity.label_en, entity.label_ar)
        self.readings.append(Reading(text, "name", self._negated, *labels, tuple(told)))
        if key in dropped:
            del self.probes[probes:]
            return any_of(plans)
        return any_of([*plans, *typed])

    def _as_typed(
        self, run: list[q.Word], mention: Mention, entity: Entity, doubtful: bool
    ) -> list[p.Plan]:
        """The words of a name as typed; if they are ordinary words too, or any word is enough, in
        all their forms."""
        text = " ".join(word.text for word in run)
        tokens, part = tokenize(text), title_or_both(run[0])
        plans: list[p.Plan] = []
        if entity.facet == "location" and not self._loose:
            # "Deir Ezzor airport" is also the airport of Deir Ezzor, wherever the two words stand.
            told = len(self.readings)
            inside = [self._word_or_name(*piece) for piece in cut_inside(run, self.tagger)]
            del self.readings[told:]
            plans += [all_of(inside)] if inside else []
        if mention.evidence == "case":
            return plans
        texts = [token.text for token in tokens]
        self._probe(text, "exact", "exact", [[each] for each in texts], part)
        if self._loose or doubtful:
            forms = [self._forms(text, [token], part) for token in tokens]
            plans.append(any_of(forms) if self._loose else all_of(forms))
        else:
            plans += in_a_row("exact", texts, part, TYPED_BOOST)
        if run[0].mode == "close":
            plans.append(self._close(run[0], tokens, part))
        return plans

    def _word(self, word: q.Word) -> p.Plan:
        tokens, part = tokenize(word.text), title_or_both(word)
        if word.mode == "close":
            forms = self._forms(word.text, tokens, part)
            return any_of([forms, self._close(word, tokens, part)])
        if word.mode == "exact" or self.query.spelling == "exact":
            self.readings.append(Reading(word.text, "exact", self._negated))
            texts = [token.text for token in tokens]
            self._probe(word.text, "exact", "exact", [[text] for text in texts], part)
            return any_of(in_a_row("exact", texts, part))
        self.readings.append(Reading(word.text, "word", self._negated))
        return self._forms(word.text, tokens, part)

    def _forms(self, text: str, tokens: list[Token], part: Part | None) -> p.Plan:
        """A word in all its forms; as typed it counts more. Several tokens in one word ("24/7")
        stand next to each other."""
        texts, stems = [t.text for t in tokens], [[t.stem] for t in tokens]
        if len(tokens) == 1:
            stems = [self._stems(tokens[0])]
        self._probe(text, "exact", "exact", [[each] for each in texts], part)
        self._probe(text, "form", "form", stems, part)
        exact = in_a_row("exact", texts, part, LOOSE_EXACT if self._loose else 1.0)
        if len(stems[0]) > 1:
            return any_of([alternatives("form", stems[0], part), *exact])
        return any_of(in_a_row("form", [stem for [stem] in stems], part) + exact)

    def _stems(self, token: Token) -> list[str]:
        """The stems of a word, in either number and with what the archive writes onto it."""
        stems = [token.stem, *other_numbers(token.stem)]
        if token.script == "Arab":
            stems += self.vocabulary.other_stems(token.text, token.stem)
            stems = [form for stem in stems for form in self.vocabulary.attached_forms(stem)]
        return list(dict.fromkeys(stems))

    def _close(self, word: q.Word, tokens: list[Token], part: Part | None) -> p.Plan:
        """Words of the index within one or two letters."""
        near: list[str] = []
        if not self._close_words:
            self.notices.append(q.Notice("close-limited", word.text))
        elif len(tokens) == 1:
            self._close_words -= 1
            near = self.vocabulary.close_words(tokens[0].text)
        variants = tuple(self._counted(text, "close") for text in near[:20])
        self.readings.append(Reading(word.text, "close", self._negated, variants=variants))
        self._probe(word.text, "close", "exact", [near], part)
        return alternatives("exact", near, part, CLOSE_BOOST)

    def _counted(self, text: str, kind: str) -> Variant:
        names = [f.name for f in fields_at("exact")]
        return Variant(text, kind, self.vocabulary.records(names, [text]))

    # Everything else

    def _phrase(self, node: q.Phrase) -> p.Plan:
        """Words as typed, in this order: names and word forms change nothing in it, so that a
        quoted phrase has the same count under every spelling setting."""
        texts = [token.text for token in tokenize(node.text)]
        part = title_or_both(node)
        self.readings.append(Reading(node.text, "phrase", self._negated))
        self._probe(node.text, "phrase", "exact", [[text] for text in texts], part)
        return any_of(in_a_row("exact", texts, part))

    def _prefix(self, node: q.Prefix) -> p.Plan:
        text, part = node.text + "*", title_or_both(node)
        words, cut = self.vocabulary.beginning(tokenize(node.text)[-1].text)
        if cut or len(words) > self._expansions:
            words = words[: self._expansions]
            self.notices.append(q.Notice("prefix-limited", text))
        self._expansions -= len(words)
        variants = tuple(self._counted(word, "form") for word in words[:20])
        self.readings.append(Reading(text, "prefix", self._negated, variants=variants))
        self._probe(text, "prefix", "exact", [words], part)
        return alternatives("exact", words, part)

    def _near(self, node: q.Near) -> p.Plan:
        """Words of several tokens cannot be near: then both must appear, and that is told."""
        text = f"{node.left} NEAR/{node.distance} {node.right}"
        left, right = tokenize(node.left), tokenize(node.right)
        if len(left) != 1 or len(right) != 1:
            self.notices.append(q.Notice("operator-dropped", f"NEAR/{node.distance}"))
            both = (q.Word(node.left, start=node.start), q.Word(node.right, start=node.start))
            return self._every(both)
        level: Level = "exact" if self.query.spelling == "exact" else "form"
        one, other = (
            [token.text] if level == "exact" else self._stems(token)
            for token in (left[0], right[0])
        )
        self.readings.append(Reading(text, "near", self._negated))
        for terms in (one, other):
            self._probe(text, level, level, [terms], None)
        near: list[p.Plan] = [
            p.Near(f.name, tuple(one), tuple(other), node.distance, f.weight)
            for f in fields_at(level)
        ]
        return self._part(text, any_of(near))

    def _facet(self, node: q.Facet) -> p.Plan:
        entities = named_by(node, self.gazetteer)
        if not entities and not self.vocabulary.records([node.facet], [node.value]):
            self.notices.append(q.Notice("unknown-entity", node.value))
        text = f"{node.facet}:{node.value}"
        ids: list[str] = []
        for entity in entities:
            self.readings.append(
                Reading(
                    text, "facet", self._negated, entity.id, entity.label_en, entity.label_ar
                )
            )  # fmt: skip
            members = self.gazetteer.people.members(entity.id)
            spelled = [term for m in members for term in self.vocabulary.spellings(m)]
            own = [f"{entity.id}{NAME_SEPARATOR}{spelling_of(term)}" for term in spelled]
            self._probe(text, "name", "name", [own], None)
            ids += members
        # A value that no table knows may still be in the records: dicts bring their own ids.
        ids = ids or [node.value]
        return any_of([p.Term(node.facet, value, 0.0) for value in ids])

    def _part(self, text: str, plan: p.Plan) -> p.Plan:
        self.parts.append(QueryPart(text, plan, self._negated))
        return plan

    def _probe(
        self,
        text: str,
        kind: Kind,
        level: Level,
        places: Sequence[Sequence[str]],
        part: Part | None,
    ) -> None:
        if not self._negated:
            self.probes.append(Probe(text, kind, level, tuple(map(frozenset, places)), part))
