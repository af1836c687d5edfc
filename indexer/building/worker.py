"""How does a child process analyze one run of records after another?

Messages go over pipes, the length before each, in the format of `marshal`: both ends are the same
Python, it is faster than JSON, and unlike a pickle it can hold nothing but plain values.
"""

import marshal
import os
import struct
from typing import IO, Any

from indexer.building.analysis import Analyst, Canary, Portion, Run
from indexer.building.columnwriting import Rows
from indexer.columnar import Portion as SegmentPortion
from indexer.columnar.inversion import FieldRun
from indexer.columnar.stored import Blocks
from indexer.errors import BuildError
from indexer.ingest import Given, document_from_json, document_to_json
from indexer.lexicon import Counts
from indexer.names import Gazetteer

_SIZE = struct.Struct("=Q")


def serve_runs() -> None:
    """Read the texts of staff's own tables, then runs, from standard input until it ends; answer
    each run on standard output with its portion, or with why there is none."""
    runs, answers = _take_pipes()
    own = receive(runs)
    analyst = Analyst(Gazetteer.of(own or {}))
    while (message := receive(runs)) is not None:
        try:
            send(answers, pack_portion(analyst.portion(unpack_run(message))))
        except BuildError as error:
            send(answers, str(error))


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes, for us alone: what a library prints goes nowhere."""
    runs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return runs, answers


def send(pipe: IO[bytes], value: Any) -> None:
    """Send a plain value."""
    message = marshal.dumps(value)
    pipe.write(_SIZE.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next value; None if the other end is gone."""
    size = pipe.read(_SIZE.size)
    if len(size) < _SIZE.size:
        return None
    (wanted,) = _SIZE.unpack(size)
    message = pipe.read(wanted)
    return marshal.loads(message) if len(message) == wanted else None


def pack_run(run: Run) -> tuple[Any, ...]:
    """A run as a plain value."""
    return run.first, [(document_to_json(g.document), g.brought) for g in run.records]


def unpack_run(value: tuple[Any, ...]) -> Run:
    """The run that became this value."""
    first, records = value
    return Run(first, [Given(document_from_json(line), brought) for line, brought in records])


def pack_portion(portion: Portion) -> tuple[Any, ...]:
    """A portion as a plain value: marshal takes no named tuples."""
    segment, columns = portion.segment, portion.columns
    return (
        portion.documents,
        (_plain(segment.fields), tuple(segment.stored)),
        (*columns[:-1], _plain(columns.facets)),
        portion.people,
        tuple(portion.lexicon),
        portion.spellings,
        [tuple(canary) for canary in portion.canaries],
    )


def unpack_portion(value: tuple[Any, ...]) -> Portion:
    """The portion that became this value."""
    documents, (fields, stored), (*columns, facets), people, lexicon, spellings, canaries = value
    return Portion(
        documents,
        SegmentPortion(_field_runs(fields), Blocks(*stored)),
        Rows._make((*columns, _field_runs(facets))),
        people,
        Counts(*lexicon),
        spellings,
        [Canary(*canary) for canary in canaries],
    )


def _plain(runs: dict[str, FieldRun]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(run) for name, run in runs.items()}


def _field_runs(runs: dict[str, tuple[Any, ...]]) -> dict[str, FieldRun]:
    return {name: FieldRun(*run) for name, run in runs.items()}
