"""What is kept, and how to have all of it deleted."""

from __future__ import annotations

from telegram import Update

from bot.handlers.deciding import deciding
from bot.handlers.pressed import data, keyboard
from bot.house import House
from bot.markup import fill


class Privacy:
    """Tells what is kept of a chat, and forgets it; in a group for its administrators."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def privacy(self, update: Update, context: object) -> None:
        """/privacy"""
        chat = update.effective_chat
        if chat is None:
            return
        texts = self._house.texts
        days = texts.days(self._house.settings.forget_after_days)
        said = fill(texts.privacy, days=days)
        buttons = keyboard([(texts.button_delete_everything, data("forget"))])
        await self._house.sender.send(chat.id, said, buttons=buttons)

    async def confirm(self, update: Update, context: object) -> None:
        """The button "Delete everything": asks once."""
        press = await deciding(self._house, update)
        if press is None:
            return
        house, texts = self._house, self._house.texts
        await house.sender.acknowledge(press.query)
        totals = await house.libraries.totals(press.chat_id)
        said = fill(texts.delete_everything_confirm, articles=texts.articles(totals.articles))
        buttons = keyboard(
            [(texts.button_yes_everything, data("forgetall"))],
            [(texts.button_keep_everything, data("keepall"))],
        )
        await house.sender.edit(press.chat_id, press.message_id, said, buttons=buttons)

    async def keep(self, update: Update, context: object) -> None:
        """The button "Keep everything"."""
        press = await deciding(self._house, update)
        if press:
            await self._house.sender.acknowledge(press.query)
            await self._house.sender.edit(press.chat_id, press.message_id, self._house.texts.kept)

    async def forget(self, update: Update, context: object) -> None:
        """The button "Yes, delete everything"."""
        press, chat = await deciding(self._house, update), update.effective_chat
        if press is None or chat is None:
            return
        house = self._house
        await house.sender.acknowledge(press.query)
        # What is being read is let finish: it would be kept after everything was forgotten.
        async with house.sender.typing(press.chat_id), house.turns.alone(press.chat_id):
            await forget_chat(house, press.chat_id)
        if not press.in_private:
            # It goes on working there, with nothing kept but that it may.
            await house.chats.note(chat, active=True, admitted=True)
        await house.sender.edit(press.chat_id, press.message_id, house.texts.everything_deleted)


async def forget_chat(house: House, chat_id: int) -> None:
    """Forget everything of a chat: its articles, its settings, and what was said about them."""
    house.trash.forget_chat(chat_id)
    await house.libraries.forget(chat_id)
    await house.workers.records(house.store.forget_chat, chat_id)
    house.chats.forgotten(chat_id)
