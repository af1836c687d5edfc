"""Do the rooms keep to their walls? The rules of ARCHITECTURE.md, read from the source."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The order in which data flows: a package imports itself and what stands before it.
FLOW = ("corpus", "indexer", "search_app")

# Each outside package has one room (a package, a folder or a module).
ROOMS = {
    "bs4": ("corpus",),
    "fastwarc": ("corpus",),
    "lxml": ("corpus",),
    "py3langid": ("corpus",),
    "resiliparse": ("corpus",),
    "trafilatura": ("corpus",),
    "warcio": ("corpus",),
    "icu": ("indexer.text",),
    "Stemmer": ("indexer.text",),
    "whoosh": ("indexer.columnar",),
    "numpy": (
        "indexer.backends",
        "indexer.columnar",
        "indexer.columns",
        "indexer.building.columnwriting",
        "indexer.facets",
        "indexer.filters",
        "indexer.index",
        "indexer.located",
        "indexer.lexicon",
        "indexer.order",
        "indexer.triggers",
        "indexer.reading.vocabulary",
    ),
    "click": ("search_app",),
    "flask": ("search_app",),
    "gunicorn": ("search_app",),
    "markupsafe": ("search_app",),
    "rich": ("search_app",),
    "werkzeug": ("search_app",),
}

ENVIRONMENT_IS_READ_BY = {"search_app.settings"}

# Where "now" enters: as the time of a capture or an import run, and as the name of a generation.
CLOCK_IS_READ_BY = {"corpus.store.archive", "indexer.building.build"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "gmtime", "localtime"}

ROOMLESS_NAMES = {"common", "helper", "helpers", "misc", "shared", "tools", "util", "utils"}

LINES_IN_A_MODULE = 400
LINES_IN_A_FUNCTION = 80


@dataclass(frozen=True)
class Import:
    """One import statement's target: `name` is set for `from target import name`."""

    target: str
    name: str | None
    line: int


@dataclass(frozen=True)
class Module:
    """One source file of the three packages, under its dotted name."""

    name: str
    path: Path

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_folder(self) -> bool:
        return self.path.name == "__init__.py"

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @cached_property
    def imports(self) -> list[Import]:
        return list(self.iter_imports())

    def iter_imports(self) -> Iterator[Import]:
        """Every import, those inside functions and `if TYPE_CHECKING` too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(alias.name, None, node.lineno)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield Import(self.absolute(node), alias.name, node.lineno)

    def absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        kept = parts[: len(parts) - node.level + self.is_folder]
        return ".".join([*kept, node.module] if node.module else kept)


def read_modules() -> dict[str, Module]:
    modules = {}
    for package in FLOW:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules[name] = Module(name, path)
    return modules


MODULES = read_modules()


def stands_in(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def public_names(module: Module) -> set[str]:
    """The strings of `__all__`."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_data_flows_one_way():
    back = [
        f"{module.name}:{found.line} imports {found.target}"
        for module in MODULES.values()
        for found in module.imports
        if (package := found.target.partition(".")[0]) in FLOW
        and FLOW.index(package) > FLOW.index(module.package)
    ]
    assert back == []


def test_each_outside_package_has_one_room():
    strangers = [
        f"{module.name}:{found.line} imports {package}"
        for module in MODULES.values()
        for found in module.imports
        if (package := found.target.partition(".")[0]) not in FLOW
        and package not in sys.stdlib_module_names
        and not any(stands_in(module.name, room) for room in ROOMS.get(package, ()))
    ]
    assert strangers == []


def test_other_packages_are_entered_by_the_front_door():
    """`from corpus import Record` (a name of its __all__), never `from corpus.values import …`."""
    climbed_in = [
        f"{module.name}:{found.line} takes {found.name or ''} from {found.target}"
        for module in MODULES.values()
        for found in module.imports
        if (package := found.target.partition(".")[0]) in FLOW
        and package != module.package
        and (
            found.target != package
            or (found.name is not None and found.name not in public_names(MODULES[package]))
        )
    ]
    assert climbed_in == []


def test_no_module_imports_itself_by_a_detour():
    graph = {module.name: set(edges(module)) for module in MODULES.values()}
    assert find_cycle(graph) == []


def edges(module: Module) -> Iterator[str]:
    for found in module.imports:
        submodule = f"{found.target}.{found.name}"
        target = submodule if submodule in MODULES else found.target
        if target in MODULES and target != module.name:
            yield target


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    """One cycle as a path whose end meets its start, or nothing."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name not in done:
            for target in sorted(graph[name]):
                if cycle := walk(target, [*path, name]):
                    return cycle
            done.add(name)
        return []

    return next((cycle for name in sorted(graph) if (cycle := walk(name, []))), [])


def test_only_the_settings_read_the_environment():
    readers = [
        f"{module.name}:{node.lineno}"
        for module in MODULES.values()
        if module.name not in ENVIRONMENT_IS_READ_BY
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"})
        or (isinstance(node, ast.alias) and node.name in {"environ", "getenv", "environb"})
    ]
    assert readers == []


def test_the_clock_is_read_in_few_places():
    readers = [
        f"{module.name}:{node.lineno} {ast.unparse(node)}"
        for module in MODULES.values()
        if module.name not in CLOCK_IS_READ_BY
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).split(".")[-1] in {"date", "datetime", "time"}
    ]
    assert readers == []


def test_every_module_is_named_after_what_is_in_it():
    named = [name for name in MODULES if ROOMLESS_NAMES & set(name.split("."))]
    assert named == []


def test_every_module_says_which_question_it_answers():
    silent = [
        module.name
        for module in MODULES.values()
        if "?" not in (ast.get_docstring(module.tree) or "").partition("\n\n")[0]
    ]
    assert silent == []


def test_only_the_doors_print():
    printers = [
        f"{module.name}:{node.lineno}"
        for module in MODULES.values()
        if module.package != "search_app"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printers == []


def test_modules_and_functions_stay_readable():
    long = [
        f"{module.name}: {count} lines"
        for module in MODULES.values()
        if (count := module.text.count("\n")) > LINES_IN_A_MODULE
    ] + [
        f"{module.name}.{node.name}: {count} lines"
        for module in MODULES.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := (node.end_lineno or node.lineno) - node.lineno + 1) > LINES_IN_A_FUNCTION
    ]
    assert long == []


def test_nothing_is_left_for_later():
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    left = [
        f"{path.relative_to(ROOT)}: {mark}"
        for path in written_files()
        for mark in marks
        if mark in path.read_text("utf-8")
    ]
    assert left == []


def written_files() -> Iterator[Path]:
    """What people write: sources, tests, scripts and documents, not data and locks."""
    yield from ROOT.glob("*.md")
    for folder in (*FLOW, "tests", "benchmarks", "docs", "scripts"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".sh", ".toml", ".css"}:
                yield path


def test_tests_are_plain_functions_without_stand_ins():
    """No mocks, no sleeping, and no __init__.py: it would hide the package of that name."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for word in ("unittest." + "mock", "Magic" + "Mock", "time." + "sleep(")
        if word in path.read_text("utf-8")
    ]
    assert found == []
