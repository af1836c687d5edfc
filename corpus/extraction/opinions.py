"""What do general extractors, which know no template, take for the article?"""

import logging
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement, document_fromstring
from resiliparse.extract.html2text import extract_plain_text

from corpus.extraction.blocks import WORD, Block, is_running

logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)  # a refused page is our report

Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """A text, and its runs of four words."""

    text: str
    grams: Grams
    lines: frozenset[str]  # each line's words, joined by single spaces
    words: int

    def share_of(self, text: str) -> float:
        """Which share of another text's runs of four words this one has, from 0 to 1; a text with
        fewer words counts whole, when it is a line of this one."""
        words = WORD.findall(text)
        if len(words) < 4:
            return float(" ".join(words) in self.lines)
        own = grams(words)
        return sum(count for gram, count in own.items() if gram in self.grams) / sum(own.values())

    def choose(self, blocks: list[Block]) -> list[Block]:
        """The blocks that this text was made of. What stands twice on the page and once in the
        text is chosen once."""
        left, chosen = Counter(self.grams), []
        for block in blocks:
            words = WORD.findall(block.text)
            own = grams(words)
            both = sum((own & left).values())
            if (both >= 0.5 * own.total()) if own else " ".join(words) in self.lines:
                chosen.append(block)
                left.subtract(own)
        return chosen


def opinion(text: str) -> Opinion:
    """A text as an opinion."""
    words = WORD.findall(text)
    lines = frozenset(" ".join(WORD.findall(line)) for line in text.splitlines())
    return Opinion(text, grams(words), lines, len(words))


def grams(words: list[str]) -> Grams:
    """The runs of four words, with their counts."""
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def agreement(one: Opinion, other: Opinion) -> float:
    """Dice's coefficient of two texts' runs of four words, from 0 to 1."""
    total = one.grams.total() + other.grams.total()
    return 2 * (one.grams & other.grams).total() / total if total else 1.0


def plain_opinion(html: str) -> Opinion:
    """Resiliparse's: a millisecond, and often too much."""
    return opinion(
        extract_plain_text(
            html, main_content=True, comments=False, list_bullets=False, alt_texts=False
        )
    )


def part_opinion(container: HtmlElement) -> Opinion:
    """Trafilatura's on the container alone, which takes it half the time."""
    page = document_fromstring("<html><body><article></article></body></html>")
    part = deepcopy(container)
    part.tail = None
    page[0][0].append(part)
    return opinion(_trafilatura(page, fast=True))


def settled_opinion(tree: HtmlElement, plain: Opinion, blocks: list[Block]) -> Opinion:
    """Trafilatura's: it reads a page fast, and again with its fallbacks when it disagrees with the
    plain opinion, which is so for one page in six. Where the three still differ, the fast one is
    believed, unless it has hardly any of the running text that the page shows."""
    fast = opinion(_trafilatura(tree, fast=True))
    if agreement(fast, plain) >= 0.7:
        return fast
    standard = opinion(_trafilatura(tree, fast=False))
    if agreement(standard, plain) >= 0.7:
        return standard
    shown = [block for block in blocks if not block.box and is_running(block, 15, 0.35)]
    told = {
        each: sum(block.words for block in shown if each.share_of(block.text) >= 0.5)
        for each in (fast, standard, plain)
    }
    best = max(told, key=lambda each: told[each])
    return fast if told[fast] >= 0.1 * told[best] else best


def _trafilatura(tree: HtmlElement, *, fast: bool) -> str:
    # deduplicate=True would drop a line because another page had it.
    text = trafilatura.extract(tree, fast=fast, include_comments=False, deduplicate=False)
    return text or ""
