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
    r"^(utm_\w+|fbclid|gclid|igshid|mc_[ce]id|replytocom|share|nb|amp|print|ref_src|_ga)$", re.I
)
_WAYBACK = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:/)", re.I)
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
        other = _normal(urljoin(url, declared.strip()))
    except ValueError:
        return own
    is_home = urlsplit(other).path in ("", "/") and not urlsplit(other).query
    own_is_home = urlsplit(own).path in ("", "/") and not urlsplit(own).query
    if source_host(other) != source_host(own) or (is_home and not own_is_home):
        return own
    return other


def split_url(url: str) -> SplitResult:
    """The parts of an address; empty ones where it is none ("http://[1")."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def source_host(url: str) -> str:
    """The host without "www.", in Unicode lower case; "" if there is none."""
    host = (split_url(_WAYBACK.sub("", url)).hostname or "").rstrip(".")
    return host.removeprefix("www.")


def record_id(canonical_url: str) -> str:
    """The first 16 hex digits of the SHA-256 of the canonical URL."""
    return hashlib.sha256(canonical_url.encode("utf-8", "replace")).hexdigest()[:16]


def _normal(url: str) -> str:
    url = _WAYBACK.sub("", unicodedata.normalize("NFC", _BROKEN.sub("\ufffd", url.strip())))
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return url
    if port and (parts.scheme, port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    path = re.sub(r"/(amp|feed)/?$", "/", parts.path) if host else parts.path
    path = quote(_text(path), safe=_KEPT_IN_PATH, errors=_BYTES)
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors=_BYTES)
    kept = [(name, value) for name, value in pairs if not _VISIT.match(name)]
    query = urlencode(kept, errors=_BYTES)
    return urlunsplit((parts.scheme.lower(), host, path or "/" if host else path, query, ""))


def _text(path: str) -> str:
    """The path's characters, but for those whose encoding means something."""
    kept = re.sub(r"%(2f|25|3f|23)", lambda found: f"%25{found[1].upper()}", path, flags=re.I)
    return unicodedata.normalize("NFC", unquote(kept, errors=_BYTES))
