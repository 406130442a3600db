"""Whose articles a private chat is answered from: its own, or those of a group or a channel.

Telegram is asked each time whether the person is in it: nothing of that is remembered.
"""

from __future__ import annotations

from enum import Enum

from bot.handlers.pressed import Pressed
from bot.house import House
from bot.markup import fill
from bot.store.records import Exchange


class Reach(Enum):
    """Whether a person may read a library."""

    OPEN = "open"
    CLOSED = "closed"
    UNSURE = "unsure"
    """Telegram could not be asked."""


async def reach(house: House, library: int, user_id: int) -> Reach:
    """Whether a person may read the library of a group or a channel now."""
    known = house.chats.get(library)
    if known is None or not (known.is_shared and known.active and known.admitted):
        return Reach.CLOSED
    belongs = await house.rights.standing(library, user_id)
    if belongs is None:
        return Reach.UNSURE
    return Reach.OPEN if belongs else Reach.CLOSED


def title_of(house: House, chat_id: int, library: int) -> str:
    """What another chat is called whose library is meant; "" for the chat's own."""
    if library == chat_id:
        return ""
    known = house.chats.get(library)
    return (known and known.title) or str(library)


async def library_of(house: House, chat_id: int) -> int | None:
    """The library that a chat is answered from: its own, or the one chosen with /use.

    Who cannot read that one any more is told so, and has their own again. None where it cannot
    be told now; that is said, too.
    """
    using = house.chats.settings(chat_id).using if chat_id > 0 else None
    if using is None or using == chat_id:
        return chat_id
    found = await reach(house, using, chat_id)
    if found is Reach.OPEN:
        return using
    texts, title = house.texts, title_of(house, chat_id, using)
    if found is Reach.UNSURE:
        await house.sender.send(chat_id, fill(texts.library_unsure, title=title))
        return None
    await house.chats.set(chat_id, using=None)
    await house.sender.send(chat_id, fill(texts.use_ended, title=title))
    return chat_id


async def may_read(house: House, press: Pressed, exchange: Exchange) -> bool:
    """Whether who pressed may read the library of an exchange; they are told where not."""
    if exchange.library == press.chat_id:
        return True
    found = await reach(house, exchange.library, press.user_id)
    if found is Reach.OPEN:
        return True
    texts = house.texts
    closed = found is Reach.CLOSED
    said = texts.alert_library_closed if closed else texts.alert_membership_unsure
    await house.sender.acknowledge(press.query, said, alert=True)
    return False
