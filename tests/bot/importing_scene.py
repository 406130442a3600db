"""Ann sends what Telegram Desktop has exported."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from channel_scene import Channel
from exported_chats import file_of
from scene import Scene, scene, until

Talk = Callable[[Scene, Channel], Awaitable[None]]
MANY = 40


def told(tmp_path: Path, talk: Talk, *, known: bool = True, **settings: Any) -> None:
    """Have Ann send exports, of a channel that the bot is in and that she runs if it is `known`."""

    async def whole() -> None:
        async with scene(tmp_path, **settings) as ann:
            channel = Channel(ann)
            if known:
                await channel.opens()
            await talk(ann, channel)

    asyncio.run(whole())


async def sends(ann: Scene, content: Any, name: str = "result.json", **fields: Any) -> int:
    """Have her send a file; the id of her message."""
    data = content if isinstance(content, bytes) else file_of(content)
    return await ann.sends(document=document(ann, data, name), **fields)


def document(ann: Scene, data: bytes, name: str = "result.json") -> dict[str, Any]:
    ann.has_file(name, data)
    return {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": len(data)}


async def says(ann: Scene, words: str) -> str:
    """Wait for words in the bot's last message."""
    await until(lambda: bool(ann.said) and words in ann.said[-1])
    return ann.said[-1]


def alerts(ann: Scene) -> list[str]:
    return [call.text for call in ann.built.request.made("answerCallbackQuery")]


def unfinished(ann: Scene) -> set[int]:
    return set(ann.house.turns._held)
