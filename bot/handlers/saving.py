"""Articles are saved, and a receipt is given; a save can be undone or turned into a question."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from typing import Any

from telegram import Message, Update

from bot.clippings import Clipping, Reading
from bot.handlers.adding import Adding
from bot.handlers.notice import Notice
from bot.handlers.pressed import exchange_of, may_decide, pressed
from bot.handlers.reacting import QUIET, notice_of
from bot.handlers.removing import Removing
from bot.handlers.scope import speaker_of
from bot.house import House
from bot.sending import Reply
from bot.store.records import Exchange, Kind
from index import Receipt, UnknownArticleError

SINCE = "since"
"""The detail of what was a question that tells from when on it is saved: Unix seconds."""
Asked = Callable[[Exchange, str], Awaitable[None]]
"""Answers a question in place of an exchange's receipt."""


class Saving:
    """Saves what messages hold."""

    def __init__(self, house: House, adding: Adding, removing: Removing) -> None:
        self._house = house
        self._adding = adding
        self._removing = removing
        self.asked: Asked | None = None
        """Set where the handlers are put together: asking and saving know of one another."""

    async def save(
        self,
        message: Message,
        readings: Sequence[Reading],
        *,
        asked: bool = False,
        receipt_to: int | None = None,
        quiet: bool = False,
    ) -> Exchange:
        """Save what came with a message, and tell so; done before, it is not done again.

        `asked` is whether the message asks a question as well; the receipt replies to it, or to
        the message `receipt_to`. What is kept `quiet` has a reaction for its receipt.
        """
        house, chat, number = self._house, message.chat.id, message.message_id
        details = {"by": speaker_of(message), **({QUIET: True} if quiet else {})}
        exchange = await house.workers.records(
            house.store.exchanges.begin, chat, number, Kind.SAVE, details=details
        )
        if exchange.told:
            return exchange
        async with nullcontext() if quiet else house.sender.typing(chat):
            notice = notice_of(house, exchange)
            if not house.libraries.loaded:
                await notice.show(house.texts.loading)
            receipts: list[Receipt] = []
            for reading in readings:
                clipping = await self._adding.read(reading, notice)
                receipts += await self._adding.add(exchange, clipping, notice, receipts)
            reply = Reply(receipt_to or number)
            return await self._adding.tell(exchange, receipts, notice, reply, asked=asked)

    async def save_instead(self, exchange: Exchange, clipping: Clipping) -> None:
        """Save a question's text after all; its answer becomes the receipt."""
        house = self._house
        # What others have sent since it was asked is not added by this.
        since = float(exchange.details.get(SINCE) or time.time())
        changed = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            kind=Kind.SAVE,
            articles=(),
            details={**said_by(exchange), SINCE: since},
        )
        async with house.sender.typing(exchange.chat_id):
            notice = Notice(house, changed)
            if exchange.details.get("quote"):
                # What an answer replies to and quotes cannot be edited: the receipt is sent anew.
                await notice.withdraw()
            receipts = await self._adding.add(changed, clipping, notice, since=since)
            await self._adding.tell(changed, receipts, notice, Reply(exchange.message_id))

    async def undo(self, update: Update, context: object) -> None:
        """The button "Undo": take the articles of a receipt out again."""
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None:
            return
        if not await may_decide(self._house, press, by=exchange.details.get("by")):
            return
        added = exchange.details.get("added", ())
        removed = await self._removing.remove(press.chat_id, added, by=press.user_id)
        if not removed:
            await self._house.sender.acknowledge(
                press.query, self._house.texts.alert_nothing_to_undo
            )
            return
        await self._house.sender.acknowledge(press.query)
        await self._removing.tell(press.chat_id, press.message_id, removed, exchange)

    async def was_question(self, update: Update, context: object) -> None:
        """The button "It was a question": take the article out and answer its text."""
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None or self.asked is None:
            return
        house = self._house
        if not await may_decide(house, press, by=exchange.details.get("by")):
            return
        unanswered = exchange.kind is Kind.ASK and exchange.details == said_by(exchange)
        if exchange.question and unanswered:
            # Interrupted on its way to become an answer.
            await house.sender.acknowledge(press.query)
            await self.asked(exchange, exchange.question)
            return
        try:
            # What was kept before already is somebody else's, as is what a question is asked of.
            (article,) = exchange.details.get("added", ())
            question = await house.libraries.text(press.chat_id, article)
        except (UnknownArticleError, ValueError):
            if exchange.question:  # interrupted when its article had gone
                await house.sender.acknowledge(press.query)
                await self.asked(exchange, exchange.question)
                return
            await house.sender.acknowledge(press.query, house.texts.alert_nothing_to_undo)
            return
        await house.sender.acknowledge(press.query)
        # The question is kept before its article goes.
        await house.workers.records(house.store.exchanges.change, exchange.id, question=question)
        await self._removing.remove(press.chat_id, [article], by=press.user_id, asked=True)
        await self.asked(exchange, question)


def said_by(exchange: Exchange) -> dict[str, Any]:
    """Who sent what an exchange is about, as its details tell."""
    return {name: each for name, each in exchange.details.items() if name == "by"}
