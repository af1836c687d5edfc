#!/bin/sh
# Which Python makes the environment? Usage: scripts/environment.sh FOLDER
# PYTHON names one; otherwise the first that is new enough. Debian ships Python without ensurepip,
# which `python3 -m venv` needs; then we install it.
set -eu

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if is_new_enough "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Kashaf needs Python 3.11 or newer and found none (looked for: ${PYTHON:-python3, python3.11 to 3.14})." \
        "Install one, or name it: make install PYTHON=/path/to/python3" >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    "$(dirname "$0")/debian-package.sh" "$package" || {
        echo "Kashaf: $python cannot make an environment, and installing $package takes root." \
            "Run: sudo apt-get install $package" >&2
        exit 1
    }
fi

# A folder whose Python still runs is kept and brought up to date; one left by a Python that has gone
# from the machine is made anew.
"$1/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$1"
