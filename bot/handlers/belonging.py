"""Coming to groups and channels: who may bring the bot there, and what it says then."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    Chat,
    ChatFullInfo,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    User,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.handlers.pressed import Pressed, data, keyboard
from bot.house import House
from bot.markup import fill
from bot.occasion import Occasion, occasion, speaking
from bot.supergroups import has_followed
from bot.tongues import spoken, texts_in

log = logging.getLogger(__name__)

AWAY = (ChatMember.BANNED, ChatMember.LEFT)
MOST_ASKED = 200
"""Chats that the owner is asked about; of more, none of them is let in."""
LONGEST_NAME = 80


class Belonging:
    """Works in the groups and channels of who may talk to the bot, and stays out of others."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._asked: dict[int, str] = {}
        """The chats that the owner was asked about, with the language of who added the bot."""
        self._refused: set[int] = set()

    async def came(self, change: ChatMemberUpdated) -> None:
        """The bot was added, or has other rights now, in a chat where it may work."""
        house, chat, by = self._house, change.chat, change.from_user
        known = house.chats.get(chat.id)
        language = (known and known.settings.language) or by.language_code or ""
        new = not (known and known.active and known.admitted)
        new = new and not await has_followed(house, chat)
        # First of all: what is posted while it greets is to be kept.
        await house.chats.note(chat, active=True, admitted=True)
        if new:
            await self._begin(chat, by, language)

    async def came_uninvited(self, change: ChatMemberUpdated) -> None:
        """Somebody who may not talk to the bot has added it: the owner is asked, once."""
        house, chat, by = self._house, change.chat, change.from_user
        if is_in(change.old_chat_member) or not is_in(change.new_chat_member):
            return
        if await has_followed(house, chat):
            await house.chats.note(chat, active=True)
        elif chat.id in self._refused or not await self._ask(chat, by):
            if chat.type != chat.CHANNEL:
                await self._tell(chat.id, house.texts.group_private)
            await _leave(chat.id, change.get_bot())

    async def allowed(self, press: Pressed, chat_id: int) -> None:
        """The owner lets the bot work in a chat."""
        house, texts = self._house, self._house.texts
        chat = await _chat(press, chat_id)
        if chat is None:
            await house.sender.acknowledge(press.query)
            await house.sender.edit(press.chat_id, press.message_id, texts.group_gone)
            return
        await house.sender.acknowledge(press.query, texts.alert_group_allowed)
        self._refused.discard(chat.id)
        language = self._asked.pop(chat_id, "")
        known = house.chats.get(chat.id)
        if not (known and known.active and known.admitted):
            await self._begin(chat, None, language)
        await house.chats.note(chat, active=True, admitted=True)
        said = fill(texts.group_allowed, title=chat.title or "")
        await house.sender.edit(press.chat_id, press.message_id, said)

    async def refused(self, press: Pressed, chat_id: int) -> None:
        """The owner does not let the bot work in a chat, or no longer."""
        house = self._house
        await house.sender.acknowledge(press.query)
        self._asked.pop(chat_id, None)
        self._refused.add(chat_id)
        known, chat = house.chats.get(chat_id), await _chat(press, chat_id)
        if known:
            # As if it had been removed: the articles stay for as long as they do then.
            await house.chats.mark(chat_id, active=False, admitted=False)
        if chat:
            await _leave(chat.id, press.query.get_bot())
        title = (chat and chat.title) or (known and known.title) or str(chat_id)
        said = fill(house.texts.group_refused, title=title)
        await house.sender.edit(press.chat_id, press.message_id, said)

    async def _begin(self, chat: Chat | ChatFullInfo, by: User | None, language: str) -> None:
        """Say what the bot does here: in a group to all, of a channel to who added the bot."""
        house = self._house
        if chat.type == chat.CHANNEL:
            if by and not by.is_bot:
                with speaking(house.chats.occasion(by.id, spoken=by.language_code or "")):
                    said = fill(occasion().texts.channel_joined, title=chat.title or "")
                    await self._tell(by.id, said)
        else:
            with speaking(Occasion(texts_in(language, in_group=True), chat.id)):
                await self._tell(chat.id, occasion().texts.group_joined)
        if language:
            await house.chats.note(chat)
            await house.chats.set(chat.id, language=spoken(language))

    async def _ask(self, chat: Chat, by: User) -> bool:
        """Ask the owner about a chat, once; whether they were asked."""
        house, owner = self._house, self._house.access.owner
        if owner is None or chat.id in self._asked or len(self._asked) >= MOST_ASKED:
            return chat.id in self._asked
        with speaking(house.chats.occasion(owner)):
            texts = house.texts
            title = (chat.title or "")[:LONGEST_NAME]
            said = fill(
                texts.group_request,
                name=by.full_name[:LONGEST_NAME],
                code=str(by.id),
                title=title,
            )
            buttons = keyboard(
                [
                    (texts.button_allow, data("allow", chat.id)),
                    (texts.button_not_now, data("refuse", chat.id)),
                ]
            )
            try:
                await house.sender.send(owner, said, buttons=buttons)
            except TelegramError:
                return False
        self._asked[chat.id] = by.language_code or ""
        return True

    async def _tell(self, chat_id: int, said: str) -> None:
        try:
            await self._house.sender.send(chat_id, said)
        except (BadRequest, Forbidden):
            # Not everybody may write in a group; nor has everybody written to the bot.
            log.info("nobody told", extra={"chat": chat_id})


async def _chat(press: Pressed, chat_id: int) -> ChatFullInfo | None:
    """A chat that the bot is in, under the number that it has now."""
    bot = press.query.get_bot()
    try:
        return await bot.get_chat(chat_id)
    except ChatMigrated as error:
        return await bot.get_chat(error.new_chat_id)
    except (BadRequest, Forbidden):
        return None


async def _leave(chat_id: int, bot: Bot) -> None:
    try:
        await bot.leave_chat(chat_id)
    except (BadRequest, Forbidden):
        log.info("not in this chat any more", extra={"chat": chat_id})


def is_in(member: ChatMember) -> bool:
    """Whether somebody of this standing is in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return bool(member.is_member)
    return member.status not in AWAY
