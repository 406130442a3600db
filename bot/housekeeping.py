"""Forgets what was kept of groups and channels that the bot is not in any more."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.handlers.belonging import is_in
from bot.handlers.privacy import forget_chat
from bot.house import House
from bot.store.records import KnownChat
from index import StorageError

log = logging.getLogger(__name__)

HOUR = 3600.0
DAY = 24 * HOUR


class Housekeeping:
    """Runs beside the bot. What cannot be done now is done an hour later."""

    def __init__(self, house: House, bot: Bot, clock: Callable[[], float] = time.time) -> None:
        self._house = house
        self._bot = bot
        self._clock = clock
        self._looked = float("-inf")

    async def run(self) -> None:
        """Look through the chats, and again every hour."""
        while True:
            await self.tidy()
            await asyncio.sleep(HOUR)

    async def tidy(self) -> None:
        """Look through the chats once."""
        if abs(self._clock() - self._looked) >= DAY:  # a clock may be set back, too
            self._looked = self._clock()
            await self._look()
        before = self._clock() - self._house.settings.forget_after_days * DAY
        for chat in self._house.chats.left(before):
            try:
                await self._forget(chat, before)
            except StorageError as error:
                log.error("chat not forgotten", extra={"chat": chat.chat_id}, exc_info=error)

    async def _look(self) -> None:
        """Find out where the bot was removed while nobody could tell it."""
        for chat in self._house.chats.shared():
            if await self._is_there(chat.chat_id) is False:
                log.info("chat left meanwhile", extra={"chat": chat.chat_id})
                try:
                    await self._house.chats.mark(chat.chat_id, active=False)
                except StorageError as error:
                    log.error("chat not marked", extra={"chat": chat.chat_id}, exc_info=error)

    async def _forget(self, chat: KnownChat, before: float) -> None:
        house, number = self._house, chat.chat_id
        # There is no way back: Telegram is asked once more.
        there = await self._is_there(number)
        if there is None:
            return
        if there:
            await house.chats.mark(number, active=True)
            return
        async with house.turns.alone(number):
            if chat in house.chats.left(before):
                await forget_chat(house, number)
                log.info("chat forgotten", extra={"chat": number})

    async def _is_there(self, chat_id: int) -> bool | None:
        """Whether the bot is in a chat; None where Telegram cannot be asked now."""
        try:
            return is_in(await self._bot.get_chat_member(chat_id, self._bot.id))
        except (BadRequest, Forbidden, ChatMigrated):
            return False
        except TelegramError:
            return None
