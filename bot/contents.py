"""What a message of Telegram's holds, in our own terms."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from telegram import (
    Document,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.parts import Piece, PieceKind
from bot.posts import Place, link_to
from bot.rich_messages import flatten

QUOTED_FORMATS = frozenset(
    {
        MessageEntity.BOLD,
        MessageEntity.ITALIC,
        MessageEntity.UNDERLINE,
        MessageEntity.STRIKETHROUGH,
        MessageEntity.SPOILER,
    }
)
"""The formats that Telegram wants repeated in a quote."""
FORMATS = QUOTED_FORMATS | {
    MessageEntity.CODE,
    MessageEntity.PRE,
    MessageEntity.BLOCKQUOTE,
    MessageEntity.EXPANDABLE_BLOCKQUOTE,
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a forward tells of where it comes from."""

    site: str | None = None
    source: str | None = None
    author: str | None = None
    published: date | None = None


def piece_of(message: Message) -> Piece:
    """What matters for telling whether messages belong together."""
    if message.forward_origin is not None:
        kind = PieceKind.FORWARD
    elif message.effective_attachment is not None or message.media_group_id is not None:
        kind = PieceKind.FILE
    else:
        kind = PieceKind.TEXT
    return Piece(
        message_id=message.message_id,
        date=_seconds(message.date),
        user_id=message.from_user.id if message.from_user else 0,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        text_length=len(text_of(message).encode("utf-16-le", "surrogatepass")) // 2,
        kind=kind,
        media_group_id=message.media_group_id,
        origin=_origin_key(message),
        is_command=is_command(message),
        is_reply=replied_to(message) is not None,
        arrived=time.monotonic(),
        has_document=message.document is not None and not is_picture(message.document),
        origin_date=_seconds(message.forward_origin.date) if message.forward_origin else None,
    )


def text_of(message: Message) -> str:
    """The words of a message: its text, its caption or its rich blocks."""
    rich = message.api_kwargs.get("rich_message")
    words = message.text or message.caption or ""
    if not words and isinstance(rich, Mapping):
        flat: str = flatten(rich)
        return flat
    return words


def replied_to(message: Message) -> Message | None:
    """The message that it replies to; in a topic, all reply to what began it, and say nothing."""
    replied = message.reply_to_message
    return None if replied is None or replied.forum_topic_created else replied


def is_command(message: Message) -> bool:
    """Whether it begins with a command."""
    return any(
        entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0
        for entity in message.entities
    )


def is_formatted(message: Message) -> bool:
    """Whether it has the looks of a post rather than of a question."""
    return "rich_message" in message.api_kwargs or any(
        entity.type in FORMATS for entity in message.entities or message.caption_entities
    )


def links_of(message: Message) -> tuple[str, ...]:
    """The addresses in a message, shown or behind words, each once."""
    found: list[str] = []
    for entities, parsed in (
        (message.entities, message.parse_entity),
        (message.caption_entities, message.parse_caption_entity),
    ):
        for entity in entities:
            if entity.type == MessageEntity.URL:
                found.append(parsed(entity))
            elif entity.type == MessageEntity.TEXT_LINK and entity.url:
                found.append(entity.url)
    return tuple(dict.fromkeys(found))


def quotable_entities(message: Message) -> list[tuple[str, int, int]]:
    """The formats a quote must repeat: type, start and end as code points of the text."""
    text = message.text or message.caption or ""
    entities: Sequence[MessageEntity] = message.entities or message.caption_entities
    wanted = [entity for entity in entities if entity.type in QUOTED_FORMATS]
    if not wanted:
        return []
    units = text.encode("utf-16-le", "surrogatepass")

    def points(offset: int) -> int:
        return len(units[: offset * 2].decode("utf-16-le", "surrogatepass"))

    return [
        (entity.type, points(entity.offset), points(entity.offset + entity.length))
        for entity in wanted
    ]


def provenance(message: Message) -> Provenance:
    """Where a forward comes from: a channel's post has a site, a date and an address."""
    origin = message.forward_origin
    if origin is None:
        return Provenance()
    published = origin.date.date()
    if isinstance(origin, MessageOriginChannel):
        place = Place(origin.chat.id, origin.chat.title or "", origin.chat.username)
        address = link_to(place, origin.message_id)
        return Provenance(origin.chat.title, address, origin.author_signature, published)
    if isinstance(origin, MessageOriginChat):
        return Provenance(origin.sender_chat.title, None, origin.author_signature, published)
    return Provenance()  # who a person is stays out of the library


def is_picture(document: Document | None) -> bool:
    """Whether a file is a picture, by what is said of it: a page photographed, perhaps."""
    return document is not None and (document.mime_type or "").startswith("image/")


def file_name(document: Document) -> str:
    """The name the sender gave a file, of which only the last part is looked at, or one for it."""
    name = (document.file_name or "").replace("\\", "/").rsplit("/", 1)[-1].strip()
    return name or "document"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _origin_key(message: Message) -> str | None:
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return f"channel {origin.chat.id}"
    if isinstance(origin, MessageOriginChat):
        return f"chat {origin.sender_chat.id}"
    if isinstance(origin, MessageOriginUser):
        return f"user {origin.sender_user.id}"
    if isinstance(origin, MessageOriginHiddenUser):
        return f"hidden {origin.sender_user_name}"
    return None
