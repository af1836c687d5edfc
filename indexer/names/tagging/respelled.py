"""Which place do the tables know under another spelling of a Latin word?

People write Teldo and Seraqeb for Taldou and Saraqib, and no table has all of it. Such a spelling
is only offered: it is the place where something beside it speaks for one and the text names the
larger place that it lies in.
"""

from functools import lru_cache

from indexer.names.likeness.romanization import is_article
from indexer.names.likeness.variants import NameIndex
from indexer.names.listed.gazetteer import Gazetteer
from indexer.names.spelling import fold_name
from indexer.names.tagging.phrases import Reading

LEAST_SIMILARITY = 0.75  # Nishabiya and an-Nashabiyah have 0.757; below are more strangers
SHORTEST = 5  # letters: short words are like too many names
RULE = "respelled"
_COUNTRY = "syria"  # elsewhere the usual spellings are enough


class Respelled:
    """The places of the gazetteer by spellings that it does not list. Many threads may use one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._owners: dict[str, tuple[Reading, ...]] = {}
        for entity in gazetteer:
            if entity.facet != "location" or _COUNTRY not in gazetteer.closure(entity.id)[1:]:
                continue
            for alias in entity.aliases:
                if alias.text.isascii() and len(_plain_words(alias.text)) <= 2:
                    readings = self._owners.get(alias.text, ())
                    self._owners[alias.text] = (
                        *readings,
                        Reading(entity.id, alias.text, RULE),
                    )
        self._names = NameIndex(self._owners)
        self._listed = {fold_name(name) for name in self._owners}
        self.readings = lru_cache(maxsize=1 << 16)(self._readings)

    def _readings(self, words: str) -> tuple[Reading, ...]:
        """What folded words may be another spelling of: the likeliest names, one of each place."""
        if len(words) < SHORTEST or words in self._listed:
            return ()
        found: dict[str | None, Reading] = {}
        best = 0.0
        for name, similarity in self._names.matches(words):
            if similarity < max(LEAST_SIMILARITY, best):
                break
            if name[0].lower() != words[0] and not is_article(fold_name(name).split()[0], words):
                continue
            best = similarity
            for reading in self._owners[name]:
                found.setdefault(reading.entity, reading)
        return tuple(found.values())


def _plain_words(name: str) -> list[str]:
    words = fold_name(name).split()
    return [w for w, n in zip(words, [*words[1:], ""], strict=True) if not is_article(w, n)]
