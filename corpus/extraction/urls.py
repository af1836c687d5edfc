"""Which address is a page's own?"""

import hashlib
import re
import unicodedata
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

# Parameters that name a visit or a view, never another text.
_VISIT = re.compile(
    r"^(utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|yclid|igshid|srsltid|mc_[ce]id|replytocom|share|nb"
    r"|(?:no)?amp|print|ref_src|_ga|_gl|phpsessid|jsessionid|session_?id)$",
    re.I,
)
_VIEW = re.compile(r"/(?:amp|feed|print|trackback|comment-page-\d+)/?$", re.I)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_HOME = re.compile(r"^(?:/[a-z]{2}(?:[-_][a-z]{2})?)?/?$", re.I)
_DEVICES = re.compile(r"^(?:www|m|mobile|amp)\.")
# Its links are often written without the host; a saved page keeps them so.
_WAYBACK = re.compile(
    r"^(?:(?:https?:)?//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:/)", re.I
)
_KEPT_IN_PATH = "/%:@!$&'()*+,;=-._~"
_BROKEN = re.compile("[\ud800-\udfff]")

# Old Arabic sites have addresses in windows-1256: bytes that are no UTF-8 stay as they are.
_BYTES = "surrogateescape"


def canonical(url: str, declared: str | None = None) -> str:
    """The address as it is stored: percent-encoding in one form, without visit parameters and
    fragment. `declared` (a link rel=canonical) wins if it is on the same site and does not send a
    page to the home page, as copied heads do."""
    own = _normal(url)
    if not declared:
        return own
    try:
        other = _normal(urljoin(unwrap(url), unwrap(declared.strip())))
    except ValueError:
        return own
    same = _DEVICES.sub("", source_host(other)) == _DEVICES.sub("", source_host(own))
    return other if same and (is_home(own) or not is_home(other)) else own


def is_home(url: str) -> bool:
    """Whether an address is a site's home page, or that of one of its languages."""
    parts = split_url(url)
    return bool(_HOME.match(parts.path)) and not set(dict(parse_qsl(parts.query))) - {"lang"}


def split_url(url: str) -> SplitResult:
    """The parts of an address; empty ones where it is none ("http://[1")."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def source_host(url: str) -> str:
    """The host without "www.", in Unicode lower case; "" if there is none."""
    host = _host(split_url(_WAYBACK.sub("", url)).hostname or "")
    return host.removeprefix("www.")


def unwrap(url: str) -> str:
    """The address that was saved, where this is the address of the Wayback Machine's copy."""
    return _WAYBACK.sub("", url)


def record_id(canonical_url: str) -> str:
    """The first 16 hex digits of the SHA-256 of the canonical URL with "https:" for "http:": a page
    that was saved both ways, before and after its site moved, is one record."""
    secure = re.sub("^http:", "https:", canonical_url)
    return hashlib.sha256(secure.encode("utf-8", "replace")).hexdigest()[:16]


def _normal(url: str) -> str:
    url = _WAYBACK.sub("", unicodedata.normalize("NFC", _BROKEN.sub("\ufffd", url.strip())))
    try:
        parts = urlsplit(url)
        host = _host(parts.hostname or "")
        port = parts.port
    except ValueError:
        return url
    if port and (parts.scheme, port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    path = _SESSION.sub("", parts.path)
    path = _VIEW.sub("/", path) if host else path
    path = quote(_text(path), safe=_KEPT_IN_PATH, errors=_BYTES)
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors=_BYTES)
    kept = [(name, value) for name, value in pairs if not _VISIT.match(name)]
    query = urlencode(kept, errors=_BYTES)
    return urlunsplit((parts.scheme.lower(), host, path or "/" if host else path, query, ""))


def _host(host: str) -> str:
    """A host in Unicode: one that is written in punycode ("xn--…") is the same host."""
    try:
        return ".".join(
            part.encode().decode("idna") if part.startswith("xn--") else part
            for part in host.rstrip(".").split(".")
        )
    except UnicodeError:
        return host.rstrip(".")


def _text(path: str) -> str:
    """The path's characters, but for those whose encoding means something."""
    kept = re.sub(r"%(2f|25|3f|23)", lambda found: f"%25{found[1].upper()}", path, flags=re.I)
    return unicodedata.normalize("NFC", unquote(kept, errors=_BYTES))
