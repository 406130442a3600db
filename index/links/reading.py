"""A link -> the article behind it, or the feed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol
from urllib.parse import unquote, urlsplit

from index.addresses import clean_address
from index.errors import SourceError
from index.links.feeds import is_feed
from index.links.fetching import Fetched, Fetcher
from index.links.resolving import Resolver
from index.obstacles import Obstacle
from index.records import Article, Document, FailedSource, Feed
from index.settings import IndexSettings


class DocumentParser(Protocol):
    """What reads documents, in processes of its own; safe for many threads."""

    def read(self, document: Document) -> list[Article | FailedSource]:
        """The articles of a document, or why there is none."""

    def feed(self, document: Document) -> Feed:
        """The articles that a feed tells of; raises SourceError."""


class LinkReader:
    """Opens links and reads what is behind them; many may be read side by side."""

    def __init__(
        self, settings: IndexSettings, parser: DocumentParser, resolver: Resolver | None = None
    ) -> None:
        """`resolver` finds the addresses of a name; without one the system does."""
        self._fetcher = Fetcher(settings, resolver)
        self._parser = parser
        # Each only waits for a parser process.
        self._waiting = ThreadPoolExecutor(settings.parser_processes + 1, "links")

    async def read(self, address: str) -> Feed | list[Article | FailedSource]:
        """What is behind an address: articles, why there is none, or a feed to choose from."""
        try:
            fetched = await self._fetcher.fetch(clean_address(address))
            document = _document(fetched)
            if is_feed(document):
                return await self._feed(address, document)
        except SourceError as error:
            return [FailedSource(address, str(error), error.hint, error.obstacle)]
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._waiting, self._parser.read, document)
        return [_placed(source, address, alone=len(found) == 1) for source in found]

    async def close(self) -> None:
        """Let go of the connections; what is being read ends by itself."""
        await self._fetcher.close()
        self._waiting.shutdown(wait=False, cancel_futures=True)

    async def _feed(self, address: str, document: Document) -> Feed | list[Article | FailedSource]:
        loop = asyncio.get_running_loop()
        feed = await loop.run_in_executor(self._waiting, self._parser.feed, document)
        if feed.entries:
            return feed
        return [
            FailedSource(
                address,
                "This feed names no articles.",
                "Open the site itself, and send the link of an article.",
                Obstacle.LIST,
            )
        ]


def _document(fetched: Fetched) -> Document:
    name = unquote(urlsplit(fetched.address).path).rpartition("/")[2]
    return Document(
        data=fetched.data,
        name=name,
        address=fetched.address,
        media_type=fetched.media_type,
        charset=fetched.charset,
    )


def _placed(source: Article | FailedSource, address: str, *, alone: bool) -> Article | FailedSource:
    if isinstance(source, FailedSource):
        return replace(source, source=address) if alone else source
    # Only an article that is all there is behind an address can be known by it.
    return source if alone else replace(source, address=None)
