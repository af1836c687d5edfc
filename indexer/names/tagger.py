"""Which actors and places does a text name, and where?

Names are looked up from left to right, the longest at each place; then it is settled which of them
are meant.
"""

from collections.abc import Sequence

from indexer.document import Mention
from indexer.names.evidence import Evidence, written_name
from indexer.names.gazetteer import Gazetteer
from indexer.names.phrases import Found, Phrases, Reading
from indexer.names.romanization import is_article
from indexer.text import Token, tokenize


class Tagger:
    """Finds the mentions of a gazetteer's entities. Many threads may use one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = Phrases(
            [
                *(Reading(None, text, "") for text in gazetteer.others),
                *(
                    Reading(entity.id, alias.text, alias.rule)
                    for entity in gazetteer
                    for alias in entity.aliases
                ),
            ]
        )
        self._cues = {
            (facet, side): Phrases(
                Reading(None, cue.text, "")
                for cue in gazetteer.cues
                if (cue.facet, cue.side) == (facet, side)
            )
            for facet in ("actor", "location")
            for side in ("before", "after", "weak")
        }

    def mentions(
        self,
        text: str,
        *,
        field: str = "text",
        tokens: Sequence[Token] | None = None,
        lenient: bool = False,
    ) -> list[Mention]:
        """The mentions in a text, in order, none inside another. Offsets cover the whole written
        words, attached prefixes and all; `Mention.text` is the name without them. `tokens` are
        those of `tokenize(text)`, if they are at hand. `lenient` is for queries: a name that is
        an ordinary word too is taken as the name, with the evidence "context"."""
        words = tokenize(text) if tokens is None else tokens
        evidence = Evidence(self._gazetteer, self._cues, text, words, lenient)
        for places in self._names.places(words, text):
            evidence.look(places)
        mentions = []
        free = 0  # the first word behind the last name
        for named in evidence.settled():
            found = _with_article(named.found, words, text, free)
            free = found.last
            mentions.append(
                Mention(
                    named.entity,
                    words[found.first].start,
                    words[found.last - 1].end,
                    written_name(found, words, text),
                    field,
                    named.evidence,
                )
            )
        return mentions


def _with_article(found: Found, words: Sequence[Token], text: str, free: int) -> Found:
    """The name with the article that a hyphen joins to it ("al-Fouaa"), should the tables have only
    the bare word. The words before `free` are of other names: IS-Syria."""
    first = found.first
    if first > free and is_article(words[first - 1].text, words[first].text):
        gap = text[words[first - 1].end : words[first].start]
        if gap in ("-", "‐", "‑"):
            return found._replace(first=first - 1)
    return found
