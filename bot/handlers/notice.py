"""The bot's one message about something that takes time: a notice first, in the end the result."""

from __future__ import annotations

import asyncio
import time

from telegram import InlineKeyboardMarkup

from bot.house import House
from bot.libraries import Progress
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Exchange

WORTH_TELLING = 60
"""Passages; fewer are encoded before anybody grows impatient."""
BETWEEN_EDITS = 3.0
"""Seconds."""


class Notice:
    """The reply of an exchange: sent once, then edited, also after a restart."""

    def __init__(self, house: House, exchange: Exchange) -> None:
        self._house = house
        self._exchange = exchange
        self._message_id = exchange.reply_id
        self._told_at = 0.0
        self._showing: asyncio.Task[None] | None = None

    async def show(self, html: str) -> None:
        """Say what is being done."""
        chat = self._exchange.chat_id
        if self._message_id is not None:
            await self._house.sender.edit(chat, self._message_id, html)
            return
        reply = Reply(self._exchange.message_id)
        self._message_id = await self._house.sender.send(chat, html, reply=reply)
        await self._house.workers.records(
            self._house.store.exchanges.change, self._exchange.id, reply_id=self._message_id
        )

    def progress(self, loop: asyncio.AbstractEventLoop, sentence: str | None = None) -> Progress:
        """Tells how far the encoding is; to be called on a worker thread."""
        said = sentence or self._house.texts.reading_progress

        def told(done: int, total: int) -> None:
            now = time.monotonic()
            if WORTH_TELLING <= total != done and now - self._told_at >= BETWEEN_EDITS:
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
