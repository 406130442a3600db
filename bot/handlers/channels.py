"""Channels: each post becomes an article, silently; older ones when their owner forwards them."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import Chat, Message, MessageOriginChannel, Update

from bot.attachments import Attachments
from bot.channel_posts import apart, holds_document, place_of, post_of
from bot.handlers.allowance import allowed, person_of
from bot.handlers.notice import Notice
from bot.handlers.pressed import data, exchange_of, keyboard, may_decide, pressed
from bot.handlers.removing import Removing
from bot.house import House
from bot.markup import bold, fill, line
from bot.origins import title_of
from bot.posts import Place, address_of, has_words, introduced, placed
from bot.sending import Reply
from bot.store.records import ChatKind, Exchange, Kind
from index import (
    Article,
    FailedSource,
    Receipt,
    ReceiptStatus,
    SourceError,
    UnknownArticleError,
    read_text,
)

log = logging.getLogger(__name__)

TITLES_TOLD = 5
ERROR_ROOM = 300


class Channels:
    """Keeps the posts of channels."""

    def __init__(self, house: House, attachments: Attachments, removing: Removing) -> None:
        self._house = house
        self._attachments = attachments
        self._removing = removing

    async def posted(self, update: Update, context: object) -> None:
        """A post in a channel, with those of its album."""
        if update.channel_post is None:
            return
        house, channel_id = self._house, update.channel_post.chat.id
        for post in apart(await house.turns.gather(update)):
            there = (await house.libraries.totals(channel_id)).articles
            if house.fairness.room_in_library(there) == 0:
                log.info("library full", extra={"chat": channel_id})
                return
            await self._keep(channel_id, await self._read(post, place_of(post[0].chat)))

    async def edited(self, update: Update, context: object) -> None:
        """A post was edited: its article is as the post now, or is no more."""
        message = update.edited_channel_post
        if message is None:
            return
        place, number = place_of(message.chat), message.message_id
        articles = await self._read([message], place)
        if articles:
            await self._keep(message.chat.id, articles)
        elif address := address_of(place, number):
            await self._drop(message.chat.id, address)

    async def take_posts(self, messages: Sequence[Message]) -> list[Message]:
        """Keep those that were forwarded out of channels that their sender runs; the others.

        They go to the articles of their channel, and the sender is told so.
        """
        by_channel: dict[int, list[Message]] = {}
        for message in messages:
            if channel := self._channel_of(message):
                by_channel.setdefault(channel.id, []).append(message)
        taken: set[int] = set()
        for channel_id, forwards in by_channel.items():
            user = forwards[0].from_user
            if user and await self._house.rights.runs(channel_id, user.id):
                await self._backfill(channel_id, forwards)
                taken.update(message.message_id for message in forwards)
        return [message for message in messages if message.message_id not in taken]

    async def undo(self, update: Update, context: object) -> None:
        """The button "Undo" below a receipt for forwarded posts."""
        press, house = pressed(update), self._house
        exchange = await exchange_of(house, press) if press else None
        if press is None or exchange is None:
            return
        if not await may_decide(house, press, library=exchange.library):
            return
        added = exchange.details.get("added", ())
        removed = await self._removing.remove(exchange.library, added, by=press.user_id)
        if not removed:
            await house.sender.acknowledge(press.query, house.texts.alert_nothing_to_undo)
            return
        await house.sender.acknowledge(press.query)
        await self._removing.tell(press.chat_id, press.message_id, removed)

    def _channel_of(self, message: Message) -> Chat | None:
        """The channel of which a message sent in private holds a post, where it has a library."""
        origin = message.forward_origin
        if not isinstance(origin, MessageOriginChannel) or message.chat.type != Chat.PRIVATE:
            return None
        known = self._house.chats.get(origin.chat.id)
        if known is None or known.kind is not ChatKind.CHANNEL:
            return None
        return origin.chat if known.active and known.admitted else None

    async def _backfill(self, channel_id: int, messages: Sequence[Message]) -> None:
        house, chat, first = self._house, messages[0].chat.id, messages[0].message_id
        exchange = await house.workers.records(
            house.store.exchanges.begin, chat, first, Kind.SAVE, details={"library": channel_id}
        )
        if exchange.told:
            return
        notice = Notice(house, exchange)
        if not house.libraries.loaded:
            await notice.show(house.texts.loading)
        receipts = await notice.waiting(self._forwarded(exchange, messages), house.texts.reading)
        await self._tell(exchange, channel_id, receipts, notice)

    async def _forwarded(self, exchange: Exchange, messages: Sequence[Message]) -> list[Receipt]:
        articles: list[Article] = []
        for post in apart(messages):
            origin = post[0].forward_origin
            assert isinstance(origin, MessageOriginChannel)
            articles += await self._read(post, place_of(origin.chat))
        sources = await allowed(self._house, exchange, articles)
        receipts = await self._keep(exchange.library, sources)
        added = sum(each.status is ReceiptStatus.ADDED for each in receipts)
        self._house.fairness.added(person_of(exchange), added)
        return receipts

    async def _tell(
        self, exchange: Exchange, channel_id: int, receipts: Sequence[Receipt], notice: Notice
    ) -> None:
        """Say what became of forwarded posts."""
        house, texts = self._house, self._house.texts
        known = house.chats.get(channel_id)
        title = (known and known.title) or str(channel_id)
        kept = {each.article.id: each for each in receipts if each.article}
        # What an earlier attempt at these very messages had added is new all the same.
        new = [
            number
            for number, each in kept.items()
            if each.status is not ReceiptStatus.KNOWN or _since(exchange, each)
        ]
        counts = {"articles": texts.articles(len(new)), "known": texts.number(len(kept) - len(new))}
        if not kept:
            said = fill(texts.posts_not_saved, title=title)
        elif not new:
            said = fill(texts.posts_known, title=title)
        else:
            everything = len(new) == len(kept)
            sentence = texts.posts_saved if everything else texts.posts_saved_known
            said = fill(sentence, title=title, **counts)
        titles = [article.title for number in new if (article := kept[number].article)]
        lines = [f"• {bold(title_of(each, texts))}" for each in titles[:TITLES_TOLD]]
        if len(titles) > TITLES_TOLD:
            lines.append(fill(texts.and_more, count=len(titles) - TITLES_TOLD))
        lines += dict.fromkeys(line(each.error, ERROR_ROOM) for each in receipts if each.error)
        html = "\n".join([said, *lines, texts.posts_where])
        replaced = [n for n in new if kept[n].status is ReceiptStatus.UPDATED]
        added = [number for number in new if number not in replaced]
        undo = (texts.button_undo, data("unpost", exchange.id)) if added else None
        await notice.finish(
            exchange,
            html,
            buttons=keyboard([undo]),
            reply=Reply(exchange.message_id),
            articles=list(kept),
            details={**exchange.details, "added": added},
        )

    async def _read(self, messages: Sequence[Message], place: Place) -> list[Article]:
        """The articles that a post holds: its words, and what is in its file; mostly one."""
        post = post_of(messages)
        document = messages[0] if len(messages) == 1 and holds_document(messages[0]) else None
        found: list[Article] = []
        if document:
            read = await self._attachments.documents([document])
            found = [each for each in read if isinstance(each, Article)]
        words: Article | None = None
        if has_words(post):
            try:
                settings = self._house.libraries.settings
                words = await self._house.workers.read(read_text, post.text, settings)
            except SourceError as error:
                log.info(
                    "post not read", extra={"chat": place.chat_id, "why": type(error).__name__}
                )
        if words and found:
            found[0] = introduced(found[0], words.text)
        elif words:
            found = [words]
        return [placed(each, post, place, part) for part, each in enumerate(found, 1)]

    async def _keep(
        self, channel_id: int, sources: Sequence[Article | FailedSource]
    ) -> list[Receipt]:
        """Add articles of posts, each in the place of what it was before it was edited."""
        libraries = self._house.libraries
        receipts = await libraries.add_all(channel_id, sources)
        addresses = [
            each.address if isinstance(each, Article) and each.address else "" for each in sources
        ]
        held = await libraries.held(channel_id, addresses)
        for address, receipt in zip(addresses, receipts, strict=True):
            old = held.get(address)
            if receipt.status is not ReceiptStatus.KNOWN or old is None:
                continue
            if receipt.article is None or receipt.article.id == old.id:
                continue
            # It says now what another post says, whose article is the one of them both.
            await self._drop(channel_id, address)
        return receipts

    async def _drop(self, channel_id: int, address: str) -> None:
        """Remove the article of a post, as it says nothing of its own any more."""
        libraries = self._house.libraries
        for article in (await libraries.held(channel_id, [address])).values():
            try:
                await libraries.remove(channel_id, [article.id])
            except UnknownArticleError:
                log.info("post gone already", extra={"chat": channel_id})


def _since(exchange: Exchange, receipt: Receipt) -> bool:
    return receipt.article is not None and receipt.article.added.timestamp() >= exchange.begun
