"""Is a WordPress item a page that the public could read?"""

from corpus.readers.source import brief

# Plugins keep orders, filled-in forms and drafts of designs as "published" items of types of their
# own, so that only the two that are meant for readers are taken.
PAGE_TYPES = {"post", "page"}


def why_not(kind: str, status: str, locked: bool) -> str | None:
    """Why an item is passed over, by its type, status and password; None when it is a page."""
    if kind not in PAGE_TYPES:
        return f"WordPress item of type {brief(kind)}"
    if status != "publish":
        return f"WordPress {kind}, not published: {brief(status)}"
    if locked:
        return f"WordPress {kind} behind a password"
    return None
