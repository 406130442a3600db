"""A feed behind a link: its latest articles are offered, and added when a button is pressed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from telegram import Update

from bot import render
from bot.clippings import Clipping
from bot.handlers.adding import Adding
from bot.handlers.notice import WORTH_COUNTING, Notice
from bot.handlers.pressed import data, exchange_of, keyboard, may_decide, pressed
from bot.house import House
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Exchange, Piece
from index import Article, FailedSource, Feed, Obstacle

FEW, MOST = 5, 20
"""How many of the latest articles are offered."""
SIDE_BY_SIDE = 5
FEED = "feed"
"""The detail of an exchange that holds a feed's addresses, until they are added."""


class Feeds:
    """Offers what a feed has."""

    def __init__(self, house: House, adding: Adding) -> None:
        self._house = house
        self._adding = adding

    async def offer(self, exchange: Exchange, feed: Feed, notice: Notice, reply: Reply) -> Exchange:
        """Say what a feed is, with buttons to add from it."""
        house, texts = self._house, self._house.texts
        addresses = [entry.address for entry in feed.entries[:MOST]]
        exchange = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            details={**exchange.details, FEED: {"addresses": addresses}},
        )
        count = len(addresses)
        latest = fill(texts.feed_latest, count=FEW)
        everything = fill(texts.feed_all, count=count) if count > 1 else texts.feed_one
        if len(feed.entries) > MOST:
            everything = fill(texts.feed_latest, count=MOST)
        buttons = keyboard(
            [
                (latest, data("feed", exchange.id, FEW)) if count > FEW else None,
                (everything, data("feed", exchange.id, count)),
            ]
        )
        html = render.feed_offer(feed.title, len(feed.entries), MOST, texts)
        await notice.finish(exchange, html, buttons=buttons, reply=reply)
        return exchange

    async def add(self, update: Update, context: object) -> None:
        """The buttons below a feed."""
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None:
            return
        house = self._house
        if not await may_decide(house, press, by=exchange.details.get("by")):
            return
        feed = exchange.details.get(FEED)
        if not feed:
            await house.sender.acknowledge(press.query, house.texts.alert_too_old)
            return
        await house.sender.acknowledge(press.query)
        # Of an attempt that was cut off, what it had added counts as added by this one.
        since = float(feed.get("since") or time.time())
        details = {**exchange.details, FEED: {**feed, "since": since}}
        exchange = await house.workers.records(
            house.store.exchanges.change, exchange.id, details=details
        )
        addresses = feed["addresses"][: max(1, press.numbers[1])]
        async with house.sender.typing(press.chat_id):
            notice = Notice(house, exchange)
            await notice.show(house.texts.reading)
            found = await self._read(addresses, notice)
            piece = Piece(press.chat_id, exchange.message_id, 0, 0, 0)
            receipts = await self._adding.add(
                exchange, Clipping(tuple(found), (piece,)), notice, since=since
            )
            reply = Reply(exchange.message_id)
            await self._adding.tell(exchange, receipts, notice, reply, dropping=FEED)

    async def _read(self, addresses: Sequence[str], notice: Notice) -> list[Article | FailedSource]:
        """What is behind the addresses, a few of them opened side by side."""
        readers = self._house.readers
        progress = notice.progress(asyncio.get_running_loop(), worth=WORTH_COUNTING)
        places = asyncio.Semaphore(SIDE_BY_SIDE)
        done = 0

        async def read(address: str) -> list[Article | FailedSource]:
            nonlocal done
            async with places:
                found = await readers.link(address)
            done += 1
            progress(done, len(addresses))
            if isinstance(found, Feed):  # a feed of feeds
                return [FailedSource(address, "", "", Obstacle.LIST)]
            return found

        tasks = [asyncio.ensure_future(read(address)) for address in addresses]
        try:
            return [each for found in await asyncio.gather(*tasks) for each in found]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
