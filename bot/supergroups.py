"""A group becomes a supergroup: Telegram gives it another number, and its articles come along."""

from __future__ import annotations

import asyncio
import logging

from telegram import Chat

from bot.house import House
from bot.store.records import ChatKind
from index import EncoderMismatchError

log = logging.getLogger(__name__)

LOOK_EVERY = 0.1
LOOK_FOR = 3.0
"""Seconds in which Telegram tells of such a change, once the bot is in the new chat."""


async def follow(house: House, old: int, new: int) -> None:
    """Have everything of a group be that of the supergroup it has become; once or again."""
    house.trash.forget_chat(old)
    try:
        await house.libraries.move(old, new)
    except EncoderMismatchError as error:
        log.error("articles stay with the old group", extra={"chat": old}, exc_info=error)
    await house.chats.move(old, new)
    log.info("group followed", extra={"chat": old, "becomes": new})


async def has_followed(house: House, chat: Chat) -> bool:
    """Whether a chat that the bot comes to is what a group that it works in has just become.

    Telegram says so a moment after it has said that the bot is there.
    """
    if chat.type != chat.SUPERGROUP or not house.chats.any_called(chat.title, ChatKind.GROUP):
        return False
    for _ in range(round(LOOK_FOR / LOOK_EVERY)):
        known = house.chats.get(chat.id)
        if known and known.admitted:
            return True
        await asyncio.sleep(LOOK_EVERY)
    return False
