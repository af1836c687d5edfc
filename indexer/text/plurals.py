"""Which words are one word in another number?

Arabic makes many plurals inside the word (طفل, أطفال), where no ending can be taken off; so does
English now and then. `plurals.csv` lists those that matter here. It is asked when a query is read,
so an index need not be rebuilt when a row is added.
"""

import csv
from functools import cache
from importlib.resources import files

from indexer.text.fold import fold_word, is_arabic
from indexer.text.stem import stem_word


@cache
def read_plurals() -> dict[str, tuple[str, ...]]:
    """The stems of each row of the table, under each of them."""
    numbers: dict[str, tuple[str, ...]] = {}
    with files("indexer.text").joinpath("plurals.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            words = [fold_word(word) for word in (row["singular"], *row["plural"].split(" | "))]
            words += ["ال" + word for word in words if is_arabic(word)]  # وثائق: see other_fronts
            stems = dict.fromkeys(map(stem_word, words))
            for stem in stems:
                known = numbers.get(stem, ())
                numbers[stem] = tuple(dict.fromkeys([*known, *stems]))
    return numbers


def other_numbers(stem: str) -> list[str]:
    """The stems of the same word in another number: "طفل" -> ["اطفال"], none for most words."""
    return [other for other in read_plurals().get(stem, ()) if other != stem]
