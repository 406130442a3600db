"""Whose articles a person is answered from in their chat with the bot: chosen with /use."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, Update

from bot.handlers.pressed import data, keyboard, pressed
from bot.handlers.reach import Reach, library_of, reach, title_of
from bot.house import House
from bot.markup import fill
from bot.store.records import KnownChat

MOST_ASKED_ABOUT = 60
"""Groups and channels that Telegram is asked about at once; among more a name is needed."""
MOST_SHOWN = 40
LONGEST_SEARCH = 60
LONGEST_LABEL = 40
OWN = 0
"""What the button of a person's own articles carries in place of a chat."""


class Using:
    """Lets a person choose among the libraries that they may read."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def use(self, update: Update, context: object) -> None:
        """/use, in a private chat, with words of a name to search for or without"""
        message = update.effective_message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return
        house, texts, chat = self._house, self._house.texts, message.chat.id
        words = " ".join((message.text or "").split()[1:])[:LONGEST_SEARCH]
        async with house.sender.typing(chat):
            using = await library_of(house, chat)
            if using is None:
                return
            wanted = words.casefold()
            asked = [each for each in house.chats.shared() if wanted in each.title.casefold()]
            many = len(asked) > MOST_ASKED_ABOUT
            found = [] if many else await house.rights.among(asked, chat)
        if found:
            hint = texts.use_which
        elif many:
            hint = texts.use_many
        else:
            hint = fill(texts.use_no_match, words=words) if words else texts.use_nowhere
        chosen = using != chat
        said = f"{self._state(chat, using)}\n\n{hint}" if found or chosen else hint
        buttons = self._buttons(chat, using, found) if found or chosen else None
        await house.sender.send(chat, said, buttons=buttons)

    async def chosen(self, update: Update, context: object) -> None:
        """The button of a group or channel, or of one's own articles."""
        press = pressed(update)
        if press is None:
            return
        house, texts, chat = self._house, self._house.texts, press.chat_id
        if not press.in_private:
            await house.sender.acknowledge(press.query, texts.alert_not_yours, alert=True)
            return
        (library,) = press.numbers
        if library != OWN:
            found = await reach(house, library, press.user_id)
            if found is not Reach.OPEN:
                closed = found is Reach.CLOSED
                said = texts.alert_library_closed if closed else texts.alert_membership_unsure
                await house.sender.acknowledge(press.query, said, alert=True)
                return
        await house.sender.acknowledge(press.query)
        await house.chats.set(chat, using=None if library == OWN else library)
        using = chat if library == OWN else library
        buttons = self._buttons(chat, using, []) if library != OWN else None
        said = self._state(chat, using)
        await house.sender.edit(chat, press.message_id, said, buttons=buttons)

    def _state(self, chat_id: int, using: int) -> str:
        """Whose articles are asked now."""
        texts, title = self._house.texts, title_of(self._house, chat_id, using)
        return fill(texts.use_chosen, title=title) if title else texts.use_own

    def _buttons(
        self, chat_id: int, using: int, found: Sequence[KnownChat]
    ) -> InlineKeyboardMarkup | None:
        """One's own articles and those found, without what is used now."""
        own = (self._house.texts.button_own_articles, data("use", OWN))
        rows: list[list[tuple[str, str] | None]] = [[own if using != chat_id else None]]
        rows += [
            [(_label(each), data("use", each.chat_id))]
            for each in found[:MOST_SHOWN]
            if each.chat_id != using
        ]
        return keyboard(*rows)


def _label(chat: KnownChat) -> str:
    title = " ".join(chat.title.split()) or str(chat.chat_id)
    return title if len(title) <= LONGEST_LABEL else f"{title[: LONGEST_LABEL - 1]}…"
