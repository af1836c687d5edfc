"""How fast is the reader's whole query, beside other engines on the same articles in one run?

    python benchmarks/engines/run.py ../shared/eval --articles 10000 100000

Each engine builds and answers in a process of its own, one after the other. A query is ten hits
with snippets, exact counts by actor and location and by month. What an engine cannot do is told in
its module. Writes the section "Engines" of RESULTS.md.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from statistics import median

from articles import Articles

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
ENGINES = {
    "ours": "ours",
    "tantivy": "with_tantivy",
    "fts5": "with_fts5",
    "lucene": "with_lucene",
    "whoosh": "with_whoosh",
}
MOST_WHOOSH = 20_000  # articles: beyond, stock Whoosh takes hours


def child(step: str, engine: str, evaluation: Path, count: int, folder: Path, each: int) -> None:
    """Build or ask in this process, and print what was measured."""
    module = import_module(ENGINES[engine])
    articles = Articles(evaluation, count)
    if step == "build":
        made = list(articles)  # making them is not indexing them
        begun = time.perf_counter()
        module.build(made, folder)
        spent = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(json.dumps({"articles/s": count / spent, "bytes/article": size / count}))
        return
    questions = articles.questions(each)
    begun = time.perf_counter()
    reader = module.Reader(folder)
    reader.ask(questions[0])
    first = time.perf_counter() - begun
    for question in questions[: len(questions) // 2]:  # pages of the files, caches
        reader.ask(question)
    times = defaultdict(list)
    totals = []
    for question in questions:
        begun = time.perf_counter()
        totals.append(reader.ask(question))
        times[question.kind].append(1000 * (time.perf_counter() - begun))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"first": 1000 * first, "times": times, "totals": totals, "memory": most}))


def measure(step: str, *arguments: object) -> dict:
    command = [sys.executable, __file__, "--step", step, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def compare(evaluation: Path, count: int, engines: list[str], each: int) -> str:
    from results import table

    built, asked = {}, {}
    for engine in engines:
        if engine == "whoosh" and count > MOST_WHOOSH:
            continue
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder) / "index"
            where.mkdir()
            built[engine] = measure("build", engine, evaluation, count, where, each)
            asked[engine] = measure("ask", engine, evaluation, count, where, each)
        print(
            count,
            engine,
            built[engine],
            {k: round(median(v), 2) for k, v in asked[engine]["times"].items()},
            flush=True,
        )
    rows = []
    for kind in asked[engines[0]]["times"]:
        for engine in asked:
            times = asked[engine]["times"][kind]
            ours = asked[engines[0]]["times"][kind]
            ratio = at(ours, 0.5) / at(times, 0.5), at(ours, 0.95) / at(times, 0.95)
            told = "" if engine == engines[0] else f"{ratio[0]:.2f} / {ratio[1]:.2f}"
            rows.append(
                [kind, engine, *(f"{at(times, share):.2f}" for share in (0.5, 0.95, 0.99)), told]
            )
    head = ["query", "engine", "p50 ms", "p95 ms", "p99 ms", "ours ÷ it, p50 / p95"]
    whole = [
        [
            engine, f"{built[engine]['articles/s']:.0f}", f"{built[engine]['bytes/article']:.0f}",
            f"{asked[engine]['memory']:.0f}", f"{asked[engine]['first']:.0f}",
        ]
        for engine in asked
    ]  # fmt: skip
    costs = ["engine", "articles/s", "bytes/article", "resident MB", "first answer, cold, ms"]
    return f"### {count:,} articles\n\n{table(costs, whole)}\n\n{table(head, rows)}"


def main() -> None:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("evaluation", type=Path, nargs="?")
    cli.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    cli.add_argument("--engines", nargs="+", default=list(ENGINES))
    cli.add_argument("--each", type=int, default=30, help="questions of each kind")
    cli.add_argument("--step", nargs=6, help=argparse.SUPPRESS)
    args = cli.parse_args()
    from results import machine, write_section

    evaluation = args.evaluation.resolve()
    parts = [compare(evaluation, count, args.engines, args.each) for count in args.articles]
    versions = machine("numpy", "tantivy", "whoosh-reloaded")
    write_section("Engines", "\n\n".join([*parts, versions]))


if __name__ == "__main__":
    if "--step" in sys.argv:
        step, engine, evaluation, count, folder, each = sys.argv[2:]
        child(step, engine, Path(evaluation), int(count), Path(folder), int(each))
    else:
        main()
