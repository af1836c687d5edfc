"""Does anything that can be sent get something else than an answer?"""

from urllib.parse import quote

import pytest

from search_app.app import HEADERS

# Number 7 of design/reader.md and 48 to 59 of design/faults.md, at this door.
ODD_QUERIES = [
    '"unbalanced', "*", "a:b", "24/7", "(((((", ")", "OR", "NOT", "- -", "AND OR NOT", "~", "=",
    "title:", "actor:", "actor:nobody", "NEAR/5", "a NEAR/99999999999 b", "[a TO b]", "a^9999",
    "\\", "//", "{{7*7}}", "%s%n", "«", "”", "a" * 10_000, "دير الزور " * 1_000, "(" * 5_000,
    '"' * 999, "a* " * 500, "\x00", "a\x00b", "\x1b[31m", "\r\nX: y", "\u202eabc", "\ufeff",
    "\ud7ff", "😀" * 50, "ـــــ", "ً" * 200, "و", "ﷺ", "١٢٣", "-" * 1000, "NOT " * 300,
]  # fmt: skip
ROUTES = [
    "/", "/search?q=Deir+Ezzor", "/search.json?q=Deir+Ezzor", f"/record/{0:016x}",
    f"/record/{0:016x}.json", "/variants?name=Daesh", "/variants.json?name=Daesh", "/guide",
    "/status", "/status.json", "/healthz", "/robots.txt", "/static/style.css", "/static/icon.svg",
]  # fmt: skip
CACHED = {"/static/style.css": "public, max-age=86400", "/static/icon.svg": "public, max-age=86400"}
ABSENT = ["/nope", "/record/nope", "/record/nope.json", "/static/nope.css", "/search.xml"]


@pytest.mark.parametrize("q", ODD_QUERIES, ids=lambda q: ascii(q[:20]))
def test_an_odd_query_gets_an_answer(client, q):
    for url in ("/search?q=", "/variants?name="):
        answer = client.get(url + quote(q))
        assert answer.status_code == 200
        assert len(answer.data) < 1_000_000


@pytest.mark.parametrize(
    "raw",
    [
        "q=%FF%FE",
        "q=%ED%A0%80",  # a lone surrogate
        "q=%C0%AF",
        "q=%",
        "q=%zz",
        "&&&&==&q",
        "q=a&q=b&q=c",
        "actor=%00&location=%FF&lang=%ED%BF%BF&source=%0d%0aX:y&without=%00",
        "actor=" + "&actor=".join(map(str, range(2_000))),
        "&".join(f"x{number}=1" for number in range(5_000)),
        "q=a&page=-1",
        "q=a&page=0",
        "q=a&page=99999999999999999999999999",
        "q=a&page=1e3",
        "q=a&page=٢",
        "q=a&page=" + "9" * 5_000,
        "q=a&size=0",
        "q=a&size=-5",
        "q=a&size=1000000",
        "q=a&size=abc",
        "q=a&sort=random",
        "q=a&spelling=wild",
        "q=a&match=some",
        "q=a&since=yesterday&until=tomorrow",
        "q=a&since=2016&until=2012",
        "q=a&since=0000&until=99999",
        "q=a&since=0001-01-01&until=9999-12-31",
        "q=a&since=%00",
        "q=a&ui=fr",
        "q=a&ui=%3Cscript%3E",
    ],
)
def test_an_odd_query_string_gets_an_answer(client, raw):
    for path in ("/search", "/search.json", f"/record/{0:016x}"):
        assert client.get(f"{path}?{raw}").status_code == 200


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("page=999", "There are fewer pages; this is the last one."),
        ("page=zero", "zero is no page number; this is the first page."),
        ("size=1000000", "A page has 1 to 100 results, not 1000000."),
        ("sort=random", "random is no order; the best answers come first."),
        ("spelling=wild", "wild is no setting for the spelling"),
        ("match=some", "some is neither all nor any; all words must appear."),
        ("since=yesterweek", "yesterweek could not be read as a date and was left out."),
    ],
)
def test_what_was_repaired_is_told(look, client, raw, told):
    assert told in look(f"/search?q=Deir+Ezzor&{raw}").select_one(".notices").text
    warnings = client.get(f"/search.json?q=Deir+Ezzor&{raw}").json["warnings"]
    assert any(told in warning for warning in warnings)


def test_the_last_page_is_shown_when_there_are_fewer(look):
    last = look("/search?q=Deir+Ezzor&page=999")
    assert last.select(".hit")
    assert last.select_one(".pager [aria-current]").text == last.select(".pager a")[-1].text


@pytest.mark.parametrize("route", ROUTES)
def test_head_is_get_without_the_body(client, route):
    with client.head(route) as answer:
        assert answer.status_code == 200
        assert answer.data == b""


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client, route, method):
    answer = client.open(route, method=method, data={"q": "a"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("route", ABSENT)
def test_what_is_not_there_is_told_in_the_same_design(client, route):
    answer = client.get(route)
    assert answer.status_code == 404
    if route.endswith(".json"):
        assert set(answer.json) == {"error"}
    else:
        assert "masthead" in answer.text
        assert 'dir="rtl"' in client.get(route + "?ui=ar").text


@pytest.mark.parametrize("route", [*ROUTES, *ABSENT])
def test_every_answer_forbids_what_it_does_not_need(client, route):
    with client.get(route) as answer:
        headers = answer.headers
    for name, value in HEADERS.items():
        assert headers.getlist(name) == [value]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    assert not [name for name, _ in headers if name.startswith("Access-Control")]
    assert headers["Cache-Control"] == CACHED.get(route, "no-store")


@pytest.mark.parametrize("route", ROUTES)
def test_no_link_is_built_from_what_the_visitor_claims(client, route):
    claims = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "x"}
    with client.get(route, headers=claims) as answer:
        assert answer.status_code == 200
        assert "evil.example" not in answer.text
        assert "Location" not in answer.headers


def test_json_holds_no_sign_of_html(client):
    answer = client.get("/search.json?q=<script>alert(1)</script>&actor=%26%3C")
    assert answer.mimetype == "application/json"
    assert not set("<>&") & set(answer.text)
    assert answer.json["query"]["q"] == "<script>alert(1)</script>"


def test_the_twin_in_json_has_the_results_of_the_page(client, look):
    asked = "q=Deir+Ezzor&lang=ar&since=2012&sort=newest&size=20"
    told = client.get(f"/search.json?{asked}").json
    page = look(f"/search?{asked}")
    assert [hit["id"] for hit in told["hits"]] == [
        hit["id"].removeprefix("r-") for hit in page.select(".hit")
    ]
    assert str(told["total"]) in page.select_one(".total strong").text
    assert told["facets"]["location"][0]["label_ar"]
    assert told["interpretation"]["readings"][0]["variants"]
    assert told["hits"][0]["why"]["matches"]
