"""Which articles a message is about, because it replies to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import overload

from telegram import Message

from bot.house import House
from bot.remembered import articles_of
from bot.store.records import Exchange, Kind


@dataclass(frozen=True, slots=True)
class Scope(Sequence[int]):
    """The numbers of articles, whose library they are in, and what was replied to."""

    articles: tuple[int, ...] = ()
    library: int | None = None
    """The chat whose articles they are; None where no article was replied to."""
    answer: int | None = None
    """The exchange of the answer that was replied to."""
    receipt: int | None = None
    """The exchange of the receipt, or of the message with an article, that was replied to."""

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...

    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        return self.articles[index]

    def __len__(self) -> int:
        return len(self.articles)


def speaker_of(message: Message) -> int | None:
    """Who wrote a message: a person, or the chat in whose name somebody did."""
    author = message.sender_chat or message.from_user
    return author.id if author else None


async def articles_replied_to(house: House, message: Message) -> Scope:
    """The articles that a message replies to: an article, its receipt or an answer.

    Those that are not there any more are left out, unless none of them is.
    """
    replied = message.reply_to_message
    if replied is None:
        return Scope()
    chat = message.chat.id
    exchanges = house.store.exchanges
    exchange = await house.workers.records(exchanges.of_reply, chat, replied.message_id)
    if exchange is None:
        parts = await house.workers.records(
            exchanges.parts_of_message, chat, replied.message_id, Kind.SAVE
        )
        held = await _held_by(house, chat, replied.message_id)
        if held or not parts:
            return _saved(held, chat, parts[0] if parts else None)
        together = dict.fromkeys(each for part in parts for each in part.articles)
        exchange = replace(parts[0], articles=tuple(together))
    if exchange.kind is Kind.ASK:
        found = articles_of(exchange.details)[:1]
        return Scope(tuple(found), exchange.library, answer=exchange.id)
    found = list(exchange.articles)
    there = await house.libraries.some(exchange.library, found)
    if found and not there and exchange.kind is Kind.SAVE and exchange.library == chat:
        # One that was removed and put back has another number.
        found = await _held_by(house, chat, exchange.message_id) or found
        there = await house.libraries.some(chat, found)
    articles = [article for article in found if article in there] or found
    return _saved(articles, exchange.library, exchange)


def _saved(articles: Sequence[int], library: int, exchange: Exchange | None) -> Scope:
    if not articles:
        return Scope()
    return Scope(tuple(articles), library, receipt=exchange.id if exchange else None)


async def _held_by(house: House, chat_id: int, message_id: int) -> list[int]:
    pieces = await house.workers.records(
        house.store.exchanges.pieces_of_message, chat_id, message_id
    )
    return list(dict.fromkeys(piece.article_id for piece in pieces))
