"""Do these bytes have the digest that was written down for them?"""

import base64
import hashlib

ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}


def check_digest(content: bytes, stated: str) -> bool | None:
    """Whether "sha1:…" or "sha256:…", in hex or base32, is right; None for what cannot be checked.

    A digest that is missing or of an unknown kind is no evidence.
    """
    name, _, value = stated.strip().partition(":")
    algorithm = name.strip().lower().replace("-", "")
    value = value.strip().upper().rstrip("=")
    if algorithm not in ALGORITHMS or not value:
        return None
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    return value in {digest.hex().upper(), base64.b32encode(digest).decode().rstrip("=")}
