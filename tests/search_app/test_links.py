"""Is the URL of a question the question, with one thing changed?"""

from urllib.parse import parse_qs, urlsplit

from werkzeug.datastructures import MultiDict

from search_app.asked import Asked, read_asked
from search_app.links import Links

FULL = Asked(
    q="دير الزور & \"x\" #1 50%+", actor=("a", "b"), location=("c",), not_actor=("d",),
    not_location=("e",), lang=("ar",), source=("s.example",), since="آذار 2014", until="2015",
    spelling="forms", match="any", without=("Deir Ezzor", "ديرالزور"), sort="newest", page=3,
    size=20, ui="ar",
)  # fmt: skip


def read(link):
    return read_asked(MultiDict(parse_qs(urlsplit(link).query)))


def test_a_question_survives_its_own_url():
    assert read(Links(FULL).search(page=3)) == FULL
    assert read(Links(FULL).search_json()) == FULL
    assert read(Links(FULL).record("0f")) == FULL


def test_the_usual_is_not_written():
    assert Links(Asked()).search() == "/search"
    assert Links(Asked(q="a")).search() == "/search?q=a"


def test_a_change_begins_on_the_first_page():
    changed = read(Links(FULL).search(sort="oldest"))
    assert (changed.sort, changed.page, changed.actor) == ("oldest", 1, ("a", "b"))


def test_a_value_can_be_chosen_added_excluded_and_cleared():
    links = Links(Asked(actor=("a",), not_actor=("d",)))
    assert read(links.only("actor", "b")).actor == ("b",)
    assert read(links.also("actor", "b")).actor == ("a", "b")
    assert read(links.only("actor", "d")).not_actor == ()
    assert read(links.exclude("actor", "a")) == Asked(not_actor=("d", "a"))
    assert read(links.clear("actor", "d")) == Asked(actor=("a",))
    assert links.exclude("lang", "ar") is None


def test_a_year_is_chosen_by_its_dates():
    links = Links(Asked(q="a"))
    assert read(links.only("year", "2014")) == Asked(q="a", since="2014", until="2014")
    assert read(Links(FULL).clear("year", "2014")).since == ""


def test_a_spelling_is_put_back_however_it_was_written():
    assert read(Links(Asked(without=("DEIR  ezzor", "x"))).taking_back("Deir Ezzor")).without == (
        "x",
    )


def test_links_keep_to_the_path_under_which_we_are_mounted():
    assert Links(Asked(q="a"), "/archive").search() == "/archive/search?q=a"


def test_another_page_gets_the_language_and_nothing_of_the_question():
    assert Links(FULL).page("/guide") == "/guide?ui=ar"


def test_ids_are_quoted_in_paths():
    assert Links(Asked()).record("../a b?") == "/record/..%2Fa%20b%3F"
