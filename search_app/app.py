"""What is the web application made of?"""

import sys
import traceback
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from indexer import IndexUnreadable
from search_app import api, pages
from search_app.library import Library
from search_app.settings import Settings

# No script, no frame, no other host, no form to elsewhere. Style attributes are forbidden too:
# what has a size by number (the date strip) is drawn with SVG attributes.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The application, for any WSGI server. It starts without an index too, and answers as soon as
    there is one."""
    app = Flask("search_app")
    # Werkzeug would answer //search with a redirect made from the Host header.
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["kashaf"] = Library(settings or Settings())
    app.config["STYLE"] = _digest(Path(app.static_folder or "") / "style.css")
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IndexUnreadable, _no_index)
    app.register_error_handler(Exception, _failure)
    app.after_request(_add_headers)
    return app


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def _add_headers(response: Response) -> Response:
    """On every answer. What was searched stays in no cache of a shared computer."""
    response.headers.extend(HEADERS)
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=86400"
    else:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Accept-Language"
    return response


def _wants_json() -> bool:
    return request.path.endswith(".json")


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    key = {404: "error.not-found", 405: "error.method"}.get(code, "error.bad-request")
    response = _told(key, code)
    if code == 405:
        response.headers["Allow"] = "GET, HEAD"
    return response


def _no_index(error: IndexUnreadable) -> Response:
    response = _told("error.no-index", 503)
    response.headers["Retry-After"] = "60"
    return response


def _failure(error: Exception) -> Response:
    """A fault of ours. Its place is written down, never the request or a value from it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(
        f"Kashaf: {request.endpoint} failed: {type(error).__name__} "
        f"at {Path(last.filename).name}:{last.lineno}",
        file=sys.stderr,
        flush=True,
    )
    return _told("error.internal", 500)


def _told(key: str, code: int) -> Response:
    return api.show_error(key, code) if _wants_json() else pages.show_error(key, code)
