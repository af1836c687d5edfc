"""Which text does a WordPress post's own HTML hold?

An export has the post as its author saved it: blank lines for paragraphs, shortcodes, comments that
mark blocks. The REST interface has it as the theme shows it, with what plugins added.
"""

import re

from corpus.extraction.blocks import Block
from corpus.extraction.body import Body, removed_runs
from corpus.extraction.boilerplate import cut_boxes, cut_tails
from corpus.extraction.layout import read_layout
from corpus.extraction.parsing import parse_html
from corpus.values import Removed

# Brackets may stand inside a quoted attribute.
_SHORTCODE = re.compile(
    r"\[(/?)([a-zA-Z][\w-]*)(\s(?:[^\[\]\"]|\"[^\"]{0,500}\")*|\s[^\[\]]*|/?)\]"
)
_RAW = re.compile(r"\[(vc_raw_(?:html|js))(?:\s[^\[\]]*)?\][^\[\]]*\[/\1\]", re.I)  # in base64
_TAG = re.compile(r"(<!--.*?(?:-->|\Z)|<[^<>]*>)", re.S)
# Shortcodes of WordPress and of page builders; others count as one when they are closed or have
# attributes. "[sic]" and "[1]" are text.
_KNOWN = re.compile(
    r"(?:caption|gallery|embed|audio|video|playlist|contact-form-7|more|toc)$"
    r"|(?:vc|et_pb|fusion|av|tdc|elementor|wpv|fl|cs|su|tie|penci|jnews)_"
)
_CAPTION = re.compile(r"""\bcaption\s*=\s*["']([^"']+)""")
_ATTRIBUTE = re.compile(r"[\w-]\s*=\s*[\"'\w”“″]")


def read_fragment(html: str, method: str, *, autop: bool = False) -> Body:
    """The text of a post's HTML. `autop`: blank lines separate paragraphs and line ends count, as
    in an export; a post of blocks (wp: comments) says so itself."""
    html, codes = _without_shortcodes(html)
    if autop and "<!-- wp:" not in html:
        html = "".join(
            part if part.startswith("<") else _with_breaks(part) for part in _TAG.split(html)
        )
    layout = read_layout(parse_html(f"<html><body><div>{html}</div></body></html>").tree)
    cut_boxes(layout.root, layout.page, layout.boxes)
    cut_tails(layout.page.blocks)
    kept: list[Block] = [block for block in layout.page.blocks if not block.cut]
    removed = [*removed_runs(layout.page.blocks, kept), *codes]
    return Body("\n".join(block.text for block in kept), method, 1.0, tuple(removed))


def _with_breaks(text: str) -> str:
    return re.sub(r"\r?\n", "<br>", re.sub(r"(?:\r?\n[ \t]*){2,}", "<p>", text))


def _without_shortcodes(html: str) -> tuple[str, list[Removed]]:
    """The HTML with the content of shortcodes, without their marks; and the marks."""
    closed = {found[2].lower() for found in _SHORTCODE.finditer(html) if found[1]}
    removed = [Removed("shortcode", found[0]) for found in _RAW.finditer(html)]
    html = _RAW.sub("", html)

    def strip(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name in closed or _KNOWN.match(name) or _ATTRIBUTE.search(found[3]):
            removed.append(Removed("shortcode", found[0]))
            caption = _CAPTION.search(found[3]) if name == "caption" else None
            after = html[found.end() : found.end() + 1]
            # "[dropcap]A[/dropcap]way" is one word.
            is_inline = found[1] and not _KNOWN.match(name) and after not in ("", "[", "\r", "\n")
            is_border = found[1] or name in ("caption", "embed")
            border = "" if is_inline else "<p>" if is_border else " "
            return f"{border}{caption[1]}" if caption else border
        return found[0]

    return _SHORTCODE.sub(strip, html), removed
