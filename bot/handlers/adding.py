"""What was read goes into the library, and a receipt tells what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot import render
from bot.clippings import Clipping, Reading
from bot.handlers.allowance import allowed, person_of
from bot.handlers.notice import WORTH_COUNTING, WORTH_TELLING, Notice
from bot.handlers.pressed import data, keyboard
from bot.house import House
from bot.occasion import topic_in
from bot.sending import Reply
from bot.store.records import Exchange
from index import Format, Receipt, ReceiptStatus, StoredArticle, UnknownArticleError

LONGEST_QUESTION = 700
"""Characters; what is longer cannot have been meant as a question."""
BEGINNING = 600
"""Characters of an article that its first lines are taken from."""
_RECOGNISED = (Format.PICTURE, Format.SCAN)


class Adding:
    """Adds what was read, for whatever it was that led to it."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def read(self, reading: Reading, notice: Notice) -> Clipping:
        """What a reading gives; who waits for it is told so."""
        progress = notice.progress(asyncio.get_running_loop(), worth=WORTH_COUNTING)
        return await notice.waiting(reading(progress), self._house.texts.reading)

    async def add(
        self,
        exchange: Exchange,
        clipping: Clipping,
        notice: Notice,
        before: Sequence[Receipt] = (),
        *,
        since: float | None = None,
    ) -> list[Receipt]:
        """Add what was read; a receipt for each of its articles.

        What an earlier attempt had added, at the earliest at `since`, is new all the same, but
        not what is in the receipts `before`.
        """
        house, chat = self._house, exchange.chat_id
        worth = WORTH_TELLING if len(clipping.sources) == 1 else WORTH_COUNTING
        progress = notice.progress(asyncio.get_running_loop(), worth=worth)
        receipts = list(before)
        sources = await allowed(house, exchange, clipping.sources)
        for given in await house.libraries.add_all(chat, sources, progress):
            receipt, article = given, given.article
            if article is None:
                receipts.append(receipt)
                continue
            if (
                receipt.status is ReceiptStatus.KNOWN
                and article.added.timestamp() >= (since or exchange.begun)
                and not any(each.article and each.article.id == article.id for each in receipts)
            ):
                # An earlier attempt at this very message had added it.
                receipt = replace(receipt, status=ReceiptStatus.ADDED)
            topic = topic_in(chat)
            pieces = [
                replace(piece, article_id=article.id, thread_id=topic) for piece in clipping.pieces
            ]
            exchanges = house.store.exchanges
            if receipt.replaced is not None and receipt.replaced != article.id:
                old = receipt.replaced
                await house.workers.records(exchanges.renumber, chat, old, article.id, stale=True)
                await house.workers.records(exchanges.forget_articles, chat, [old])
            # In a group who sends what is kept already has no hold on it.
            again = chat < 0 and receipt.status is ReceiptStatus.KNOWN
            quoted = any(piece.end for piece in pieces)
            if not again and (quoted or not await self._is_quotable(article, chat)):
                await house.workers.records(exchanges.set_pieces, chat, article.id, pieces)
            receipts.append(receipt)
        new = receipts[len(before) :]
        added = sum(receipt.status is ReceiptStatus.ADDED for receipt in new)
        house.fairness.added(person_of(exchange), added)
        return new

    async def tell(
        self,
        exchange: Exchange,
        receipts: Sequence[Receipt],
        notice: Notice,
        reply: Reply,
        *,
        asked: bool = False,
        dropping: str | None = None,
    ) -> Exchange:
        """Give the receipt; `asked` is whether a question came with what was sent.

        The detail `dropping` is kept until the receipt is given.
        """
        house = self._house
        articles = dict.fromkeys(each.article.id for each in receipts if each.article)
        added = [
            receipt.article.id
            for receipt in receipts
            if receipt.article and receipt.status is ReceiptStatus.ADDED
        ]
        short = len(receipts) == 1 and not asked and await self.is_short(exchange.chat_id, added)
        exchange = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            articles=list(articles),
            details={**exchange.details, "maybe_question": short, "added": added},
        )
        beginning = await self._beginning(exchange.chat_id, receipts)
        await notice.finish(
            exchange,
            render.receipt(receipts, house.texts, beginning=beginning),
            buttons=self.buttons(exchange, receipts),
            reply=reply,
            details={key: each for key, each in exchange.details.items() if key != dropping},
        )
        return exchange

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

    async def is_short(self, chat_id: int, added: Sequence[int]) -> bool:
        """Whether these are one article, so short that it may have been meant as a question."""
        if len(added) != 1:
            return False
        pieces = await self._house.workers.records(
            self._house.store.exchanges.pieces_of_article, chat_id, added[0]
        )
        text = await self._house.libraries.text(chat_id, added[0])
        return len(text) <= LONGEST_QUESTION and bool(pieces) and pieces[0].end > 0

    async def _is_quotable(self, article: StoredArticle, chat_id: int) -> bool:
        """Whether its words stand in messages: they are quoted, whatever it was read from since."""
        pieces = await self._house.workers.records(
            self._house.store.exchanges.pieces_of_article, chat_id, article.id
        )
        return any(piece.end for piece in pieces)

    async def _beginning(self, chat_id: int, receipts: Sequence[Receipt]) -> str:
        """The first lines of what was recognised in a picture."""
        article = receipts[0].article if len(receipts) == 1 else None
        if article is None or article.format not in _RECOGNISED:
            return ""
        try:
            text = await self._house.libraries.text(chat_id, article.id)
        except UnknownArticleError:
            return ""
        return text[:BEGINNING]
