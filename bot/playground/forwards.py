"""Messages sent again: forwarded, with where they are from, or copied."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from bot.playground.chats import Chat
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


def forwarded(chat: Chat, messages: Sequence[Message]) -> list[Json]:
    """The same messages of a chat as forwards: an album stays one, a forward keeps its origin."""
    albums: dict[str, str] = {}
    contents = []
    for message in messages:
        content: Json = {"forward_origin": origin_of(chat, message), **copied(message)}
        album = message.content.get("media_group_id")
        if album is not None:
            content["media_group_id"] = albums.setdefault(album, new_album())
        contents.append(content)
    return contents


def origin_of(chat: Chat, message: Message) -> Json:
    """Where a message is from: who wrote it first, or the chat in whose name it stood."""
    known: Json | None = message.content.get("forward_origin")
    if known is not None:
        return known
    if not message.for_chat:
        return {"type": "user", "sender_user": message.sender.view(), "date": message.date}
    signature = message.content.get("author_signature")
    signed: Json = {"author_signature": signature} if signature else {}
    if not chat.is_channel:
        return {"type": "chat", "sender_chat": chat.view(), "date": message.date, **signed}
    post: Json = {"chat": chat.view(), "message_id": message.id, **signed}
    return {"type": "channel", "date": message.date, **post}


def new_album() -> str:
    """The id that the messages of an album share."""
    return str(10**16 + secrets.randbelow(9 * 10**16))
