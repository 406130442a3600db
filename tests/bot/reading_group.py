"""A group in which several people talk, mostly to one another, and the bot among them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any

from recording_request import BOT, Call
from scene import Scene, scene
from telegram import Chat
from update_samples import person, update

from bot.house import House

GROUP = -1002003004005
TITLE = "Harbour readers"
CARA = 1003
"""An administrator of the group."""
BOT_NAME = "@cuttings_bot"

_MARKS = {
    "url": r"https?://\S+",
    "mention": r"(?<!\w)@\w+",
    "bot_command": r"(?<!\S)/\w+(?:@\w+)?",
}
LONG = (
    "The ferry of Tarn Harbour was late again on Tuesday morning. Its captain, Olga Brill, told "
    "the passengers that the fog over the sound had not lifted before nine. Forty people waited "
    "on the quay, and the baker of the village, Tove Lind, brought them warm rolls from her "
    "shop. The harbour master said that a new radar would be bought in the spring, as the old "
    "one had been built in 1974 and was no longer repaired by anybody. The school was closed for "
    "an hour, which pleased the pupils more than their teachers. The mayor has promised a report."
)
"""A post that is longer than what people say to one another."""


def entities(text: str) -> list[dict[str, Any]]:
    """What Telegram marks in a text; ASCII only."""
    found = [
        {"type": kind, "offset": each.start(), "length": len(each[0])}
        for kind, pattern in _MARKS.items()
        for each in re.finditer(pattern, text)
    ]
    return sorted(found, key=itemgetter("offset"))


class ReadingGroup:
    """What people say in a group, and what the bot says and does there."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._numbers = count(1001)

    @property
    def house(self) -> House:
        return self.scene.house

    @property
    def said(self) -> list[str]:
        """The messages of the bot as they stand now, in order."""
        return self.scene.said

    @property
    def last(self) -> int:
        """The id of the bot's last message."""
        return max(self.scene.messages)

    @property
    def sent(self) -> list[Call]:
        """What was sent as a message, in order, with whatever came along."""
        return self.scene.built.request.made("sendMessage")

    @property
    def reactions(self) -> list[int]:
        """The messages that the bot has reacted to, in order."""
        calls = self.scene.built.request.made("setMessageReaction")
        assert all(call.values["reaction"] for call in calls)
        return [int(call.values["message_id"]) for call in calls]

    @property
    def alerts(self) -> list[str]:
        """What was said to presses, in order; "" where nothing was."""
        return [call.text for call in self.scene.built.request.made("answerCallbackQuery")]

    @property
    def is_silent(self) -> bool:
        """Whether nothing was sent, shown or done in any chat so far."""
        done = ("sendMessage", "sendChatAction", "setMessageReaction", "editMessageText")
        return not self.scene.built.request.made(*done)

    def message(
        self, text: str | None, by: int, *, topic: int | None = None, **fields: Any
    ) -> dict[str, Any]:
        """A message of somebody's, with what Telegram marks in it."""
        number = fields.pop("message_id", None) or next(self._numbers)
        marked: dict[str, Any] = {}
        if text is not None:
            marked = {"text": text, "entities": entities(text)}
        if caption := fields.get("caption"):
            marked["caption_entities"] = entities(caption)
        if topic is not None:
            marked |= {"message_thread_id": topic, "is_topic_message": True}
            fields.setdefault("reply_to_message", self.root(topic))
        return {
            "message_id": number,
            "date": 1_800_000_000 + number,
            "chat": {"id": GROUP, "type": "supergroup", "title": TITLE},
            "from": person(by),
            **marked,
            **fields,
        }

    def root(self, topic: int) -> dict[str, Any]:
        """What a topic begins with, which everything in it replies to."""
        return {
            "message_id": topic,
            "date": 1_700_000_000,
            "chat": {"id": GROUP, "type": "supergroup", "title": TITLE},
            "from": person(CARA),
            "message_thread_id": topic,
            "is_topic_message": True,
            "forum_topic_created": {"name": "News", "icon_color": 7322096},
        }

    def of_bot(self, number: int | None = None) -> dict[str, Any]:
        """A message of the bot's, as a reply to it holds it; the last one if none is given."""
        return {
            "message_id": number or self.last,
            "date": 1_800_000_000,
            "chat": {"id": GROUP, "type": "supergroup", "title": TITLE},
            "from": BOT,
            "text": "Something.",
        }

    async def says(self, text: str | None, by: int, **fields: Any) -> int:
        """Somebody sends a message; its id."""
        return await self.sends(self.message(text, by, **fields))

    async def sends(self, message: Mapping[str, Any]) -> int:
        """A message is sent; its id."""
        number = int(message["message_id"])
        await self.scene.does(update(number, {"message": dict(message)}, self.scene.built.bot))
        return number

    async def edits(self, number: int, text: str, by: int, **fields: Any) -> None:
        """Somebody changes a message of theirs."""
        message = self.message(text, by, message_id=number, edit_date=1_900_000_000, **fields)
        content = {"edited_message": message}
        await self.scene.does(update(next(self._numbers), content, self.scene.built.bot))

    async def presses(self, label: str, by: int, below: int | None = None) -> None:
        """Somebody presses a button below a message of the bot's."""
        number = below or self.last
        query = {
            "id": str(next(self._numbers)),
            "from": person(by),
            "chat_instance": "1",
            "data": self.scene.buttons(number)[label],
            "message": self.of_bot(number),
        }
        pressed = update(next(self._numbers), {"callback_query": query}, self.scene.built.bot)
        await self.scene.does(pressed)

    async def articles(self) -> int:
        """How many the group has."""
        return (await self.house.libraries.totals(GROUP)).articles

    async def texts(self) -> list[str]:
        """What they say, newest first."""
        listed, _ = await self.house.libraries.page(GROUP, 0, 50, None)
        return [await self.house.libraries.text(GROUP, each.id) for each in listed]


Talk = Callable[[ReadingGroup], Awaitable[None]]
"""What is said in a group, and looked for in the end."""


@asynccontextmanager
async def reading_group(
    data: Path, *, quiet: bool = False, **given: Any
) -> AsyncIterator[ReadingGroup]:
    """A group that the bot was brought to, of which Cara is an administrator."""
    async with scene(data, **given) as made:
        chat = Chat(GROUP, Chat.SUPERGROUP, title=TITLE)
        await made.house.chats.note(chat, active=True, admitted=True)
        await made.house.chats.set(GROUP, quiet=quiet)
        made.built.request.members[GROUP, CARA] = "administrator"
        yield ReadingGroup(made)


def talks_in(data: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group."""

    def run(said: Talk) -> None:
        async def talked() -> None:
            async with reading_group(data) as group:
                await said(group)

        asyncio.run(talked())

    return run
