"""The program of a worker: it reads one document after another, until its input ends.

    python -m index.parsing.worker

Its input and output are the parser's; nobody starts it by hand.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from traceback import extract_tb
from typing import IO

from index.errors import SourceError
from index.formats.draft import Progress
from index.parsing.confinement import confine
from index.parsing.limits import allow, end_with_parent, is_spent, restrict
from index.parsing.results import refusal, told, told_feed
from index.parsing.wire import (
    Began,
    Done,
    FeedJob,
    Heard,
    HearJob,
    Message,
    ReadJob,
    Ready,
    Step,
    Trouble,
    WireError,
    receive,
    send,
    sendable,
)
from index.records import Article, Document, FailedSource, Feed
from index.settings import IndexSettings

Read = Callable[[Document, IndexSettings, Progress], Sequence[Article | FailedSource]]
Hear = Callable[[bytes], str]
Find = Callable[[Document], Feed]

_MAX_SETTINGS = 1_000_000
_MAX_JOB = 1 << 40
"""Bytes: the parser is trusted, its documents are not."""


@dataclass(frozen=True, slots=True)
class Skills:
    """What does the jobs."""

    read: Read
    hear: Hear
    find: Find


def serve(skills: Skills, prepare: Callable[[], object] = dict) -> None:
    """Do the parser's jobs until it goes; `prepare` is called before any limit is set."""
    jobs, results = _own_pipes()
    try:
        _, body = receive(jobs, _MAX_SETTINGS)
        settings = IndexSettings.model_validate_json(body)
        prepare()
        restrict(settings.parser_megabytes)
        confine()
        send(results, Ready())
        while True:
            job, data = receive(jobs, _MAX_JOB)
            send(results, Began())
            end_with_parent(jobs.fileno(), True)
            allow(settings.parser_seconds)
            spent = _do(job, data, settings, results, skills)
            allow(0)
            end_with_parent(jobs.fileno(), False)
            send(results, Done(spent=spent or is_spent(settings.parser_megabytes)))
    except WireError:
        return  # the parser has gone


def _do(
    job: Message,
    data: bytes,
    settings: IndexSettings,
    results: IO[bytes],
    skills: Skills,
) -> bool:
    """Do one job and tell of it; return whether that was too much for this process."""

    def step(done: int, total: int) -> None:
        allow(settings.parser_seconds)
        send(results, Step(done=done, total=total))

    try:
        if isinstance(job, ReadJob):
            document = Document(data, job.name, job.address, job.media_type, job.charset)
            for record in skills.read(document, settings, step):
                send(results, *told(record))
        elif isinstance(job, FeedJob):
            document = Document(data, address=job.address, media_type=job.media_type)
            send(results, told_feed(skills.find(document)))
        elif isinstance(job, HearJob):
            try:
                send(results, Heard(), sendable(skills.hear(data)).encode())
            except SourceError as error:
                failed = FailedSource("", str(error), error.hint, error.obstacle)
                send(results, refusal(failed))
    except WireError:
        raise
    except MemoryError:
        trouble = Trouble(what="memory")
    except RecursionError:
        trouble = Trouble(what="depth")
    # The one place that reports: parsers raise what they like over a broken document.
    except Exception as error:
        trouble = Trouble(what="failure", where=_where(error))
    else:
        return False
    send(results, trouble)
    return trouble.what != "failure"


def _where(error: Exception) -> str:
    """Return the error's name and line: its message may quote the document."""
    frames = extract_tb(error.__traceback__)
    line = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{line}"[:500]


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take the two pipes away from what libraries read and print."""
    jobs: IO[bytes] = os.fdopen(os.dup(0), "rb", 0)
    results: IO[bytes] = os.fdopen(os.dup(1), "wb", 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return jobs, results


# Imported late: a worker is ready before its libraries are loaded.
def _read(
    document: Document, settings: IndexSettings, progress: Progress
) -> Sequence[Article | FailedSource]:
    from index.formats import read_document

    return read_document(document, settings, progress)


def _hear(sound: bytes) -> str:
    from index.hearing import hear

    return hear(sound)


def _find(document: Document) -> Feed:
    from index.links.feeds import read_feed

    return read_feed(document)


def _prepare() -> None:
    """Load what every article needs, and what cannot be loaded without writing a file."""
    from index.formats.language import language_of

    language_of("A sentence of more than forty letters, in any language.")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    serve(Skills(_read, _hear, _find), _prepare)
