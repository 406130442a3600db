"""Whether a chat can be written to."""

from __future__ import annotations

from telegram import ChatMember, Update

from bot.house import House

AWAY = (ChatMember.BANNED, ChatMember.LEFT)


class Membership:
    """Notes when a person blocks the bot, and when they come back."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def changed(self, update: Update, context: object) -> None:
        """The bot was blocked, or let back in."""
        change = update.my_chat_member
        if change:
            active = change.new_chat_member.status not in AWAY
            await self._house.chats.note(change.chat, active=active)
