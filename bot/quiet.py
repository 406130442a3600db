"""What is kept of a group's talk without being asked: links, files and long posts (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from telegram import Message

from bot.clippings import caption_is_article
from bot.contents import file_name, is_formatted, is_picture, links_of, text_of
from bot.routing import (
    ARTICLE_CHARACTERS,
    ARTICLE_WORDS,
    SHORTEST_ARTICLE,
    Incoming,
    Intent,
    route,
)
from bot.routing_signs import word_count

_LIBRARIES = (".jsonl", ".ndjson", ".json")
"""Files of whole libraries, which administrators take in with /import."""
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
"""Links to what is said in Telegram."""


def is_kept(messages: Sequence[Message]) -> bool:
    """Whether the messages of one article hold one beyond doubt: a file, or a long post."""
    first = messages[0]
    parts = [text_of(message) for message in messages]
    pictures = any(message.photo or is_picture(message.document) for message in messages)
    if pictures:
        return caption_is_article(parts)
    if first.document is not None:
        return first.animation is None and not file_name(first.document).lower().endswith(
            _LIBRARIES
        )
    if first.effective_attachment is not None:
        return False
    text = "\n".join(parts).strip()
    if not is_long(text) and not (_is_post(first) and len(text) >= SHORTEST_ARTICLE):
        return False
    incoming = Incoming(
        text,
        is_forward=first.forward_origin is not None,
        formatted=any(map(is_formatted, messages)),
    )
    return route(incoming).intent in (Intent.SAVE, Intent.BOTH)


def kept_links(message: Message, links: Sequence[str]) -> list[str]:
    """Of the links that a message is about those that are kept."""
    incoming = Incoming(text_of(message), links=links_of(message))
    if route(incoming).intent not in (Intent.SAVE, Intent.BOTH):
        return []
    return [link for link in links if urlsplit(link).hostname not in _TELEGRAM]


def is_long(text: str) -> bool:
    """Whether a text is longer than what people say to one another."""
    return len(text) > ARTICLE_CHARACTERS or word_count(text) > ARTICLE_WORDS


def _is_post(message: Message) -> bool:
    """Whether it comes from a channel or a group, not from a person."""
    origin = message.forward_origin
    return origin is not None and origin.type in (origin.CHANNEL, origin.CHAT)
