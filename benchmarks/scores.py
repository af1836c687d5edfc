"""How good are search, extraction and names, by the scorers of the evaluation data?

    python benchmarks/scores.py ../shared/eval

Runs each scorer as its README tells and keeps what it printed in RESULTS.md.
"""

import subprocess
import sys
from pathlib import Path

from results import machine, write_section

RUNS = {
    "score_search.py": ("xquad-ar", "xquad-en", "arcd", "kaif", "fakes-syria", "time"),
    "score_extract.py": (),
    "score_names.py": ("handmade_press", "syria_places", "persons_arab", "persons_full"),
}


def main() -> None:
    evaluation = Path(sys.argv[1]).resolve()
    printed = []
    for scorer, arguments in RUNS.items():
        command = [sys.executable, str(evaluation / scorer), *arguments]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        printed.append(f"`{' '.join([scorer, *arguments])}`\n\n```text\n{done.stdout.strip()}\n```")
        print(printed[-1], flush=True)
    packages = ("trafilatura", "resiliparse", "pyicu-wheels", "pystemmer")
    write_section("Scores", "\n\n".join([*printed, machine(*packages)]))


if __name__ == "__main__":
    main()
