"""Messages sent again: forwarded, with where they are from, or copied."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from bot.playground.messages import CAPTIONED, Message
from bot.playground.values import Json

_CARRIED = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "rich_message",
    "link_preview_options",
    *CAPTIONED,
)


def copied(message: Message) -> Json:
    """What a message says and shows."""
    return {name: message.content[name] for name in _CARRIED if name in message.content}


def forwarded(messages: Sequence[Message]) -> list[Json]:
    """The same messages as forwards: an album stays one, and a forward keeps its origin."""
    albums: dict[str, str] = {}
    contents = []
    for message in messages:
        content: Json = {"forward_origin": origin_of(message), **copied(message)}
        album = message.content.get("media_group_id")
        if album is not None:
            content["media_group_id"] = albums.setdefault(album, new_album())
        contents.append(content)
    return contents


def origin_of(message: Message) -> Json:
    """Where a message is from: who wrote it first."""
    known: Json | None = message.content.get("forward_origin")
    return known or {"type": "user", "sender_user": message.sender.view(), "date": message.date}


def new_album() -> str:
    """The id that the messages of an album share."""
    return str(10**16 + secrets.randbelow(9 * 10**16))
