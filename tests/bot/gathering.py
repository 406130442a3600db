"""A private bot: Ann owns it, Ben is a stranger, and there are groups and channels."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

from recording_request import ADMINISTRATOR, BOT, Call
from scene import Scene, scene
from telegram import Chat
from update_samples import ANN, message, person, update

from bot.store.records import KnownChat

GROUP, CHANNEL, SMALL = -1001, -1007, -55
TITLE = "Reading <circle>"
KINDS = {GROUP: "supergroup", CHANNEL: "channel", SMALL: "group"}
_numbers = count(50_000)


class Gathering:
    """What happens in chats with several people, and what the bot says to it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.house = scene.house
        self.request = scene.built.request

    def known(self, chat: int = GROUP) -> KnownChat | None:
        return self.house.chats.get(chat)

    def said(self, chat: int = GROUP) -> list[str]:
        """What was sent to a chat, in order."""
        calls = self.request.made("sendMessage")
        return [call.text for call in calls if call.values["chat_id"] == chat]

    def left(self) -> list[int]:
        """The chats that the bot has left by itself."""
        return [call.values["chat_id"] for call in self.request.made("leaveChat")]

    def alerts(self) -> list[str]:
        return [call.text for call in self.request.made("answerCallbackQuery")]

    def edits(self) -> list[Call]:
        return self.request.made("editMessageText")

    async def works(self, chat: int = GROUP, **settings: Any) -> None:
        """Let the bot be in a chat already."""
        told = Chat(chat, KINDS[chat], title=TITLE)
        await self.house.chats.note(told, active=True, admitted=True)
        if settings:
            await self.house.chats.set(chat, **settings)

    async def changes(
        self, by: int, old: str, new: str, chat: int = GROUP, language: str | None = None
    ) -> None:
        """Somebody adds the bot to a chat, removes it, or gives it other rights."""
        change = {
            "chat": self.chat(chat),
            "from": {**person(by), **({"language_code": language} if language else {})},
            "date": int(time.time()),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        await self.scene.does(update(next(_numbers), {"my_chat_member": change}, self._bot))

    async def says(self, text: str | None, by: int = ANN, chat: int = GROUP, **fields: Any) -> None:
        """Somebody writes in a chat."""
        if text and text.startswith("/"):
            length = len(text.split()[0])
            fields.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": length}])
        sender = fields.pop("sender", person(by))
        fields["date"] = fields.get("date", int(time.time()))
        given = message(
            next(_numbers), text, chat=chat, sender=sender, bot=self._bot, **fields
        ).to_dict()
        given["message"]["chat"] = self.chat(chat)
        await self.scene.does(update(given["update_id"], {"message": given["message"]}, self._bot))

    async def presses(self, data: str, by: int = ANN, chat: int = GROUP, below: int = 501) -> None:
        """Somebody presses a button."""
        shown = {
            "message_id": below,
            "date": int(time.time()),
            "chat": self.chat(chat),
            "from": BOT,
            "text": "Something",
        }
        number = next(_numbers)
        query = {
            "id": str(number),
            "from": person(by),
            "chat_instance": "1",
            "data": data,
            "message": shown,
        }
        await self.scene.does(update(number, {"callback_query": query}, self._bot))

    def chat(self, chat: int) -> dict[str, Any]:
        if chat > 0:
            return {"id": chat, "type": "private", "first_name": "Somebody"}
        return {"id": chat, "type": KINDS.get(chat, "supergroup"), "title": TITLE}

    @property
    def _bot(self) -> Any:
        return self.scene.built.bot

    def _member(self, status: str) -> dict[str, Any]:
        told: dict[str, Any] = {"user": BOT, "status": status}
        if status == "kicked":
            told["until_date"] = 0
        if status == "administrator":
            told |= dict.fromkeys(ADMINISTRATOR, True) | {"is_anonymous": False}
        return told


Talk = Callable[[Gathering], Awaitable[None]]


def gathered(folder: Path, talk: Talk, **bot: Any) -> None:
    """Have something happen around a private bot, which keeps `folder`."""

    async def whole() -> None:
        async with scene(folder, bot={"access": "owner", **bot}) as made:
            await talk(Gathering(made))

    asyncio.run(whole())
