"""The first words, help, and what is said to a command nobody knows."""

from __future__ import annotations

from telegram import Update

from bot.house import House


class Welcome:
    """Says what the bot is for."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def start(self, update: Update, context: object) -> None:
        """/start"""
        await self._say(update, self._house.texts.welcome)

    async def help(self, update: Update, context: object) -> None:
        """/help"""
        await self._say(update, self._house.texts.help)

    async def unknown(self, update: Update, context: object) -> None:
        """A command that there is not."""
        await self._say(update, self._house.texts.unknown_command)

    async def _say(self, update: Update, text: str) -> None:
        if update.effective_chat:
            await self._house.sender.send(update.effective_chat.id, text)
