"""Does the tagger name what a reader names?

    python benchmarks/tagging.py ../shared/eval --half build

Runs the tagger on the texts of tests/indexer/marked and holds its mentions against those that were
marked by hand: precision and recall by language and kind, written to RESULTS.md. For the half that
is for building it prints each miss and each false mention; of the other half only the figures.
"""

import argparse
import csv
import gzip
import hashlib
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from results import machine, table, write_section

from indexer.ingest import ingest, tagger_for
from indexer.names import Gazetteer, Mention

MARKED = Path(__file__).parents[1] / "tests" / "indexer" / "marked"
TARGETS = {"location": (0.95, 0.90), "group": (0.93, 0.88), "person": (0.85, 0.75)}
LANGUAGES = ("en", "ar")


class Mark(NamedTuple):
    """A mention as a reader marked it. Offsets count title, line end and text."""

    start: int
    end: int
    kind: str
    ids: tuple[str, ...]  # any of them is right
    counts: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was read, and its marks."""

    number: str
    language: str
    title: str
    text: str
    characters: int  # of the text that were read
    marks: tuple[Mark, ...]

    @property
    def read(self) -> str:
        return f"{self.title}\n{self.text[: self.characters]}"


class Outcome(NamedTuple):
    """One mark or mention: "right", "missed" or "false"."""

    outcome: str
    language: str
    kind: str
    text: str  # number
    words: str
    ids: str


def read_rows(name: str) -> list[dict[str, str]]:
    with (MARKED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corpus_rows(evaluation: Path, source: str) -> Iterator[dict[str, Any]]:
    """The rows of a corpus of the evaluation data: "extract" or "ir/…"."""
    if source == "extract":
        with gzip.open(evaluation / "extract" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with lzma.open(evaluation / source / "corpus.jsonl.xz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def read_texts(evaluation: Path, half: str) -> Iterator[Text]:
    """The texts of a half. Stops at one that is not what was read."""
    marks: dict[str, list[Mark]] = {}
    for row in read_rows("mentions.csv"):
        mark = Mark(
            int(row["start"]),
            int(row["end"]),
            row["kind"],
            tuple(row["id"].split("|")),
            row["counts"] == "yes",
        )
        marks.setdefault(row["text"], []).append(mark)
    wanted = [row for row in read_rows("texts.csv") if row["half"] == half]
    for source in dict.fromkeys(row["source"] for row in wanted):
        rows = {row.get("id") or row["_id"]: row for row in corpus_rows(evaluation, source)}
        for row in wanted:
            if row["source"] != source:
                continue
            found = rows[row["id"]]
            text = Text(
                row["text"],
                row["language"],
                found["title"] or "",
                found["text"],
                int(row["characters"]),
                tuple(marks.get(row["text"], ())),
            )
            if hashlib.sha256(text.read.encode()).hexdigest() != row["sha256"]:
                raise SystemExit(f"{row['id']} of {source} is not the text that was marked.")
            yield text


def mentions_of(text: Text, gazetteer: Gazetteer) -> Iterator[Mention]:
    """What the index would hold of the whole text, as far as it was read, with the offsets of the
    marks."""
    record = {"id": text.number, "title": text.title, "text": text.text, "lang": text.language}
    for found in ingest(record, tagger_for(gazetteer), gazetteer).document.mentions:
        shift = len(text.title) + 1 if found.field == "text" else 0
        if found.end <= (text.characters if found.field == "text" else len(text.title)):
            yield Mention(found.entity, found.start + shift, found.end + shift, found.text)


def kind_of(entity_id: str, gazetteer: Gazetteer) -> str:
    """What a mention is. Who is in no table was found by rule: a person."""
    entity = gazetteer.entity(entity_id)
    if entity is None or entity.kind == "person":
        return "person"
    return "location" if entity.facet == "location" else "group"


@cache
def ids_of_things(gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """For each thing that no table had when the texts were read: the entities that are it today."""
    return {
        f"new:{row['id']}": frozenset(
            {row["id"]}
            | {e.id for label in (row["label_en"], row["label_ar"]) for e in gazetteer.find(label)}
        )
        for row in read_rows("things.csv")
    }


def is_same(mark: Mark, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a mention names what was marked there. People without a table row have numbers in the
    marks: any person will do."""
    if mention.end <= mark.start or mark.end <= mention.start:
        return False
    things = ids_of_things(gazetteer)
    return any(
        mention.entity == wanted
        or mention.entity in things.get(wanted, ())
        or (wanted.startswith("person:") and kind_of(mention.entity, gazetteer) == "person")
        for wanted in mark.ids
    )


def compare(text: Text, gazetteer: Gazetteer) -> Iterator[Outcome]:
    """Each counted mark, right or missed, and each mention that is false."""
    found = list(mentions_of(text, gazetteer))
    for mark in text.marks:
        if mark.counts:
            outcome = "right" if any(is_same(mark, m, gazetteer) for m in found) else "missed"
            words = text.read[mark.start : mark.end]
            ids = "|".join(mark.ids)
            yield Outcome(outcome, text.language, mark.kind, text.number, words, ids)
    for mention in found:
        if not any(is_same(mark, mention, gazetteer) for mark in text.marks):
            kind = kind_of(mention.entity, gazetteer)
            around = text.read[max(0, mention.start - 25) : mention.end + 25]
            yield Outcome("false", text.language, kind, text.number, around, mention.entity)


def figures(outcomes: Iterable[Outcome]) -> str:
    """Precision and recall by language and kind, as a table."""
    counts = Counter((o.language, o.kind, o.outcome) for o in outcomes)
    rows: list[list[object]] = []
    for language in LANGUAGES:
        for kind, (precise, complete) in TARGETS.items():
            right, missed, false = (counts[language, kind, o] for o in ("right", "missed", "false"))
            precision, recall = right / max(1, right + false), right / max(1, right + missed)
            shown = (f"{precision:.3f} (≥ {precise:.2f})", f"{recall:.3f} (≥ {complete:.2f})")
            rows.append([language, kind, right + missed, right, missed, false, *shown])
    return table(
        ["language", "kind", "marked", "right", "missed", "false", "precision", "recall"], rows
    )


def print_errors(outcomes: Iterable[Outcome]) -> None:
    """Misses and false mentions, the same ones together, the frequent first."""
    errors = Counter(
        (o.outcome, o.language, o.kind, " ".join(o.words.split()), o.ids)
        for o in outcomes
        if o.outcome != "right"
    )
    for error, times in sorted(errors.items(), key=lambda item: (*item[0][:3], -item[1])):
        print(*error, times, sep="\t")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--half", choices=("build", "held"), required=True)
    given = parser.parse_args()
    gazetteer = Gazetteer.load()
    texts = list(read_texts(given.evaluation, given.half))
    outcomes = [outcome for text in texts for outcome in compare(text, gazetteer)]
    if given.half == "build":
        print_errors(outcomes)
    shown = figures(outcomes)
    print(shown)
    write_section(
        f"Tagger, {given.half} half",
        f"{shown}\n\n{len(texts)} texts. {machine('pyicu-wheels', 'pystemmer')}",
    )


if __name__ == "__main__":
    main()
