#!/bin/sh
# Which exact versions do we install? Writes the five lock files from pyproject.toml.
# Versions already locked stay; `scripts/lock.sh --upgrade` takes the newest, and
# `scripts/lock.sh --upgrade-package NAME` one of them.
set -eu
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
scripts/environment.sh "$tools"
"$tools/bin/python" -m pip install --quiet uv

# "fewest": one numpy for every Python, so that every machine ranks with the same arithmetic.
compile() {
    "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-annotate --custom-compile-command "make lock" "$@"
}

compile "$@" pyproject.toml --output-file requirements.lock
compile "$@" --group dev --constraint requirements.lock --output-file requirements-dev.lock
compile "$@" --group benchmarks --constraint requirements-dev.lock \
    --output-file requirements-benchmarks.lock
printf 'hatchling\neditables\n' |
    compile "$@" --constraint requirements-dev.lock --output-file requirements-build.lock -
echo 'whoosh3==3.54.0' |
    compile "$@" --constraint requirements.lock --output-file requirements-whoosh3.lock -
