"""Articles are saved, and a receipt is given; a save can be undone or turned into a question."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Update

from bot import render
from bot.clippings import Clipping, Reading
from bot.handlers.notice import Notice
from bot.handlers.pressed import data, exchange_of, keyboard, pressed
from bot.handlers.removing import Removing
from bot.house import House
from bot.sending import Reply
from bot.store.records import Exchange, Kind
from index import Receipt, ReceiptStatus, UnknownArticleError

LONGEST_QUESTION = 700
"""Characters; what is longer cannot have been meant as a question."""

Asked = Callable[[Exchange, str], Awaitable[None]]
"""Answers a question in place of an exchange's receipt."""


class Saving:
    """Saves what messages hold."""

    def __init__(self, house: House, removing: Removing) -> None:
        self._house = house
        self._removing = removing
        self.asked: Asked | None = None
        """Set where the handlers are put together: asking and saving know of one another."""

    async def save(
        self,
        chat_id: int,
        message_id: int,
        readings: Sequence[Reading],
        *,
        asked: bool = False,
        receipt_to: int | None = None,
    ) -> Exchange:
        """Save what came with a message, and tell so; done before, it is not done again.

        `asked` is whether the message asks a question as well; the receipt replies to it, or to
        the message `receipt_to`.
        """
        house = self._house
        exchange = await house.workers.records(
            house.store.exchanges.begin, chat_id, message_id, Kind.SAVE
        )
        if exchange.told:
            return exchange
        async with house.sender.typing(chat_id):
            notice = Notice(house, exchange)
            if not house.libraries.loaded:
                await notice.show(house.texts.loading)
            receipts: list[Receipt] = []
            for reading in readings:
                receipts.append(await self._add(exchange, await reading(), notice, receipts))
            reply = Reply(receipt_to or message_id)
            return await self._tell(exchange, receipts, notice, reply, asked=asked)

    async def save_instead(self, exchange: Exchange, clipping: Clipping) -> None:
        """Save a question's text after all; its answer becomes the receipt."""
        house = self._house
        changed = await house.workers.records(
            house.store.exchanges.change, exchange.id, kind=Kind.SAVE, articles=(), details={}
        )
        async with house.sender.typing(exchange.chat_id):
            notice = Notice(house, changed)
            if exchange.details.get("quote"):
                # What an answer replies to and quotes cannot be edited: the receipt is sent anew.
                await notice.withdraw()
            receipt = await self._add(changed, clipping, notice, ())
            await self._tell(changed, [receipt], notice, Reply(exchange.message_id))

    async def undo(self, update: Update, context: object) -> None:
        """The button "Undo": take the articles of a receipt out again."""
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None:
            return
        removed = await self._removing.remove(press.chat_id, exchange.details.get("added", ()))
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
        if exchange.kind is Kind.ASK and exchange.question and not exchange.details:
            # Interrupted on its way to become an answer.
            await house.sender.acknowledge(press.query)
            await self.asked(exchange, exchange.question)
            return
        try:
            (article,) = exchange.articles
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
        await self._removing.remove(press.chat_id, exchange.articles)
        await self.asked(exchange, question)

    def buttons(
        self, exchange: Exchange, receipts: Sequence[Receipt]
    ) -> InlineKeyboardMarkup | None:
        """The buttons of a receipt."""
        texts = self._house.texts
        if not any(receipt.status is ReceiptStatus.ADDED for receipt in receipts):
            return None
        question = exchange.details.get("maybe_question")
        return keyboard(
            [
                (texts.button_undo, data("undo", exchange.id)),
                (texts.button_question, data("question", exchange.id)) if question else None,
            ]
        )

    async def _add(
        self,
        exchange: Exchange,
        clipping: Clipping,
        notice: Notice,
        before: Sequence[Receipt],
    ) -> Receipt:
        house = self._house
        progress = notice.progress(asyncio.get_running_loop())
        receipt = await house.libraries.add(exchange.chat_id, clipping.source, progress)
        article = receipt.article
        if article is None:
            return receipt
        if (
            receipt.status is ReceiptStatus.KNOWN
            and article.added.timestamp() >= exchange.begun
            and not any(each.article and each.article.id == article.id for each in before)
        ):
            # An earlier attempt at this very message had added it.
            receipt = replace(receipt, status=ReceiptStatus.ADDED)
        pieces = [replace(piece, article_id=article.id) for piece in clipping.pieces]
        await house.workers.records(
            house.store.exchanges.set_pieces, exchange.chat_id, article.id, pieces
        )
        return receipt

    async def _tell(
        self,
        exchange: Exchange,
        receipts: Sequence[Receipt],
        notice: Notice,
        reply: Reply,
        *,
        asked: bool = False,
    ) -> Exchange:
        house = self._house
        articles = [receipt.article for receipt in receipts if receipt.article]
        added = [
            receipt.article.id
            for receipt in receipts
            if receipt.article and receipt.status is ReceiptStatus.ADDED
        ]
        short = len(receipts) == 1 and not asked and await self.is_short(exchange.chat_id, added)
        exchange = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            articles=[article.id for article in articles],
            details={"maybe_question": short, "added": added},
        )
        await notice.finish(
            exchange,
            render.receipt(receipts, house.texts),
            buttons=self.buttons(exchange, receipts),
            reply=reply,
        )
        return exchange

    async def is_short(self, chat_id: int, added: Sequence[int]) -> bool:
        """Whether these are one article, so short that it may have been meant as a question."""
        if len(added) != 1:
            return False
        pieces = await self._house.workers.records(
            self._house.store.exchanges.pieces_of_article, chat_id, added[0]
        )
        text = await self._house.libraries.text(chat_id, added[0])
        return len(text) <= LONGEST_QUESTION and bool(pieces) and pieces[0].end > 0
