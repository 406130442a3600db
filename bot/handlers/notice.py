"""The bot's one message about something that takes time: a notice first, in the end the result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import TypeVar

from telegram import InlineKeyboardMarkup

from bot.house import House
from bot.libraries import Progress
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Exchange

WORTH_TELLING = 60
"""Passages; fewer are encoded before anybody grows impatient."""
WORTH_COUNTING = 3
"""Pages, pictures or articles; each of them takes its time."""
BETWEEN_EDITS = 3.0
"""Seconds."""
PATIENCE = 3.0
"""Seconds without a word."""

Result = TypeVar("Result")


class Notice:
    """The reply of an exchange: sent once, then edited, also after a restart."""

    def __init__(self, house: House, exchange: Exchange) -> None:
        self._house = house
        self._exchange = exchange
        self._message_id = exchange.reply_id
        self._told_at = 0.0
        self._showing: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    async def show(self, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Say what is being done."""
        chat = self._exchange.chat_id
        async with self._turn:
            if self._message_id is not None:
                await self._house.sender.edit(chat, self._message_id, html, buttons=buttons)
                return
            reply = Reply(self._exchange.message_id)
            self._message_id = await self._house.sender.send(
                chat, html, reply=reply, buttons=buttons
            )
            await self._house.workers.records(
                self._house.store.exchanges.change, self._exchange.id, reply_id=self._message_id
            )

    async def waiting(self, work: Awaitable[Result], html: str) -> Result:
        """What comes of the work; after some seconds, what is being done is said."""
        task = asyncio.ensure_future(work)
        try:
            done, _ = await asyncio.wait([task], timeout=PATIENCE)
            if not done and self._message_id is None and self._showing is None:
                await self.show(html)
            return await task
        finally:
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    def progress(
        self,
        loop: asyncio.AbstractEventLoop,
        sentence: str | None = None,
        *,
        worth: int = WORTH_TELLING,
    ) -> Progress:
        """Tells how far it is, of `worth` things or more; may be called on a worker thread."""
        said = sentence or self._house.texts.reading_progress

        def told(done: int, total: int) -> None:
            now = time.monotonic()
            if worth <= total != done and now - self._told_at >= BETWEEN_EDITS:
                self._told_at = now
                loop.call_soon_threadsafe(self._begin_showing, said, done * 100 // total)

        return told

    async def finish(
        self,
        exchange: Exchange,
        html: str,
        *,
        buttons: InlineKeyboardMarkup | None,
        reply: Reply,
        **values: object,
    ) -> None:
        """Say the result, and note that it was said, with other values of the exchange."""
        house = self._house
        if self._showing:
            await asyncio.gather(self._showing, return_exceptions=True)
        sent = self._message_id
        if sent is None or not await house.sender.edit(
            exchange.chat_id, sent, html, buttons=buttons
        ):
            sent = await house.sender.send(exchange.chat_id, html, reply=reply, buttons=buttons)
        await house.workers.records(
            house.store.exchanges.change, exchange.id, reply_id=sent, told=True, **values
        )

    async def withdraw(self) -> None:
        """Delete what was said, so that the result is a message of its own."""
        if self._message_id is not None:
            await self._house.sender.delete(self._exchange.chat_id, self._message_id)
            self._message_id = None

    def _begin_showing(self, sentence: str, percent: int) -> None:
        if self._showing is None or self._showing.done():
            text = fill(sentence, percent=percent)
            self._showing = asyncio.create_task(self.show(text))
