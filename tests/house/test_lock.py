"""Does the lock pin everything, by hash, and name nobody's server?"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def read_pins(name: str) -> dict[str, str]:
    """Distribution -> version, as one lock file gives them."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return {pin[1]: pin[2] for line in lines if (pin := PIN.match(line))}


def read_names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}


def test_every_dependency_of_the_project_is_pinned():
    missing = read_names(PROJECT["project"]["dependencies"]) - set(read_pins("requirements.lock"))
    assert missing == set()


def test_every_tool_of_the_tests_is_pinned():
    missing = read_names(PROJECT["dependency-groups"]["dev"]) - set(
        read_pins("requirements-dev.lock")
    )
    assert missing == set()


def test_the_build_backend_is_pinned():
    missing = read_names(PROJECT["build-system"]["requires"]) - set(
        read_pins("requirements-build.lock")
    )
    assert missing == set()


def test_locks_agree_where_they_meet():
    pins = {(name, version) for lock in LOCKS for name, version in read_pins(lock.name).items()}
    assert len(pins) == len({name for name, _ in pins})


def test_the_index_library_is_the_one_we_know():
    assert read_pins("requirements.lock")["whoosh-reloaded"] == "2.7.5"
    assert read_pins("requirements-whoosh3.lock") == {"whoosh3": "3.54.0"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_a_lock_is_a_pin_or_a_hash(lock):
    """So no address, no folder, no option can slip in."""
    lines = lock.read_text("utf-8").splitlines()
    odd = [
        line for line in lines if not (line.startswith("#") or PIN.match(line) or HASH.match(line))
    ]
    assert odd == []
    assert not any("://" in line for line in lines)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_of_a_lock_has_a_hash(lock):
    lines = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    bare = [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.match(line) and not HASH.match(following)
    ]
    assert bare == []
