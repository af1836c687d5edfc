"""What does the search page look like? Writes docs/search-page.png, which the README shows.

Run it after the page or the sample has changed: .venv/bin/python scripts/screenshot.py
It imports and indexes the sample in a folder of its own, serves it, and asks Chromium.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "search-page.png"
KASHAF = str(Path(sys.executable).parent / "kashaf")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        kashaf = [KASHAF, "--var", folder]
        subprocess.run([*kashaf, "demo", "--no-serve"], check=True)
        served = [KASHAF, "--var", f"{folder}/demo", "serve", "--port", "0"]
        with subprocess.Popen(served, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                take(server.stdout.readline().split()[-1])
            finally:
                server.terminate()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")


def take(address: str) -> None:
    """One picture at desktop width, in the light scheme, in English."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS
        )
        context = browser.new_context(
            viewport={"width": 1200, "height": 1000},
            color_scheme="light",
            java_script_enabled=False,
        )
        page = context.new_page()
        page.goto(f"{address}/search?q=Deir+Ezzor+airport&ui=en")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
