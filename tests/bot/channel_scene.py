"""A channel that the bot is in, and what is posted there."""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import Any

from exported_chats import KNOWN_AS
from scene import Scene
from telegram import Chat, Update
from update_samples import ANN, update

from index import StoredArticle

TITLE = "Harbour Post"
POSTED = 1_714_557_600
"""Unix seconds: 1 May 2024, 10:00 UTC."""


class Channel:
    """Posts of a channel, each an update of its own."""

    def __init__(self, scene: Scene, username: str | None = None) -> None:
        self._scene = scene
        self._username = username
        self._chat: dict[str, Any] = {"id": KNOWN_AS, "type": "channel", "title": TITLE}
        if username:
            self._chat["username"] = username
        self._updates = count(10_000)

    async def opens(self, *, runs: bool = True) -> None:
        """Let the bot be in it, and Ann run it."""
        chat = Chat(KNOWN_AS, Chat.CHANNEL, title=TITLE, username=self._username)
        await self._scene.house.chats.note(chat, active=True, admitted=True)
        status = "administrator" if runs else "member"
        self._scene.built.request.members[KNOWN_AS, ANN] = status

    def post(self, number: int, text: str | None = None, **fields: Any) -> Update:
        """The update that a post brings, or its edit where it has an `edit_date`."""
        sent = {
            "message_id": number,
            "date": POSTED,
            "chat": self._chat,
            "sender_chat": self._chat,
            **({"text": text} if text is not None else {}),
            **fields,
        }
        kind = "edited_channel_post" if "edit_date" in fields else "channel_post"
        return update(next(self._updates), {kind: sent}, self._scene.built.bot)

    async def posts(self, number: int, text: str | None = None, **fields: Any) -> None:
        """Post something."""
        await self._scene.does(self.post(number, text, **fields))

    async def posts_album(self, *several: dict[str, Any]) -> None:
        """Post an album: its members, each with its number and maybe a caption."""
        updates = [self.post(each.pop("number"), media_group_id="9", **each) for each in several]
        await asyncio.gather(*map(self._scene.does, updates))

    async def edits(self, number: int, text: str | None = None, **fields: Any) -> None:
        """Change a post."""
        await self.posts(number, text, edit_date=int(time.time()), **fields)

    def origin(self, number: int, **fields: Any) -> dict[str, Any]:
        """Where a forward of a post comes from."""
        told = {"type": "channel", "chat": self._chat, "message_id": number, "date": POSTED}
        return {"forward_origin": {**told, **fields}}

    async def articles(self) -> list[StoredArticle]:
        """What the channel's library holds, newest first."""
        found, _ = await self._scene.house.libraries.page(KNOWN_AS, 0, 1000, None)
        return found

    async def texts(self) -> list[str]:
        """The words of its articles, newest first."""
        libraries = self._scene.house.libraries
        return [await libraries.text(KNOWN_AS, each.id) for each in await self.articles()]


def photo(name: str = "photo") -> list[dict[str, Any]]:
    """A picture."""
    return [{"file_id": name, "file_unique_id": name, "width": 90, "height": 60}]
