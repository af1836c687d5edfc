"""Is what attackers write into titles, texts and queries inert?"""

from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup

ELEMENTS = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "div", "nav", "main",
    "footer", "p", "h1", "h2", "h3", "section", "article", "aside", "form", "input", "button",
    "label", "select", "option", "details", "summary", "ul", "ol", "li", "dl", "dt", "dd",
    "table", "thead", "tbody", "tr", "th", "td", "span", "bdi", "mark", "time", "strong", "s",
    "br", "code", "svg", "rect",
}  # fmt: skip
PARAMETERS = (
    "q", "actor", "location", "not_actor", "not_location", "lang", "source", "since", "until",
    "without", "sort", "page", "size", "spelling", "match", "ui", "name",
)  # fmt: skip


def assert_inert(html):
    """Elements of ours alone, no handler, no address that runs."""
    page = BeautifulSoup(html, "lxml")
    for element in page.find_all(True):
        assert element.name in ELEMENTS
        for name, value in element.attrs.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc", "formaction")
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#", "https://")), value
    return page


def test_hostile_records_are_text_in_the_results(client, vectors):
    page = assert_inert(client.get("/search?q=title:Vector&size=100").text)
    titles = sorted(hit.h3.text.strip() for hit in page.select(".hit"))
    assert titles == sorted(f"Vector {vector}" for vector in vectors)
    snippets = " ".join(snippet.text for snippet in page.select(".snippet"))
    assert all(vector in snippets for vector in vectors if "\n" not in vector)


def test_hostile_records_are_text_on_their_own_page(client, vectors):
    for number, vector in enumerate(vectors, start=100):
        page = assert_inert(client.get(f"/record/{number:016x}?q=trap").text)
        assert page.h1.text == f"Vector {vector}"
        assert f"Trap beside {vector}" in page.select_one("article.body").text
        assert page.title.text.startswith(f"\u2068Vector {vector}")


def test_controls_that_turn_text_around_are_not_shown(client):
    page = client.get(f"/record/{100:016x}").text
    assert "tpircs" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_hostile_parameters_are_text(client, vectors, parameter):
    values = [(parameter, vector) for vector in (" ".join(vectors), *vectors)]
    for path in ("/", "/search", "/variants", f"/record/{0:016x}", "/nope"):
        answer = client.get(f"{path}?{urlencode(values)}")
        assert answer.status_code in (200, 404)
        assert_inert(answer.text)


def test_hostile_paths_are_text(client, vectors):
    for vector in vectors:
        for path in ("/", "/record/", "/static/"):
            answer = client.get(path + quote(vector, safe=""))
            assert answer.status_code == 404
            assert_inert(answer.text)


def test_hostile_text_in_json_is_escaped(client, vectors):
    answer = client.get("/search.json?q=title:Vector&size=100")
    assert not set("<>&") & set(answer.text)
    titles = {hit["title"] for hit in answer.json["hits"]}
    assert titles == {f"Vector {vector}" for vector in vectors}
