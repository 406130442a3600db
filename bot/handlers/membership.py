"""Whether a chat can be written to, and which chat it is."""

from __future__ import annotations

from telegram import Update

from bot.handlers.belonging import Belonging, is_in
from bot.house import House
from bot.moves import move_in
from bot.supergroups import follow


class Membership:
    """Notes when the bot is blocked or removed, when it comes back, and when a group moves."""

    def __init__(self, house: House, belonging: Belonging) -> None:
        self._house = house
        self._belonging = belonging

    async def changed(self, update: Update, context: object) -> None:
        """The bot was blocked or let back in, was added or removed."""
        change = update.my_chat_member
        if change is None:
            return
        if change.chat.type == change.chat.PRIVATE or not is_in(change.new_chat_member):
            await self._house.chats.note(change.chat, active=is_in(change.new_chat_member))
        else:
            await self._belonging.came(change)

    async def migrated(self, update: Update, context: object) -> None:
        """A group has become a supergroup: said in the old chat, and in the new one."""
        message = update.message
        move = move_in(message) if message else None
        if message is None or move is None:
            return
        old, new = move
        if message.chat.id == old:
            await follow(self._house, old, new)
            return
        # What was still being kept for the old chat must come along.
        async with self._house.turns.alone(old):
            await follow(self._house, old, new)
        await self._house.chats.note(message.chat, active=True)
