"""A small real archive with its index, the application on it, a real server and a real browser.

All names and incidents are invented.
"""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from corpus import Archive, Provenance, Record, Removed
from indexer import build_index
from search_app import Settings, create_app

KASHAF = str(Path(sys.executable).parent / "kashaf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What may stand in a page of the open web, and must do nothing in ours.
VECTORS = (
    "<script>window.broken=1</script>",
    '"><img src=x onerror=window.broken=1>',
    "<svg/onload=window.broken=1>",
    "</title><script>window.broken=1</script>",
    "javascript:window.broken=1",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "<a href='javascript:window.broken=1'>x</a>",
    "</mark><iframe srcdoc='<script>parent.broken=1</script>'>",
    "&lt;script&gt;",
)

_TEXTS = (
    (
        "Bridge in Deir Ezzor reopened",
        "The bridge in Deir ez-Zor was reopened, residents said.",
        "en",
    ),
    ("School in Idlib", "A school in Idlib was repaired by teachers from Deir al-Zour.", "en"),
    ("Airport road", "ISIS closed the airport road near Deir Ezzor. The road is long.", "en"),
    ("Harvest", "Wheat in Hasakah and Raqqa was harvested late.", "en"),
    ("Water in Aleppo", "The Free Syrian Army and engineers repaired a pump in Aleppo.", "en"),
    ("سوق دير الزور", "فُتح السوق في دير الزور بعد شهر، وقال سكان إن الأسعار مرتفعة.", "ar"),
    ("طريق المطار", "أغلق تنظيم الدولة طريق المطار قرب دير الزور مساء السبت.", "ar"),
    ("مدرسة في الرقة", "عادت مدرسة في الرقة إلى العمل، ووصلت كتب جديدة بالشاحنات.", "ar"),
    ("مخبز في إدلب", "افتتح الجيش الحر مخبزاً في إدلب.", "ar"),
    ("دفتر قديم", "صفحات من دفتر قديم وُجد في حلب. قالت كاتبته: I wrote it in Deir Ezzor.", "ar"),
)


def make_record(number, title, text, lang, **more):
    """A record as an import would have made it."""
    url = f"https://{'news' if number % 3 else 'old'}.example/{number}/"
    captured = datetime.fromisoformat(f"2019-05-{number % 28 + 1:02d}T10:00:00+00:00")
    return Record(
        id=f"{number:016x}",
        url=more.pop("url", url),
        title=title,
        text=text,
        lang=lang,
        source="news.example" if number % 3 else "old.example",
        provenance=Provenance(
            url=url,
            captured=captured,
            sha256=sha256(f"{number} {title}".encode()).hexdigest(),
            method="container",
            encoding="windows-1256" if lang == "ar" else "utf-8",
            declared_encoding="utf-8",
            extractor="1",
        ),
        **more,
    )


def make_records():
    """Forty records from 2012 to 2016, and one without a date."""
    for number in range(40):
        title, text, lang = _TEXTS[number % len(_TEXTS)]
        day = datetime(2012 + number % 5, 1 + number % 12, 3)
        yield make_record(
            number,
            f"{title} {number}",
            f"{text}\nNumber {number}.",
            lang,
            published=day,
            published_precision="day",
            published_text="3/1",
            author="Rim Invented",
            removed=(Removed("share", "Share this page"), Removed("related-posts", "More news")),
        )
    yield make_record(40, "Undated note", "A note from Deir Ezzor without any date.", "en")


def make_hostile_records():
    """Records that hold what attackers write."""
    for number, vector in enumerate(VECTORS, start=100):
        yield make_record(
            number,
            f"Vector {vector}",
            f"Trap beside {vector} in Deir Ezzor\n{vector}\n\u202etpircs\u202c",
            "en",
            url="javascript:window.broken=1" if number % 2 else f'https://x.example/"{vector}',
            author=vector,
            tags=(vector,),
            removed=(Removed(vector, vector),),
        )


def fill(var, records):
    """An archive and its index in a folder."""
    with Archive(var) as archive:
        for record in records:
            archive.add(record)
        build_index(archive.records(), var / "index", source=archive.digest())


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    var = tmp_path_factory.mktemp("web") / "var"
    records = list(make_records())
    again = [
        replace(
            records[0],
            provenance=replace(
                records[0].provenance,
                captured=datetime.fromisoformat(f"2020-0{month}-01T00:00:00+00:00"),
                sha256=sha256(f"again {month}".encode()).hexdigest(),
            ),
        )
        for month in (1, 2)
    ]
    fill(var, [*records, *again, *make_hostile_records()])
    return Settings(var=var)


@pytest.fixture(scope="session")
def vectors():
    return VECTORS


@pytest.fixture(scope="session")
def client(settings):
    app = create_app(settings)
    return app.test_client()


@pytest.fixture
def look(client):
    """Fetch a page that must be there, and read its HTML."""

    def fetch(url, **options):
        answer = client.get(url, **options)
        assert answer.status_code == 200, url
        return BeautifulSoup(answer.data, "lxml")

    return fetch


@pytest.fixture(scope="session")
def server(settings):
    """The address of a real server, and the file that has all it ever printed."""
    output = settings.var.parent / "server.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [KASHAF, "--var", str(settings.var), "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        line = process.stdout.readline()
        yield line.split()[-1], output
        process.terminate()
        rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert rest == ""


@pytest.fixture(scope="session")
def chromium():
    """Headless Chromium, found as scripts/browser.sh finds it."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    mac = [
        f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium")
    ]
    path = found or next(path for path in mac if Path(path).exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield browser
        browser.close()
