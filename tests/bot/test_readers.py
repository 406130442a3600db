"""Reading goes on beside everything else, and ends when the bot is stopped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from scene import Web, story, web

from bot.libraries import Stopping
from bot.readers import Readers
from bot.workers import Workers
from index import Article, Document, FailedSource, IndexSettings, LinkReader, Obstacle, Parser

SOON = 5.0
HANGS = Document(b"hang")


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


@asynccontextmanager
async def readers(worker: str = "spelled_worker", **more: Any) -> AsyncIterator[Readers]:
    settings = IndexSettings(**{"allowed_hosts": ("127.0.0.1",), **more})
    workers = Workers(1)
    parser = Parser(settings, worker=worker)
    made = Readers(parser, LinkReader(settings, parser), workers)
    try:
        yield made
    finally:
        await made.close()
        await asyncio.to_thread(workers.close)


def test_a_document_that_hangs_holds_up_neither_others_nor_the_event_loop() -> None:
    async def scene() -> None:
        async with readers() as opened:
            hanging = asyncio.create_task(opened.document(HANGS))
            await asyncio.sleep(0.05)
            (read,) = await asyncio.wait_for(opened.document(Document(b"The mill.")), SOON)
            assert isinstance(read, Article)
            assert not hanging.done()
            opened.stop()
            with pytest.raises(Stopping):
                await hanging

    asyncio.run(scene())


@pytest.mark.parametrize("what", ["document", "voice", "link"])
def test_whoever_waits_when_the_bot_is_stopped_gets_to_know_at_once(site: Web, what: str) -> None:
    async def scene() -> None:
        link = site.has("/mill", story("The mill", "mill"))
        site.holds("/mill")
        begun = time.monotonic()
        async with readers() as opened:
            waits: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
                "document": lambda: opened.document(HANGS),
                "voice": lambda: opened.hear(b"hang"),
                "link": lambda: opened.link(link),
            }
            task = asyncio.ensure_future(waits[what]())
            await asyncio.sleep(0.3)
            assert not task.done()
            opened.stop()
            with pytest.raises(Stopping):
                await asyncio.wait_for(task, SOON)
        assert time.monotonic() - begun < SOON

    asyncio.run(scene())


def test_nothing_is_begun_any_more_once_the_bot_is_being_stopped() -> None:
    async def scene() -> None:
        async with readers() as opened:
            opened.stop()
            with pytest.raises(Stopping):
                await opened.document(Document(b"The mill."))

    asyncio.run(scene())


def test_who_reads_nothing_starts_no_process_and_closes_at_once() -> None:
    async def scene() -> None:
        begun = time.monotonic()
        async with readers("no_such_module"):
            pass
        assert time.monotonic() - begun < 1

    asyncio.run(scene())


def test_a_document_whose_process_ends_costs_that_document_only() -> None:
    async def scene() -> None:
        async with readers(parser_seconds=0.5) as opened:
            (failed,) = await opened.document(HANGS)
            assert isinstance(failed, FailedSource)
            assert failed.obstacle is Obstacle.TOO_HARD
            (read,) = await opened.document(Document(b"The mill."))
            assert isinstance(read, Article)

    asyncio.run(scene())


def test_pages_are_read_by_the_same_processes(site: Web) -> None:
    async def scene() -> None:
        link = site.has("/mill", "The mill of Tarn", "text/plain")
        async with readers() as opened:
            found = await opened.link(link)
            assert isinstance(found, list)
            (read,) = found
            assert isinstance(read, Article)
            assert read.text == "The mill of Tarn"

    asyncio.run(scene())
