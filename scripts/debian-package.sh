#!/bin/sh
# Can we install a Debian package ourselves? Usage: scripts/debian-package.sh PACKAGE...
# As root, or through sudo when it asks for no password or a person is there to type it.
set -eu

if ! command -v apt-get >/dev/null 2>&1; then
    exit 1
elif [ "$(id -u)" = 0 ]; then
    as_root=env
elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    as_root=sudo
else
    exit 1
fi

echo "Kashaf: installing $* with apt-get."
if ! output=$({
    $as_root apt-get update -q &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -q -y --no-install-recommends "$@"
} 2>&1); then
    echo "$output" >&2
    exit 1
fi
