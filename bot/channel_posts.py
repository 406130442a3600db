"""Messages of a channel, and forwards of such, as posts."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Chat, Message, MessageOriginChannel

from bot.contents import is_formatted, is_picture, links_of, text_of
from bot.posts import Place, Post, has_words


def place_of(chat: Chat) -> Place:
    """Where posts stand."""
    return Place(chat.id, chat.title or "", chat.username)


def apart(messages: Sequence[Message]) -> list[list[Message]]:
    """The messages of each post: pictures of an album are one, its documents are not."""
    posts: list[list[Message]] = []
    for message in messages:
        album = message.media_group_id if message.document is None else None
        if album and posts and posts[-1][-1].media_group_id == album:
            posts[-1].append(message)
        else:
            posts.append([message])
    return posts


def post_of(messages: Sequence[Message]) -> Post:
    """What the messages of a post say, where they stand or where they were forwarded from."""
    posts = [_single(message) for message in messages]
    spoken = [number for number, post in enumerate(posts) if has_words(post)]
    if not spoken:
        return posts[0]
    words = "\n\n".join(posts[number].text for number in spoken)
    first = posts[spoken[0]]
    return Post(first.number, words, first.sent, first.edited, first.author, first.links)


def holds_document(message: Message) -> bool:
    """Whether there is a file in it that may be read; pictures are not looked at in channels."""
    return message.document is not None and not is_picture(message.document)


def _single(message: Message) -> Post:
    origin = message.forward_origin if message.chat.type != Chat.CHANNEL else None
    words = text_of(message).strip()
    links, formatted = links_of(message), is_formatted(message)
    if isinstance(origin, MessageOriginChannel):
        author = origin.author_signature
        return Post(origin.message_id, words, origin.date, None, author, links, formatted)
    return Post(
        number=message.message_id,
        text=words,
        sent=message.date,
        edited=message.edit_date,
        author=message.author_signature,
        links=links,
        formatted=formatted,
    )
