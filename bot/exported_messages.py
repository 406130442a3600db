"""Messages as Telegram Desktop writes them, and the posts that they are (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, TypeVar

from bot.posts import Post, has_words

Chat = TypeVar("Chat")
Message = Mapping[str, Any]

MOST_IN_ALBUM = 10
LARGEST = 2**53

_FORMATS = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"}) | {
    "code",
    "pre",
    "blockquote",
}
_LINKS = frozenset({"link", "text_link"})
_MEDIA = ("photo", "file", "media_type")


def together(
    messages: Iterable[tuple[Chat, Message]],
) -> Iterator[tuple[Chat, list[Message]]]:
    """Messages with their chat, those of an album together.

    An export does not say what is an album: its pictures were sent in the same second, one right
    after the other.
    """
    chat: Chat | None = None
    held: list[Message] = []
    for its_chat, message in messages:
        if chat is its_chat and held and _continues(held, message):
            held.append(message)
            continue
        if chat and held:
            yield chat, held
        chat, held = its_chat, [message]
    if chat and held:
        yield chat, held


def _continues(held: Sequence[Message], message: Message) -> bool:
    last = held[-1]
    return (
        len(held) < MOST_IN_ALBUM
        and all(_is_media(each) and "forwarded_from" not in each for each in (last, message))
        and _number(message) == _number(last) + 1
        and last.get("date_unixtime") is not None
        and message.get("date_unixtime") == last.get("date_unixtime")
        and message.get("from_id") == last.get("from_id")
    )


def post_of(messages: Sequence[Message]) -> Post:
    """The post that messages are: one, or an album."""
    posts = [_single(message) for message in messages]
    spoken = [post for post in posts if has_words(post)]
    if len(spoken) < 2:
        return spoken[0] if spoken else posts[0]
    return replace(
        spoken[0],
        text="\n\n".join(post.text for post in spoken),
        links=tuple(link for post in spoken for link in post.links),
        formatted=any(post.formatted for post in spoken),
    )


def _single(message: Message) -> Post:
    parts = _parts(message.get("text")) or _parts(message.get("text_entities"))
    entities = _parts(message.get("text_entities")) or parts
    signed = message.get("author")
    return Post(
        number=_number(message),
        text="".join(text for _, text, _ in parts).strip(),
        sent=_moment(message.get("date_unixtime"), message.get("date")),
        edited=_moment(message.get("edited_unixtime"), message.get("edited")),
        author=signed if isinstance(signed, str) and signed.strip() else None,
        links=tuple(
            each
            for kind, text, href in entities
            if kind in _LINKS
            for each in (href or text,)
            if each
        ),
        formatted=any(kind in _FORMATS for kind, _, _ in entities),
        has_file=_is_media(message),
    )


def _parts(text: object) -> list[tuple[str, str, str]]:
    """What a text consists of: kind, words and where they lead."""
    if isinstance(text, str):
        return [("plain", text, "")] if text else []
    found: list[tuple[str, str, str]] = []
    for part in text if isinstance(text, list) else ():
        if isinstance(part, str):
            found.append(("plain", part, ""))
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            kind, href = part.get("type"), part.get("href")
            found.append((str(kind), part["text"], href if isinstance(href, str) else ""))
    return found


def _number(message: Message) -> int:
    number = message.get("id")
    return number if isinstance(number, int) and abs(number) < LARGEST else 0


def _is_media(message: Message) -> bool:
    return any(name in message for name in _MEDIA)


def _moment(seconds: object, written: object) -> datetime | None:
    """A moment by its Unix seconds; older exports only write it, in the exporter's own time."""
    try:
        if isinstance(seconds, str | int):
            return datetime.fromtimestamp(int(seconds), timezone.utc)
        if isinstance(written, str):
            return datetime.fromisoformat(written).replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError, OSError):
        pass
    return None
