"""How fast the bot may write: Telegram's limits, kept for each chat by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram._utils.types import JSONDict
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

log = logging.getLogger(__name__)

PACED = ("send", "edit", "copy", "forward")
NOT_PACED = frozenset({"sendChatAction"})
OVERALL = (28, 1.0)
"""Calls in so many seconds; Telegram allows 30 a second."""
PRIVATE = (3, 3.0)
"""One a second, and two more at once, which Telegram lets pass."""
GROUP = (18, 60.0)
"""Telegram allows a group 20 a minute."""
MOST_WAITS = 5
MARGIN = 0.1
"""Seconds waited beyond what Telegram asks for."""
MOST_CHATS = 1000
"""Chats remembered before those that are at rest are dropped."""

Call = Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]]


class Pace(BaseRateLimiter[int]):
    """Waits before a call where a limit asks for it, and after Telegram has said how long.

    A chat that has to wait holds up no other chat.
    """

    def __init__(
        self,
        overall: tuple[float, float] = OVERALL,
        private: tuple[float, float] = PRIVATE,
        group: tuple[float, float] = GROUP,
    ) -> None:
        """Each limit is a number of calls and the seconds in which they may be made."""
        self._overall = AsyncLimiter(*overall)
        self._private = private
        self._group = group
        self._chats: dict[object, AsyncLimiter] = {}
        self._waits: dict[object, float] = {}
        """Until when, in the time of the loop, Telegram wants to hear nothing for a chat."""

    async def initialize(self) -> None:
        """Nothing has to be made ready."""

    async def shutdown(self) -> None:
        """Nothing has to be let go."""

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Make a call; raises RetryAfter only when Telegram has asked for patience too often."""
        chat = data.get("chat_id")
        paced = chat is not None and endpoint.startswith(PACED) and endpoint not in NOT_PACED
        waits = 0
        while True:
            if paced:
                await self._wait_as_told(chat)
                await self._limiter(chat).acquire()
                await self._overall.acquire()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                waits += 1
                if waits > (rate_limit_args or MOST_WAITS):
                    raise
                seconds = _seconds(error) + MARGIN
            log.info("asked to wait", extra={"call": endpoint, "seconds": seconds})
            if paced:
                until = asyncio.get_running_loop().time() + seconds
                self._waits[chat] = max(until, self._waits.get(chat, 0.0))
            else:
                await asyncio.sleep(seconds)

    async def _wait_as_told(self, chat: object) -> None:
        while (until := self._waits.get(chat)) is not None:
            seconds = until - asyncio.get_running_loop().time()
            if seconds <= 0:
                del self._waits[chat]
            else:
                await asyncio.sleep(seconds)

    def _limiter(self, chat: object) -> AsyncLimiter:
        if len(self._chats) > MOST_CHATS:
            self._chats = {
                known: limiter
                for known, limiter in self._chats.items()
                if not limiter.has_capacity(limiter.max_rate)
            }
        if chat not in self._chats:
            private = isinstance(chat, int) and chat > 0
            self._chats[chat] = AsyncLimiter(*(self._private if private else self._group))
        return self._chats[chat]


def _seconds(error: RetryAfter) -> float:
    # The public property warns that it will be of another type.
    return error._retry_after.total_seconds()
