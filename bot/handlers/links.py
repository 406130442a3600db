"""The links of a message: opened side by side, with a receipt for each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from telegram import Message

from bot.addresses import fingerprint
from bot.clippings import Clipping
from bot.handlers import notice as notices
from bot.handlers.adding import Adding
from bot.handlers.feeds import FEED, Feeds
from bot.handlers.notice import Notice
from bot.handlers.reacting import QUIET, notice_of
from bot.handlers.scope import speaker_of
from bot.house import House
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Exchange, Kind, Piece
from index import Article, FailedSource, Feed, Receipt, ReceiptStatus, StoredArticle

MOST_LINKS = 20
"""Of a message."""
LINK = "link"
"""The detail of an exchange that tells of which link it is."""
_FURTHER = "further"

Opened = Feed | list[Article | FailedSource]


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a message, and what it has led to so far."""

    address: str
    exchange: Exchange


class Links:
    """Opens links."""

    def __init__(self, house: House, adding: Adding, feeds: Feeds) -> None:
        self._house = house
        self._adding = adding
        self._feeds = feeds

    async def save(
        self,
        message: Message,
        addresses: Sequence[str],
        *,
        asked: bool = False,
        held_by: int | None = None,
        quiet: bool = False,
    ) -> list[int]:
        """Save what is behind the links of a message, and tell so of each; the articles.

        What was told before, by an attempt that was cut off or before the message was edited,
        is not told again. `held_by` is the message that the links stand in, where it is another.
        What is kept `quiet` has a reaction for its receipt.
        """
        house, chat = self._house, message.chat.id
        wanted = list(dict.fromkeys(addresses))
        links = await self._begun(message, wanted[:MOST_LINKS], quiet=quiet)
        waiting = [link for link in links if not link.exchange.told]
        told: dict[str, Exchange] = {}
        if waiting:
            piece = Piece(chat, held_by or message.message_id, 0, 0, 0)
            async with nullcontext() if quiet else house.sender.typing(chat):
                told = await self._open(message, waiting, piece, asked=asked)
        if len(wanted) > MOST_LINKS and not quiet:
            await self._tell_of_further(message)
        exchanges = [told.get(link.address, link.exchange) for link in links]
        return list(dict.fromkeys(each for one in exchanges for each in one.articles))

    async def _begun(
        self, message: Message, addresses: Sequence[str], *, quiet: bool
    ) -> list[Link]:
        """The exchange of each link: that of an earlier attempt, or a new one."""
        house, chat, number = self._house, message.chat.id, message.message_id
        exchanges = house.store.exchanges
        there = await house.workers.records(exchanges.parts_of_message, chat, number, Kind.SAVE)
        by_link = {each.details.get(LINK): each for each in there}
        following = max((each.part for each in there), default=-1) + 1
        links = []
        for address in addresses:
            key = fingerprint(address)
            exchange = by_link.get(key)
            if exchange is None:
                details = {LINK: key, "by": speaker_of(message), **({QUIET: True} if quiet else {})}
                exchange = await house.workers.records(
                    exchanges.begin, chat, number, Kind.SAVE, part=following, details=details
                )
                following += 1
            links.append(Link(address, exchange))
        return links

    async def _open(
        self, message: Message, links: Sequence[Link], piece: Piece, *, asked: bool
    ) -> dict[str, Exchange]:
        """Open links side by side; each is told of as soon as it is read."""
        house = self._house
        tasks = {
            asyncio.ensure_future(house.readers.link(link.address)): (
                link,
                notice_of(house, link.exchange),
            )
            for link in links
        }
        pending = dict(tasks)
        told: dict[str, Exchange] = {}
        here: dict[str, StoredArticle] = {}
        patience: float | None = notices.PATIENCE
        try:
            if not house.libraries.loaded:
                await pending[next(iter(pending))][1].show(house.texts.loading)
            while pending:
                done, _ = await asyncio.wait(
                    pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED
                )
                if not done:
                    patience = None
                    _, notice = next(iter(pending.values()))
                    await notice.show(self._opening(len(pending)))
                for task in [task for task in pending if task in done]:
                    link, notice = pending.pop(task)
                    told[link.address] = await self._tell(
                        piece, link, task.result(), notice, here, asked=asked
                    )
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
        return told

    async def _tell(
        self,
        piece: Piece,
        link: Link,
        found: Opened,
        notice: Notice,
        here: dict[str, StoredArticle],
        *,
        asked: bool,
    ) -> Exchange:
        """Add what was behind a link, and tell so; `here` are the message's own by address."""
        reply = Reply(link.exchange.message_id)
        if isinstance(found, Feed):
            return await self._feeds.offer(link.exchange, found, notice, reply)
        alone = found[0] if len(found) == 1 else None
        same = None
        if isinstance(alone, Article) and alone.address:
            same = here.get(alone.address)
        if same is not None:
            # Two addresses of one article, in one message.
            receipts = [Receipt(link.address, ReceiptStatus.KNOWN, same)]
        else:
            clipping = Clipping(tuple(found), (piece,))
            receipts = await self._adding.add(link.exchange, clipping, notice)
        for receipt in receipts:
            if receipt.article and receipt.article.address:
                here[receipt.article.address] = receipt.article
        return await self._adding.tell(link.exchange, receipts, notice, reply, asked=asked)

    async def _tell_of_further(self, message: Message) -> None:
        """Say once that a message has more links than are opened."""
        house, chat, number = self._house, message.chat.id, message.message_id
        exchanges = house.store.exchanges
        there = await house.workers.records(exchanges.parts_of_message, chat, number, Kind.SAVE)
        following = max((each.part for each in there), default=-1) + 1
        part = next((each.part for each in there if each.details.get(LINK) == _FURTHER), following)
        details = {LINK: _FURTHER, "by": speaker_of(message)}
        exchange = await house.workers.records(
            exchanges.begin, chat, number, Kind.SAVE, part=part, details=details
        )
        if exchange.told:
            return
        html = fill(house.texts.too_many_links, count=MOST_LINKS)
        await Notice(house, exchange).finish(exchange, html, buttons=None, reply=Reply(number))

    def _opening(self, count: int) -> str:
        texts = self._house.texts
        return fill(texts.opening_several, count=count) if count > 1 else texts.opening_one


def is_of_nothing(exchange: Exchange) -> bool:
    """Whether it is of a link behind which there was nothing to keep."""
    details = exchange.details
    linked = details.get(LINK, _FURTHER) != _FURTHER
    return linked and exchange.told and not exchange.articles and FEED not in details
