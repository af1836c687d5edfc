"""Which pages does an ARC file hold, the form before WARC?

Each ARC record is one line of fields and a captured message. warcio turns the line into the named
fields of a WARC record, and as one it is then read.
"""

import io
import re
from collections.abc import Iterator

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ARC2WARCHeadersParser

from corpus.readers.framing import Block, Tape, frame
from corpus.readers.limits import BLOCK_BYTES
from corpus.readers.revisits import Originals
from corpus.readers.source import Fault, InputFile, cause
from corpus.readers.streams import open_stream
from corpus.readers.warc import read_blocks
from corpus.values import Page, Problem

# Address, IP address, 14 digits of time, type, length; the address may hold spaces.
LINE = re.compile(
    rb"[a-z][a-z0-9+.-]*:[^\r\n]+ [0-9a-fA-F.:]+ \d{14} ([^ \r\n]+) (\d{1,15})\r?\n", re.IGNORECASE
)
LINE_BYTES = 8_192
LATER_LINE = re.compile(rb"(?<=\n)" + LINE.pattern, re.IGNORECASE)


def read_arc(file: InputFile, originals: Originals) -> Iterator[Page | Problem]:
    """Every ARC record of a file, plain or packed with gzip."""
    with file.open() as opened:
        blocks = frame(Tape(open_stream(opened)), _skip_to_record, _read_record)
        yield from read_blocks(blocks, file.where, file.captured, originals)


def _skip_to_record(tape: Tape) -> bool:
    """Goes to the next line of fields or the end; True when it passed more than blank lines."""
    junk = False
    while seen := tape.look(LINE_BYTES):
        if LINE.match(seen):
            break
        end = seen.find(b"\n") + 1
        junk = bool(tape.take(end or len(seen)).strip()) or junk
    return junk


def _read_record(tape: Tape) -> Block | Fault:
    place = tape.locate(tape.position)
    line = LINE.match(tape.look(LINE_BYTES))
    assert line is not None
    tape.take(line.end())
    length = int(line.group(2))
    if length > BLOCK_BYTES:
        tape.pass_over(length)
        return Fault(place, f"larger than {BLOCK_BYTES // 1_000_000} MB")
    content, doubt = _read_content(tape, length)
    try:
        fields = ARC2WARCHeadersParser().parse(io.BytesIO(), line.group())
    except (ArchiveLoadFailed, ValueError) as error:
        return Fault(place, f"its fields cannot be read ({cause(error)})")
    fields.replace_header("Content-Length", str(len(content)))
    if not line.group().startswith(b"filedesc:") and not content.startswith(b"HTTP/"):
        fields.replace_header("WARC-Type", "resource")
        fields.replace_header("Content-Type", line.group(1).decode("ascii", "replace"))
    return Block(place, fields.to_bytes(), content, doubt)


def _read_content(tape: Tape, length: int) -> tuple[bytes, str]:
    """The content, and what makes it doubtful; takes the newlines behind it."""
    content = tape.read(length)
    behind = tape.look(LINE_BYTES)
    if len(content) < length:
        doubt = "cut off"
    elif behind and not behind.startswith((b"\n", b"\r")):
        doubt = "its length is wrong"
    else:
        tape.take(len(behind) - len(behind.lstrip(b"\r\n")))
        return content, ""
    following = LATER_LINE.search(content + behind)
    if following and following.start() < len(content):
        tape.unread(content[following.start() :])
        return content[: following.start()], "its length is wrong"
    return content, doubt
