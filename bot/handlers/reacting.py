"""What is kept without being asked has a reaction for its receipt, and no words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from telegram import InlineKeyboardMarkup
from telegram.constants import ReactionEmoji

from bot.handlers.notice import WORTH_TELLING, Notice, Result
from bot.house import House
from bot.libraries import Progress
from bot.sending import Reply
from bot.store.records import Exchange

KEPT = ReactionEmoji.WRITING_HAND
QUIET = "quiet"
"""The detail of an exchange of which nothing is said."""


class Reaction(Notice):
    """Says nothing of an exchange, and marks its message once something of it is kept."""

    async def show(self, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """What is being done is not told."""

    async def waiting(self, work: Awaitable[Result], html: str) -> Result:
        """What comes of the work."""
        return await work

    def progress(
        self,
        loop: asyncio.AbstractEventLoop,
        sentence: str | None = None,
        *,
        worth: int = WORTH_TELLING,
    ) -> Progress:
        """How far it is is not told."""
        return _untold

    async def finish(
        self,
        exchange: Exchange,
        html: str,
        *,
        buttons: InlineKeyboardMarkup | None,
        reply: Reply,
        **values: object,
    ) -> None:
        """React where something was kept, and note that it is done."""
        house = self._house
        if exchange.articles:
            await house.sender.react(exchange.chat_id, exchange.message_id, KEPT)
        await house.workers.records(house.store.exchanges.change, exchange.id, told=True, **values)


def notice_of(house: House, exchange: Exchange) -> Notice:
    """How it is told what becomes of an exchange."""
    return (Reaction if exchange.details.get(QUIET) else Notice)(house, exchange)


def _untold(done: int, total: int) -> None:
    """Nobody is told."""
