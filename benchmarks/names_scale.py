"""How long do names take among 300,000 others?

    python benchmarks/names_scale.py ../shared/eval

Takes every name of the evaluation data in both scripts, writes them in further ways as people do
until there are 300,000, indexes them and asks for 300 of them. Processor time: what else runs on
the machine does not count. Writes the section "Names at scale" of RESULTS.md.
"""

import gzip
import json
import random
import sys
import time
from pathlib import Path

from results import machine, write_section

from indexer.names import NameIndex

NAMES, QUERIES = 300_000, 300
# fmt: off
WAYS = (
    ("ou", "u"), ("u", "ou"), ("q", "k"), ("ee", "i"), ("i", "ee"), ("ah", "a"), ("eh", "e"),
    ("al-", "el-"), ("sh", "ch"), ("y", "i"), ("aa", "a"), ("a", "e"), ("e", "a"), ("o", "u"),
    ("ال", ""), ("ة", "ه"), ("ي", "ى"), ("ا", "أ"), ("و", "ؤ"), ("س", "ص"), ("ت", "ط"), ("ق", "ك"),
)
# fmt: on
SLIPS = "aeiournlmtاويرنلمت"


def read_names(folder: Path) -> list[str]:
    """Every name of the sets."""
    names: dict[str, None] = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            names |= {json.loads(line)["name"]: None for line in lines}
    return list(names)


def vary(names: list[str], chance: random.Random) -> list[str]:
    """The names and other ways to write them, NAMES in all."""
    found = dict.fromkeys(names)
    while len(found) < NAMES:
        name = chance.choice(names)
        one, other = chance.choice(WAYS)
        place = chance.randrange(len(name))
        slip = name[:place] + chance.choice(SLIPS) + name[place + 1 :]
        found[name.replace(one, other, 1) if one in name else slip] = None
    return list(found)[:NAMES]


def main() -> None:
    chance = random.Random(5)
    names = read_names(Path(sys.argv[1]).resolve() / "names")
    many = vary(names, chance)
    start = time.process_time()
    index = NameIndex(many)
    built = time.process_time() - start
    times, found = [], 0
    for query in chance.sample(names, QUERIES):
        start = time.process_time()
        found += len(index.matches(query))
        times.append((time.process_time() - start) * 1000)
    times.sort()
    body = (
        f"{len(many)} names of two scripts: {len(many) / built:.0f} names/s indexed; a query takes "
        f"{times[QUERIES // 2]:.1f} ms, p95 {times[int(QUERIES * 0.95)]:.1f} ms of processor time "
        f"and finds {found / QUERIES:.0f} names.\n\n{machine('pyicu-wheels')}"
    )
    write_section("Names at scale", body)
    print(body)


if __name__ == "__main__":
    main()
