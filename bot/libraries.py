"""The library of each chat, asked and changed on worker threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.workers import Workers
from index import (
    Answer,
    Archive,
    Article,
    FailedSource,
    Library,
    Receipt,
    ReceiptStatus,
    StoredArticle,
    Totals,
    UnknownArticleError,
)

PAGES_OF_PASSAGES = 12
"""How many passages of an answer can be paged through."""

EXPORTED_AS = "cuttings"
ARTICLES_AT_ONCE = 200
_NEW = (ReceiptStatus.ADDED, ReceiptStatus.UPDATED)

Progress = Callable[[int, int], None]
"""Told how many passages are encoded, of how many; called on a worker thread."""


class Stopping(Exception):  # noqa: N818
    """The bot is being stopped: what was begun is done again at the next start."""


class Libraries:
    """Each chat's articles, by the chat's id: no call reaches another chat's."""

    def __init__(self, archive: Archive, workers: Workers) -> None:
        self.settings = archive.settings
        self._archive = archive
        self._workers = workers
        self._loaded = asyncio.Event()
        self._stopping = False
        self.grown: asyncio.Queue[int] = asyncio.Queue()
        """The chats whose libraries have got new articles, for who waits for such."""

    async def load(self) -> None:
        """Load the models; raises ModelError."""
        await self._workers.ask(self._archive.load)
        self._loaded.set()

    @property
    def loaded(self) -> bool:
        """Whether the models are ready."""
        return self._loaded.is_set()

    async def wait_until_loaded(self) -> None:
        """Wait for the models."""
        await self._loaded.wait()

    def stop(self) -> None:
        """Have what is being added end soon, by raising Stopping."""
        self._stopping = True

    async def ask(
        self, chat_id: int, question: str, articles: Sequence[int] | None = None
    ) -> Answer:
        """The answer from this chat's articles, or from some of them only."""
        await self.wait_until_loaded()
        library = self._library(chat_id)
        return await self._workers.ask(library.ask, question, articles)

    async def add(
        self, chat_id: int, source: Article | FailedSource, progress: Progress | None = None
    ) -> Receipt:
        """Add an article to this chat's library; raises Stopping when the bot is being stopped."""
        (receipt,) = await self.add_all(chat_id, [source], progress)
        return receipt

    async def add_all(
        self,
        chat_id: int,
        sources: Sequence[Article | FailedSource],
        progress: Progress | None = None,
    ) -> list[Receipt]:
        """Add what was read together, such as a book; a receipt for each, in order.

        `progress` is told of the passages of one article, or of the articles of several. When
        the bot is being stopped Stopping is raised; what was stored by then stays.
        """
        await self.wait_until_loaded()
        alone = len(sources) == 1

        def add() -> list[Receipt]:
            told = self._stoppable(progress if alone else None)
            receipts: list[Receipt] = []
            for receipt in self._library(chat_id).add(sources, told):
                receipts.append(receipt)
                if progress and not alone:
                    progress(len(receipts), len(sources))
            return receipts

        try:
            receipts = await self._workers.change(add)
        except BaseException:
            self.grown.put_nowait(chat_id)  # what was stored by then stays
            raise
        if any(receipt.status in _NEW for receipt in receipts):
            self.grown.put_nowait(chat_id)
        return receipts

    async def newest(self, chat_id: int) -> int:
        """The number of the article that was added last; 0 where there is none."""
        articles = await self._workers.look(self._library(chat_id).articles, 0, 1)
        return articles[0].id if articles else 0

    async def newer(self, chat_id: int, article: int) -> list[int]:
        """The articles with a higher number, those that were added after it."""
        library = self._library(chat_id)

        def newer() -> list[int]:
            found: list[int] = []
            while True:
                page = [each.id for each in library.articles(len(found), ARTICLES_AT_ONCE)]
                found += [each for each in page if each > article]
                if len(page) < ARTICLES_AT_ONCE or page[-1] <= article:
                    return found

        return await self._workers.look(newer)

    async def remove(self, chat_id: int, articles: Sequence[int]) -> list[StoredArticle]:
        """Remove articles, all of them or none; raises UnknownArticleError."""
        return await self._workers.change(self._library(chat_id).remove, articles)

    async def article(self, chat_id: int, article: int) -> StoredArticle:
        """One article without its text; raises UnknownArticleError."""
        return await self._workers.look(self._library(chat_id).article, article)

    async def some(self, chat_id: int, articles: Sequence[int]) -> dict[int, StoredArticle]:
        """Those of these articles that are there, by their ids."""
        library = self._library(chat_id)

        def some() -> dict[int, StoredArticle]:
            found = {}
            for article in dict.fromkeys(articles):
                with suppress(UnknownArticleError):
                    found[article] = library.article(article)
            return found

        return await self._workers.look(some) if articles else {}

    async def text(self, chat_id: int, article: int) -> str:
        """An article's text; raises UnknownArticleError."""
        return await self._workers.look(self._library(chat_id).text, article)

    async def whole(self, chat_id: int, article: int) -> Article:
        """An article as it can be added again; raises UnknownArticleError."""
        return await self._workers.look(self._library(chat_id).whole, article)

    async def page(
        self, chat_id: int, offset: int, limit: int, matching: str | None
    ) -> tuple[list[StoredArticle], int]:
        """A page of the articles, newest first, and how many there are in all."""
        library = self._library(chat_id)

        def page() -> tuple[list[StoredArticle], int]:
            return library.articles(offset, limit, matching), library.count(matching)

        return await self._workers.look(page)

    async def totals(self, chat_id: int) -> Totals:
        """How much there is."""
        return await self._workers.look(self._library(chat_id).totals)

    @asynccontextmanager
    async def exported(self, chat_id: int) -> AsyncIterator[tuple[Path, int]]:
        """The library as a file, for as long as the context lasts, and how many articles it has."""
        with TemporaryDirectory(prefix="cuttings-export-") as folder:
            file = Path(folder) / "cuttings.jsonl"
            # The library's own name has the person's Telegram number in it.
            count = await self._workers.ask(self._library(chat_id).export, file, EXPORTED_AS)
            yield file, count

    async def import_(
        self, chat_id: int, file: Path, progress: Progress | None, each: Callable[[Receipt], None]
    ) -> None:
        """Add the articles of an exported file; `each` is told the receipts, on a worker thread.

        Raises ImportFileError for a line that is no article; what came before it stays.
        """
        await self.wait_until_loaded()

        def run() -> None:
            for receipt in self._library(chat_id).import_(file, self._stoppable(progress)):
                each(receipt)

        try:
            await self._workers.change(run)
        finally:
            self.grown.put_nowait(chat_id)

    async def take_in(
        self, chat_id: int, work: Callable[[Library, Progress], list[Receipt]]
    ) -> list[Receipt]:
        """What `work` adds to this chat's library, in a thread that is free for it.

        When the bot is being stopped Stopping is raised, also out of the progress that it is given.
        """
        await self.wait_until_loaded()
        if self._stopping:
            raise Stopping
        try:
            return await self._workers.change(work, self._library(chat_id), self._stoppable(None))
        finally:
            self.grown.put_nowait(chat_id)

    async def held(self, chat_id: int, addresses: Sequence[str]) -> dict[str, StoredArticle]:
        """Those articles that have one of these addresses, by the address."""
        return await self._workers.look(self._library(chat_id).held, addresses)

    async def move(self, old: int, new: int) -> None:
        """Let a chat have the library of another, which it has become.

        Raises:
            EncoderMismatchError: both have one, with different encoders, and that of the latter
                cannot be loaded.
        """
        await self._workers.change(self._archive.rename, library_name(old), library_name(new))

    async def forget(self, chat_id: int) -> None:
        """Remove the chat's library, whole."""
        await self._workers.change(self._archive.forget, library_name(chat_id))

    def _library(self, chat_id: int) -> Library:
        # One that has no articles yet answers "nothing".
        return self._archive.library_for_adding(library_name(chat_id))

    def _stoppable(self, progress: Progress | None) -> Progress:
        def told(done: int, total: int) -> None:
            if self._stopping:
                raise Stopping
            if progress:
                progress(done, total)

        return told


def library_name(chat_id: int) -> str:
    """The name of a chat's library in the data folder."""
    return f"chat{chat_id}"
