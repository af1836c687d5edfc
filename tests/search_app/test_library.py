"""Does a switched index reach the readers, without an error in between?"""

import shutil
import threading

import pytest

from indexer import build_index, roll_back
from search_app import Settings, create_app


def build(var, *titles):
    build_index(
        [{"id": str(n), "title": title, "text": f"{title}."} for n, title in enumerate(titles)],
        var / "index",
    )


@pytest.fixture
def own(tmp_path):
    return Settings(var=tmp_path / "var")


def totals(client, q="wheat"):
    answer = client.get(f"/search.json?q={q}")
    assert answer.status_code == 200
    return answer.json["total"], answer.json["generation"]


def test_without_an_index_the_page_says_what_staff_must_do(own):
    client = create_app(own).test_client()
    for route in ("/", "/search?q=a", "/status", "/variants"):
        answer = client.get(route)
        assert answer.status_code == 503
        assert "kashaf index" in answer.text
    assert client.get("/healthz").status_code == 503
    assert client.get("/search.json").json["error"] == "There is no index yet."
    assert "لا يوجد فهرس بعد" in client.get("/?ui=ar").text
    build(own.var, "Wheat")
    assert client.get("/search?q=wheat").status_code == 200
    assert client.get("/healthz").json == {"status": "ok", "generation": "000001"}


def test_the_generation_in_use_is_noticed(own):
    client = create_app(own).test_client()
    build(own.var, "Wheat")
    assert totals(client) == (1, "000001")
    build(own.var, "Wheat", "More wheat")
    assert totals(client) == (2, "000002")
    roll_back(own.var / "index")
    assert totals(client) == (1, "000001")


def test_no_question_meets_an_error_while_generations_change(own):
    """Number 18 of design/reader.md: every answer is that of one whole generation."""
    build(own.var, "Wheat")
    app = create_app(own)
    stop, seen, failed = threading.Event(), set(), []

    def ask():
        client = app.test_client()
        while not stop.is_set():
            answer = client.get("/search.json?q=wheat")
            page = client.get("/search?q=wheat")
            if answer.status_code != 200 or page.status_code != 200:
                failed.append((answer.status_code, page.status_code))
            else:
                seen.add((answer.json["generation"], answer.json["total"]))

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, 7):
        build(own.var, *["Wheat"] * number)
    stop.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert seen <= {(f"{number:06d}", number) for number in range(1, 7)}
    assert totals(app.test_client()) == (6, "000006")


def test_readers_keep_the_index_that_they_have_when_the_next_cannot_be_read(own):
    client = create_app(own).test_client()
    build(own.var, "Wheat")
    assert totals(client) == (1, "000001")
    (own.var / "index" / "current").write_text("000009\n")
    assert totals(client) == (1, "000001")
    shutil.rmtree(own.var / "index")
    assert client.get("/healthz").status_code == 200
