"""Documents, links and speech, read outside of this process until the bot is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.libraries import Progress, Stopping
from bot.workers import Workers
from index import Article, Document, FailedSource, Feed, LinkReader, Parser, SourceError

Result = TypeVar("Result")


class Readers:
    """What reads for the bot, without ever holding up the event loop.

    Every method raises Stopping when the bot is being stopped: the update is replayed later.
    """

    def __init__(self, parser: Parser, links: LinkReader, workers: Workers) -> None:
        self._parser = parser
        self._links = links
        self._workers = workers
        self._stopping = asyncio.Event()

    async def document(
        self, document: Document, progress: Progress | None = None
    ) -> list[Article | FailedSource]:
        """The articles of a document, or why there is none.

        `progress` is told how many pages are recognised, of how many, on a worker thread.
        """
        return await self._unless_stopped(self._workers.read(self._parser.read, document, progress))

    async def link(self, address: str) -> Feed | list[Article | FailedSource]:
        """What is behind an address: articles, why there is none, or a feed to choose from."""
        try:
            return await self._unless_stopped(self._links.read(address))
        except SourceError as error:
            return [FailedSource(address, str(error), error.hint, error.obstacle)]

    async def hear(self, sound: bytes) -> str:
        """The words of a recording; raises SourceError."""
        return await self._unless_stopped(self._workers.read(self._parser.hear, sound))

    def stop(self) -> None:
        """Have whoever waits for a reader get a Stopping."""
        self._stopping.set()

    async def close(self) -> None:
        """Let go of the connections and end the processes."""
        self.stop()
        try:
            await self._links.close()
        finally:
            await asyncio.to_thread(self._parser.close)

    async def _unless_stopped(self, work: Coroutine[Any, Any, Result]) -> Result:
        reading = asyncio.ensure_future(work)
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait([reading, stopped], return_when=asyncio.FIRST_COMPLETED)
            if self._stopping.is_set():
                raise Stopping
            return reading.result()
        finally:
            stopped.cancel()
            if not reading.done():
                reading.cancel()
            # What comes of it now is nobody's.
            await asyncio.gather(reading, stopped, return_exceptions=True)
