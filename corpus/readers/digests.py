"""Do these bytes have the digest that was written down for them?"""

import base64
import hashlib

ALGORITHMS = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512"}


def agrees(content: bytes, stated: str) -> bool:
    """Whether "sha1:…" or "sha256:…", in hex or base32, is right; True for what cannot be checked.

    A digest that is missing or of an unknown kind is no evidence against the bytes.
    """
    name, _, value = stated.strip().partition(":")
    algorithm = ALGORITHMS.get(name.strip().lower().replace("-", ""))
    value = value.strip().upper().rstrip("=")
    if algorithm is None or not value:
        return True
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    return value in {digest.hex().upper(), base64.b32encode(digest).decode().rstrip("=")}
