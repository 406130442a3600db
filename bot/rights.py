"""Who belongs to a chat, and who runs it: asked of Telegram each time, never remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import Bot, Chat, ChatMember, ChatMemberRestricted, User
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.store.records import KnownChat

ADMINISTRATORS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
MEMBERS = (*ADMINISTRATORS, ChatMember.MEMBER)
AT_ONCE = 8
"""Questions to Telegram side by side."""


class Rights:
    """Asks Telegram. Who cannot be asked about has no rights."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def belongs(self, chat_id: int, user_id: int) -> bool:
        """Whether a person is in a group or channel now."""
        return bool(await self.standing(chat_id, user_id))

    async def standing(self, chat_id: int, user_id: int) -> bool | None:
        """As `belongs`; None where Telegram could not be asked, so that nobody can tell."""
        try:
            member = await self._bot.get_chat_member(chat_id, user_id)
        except (BadRequest, Forbidden):
            return False
        except TelegramError:
            return None
        if isinstance(member, ChatMemberRestricted):
            return bool(member.is_member)
        return member.status in MEMBERS

    async def runs(self, chat_id: int, user_id: int) -> bool:
        """Whether a person is an administrator of a group or channel now."""
        member = await self._member(chat_id, user_id)
        return member is not None and member.status in ADMINISTRATORS

    async def may_manage(self, chat: Chat, user: User | None, sender: Chat | None = None) -> bool:
        """Whether who acts in a chat may decide for all of it; `sender`: in whose name they wrote.

        In a private chat everybody may. An anonymous administrator writes in the group's name.
        """
        if chat.type == chat.PRIVATE:
            return True
        if sender is not None:
            return sender.id == chat.id
        return user is not None and await self.runs(chat.id, user.id)

    async def among(self, chats: Sequence[KnownChat], user_id: int) -> list[KnownChat]:
        """Those of these chats that a person belongs to, in their order."""
        places = asyncio.Semaphore(AT_ONCE)

        async def asked(chat: KnownChat) -> bool:
            async with places:
                return await self.belongs(chat.chat_id, user_id)

        found = await asyncio.gather(*map(asked, chats))
        return [chat for chat, belongs in zip(chats, found, strict=True) if belongs]

    async def _member(self, chat_id: int, user_id: int) -> ChatMember | None:
        try:
            return await self._bot.get_chat_member(chat_id, user_id)
        except TelegramError:
            return None
