#!/bin/sh
# Is there a Chromium for the tests that look at pages? When there is none, we install Debian's.
set -eu

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ -d "/Applications/Google Chrome.app" ] || [ -d "/Applications/Chromium.app" ]; then
    exit 0
fi

# Noto draws the Arabic that the screenshots show; without it Debian's Chromium falls back to DejaVu.
"$(dirname "$0")/debian-package.sh" chromium fonts-noto-core || {
    echo "Kashaf: the tests need Chromium, and installing it takes root." \
        "Run: sudo apt-get install chromium" >&2
    exit 1
}
