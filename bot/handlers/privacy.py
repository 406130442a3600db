"""What is kept, how much it is, and how to have all of it deleted."""

from __future__ import annotations

from telegram import Update

from bot import render
from bot.handlers.pressed import data, keyboard, pressed
from bot.house import House
from bot.markup import fill


class Privacy:
    """Tells what is kept of a chat, and forgets it."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def privacy(self, update: Update, context: object) -> None:
        """/privacy"""
        if update.effective_chat is None:
            return
        texts = self._house.texts
        button = (texts.button_delete_everything, data("forget"))
        await self._house.sender.send(
            update.effective_chat.id, texts.privacy, buttons=keyboard([button])
        )

    async def stats(self, update: Update, context: object) -> None:
        """/stats"""
        if update.effective_chat is None:
            return
        chat = update.effective_chat.id
        totals = await self._house.libraries.totals(chat)
        html = render.stats(totals.articles, totals.words, totals.passages, self._house.texts)
        await self._house.sender.send(chat, html)

    async def confirm(self, update: Update, context: object) -> None:
        """The button "Delete everything": asks once."""
        press = pressed(update)
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
        press = pressed(update)
        if press:
            await self._house.sender.acknowledge(press.query)
            await self._house.sender.edit(press.chat_id, press.message_id, self._house.texts.kept)

    async def forget(self, update: Update, context: object) -> None:
        """The button "Yes, delete everything"."""
        press = pressed(update)
        if press is None:
            return
        house = self._house
        await house.sender.acknowledge(press.query)
        house.trash.forget_chat(press.chat_id)
        # What is being read is let finish: it would be kept after everything was forgotten.
        async with house.sender.typing(press.chat_id), house.turns.alone(press.chat_id):
            await house.libraries.forget(press.chat_id)
            await house.workers.records(house.store.forget_chat, press.chat_id)
        await house.sender.edit(press.chat_id, press.message_id, house.texts.everything_deleted)
