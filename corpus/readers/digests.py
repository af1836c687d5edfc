"""Do these bytes have the digest that was written down for them?"""

import base64
import hashlib
from typing import Protocol

ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}


class Digest(Protocol):
    """What hashlib makes."""

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


def start_digest(stated: str) -> Digest | None:
    """An empty digest of the kind that is stated ("sha256:…"); None when it is not known."""
    algorithm = stated.partition(":")[0].strip().lower().replace("-", "")
    return hashlib.new(algorithm, usedforsecurity=False) if algorithm in ALGORITHMS else None


def agrees(digest: Digest, stated: str) -> bool:
    """Whether the stated digest, in hex or base32, is this one."""
    value = stated.partition(":")[2].strip().upper().rstrip("=")
    raw = digest.digest()
    return value in {raw.hex().upper(), base64.b32encode(raw).decode().rstrip("=")}


def check_digest(content: bytes, stated: str) -> bool | None:
    """Whether the stated digest is right; None, no evidence, when it is missing or not known."""
    digest = start_digest(stated)
    if digest is None:
        return None
    digest.update(content)
    return agrees(digest, stated)
