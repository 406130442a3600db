"""Who may come in: asked before every other handler; the owner decides."""

from __future__ import annotations

import logging
import time

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.handlers.belonging import Belonging
from bot.handlers.inline import answer_nothing
from bot.handlers.pressed import Pressed, data, keyboard, pressed
from bot.house import House
from bot.markup import fill
from bot.occasion import begin, speaking

log = logging.getLogger(__name__)

REFUSED_AGAIN_AFTER = 600.0
"""Seconds in which a stranger is not answered a second time."""
MOST_STRANGERS = 1000
LONGEST_NAME = 80
LONGEST_LABEL = 40
MOST_SHOWN = 50


class Admission:
    """Stops the updates of strangers, and lets people in."""

    def __init__(self, house: House, belonging: Belonging) -> None:
        self._house = house
        self._belonging = belonging
        self._refused: dict[int, float] = {}
        """When a stranger was refused last, by id; in memory only."""
        self._requested: dict[int, str] = {}
        """Whom the owner was asked about, with the language that they speak."""

    async def guard(self, update: object, context: object) -> None:
        """Let nothing of a stranger's reach another handler."""
        if isinstance(update, Update):
            begin(self._house.chats.occasion_of(update))
            if await self._claimed(update):
                raise ApplicationHandlerStop
            if self._house.access.admits(update):
                await self._mark(update)
                return
            await self._refuse(update)
        raise ApplicationHandlerStop

    async def allow(self, update: Update, context: object) -> None:
        """/allow NUMBER, the owner's"""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        house = self._house
        if user.id != house.access.owner:
            await house.sender.send(message.chat.id, house.texts.allow_owner_only)
            return
        words = (message.text or "").split()[1:]
        if len(words) != 1 or not words[0].isascii() or not words[0].isdigit():
            await self._show_people(message.chat.id)
            return
        await self._let_in(message.chat.id, int(words[0]), words[0])

    async def allow_pressed(self, update: Update, context: object) -> None:
        """The owner's button "Allow"."""
        press, house = await self._by_owner(update), self._house
        if press is None:
            return
        if press.numbers[0] < 0:
            await self._belonging.allowed(press, press.numbers[0])
            return
        await house.sender.acknowledge(press.query, house.texts.alert_let_in)
        name = await self._name(press.numbers[0])
        await self._let_in(press.chat_id, press.numbers[0], name, edit=press.message_id)

    async def dismiss_pressed(self, update: Update, context: object) -> None:
        """The owner's button with the name of somebody let in."""
        press, house = await self._by_owner(update), self._house
        if press is None:
            return
        if press.numbers[0] < 0:
            await self._belonging.refused(press, press.numbers[0])
            return
        await house.sender.acknowledge(press.query)
        names = {person.user_id: person.name for person in house.access.people}
        name = names.get(press.numbers[0]) or str(press.numbers[0])
        if await house.access.send_away(press.numbers[0]):
            self._requested.pop(press.numbers[0], None)
            said = fill(house.texts.person_sent_away, name=name)
            await house.sender.edit(press.chat_id, press.message_id, said)

    async def _by_owner(self, update: Update) -> Pressed | None:
        """A press of the owner's; whoever else presses is told that the button is not theirs."""
        press, user = pressed(update), update.effective_user
        if press and (user is None or user.id != self._house.access.owner):
            await self._house.sender.acknowledge(
                press.query, self._house.texts.alert_not_yours, alert=True
            )
            return None
        return press

    async def _show_people(self, chat_id: int) -> None:
        """How to let people in, who was, and the groups and channels that were."""
        house, texts = self._house, self._house.texts
        known = [(person.name, person.user_id) for person in house.access.people]
        known += [(chat.title, chat.chat_id) for chat in house.chats.shared()]
        if not known:
            await house.sender.send(chat_id, texts.allow_how)
            return
        rows: list[list[tuple[str, str] | None]] = [
            [(name[:LONGEST_LABEL] or str(number), data("dismiss", number))]
            for name, number in known[:MOST_SHOWN]
        ]
        said = f"{texts.allow_how}\n\n{texts.allowed_people}"
        await house.sender.send(chat_id, said, buttons=keyboard(*rows))

    async def refuse_pressed(self, update: Update, context: object) -> None:
        """The owner's button "Not now"."""
        press, house = await self._by_owner(update), self._house
        if press is None:
            return
        if press.numbers[0] < 0:
            await self._belonging.refused(press, press.numbers[0])
            return
        await house.sender.acknowledge(press.query)
        name = await self._name(press.numbers[0])
        said = fill(house.texts.person_refused, name=name)
        await house.sender.edit(press.chat_id, press.message_id, said)

    async def unknown_pressed(self, update: Update, context: object) -> None:
        """A button of an earlier version, or one that was made up."""
        if update.callback_query:
            await self._house.sender.acknowledge(
                update.callback_query, self._house.texts.alert_too_old, alert=True
            )

    async def _mark(self, update: Update) -> None:
        """Note what is known of this chat by now."""
        house, chat, user = self._house, update.effective_chat, update.effective_user
        if chat is None or update.my_chat_member:
            return
        if chat.type != chat.PRIVATE:
            still = {"active": True} if self._shows_presence(update, chat.id) else {}
            await house.chats.note(chat, admitted=True, **still)
            return
        await house.chats.note(chat, active=True)
        spoken = user.language_code if user else None
        if spoken and spoken != house.chats.settings(chat.id).spoken:
            await house.chats.set(chat.id, spoken=spoken)

    def _shows_presence(self, update: Update, chat_id: int) -> bool:
        """Whether the bot is in a group or channel that it was told it had left.

        What was sent before that, and is dealt with only now, tells nothing.
        """
        message, known = update.message or update.channel_post, self._house.chats.get(chat_id)
        if known is None or known.active:
            return known is None
        if message is None or message.left_chat_member:
            return False
        return message.date.timestamp() > known.since

    async def _let_in(
        self, chat_id: int, user_id: int, name: str, *, edit: int | None = None
    ) -> None:
        house = self._house
        await house.access.let_in(user_id, name)
        self._refused.pop(user_id, None)
        spoken = self._requested.pop(user_id, "")
        said = fill(house.texts.person_allowed, name=name)
        if edit is None or not await house.sender.edit(chat_id, edit, said):
            await house.sender.send(chat_id, said)
        try:
            with speaking(house.chats.occasion(user_id, spoken=spoken)):
                await house.sender.send(user_id, house.texts.let_in)
                await house.sender.send(user_id, house.texts.welcome)
        except TelegramError:
            log.info("person not told", extra={"user": user_id})  # they never wrote to the bot

    async def _claimed(self, update: Update) -> bool:
        """Whether this is the one-time code that makes its sender the owner."""
        house, code = self._house, _start_code(update)
        user, chat = update.effective_user, update.effective_chat
        if not code or user is None or chat is None or chat.type != chat.PRIVATE:
            return False
        if not await house.access.claim(user, code):
            return False
        open_to_all = house.settings.access == "everyone"
        await house.sender.send(
            chat.id, house.texts.owner_of_all if open_to_all else house.texts.owner_claimed
        )
        await house.sender.send(chat.id, house.texts.welcome)
        return True

    async def _refuse(self, update: Update) -> None:
        house, user, chat = self._house, update.effective_user, update.effective_chat
        if update.callback_query:
            await house.sender.acknowledge(
                update.callback_query, house.texts.alert_not_yours, alert=True
            )
            return
        if update.inline_query:
            await answer_nothing(update.inline_query)
            return
        if update.my_chat_member and chat and chat.type != chat.PRIVATE:
            await self._belonging.came_uninvited(update.my_chat_member)
            return
        if user is None or chat is None or user.is_bot or update.message is None:
            return
        if chat.type != chat.PRIVATE:
            return
        if _start_code(update) and house.access.claim_code is not None:
            await house.sender.send(chat.id, house.texts.wrong_code)
            return
        if time.monotonic() - self._refused.get(user.id, -REFUSED_AGAIN_AFTER) < (
            REFUSED_AGAIN_AFTER
        ):
            return
        if len(self._refused) >= MOST_STRANGERS:
            self._refused.clear()
        self._refused[user.id] = time.monotonic()
        asked = await self._ask_owner(user.id, user.full_name, user.language_code or "")
        await house.sender.send(
            chat.id, house.texts.private_asked if asked else house.texts.private
        )

    async def _ask_owner(self, user_id: int, name: str, spoken: str) -> bool:
        """Ask the owner about a stranger, once; whether they were asked."""
        house = self._house
        owner = house.access.owner
        if owner is None:
            return False
        if user_id in self._requested or len(self._requested) >= MOST_STRANGERS:
            return user_id in self._requested
        with speaking(house.chats.occasion(owner)):
            texts = house.texts
            said = fill(texts.access_request, name=name[:LONGEST_NAME], code=str(user_id))
            buttons = keyboard(
                [
                    (texts.button_allow, data("allow", user_id)),
                    (texts.button_not_now, data("refuse", user_id)),
                ]
            )
            try:
                await house.sender.send(owner, said, buttons=buttons)
            except TelegramError:
                return False
        self._requested[user_id] = spoken
        return True

    async def _name(self, user_id: int) -> str:
        return await self._house.sender.name_of(user_id) or str(user_id)


def _start_code(update: Update) -> str | None:
    """What came with /start, as it does when a link to the bot is opened."""
    words = ((update.message and update.message.text) or "").split()
    return words[1] if len(words) == 2 and words[0] == "/start" else None
