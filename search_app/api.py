"""What does a program get?

The twins in JSON of the pages: the same parameters, the same answers. `<`, `>` and `&` are written
as escapes, so that nothing in an answer can be taken for HTML.
"""

from flask import Blueprint, Response, request

from search_app.answers import answer
from search_app.asked import clean, read_asked
from search_app.json_form import write_json
from search_app.labels import labels
from search_app.library import current_library
from search_app.record_view import read_stored
from search_app.status import read_status

blueprint = Blueprint("api", __name__)
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@blueprint.get("/search.json")
def search() -> Response:
    """The results of a question."""
    with current_library().holding() as held:
        return _json(answer(held.index, read_asked(request.args)))


@blueprint.get("/record/<record_id>.json")
def record(record_id: str) -> Response:
    """A record with its captures and the names in it."""
    stored = read_stored(current_library(), record_id)
    with current_library().holding() as held:
        indexed = held.index.document(record_id)
    found = stored.record if stored.answered else indexed
    if found is None:
        return show_error("error.no-record", 404, id=record_id)
    mentions = indexed.mentions if indexed else ()
    return _json({"record": found, "captures": stored.captures, "mentions": mentions})


@blueprint.get("/variants.json")
def variants() -> Response:
    """The spellings of a name that the archive holds."""
    name = clean(request.args.get("name", ""))
    with current_library().holding() as held:
        return _json(held.index.variants(name) if name else [])


@blueprint.get("/status.json")
def status() -> Response:
    """What the archive holds."""
    with current_library().holding() as held:
        return _json(read_status(held, current_library()))


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 while searches are answered, else 503."""
    with current_library().holding() as held:
        return _json({"status": "ok", "generation": held.index.generation})


def show_error(key: str, code: int, **values: object) -> Response:
    """An error in one line."""
    response = _json({"error": labels("en").plain(key, **values)})
    response.status_code = code
    return response


def _json(value: object) -> Response:
    text = write_json(value).translate(_ESCAPES)
    return Response(text + "\n", mimetype="application/json")
