"""The bot from start to end: it says what is wrong, bears with the network and stops when told."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cheap_models import CheapEncoder, MissingEncoder, cheap_archive
from pydantic import SecretStr

from bot import polling, running
from bot.playground import Playground, PlaygroundClient
from bot.running import BotError, Started, run
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.texts import Texts
from index import ModelError

SOON = 15.0
"""Seconds after which a test is given up; each takes far less."""
ANOTHER_TOKEN = "4200000002:AAPlaygroundOnlyNotATokenEither"


@dataclass
class Running:
    """A bot that runs in this event loop."""

    task: asyncio.Task[None]
    stop: asyncio.Event
    started: asyncio.Future[Started]

    async def ended(self) -> None:
        """Wait for its end, which may be an error."""
        await asyncio.wait_for(asyncio.shield(self.task), SOON)


@asynccontextmanager
async def bot(
    data: Path, port: int, token: str, encoder: CheapEncoder | None = None, **settings: Any
) -> AsyncIterator[Running]:
    """A bot that polls what listens at the port, stopped in the end."""
    address = f"http://127.0.0.1:{port}"
    chosen = BotSettings(token=SecretStr(token), api_url=address, **settings)
    stop = asyncio.Event()
    started: asyncio.Future[Started] = asyncio.get_running_loop().create_future()
    store = Store(data)
    with cheap_archive(data, encoder) as archive:
        task = asyncio.create_task(run(chosen, archive, store, stop, started.set_result))
        try:
            yield Running(task, stop, started)
        finally:
            stop.set()
            await asyncio.wait([task], timeout=SOON)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            store.close()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


async def poll(playground: Playground) -> None:
    """What another program does that uses the bot's token."""
    address = f"{playground.base_url}{playground.token}/getUpdates"
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            await client.get(address, params={"timeout": 1})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pauses."""
    monkeypatch.setattr(running, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(running, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(polling, "LOOK_EVERY", 0.05)


def test_a_token_that_telegram_does_not_know_is_told_of_without_being_told(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        with Playground() as playground:
            async with bot(tmp_path, playground.port, ANOTHER_TOKEN) as ran:
                with pytest.raises(BotError, match="token") as caught:
                    await ran.ended()
                assert "BotFather" in caught.value.hint
                assert ANOTHER_TOKEN not in f"{caught.value} {caught.value.hint}"

    asyncio.run(scene())


@pytest.mark.usefixtures("impatient")
def test_a_token_that_is_revoked_ends_the_bot_and_is_told_of(tmp_path: Path) -> None:
    async def scene() -> None:
        with Playground() as first:
            async with bot(tmp_path, first.port, first.token) as ran:
                await asyncio.wait_for(ran.started, SOON)
                await asyncio.sleep(0.1)
                first.stop()
                with (
                    Playground(ANOTHER_TOKEN, port=first.port),
                    pytest.raises(BotError, match="token"),
                ):
                    await ran.ended()

    asyncio.run(scene())


def test_another_program_with_the_same_token_ends_the_bot_and_is_told_of(tmp_path: Path) -> None:
    async def scene() -> None:
        with Playground() as playground:
            async with bot(tmp_path, playground.port, playground.token) as ran:
                await asyncio.wait_for(ran.started, SOON)
                polling = asyncio.create_task(poll(playground))
                with pytest.raises(BotError, match="Another program"):
                    await ran.ended()
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)

    asyncio.run(scene())


@pytest.mark.usefixtures("impatient")
def test_a_network_that_is_down_at_the_start_is_waited_out(tmp_path: Path) -> None:
    async def scene() -> None:
        port = free_port()
        async with bot(tmp_path, port, Playground().token) as ran:
            await asyncio.sleep(0.1)
            assert not ran.task.done()
            with Playground(port=port):
                told = await asyncio.wait_for(ran.started, SOON)
                assert told.username == "cuttings_bot"
                assert told.claim_code
                ran.stop.set()
                await ran.ended()

    asyncio.run(scene())


def test_a_bot_that_reaches_nobody_can_be_stopped(tmp_path: Path) -> None:
    async def scene() -> None:
        async with bot(tmp_path, free_port(), ANOTHER_TOKEN) as ran:
            await asyncio.sleep(0.05)
            ran.stop.set()
            await asyncio.wait_for(asyncio.shield(ran.task), 5)
            assert not ran.started.done()

    asyncio.run(scene())


def test_a_bot_that_cannot_begin_to_poll_can_be_stopped(tmp_path: Path) -> None:
    async def scene() -> None:
        with Playground() as playground, PlaygroundClient(playground.url) as people:
            people.fails("deleteWebhook", "500", 1000)
            async with bot(tmp_path, playground.port, playground.token) as ran:
                await asyncio.wait_for(ran.started, SOON)
                await asyncio.sleep(0.1)
                ran.stop.set()
                await asyncio.wait_for(asyncio.shield(ran.task), 5)

    asyncio.run(scene())


def test_a_model_that_is_not_there_ends_the_bot(tmp_path: Path) -> None:
    async def scene() -> None:
        with Playground() as playground:
            encoder = MissingEncoder()
            async with bot(tmp_path, playground.port, playground.token, encoder=encoder) as ran:
                with pytest.raises(ModelError):
                    await ran.ended()

    asyncio.run(scene())


def test_polls_without_an_answer_are_begun_anew_and_nothing_is_lost_or_said_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(polling, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(polling, "SILENT_FOR", 0.04)

    async def scene() -> None:
        with Playground() as playground, PlaygroundClient(playground.url) as people:
            names = ("Ann", "Ben", "Cleo")
            async with bot(tmp_path, playground.port, playground.token, access="everyone") as ran:
                await asyncio.wait_for(ran.started, SOON)
                for name in names * 2:
                    people.person(name).sends("/help")
                    await asyncio.sleep(0.07)
                for name in names:
                    person = people.person(name)
                    while len(person.messages()) < 4:
                        await asyncio.sleep(0.02)
                await asyncio.sleep(0.1)
                ran.stop.set()
                await ran.ended()
            for name in names:
                said = sorted(each["text"][:5] for each in people.person(name).messages())
                assert said == sorted(["/help", Texts().help[:5]] * 2)

    with caplog.at_level(logging.WARNING, "bot.polling"):
        asyncio.run(asyncio.wait_for(scene(), SOON))
    assert sum("silent" in record.getMessage() for record in caplog.records) > 2
