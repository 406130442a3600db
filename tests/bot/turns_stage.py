"""Turns, and handlers that tell what they do."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Coroutine
from typing import Any

from telegram import Update

from bot.telegram_settings import BotSettings
from bot.turns import Turns

QUIET = 0.05
LONG = 10
"""Seconds for which nothing here may have to wait."""
FULL, LAST = ("word " * 815).strip(), "The end of it."
ORIGIN = {"type": "hidden_user", "sender_user_name": "Agnes", "date": 1}


class Stage:
    """Turns, and handlers that tell what they do and wait until they are let go."""

    def __init__(self, *, quiet: float = QUIET, comment: float = 0.0) -> None:
        settings = BotSettings(quiet_seconds=quiet, comment_seconds=comment)
        self.turns = Turns(settings, self._finish)
        self.told: list[str] = []
        self.finished: list[list[int]] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.handlers: list[Coroutine[Any, Any, None]] = []

    def comes(
        self, given: object, *, held: bool = False, gathers: bool = False
    ) -> asyncio.Task[None]:
        """Have an update processed as the application does; a held one waits for its gate."""
        number = given.update_id if isinstance(given, Update) else 0
        if held:
            self.gates[number] = asyncio.Event()
        handler = self._handle(given, number, gathers)
        self.handlers.append(handler)
        return asyncio.create_task(self.turns.process_update(given, handler))

    async def _handle(self, given: object, number: int, gathers: bool) -> None:
        self.told.append(f"{number} begins")
        if gathers and isinstance(given, Update):
            messages = await self.turns.gather(given)
            self.told.append(f"{number} has {[each.message_id for each in messages]}")
        if number in self.gates:
            await self.gates[number].wait()
        self.told.append(f"{number} ends")

    async def _finish(self, update_ids: list[int]) -> None:
        self.told.append(f"{update_ids} done")
        self.finished.append(list(update_ids))

    def is_at_rest(self) -> bool:
        """Whether nothing is remembered of what is over, and no handler is left lying about."""
        turns = self.turns
        closed = [inspect.getcoroutinestate(each) == inspect.CORO_CLOSED for each in self.handlers]
        return not (turns._locks or turns._open or turns._groups) and all(closed)


async def moments(count: int = 20) -> None:
    """Let everything happen that waits for nothing."""
    for _ in range(count):
        await asyncio.sleep(0)
