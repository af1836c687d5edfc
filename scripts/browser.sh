#!/bin/sh
# Is there what the tests that look at pages need? What is missing, we install from Debian.
set -eu

if [ -d "/Applications/Google Chrome.app" ] || [ -d "/Applications/Chromium.app" ]; then
    exit 0
fi

missing=
for name in chromium chromium-browser google-chrome google-chrome-stable none; do
    if command -v "$name" >/dev/null 2>&1; then
        break
    fi
done
# Noto draws the Arabic that the screenshots show; without it Debian's Chromium falls back to DejaVu.
[ "$name" != none ] || missing="chromium fonts-noto-core"

# Playwright's driver is linked with it, and a bare Debian 12 has none.
PATH="$PATH:/usr/sbin:/sbin" ldconfig -p | grep -q 'libatomic\.so\.1 ' ||
    missing="$missing libatomic1"

# shellcheck disable=SC2086 # names of packages, one word each
[ -z "$missing" ] || "$(dirname "$0")/debian-package.sh" $missing || {
    echo "Kashaf: the tests need a browser, and installing it takes root." \
        "Run: sudo apt-get install $missing" >&2
    exit 1
}
