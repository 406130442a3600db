"""Which articles a message is about, because it replies to one."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message

from bot.house import House
from bot.remembered import articles_of
from bot.store.records import Kind


async def articles_replied_to(house: House, message: Message) -> list[int]:
    """The articles that a message replies to: an article, its receipt or an answer.

    Those that are not there any more are left out, unless none of them is.
    """
    replied = message.reply_to_message
    if replied is None:
        return []
    chat = message.chat.id
    exchanges = house.store.exchanges
    exchange = await house.workers.records(exchanges.of_reply, chat, replied.message_id)
    if exchange is None:
        held = await _held_by(house, chat, replied.message_id)
        if held:
            return held
        parts = await house.workers.records(
            exchanges.parts_of_message, chat, replied.message_id, Kind.SAVE
        )
        if not parts:
            return []
        together = dict.fromkeys(each for part in parts for each in part.articles)
        exchange = replace(parts[0], articles=tuple(together))
    if exchange.kind is Kind.ASK:
        found = articles_of(exchange.details)[:1]
    else:
        found = list(exchange.articles)
    there = await house.libraries.some(chat, found)
    if found and not there and exchange.kind is Kind.SAVE:
        # One that was removed and put back has another number.
        return await _held_by(house, chat, exchange.message_id) or found
    return [article for article in found if article in there] or found


async def _held_by(house: House, chat_id: int, message_id: int) -> list[int]:
    pieces = await house.workers.records(
        house.store.exchanges.pieces_of_message, chat_id, message_id
    )
    return list(dict.fromkeys(piece.article_id for piece in pieces))
