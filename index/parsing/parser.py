"""Reads documents in processes of their own, which may fail without anybody else noticing."""

from __future__ import annotations

import logging
import time
from types import TracebackType

from index.errors import ParserError, RecognitionError
from index.formats.draft import Progress
from index.parsing.pool import Pool
from index.parsing.process import Worker
from index.parsing.results import understood, understood_feed
from index.parsing.wire import (
    Began,
    Done,
    FeedJob,
    FoundFeed,
    GoneError,
    Heard,
    HearJob,
    ReadArticle,
    ReadJob,
    Refusal,
    Step,
    Trouble,
    WireError,
    feed_job,
    read_job,
    sendable,
)
from index.records import Article, Document, FailedSource, Feed
from index.settings import IndexSettings

logger = logging.getLogger(__name__)

_MOST_EXTENSIONS = 20
"""However often a document shows progress, it gets no more than so many times the time."""
_MAX_RECORDS = 100_000
_PASTE_IT = "Copy the text out of it and paste it here, or save it in another format."

_Job = ReadJob | FeedJob | HearJob
_Result = Article | FailedSource | Feed | str


class Parser:
    """Reads documents in at most `parser_processes` processes, with limits on time and memory.

    A document that crashes, hangs or exhausts its process costs that document only. Every method
    may be called from any thread; a thread waits while all processes are busy.
    """

    def __init__(
        self,
        settings: IndexSettings,
        *,
        idle_seconds: float = 60.0,
        worker: str = "index.parsing.worker",
    ) -> None:
        """Start nothing yet. A process that has waited `idle_seconds` for a document is ended.

        `worker` is the module that the processes run.
        """
        self._settings = settings
        self._pool = Pool(settings, idle_seconds, worker)

    def read(
        self, document: Document, progress: Progress | None = None
    ) -> list[Article | FailedSource]:
        """Return the articles of a document, and what in it holds none and why.

        `progress` is called in this thread. Raises RuntimeError when the parser is closed, and
        no SourceError: what goes wrong with the document is in the list.
        """
        try:
            results = self._do(read_job(document), document.data, progress)
        except ParserError as error:
            source = sendable(document.name or document.address or "")
            return [FailedSource(source, str(error), error.hint, error.obstacle)]
        return [result for result in results if isinstance(result, Article | FailedSource)]

    def feed(self, document: Document) -> Feed:
        """Return the articles that a fetched feed tells of.

        Raises ParserError when that fails or takes too long, and RuntimeError when the parser is
        closed.
        """
        for result in self._do(feed_job(document), document.data, None):
            if isinstance(result, Feed):
                return result
        raise _failed()

    def hear(self, sound: bytes) -> str:
        """Return the words of a recording.

        Raises RecognitionError when there are none or nothing can recognise them, ParserError
        when that fails or takes too long, and RuntimeError when the parser is closed.
        """
        for result in self._do(HearJob(), sound, None):
            if isinstance(result, str):
                return result
            if isinstance(result, FailedSource):
                raise RecognitionError(result.error, result.hint, result.obstacle)
        raise _failed()

    def close(self) -> None:
        """End every process; whoever waits for a document gets a RuntimeError. For good."""
        self._pool.close()

    def __enter__(self) -> Parser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _do(self, job: _Job, data: bytes, progress: Progress | None) -> list[_Result]:
        while True:
            worker = self._pool.take()
            before = worker.documents
            try:
                results, trouble, spent = self._converse(worker, job, data, progress)
            except WireError as error:
                overdue = worker.overdue or time.monotonic() > worker.deadline
                status = self._pool.drop(worker, patiently=isinstance(error, GoneError))
                self._pool.require_open()
                if overdue:
                    raise self._too_slow() from error
                if before and worker.documents == before:
                    continue  # it had ended while it waited for a document
                logger.warning(
                    "A parser failed over %d bytes: %s; exit status %d", len(data), error, status
                )
                raise _failed() from error
            except BaseException:
                self._pool.drop(worker)
                raise
            self._pool.give_back(worker, spent)
            if trouble is not None:
                raise self._error(trouble, len(data))
            if not results:
                raise _failed()
            return results

    def _converse(
        self, worker: Worker, job: _Job, data: bytes, progress: Progress | None
    ) -> tuple[list[_Result], Trouble | None, bool]:
        """Give a worker a job; return the results, what went wrong, and whether it is spent."""
        settings = self._settings
        last = time.monotonic() + settings.parser_seconds * _MOST_EXTENSIONS
        room = max(settings.max_unpacked_bytes, settings.max_article_characters)
        results: list[_Result] = []
        trouble: Trouble | None = None
        self._pool.limit(worker, settings.parser_seconds)
        # It takes the whole of a job before it says anything: no need to listen meanwhile.
        worker.send(job, data)
        if not isinstance(worker.receive(0)[0], Began):
            raise WireError("a message out of turn")
        worker.documents += 1
        while True:
            message, body = worker.receive(settings.max_article_characters * 4)
            if isinstance(message, Done):
                return results, trouble, message.spent
            if isinstance(message, Step):
                self._pool.limit(worker, min(settings.parser_seconds, last - time.monotonic()))
                if progress is not None:
                    progress(message.done, message.total)
            elif isinstance(message, Trouble):
                trouble = message
            elif isinstance(message, Heard) and isinstance(job, HearJob):
                results.append(_decoded(body))
            elif isinstance(message, FoundFeed) and isinstance(job, FeedJob):
                results.append(understood_feed(message, job.address))
            elif isinstance(message, ReadArticle | Refusal):
                results.append(understood(message, body, settings))
            else:
                raise WireError("a message out of turn")
            room -= len(body)
            if room < 0 or len(results) > _MAX_RECORDS:
                raise WireError("more results than there can be")

    def _error(self, trouble: Trouble, size: int) -> ParserError:
        if trouble.what == "memory":
            return ParserError(
                "It needed more memory to be read than the "
                f"{self._settings.parser_megabytes:,} MB that parser_megabytes allows.",
                hint="Split it into smaller files, or raise parser_megabytes in the settings.",
            )
        if trouble.what == "depth":
            return ParserError("It is nested too deeply to be read.", hint=_PASTE_IT)
        logger.warning("A parser failed over %d bytes: %s", size, trouble.where)
        return _failed()

    def _too_slow(self) -> ParserError:
        return ParserError(
            f"It took longer than {self._settings.parser_seconds:g} seconds to read, "
            "so it was given up.",
            hint="Split it into smaller files, or raise parser_seconds in the settings.",
        )


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise WireError("words that are no text") from error


def _failed() -> ParserError:
    return ParserError("The file made its reader fail.", hint=_PASTE_IT)
