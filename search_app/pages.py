"""What does a reader see in the browser?"""

from flask import Blueprint, Response, current_app, render_template, request

from indexer import Results
from search_app.answers import answer, find_rescues
from search_app.asked import SIZES, Asked, clean, read_asked
from search_app.facets import make_chosen, make_facets
from search_app.formats import is_web_address, language_of, overrides, punycode, shown
from search_app.hits import view_hit
from search_app.labels import UIS, Ui, labels, load_labels
from search_app.library import Holding, current_library
from search_app.links import Links
from search_app.record_view import read_stored, view_record
from search_app.status import read_status
from search_app.strip import make_strip

blueprint = Blueprint("pages", __name__)

EXAMPLES = (
    ("Deir Ezzor", "home.example-name"),
    ("مطار دير الزور", "home.example-name"),
    ("«الجيش الحر»", "home.example-phrase"),
    ("airport -Damascus", "home.example-exclude"),
    ("=الباب", "home.example-exact"),
)
# What the guide says of OR: typed, as it is read, and how to look for the word itself.
GROUPING: dict[Ui, tuple[str, str, str]] = {
    "en": ("Deir Ezzor OR Raqqa airport", "(Deir Ezzor) OR (Raqqa airport)", "=OR"),
    "ar": ("دير الزور أو مطار الرقة", "(دير الزور) أو (مطار الرقة)", "=أو"),
}
PAGES_AROUND = 2


@blueprint.get("/")
def home() -> Response:
    """The box alone; with a question in the URL, its results."""
    asked = read_asked(request.args)
    with current_library().holding() as held:
        if "q" in request.args or asked.narrowed:
            return _search(held, asked)
        return _show(
            "home.html",
            asked,
            holds=len(held.index),
            years=sorted(held.years),
            examples=EXAMPLES,
        )


@blueprint.get("/search")
def search() -> Response:
    """The results of a question; without one, everything."""
    with current_library().holding() as held:
        return _search(held, read_asked(request.args))


def _search(held: Holding, asked: Asked) -> Response:
    results = answer(held.index, asked)
    links, say = Links(asked, request.script_root), labels(_ui(asked))
    return _show(
        "search.html",
        asked,
        results=results,
        hits=[view_hit(held.index, hit, links, say) for hit in results],
        chosen=make_chosen(results, links),
        facets=make_facets(held.index, results, links),
        strip=make_strip(results, held.years, links),
        rescues=[] if results.total else find_rescues(held.index, asked, results.query),
        pages=_pages_around(results),
        keep_without=any(
            variant.dropped
            for reading in results.interpretation.readings
            for variant in reading.variants
        ),
    )


@blueprint.get("/record/<record_id>")
def record(record_id: str) -> Response:
    """One record, with the words of the question marked."""
    asked = read_asked(request.args)
    stored = read_stored(current_library(), record_id)
    with current_library().holding() as held:
        view = view_record(
            held.index, stored, record_id, asked.q, asked.spelling, labels(_ui(asked))
        )
    if view is None:
        return show_error("error.no-record", 404, id=shown(record_id)[:80])
    return _show("record.html", asked, view=view, came=bool(asked.q or asked.narrowed))


@blueprint.get("/variants")
def variants() -> Response:
    """The spellings of a name."""
    asked = read_asked(request.args)
    name = clean(request.args.get("name", ""))
    with current_library().holding() as held:
        readings = held.index.read_name(name) if name else ()
    return _show("variants.html", asked, name=name, readings=readings)


@blueprint.get("/guide")
def guide() -> Response:
    """How to search."""
    rows = [
        (key, label["examples"])
        for key, label in load_labels().items()
        if key.startswith("guide.row.")
    ]
    asked = read_asked(request.args)
    return _show("guide.html", asked, rows=rows, grouping=GROUPING[_ui(asked)])


@blueprint.get("/status")
def status() -> Response:
    """What the archive holds."""
    with current_library().holding() as held:
        state = read_status(held, current_library())
    return _show("status.html", read_asked(request.args), state=state)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Machines may read records; the endless combinations of a search are not for them."""
    return Response("User-agent: *\nDisallow: /search\n", mimetype="text/plain")


def show_error(key: str, code: int, **values: object) -> Response:
    """An error in the design of the other pages."""
    asked = read_asked(request.args)
    response = _show("error.html", asked, key=key, values=values)
    response.status_code = code
    return response


def _ui(asked: Asked) -> Ui:
    """The language asked for in the URL, else the one that the browser prefers."""
    if asked.ui:
        return asked.ui
    return "ar" if request.accept_languages.best_match(UIS, "en") == "ar" else "en"


def _show(template: str, asked: Asked, **values: object) -> Response:
    ui = _ui(asked)
    other: Ui = "en" if ui == "ar" else "ar"
    html = render_template(
        template,
        asked=asked,
        links=Links(asked, request.script_root),
        say=labels(ui),
        other_say=labels(other),
        ui=ui,
        other_ui=other,
        path=request.path,
        style=current_app.config["STYLE"],
        sizes=SIZES,
        shown=shown,
        punycode=punycode,
        overrides=overrides,
        web=is_web_address,
        language_of=language_of,
        **values,
    )
    return Response(html, mimetype="text/html")


def _pages_around(results: Results) -> list[int | None]:
    """The numbers of the pages to link to; None stands for a gap."""
    last = -(-results.total // results.query.size)
    here = results.query.page
    wanted = {1, last, *range(here - PAGES_AROUND, here + PAGES_AROUND + 1)}
    numbers: list[int | None] = []
    for number in sorted(n for n in wanted if 1 <= n <= last):
        previous = numbers[-1] if numbers else 0
        if previous is not None and number > previous + 1:
            numbers.append(None)
        numbers.append(number)
    return numbers if last > 1 else []
