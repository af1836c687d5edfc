"""Does each front door show what the documents describe, and nothing else?"""

import importlib
import inspect
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("corpus", "indexer", "search_app")
FRONT_DOORS = (*PACKAGES, "indexer.names", "indexer.text")

# Where the public names are described.
DOCUMENTS = [
    path
    for path in (ROOT / "docs" / "python.md", ROOT / "ARCHITECTURE.md", ROOT / "README.md")
    if path.exists()
]
DESCRIBED = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)


def kind_then_name(name: str) -> tuple[int, str]:
    """The order that ruff keeps: CONSTANTS, Classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def has_own_docstring(value: object) -> bool:
    """A class inherits none; a dataclass's signature, put there for want of one, is none."""
    text = vars(value).get("__doc__") if isinstance(value, type) else value.__doc__
    return bool(text) and not text.startswith(f"{getattr(value, '__name__', '')}(")


@pytest.mark.parametrize("door", FRONT_DOORS)
def test_a_front_door_lists_its_names_in_order(door):
    names = importlib.import_module(door).__all__
    assert list(names) == sorted(set(names), key=kind_then_name)


@pytest.mark.parametrize("door", FRONT_DOORS)
def test_every_listed_name_is_there_and_says_what_it_is(door):
    package = importlib.import_module(door)
    assert package.__doc__
    missing = [name for name in package.__all__ if not hasattr(package, name)]
    silent = [
        name
        for name in package.__all__
        if (inspect.isclass(value := getattr(package, name)) or inspect.isroutine(value))
        and not has_own_docstring(value)
    ]
    assert (missing, silent) == ([], [])


@pytest.mark.parametrize("door", FRONT_DOORS)
def test_nothing_else_is_on_offer(door):
    """What is imported into a front door is listed there; modules and _private names aside."""
    package = importlib.import_module(door)
    unlisted = [
        name
        for name, value in vars(package).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name not in package.__all__
    ]
    assert unlisted == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_is_described(package):
    names = importlib.import_module(package).__all__
    undescribed = [name for name in names if not re.search(rf"\b{name}\b", DESCRIBED)]
    assert undescribed == [] or not DOCUMENTS


@pytest.mark.parametrize("package", PACKAGES)
def test_every_described_name_is_public(package):
    """`corpus.extract` in docs/python.md is a name of corpus.__all__."""
    described = ROOT / "docs" / "python.md"
    text = described.read_text("utf-8") if described.exists() else ""
    names = set(importlib.import_module(package).__all__)
    named = set(re.findall(rf"(?<![\w./]){package}\.([A-Za-z]\w*)\b(?!/)", text)) - {"md", "py"}
    assert named - names == set()
