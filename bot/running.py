"""Runs the bot from its first poll to its last reply."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.application import UPDATES, Bot, build
from bot.handlers.alerts import Alerts
from bot.house import House
from bot.housekeeping import Housekeeping
from bot.menus import set_menus
from bot.polling import Polling
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from index import Archive, CuttingsError, StorageError

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
TIME_TO_FINISH = 8.0
"""Seconds for what is being answered when the bot is stopped; the rest is replayed later."""


class BotError(CuttingsError):
    """The bot cannot run; the hint says what its owner has to do."""


@dataclass(frozen=True, slots=True)
class Started:
    """What the owner is told once Telegram has been reached."""

    username: str
    claim_code: str | None
    """Who sends it to the bot first becomes its owner; None when there is one."""


async def run(
    settings: BotSettings,
    archive: Archive,
    store: Store,
    stop: asyncio.Event,
    started: Callable[[Started], None],
) -> None:
    """Run until `stop` is set.

    Raises:
        BotError: the token is wrong, or another program uses it.
        ModelError: a model cannot be loaded.
        StorageError: the bot's own records cannot be read.
    """
    if not TOKEN.fullmatch(settings.token.get_secret_value()):
        raise _unknown_token()
    application, house, inbox, request = build(settings, archive, store)
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def fail(error: BaseException) -> None:
        if not ended.done():
            ended.set_exception(error)

    polling = Polling(application, request, UPDATES, lambda: fail(_conflict()))
    try:
        await house.access.load()
        await house.chats.load()
        await _reach(application, stop)
        if stop.is_set():
            return
        started(Started(application.bot.username, house.access.claim_code))
        async with _running(application, house), _tasks() as tasks:
            tasks.append(asyncio.create_task(_guarded(house.libraries.load(), fail)))
            replayed = await inbox.replay(application.bot)
            log.info("started", extra={"replayed": replayed})
            tasks.append(asyncio.create_task(_guarded(polling.run(), fail)))
            tasks.append(asyncio.create_task(set_menus(application.bot)))
            housekeeping = Housekeeping(house, application.bot)
            tasks.append(asyncio.create_task(_guarded(housekeeping.run(), fail)))
            tasks.append(asyncio.create_task(_guarded(Alerts(house).run(), fail)))
            stopped = asyncio.create_task(stop.wait())
            tasks.append(stopped)
            waiting: list[asyncio.Future[Any]] = [ended, stopped]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            house.turns.closing = True
            house.libraries.stop()
            house.readers.stop()
        if ended.done():
            ended.result()
    except InvalidToken:
        raise _unknown_token() from None
    finally:
        ended.cancel()
        house.trash.close()
        with suppress(StorageError):
            await house.workers.records(store.settle)
        await application.shutdown()
        for connections in (application.bot.request, request):
            await connections.shutdown()  # which the line above leaves open if it was refused
        await house.readers.close()  # which ends what the threads below wait for
        await asyncio.to_thread(house.workers.close)
        log.info("stopped")


async def _reach(application: Bot, stop: asyncio.Event) -> None:
    """Ask Telegram who the bot is, for as long as it takes to get an answer."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await application.initialize()
            return
        except (NetworkError, RetryAfter) as error:
            log.warning("telegram cannot be reached", extra={"again_in": pause}, exc_info=error)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(LONGEST_PAUSE, pause * 2)


@asynccontextmanager
async def _running(application: Bot, house: House) -> AsyncIterator[None]:
    """The application started; in the end it gets some time to finish what it has begun."""
    await application.start()
    try:
        yield
    finally:
        house.turns.closing = True
        try:
            await asyncio.wait_for(application.stop(), TIME_TO_FINISH)
        except asyncio.TimeoutError:
            log.warning("stopped in the middle of something")


@asynccontextmanager
async def _tasks() -> AsyncIterator[list[asyncio.Task[Any]]]:
    """Tasks that end with the context."""
    tasks: list[asyncio.Task[Any]] = []
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _guarded(
    work: Coroutine[object, object, None], fail: Callable[[BaseException], None]
) -> None:
    try:
        await work
    except Exception as error:  # told by whoever runs the bot
        fail(error)


def _unknown_token() -> BotError:
    return BotError(
        "Telegram does not know this token.",
        "Copy it anew from @BotFather: token under [bot] in config.toml, or the variable "
        "CUTTINGS_BOT__TOKEN.",
    )


def _conflict() -> BotError:
    return BotError(
        "Another program is using this bot's token.",
        "Stop it first: two programs cannot share one bot. If you know of none, take a new token "
        "from @BotFather (/revoke), as somebody else may have yours.",
    )
