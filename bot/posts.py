"""A post of a channel as an article: just written, forwarded or exported, it is the same (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from bot.addresses import beside
from index import Article, IndexSettings, read_text

CHANNEL_IDS = 10**12
"""Bots know channels and supergroups by this and their own number together, below zero."""
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Place:
    """The chat that a post stands in; it has no id where nobody else can reach it."""

    chat_id: int | None
    title: str
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What is told of a post; an album is one, with the number of the message that has its words.

    `links` are those in its words, `formatted` tells of bold, quotes and the like.
    """

    number: int
    text: str
    sent: datetime | None = None
    edited: datetime | None = None
    author: str | None = None
    """Who signed it."""
    links: tuple[str, ...] = ()
    formatted: bool = False
    has_file: bool = False


def has_words(post: Post) -> bool:
    """Whether there is anything in a post that can be kept, beside links."""
    return bool(_WORD.search(beside(post.text, post.links)))


def address_of(place: Place, number: int) -> str | None:
    """What tells a post from all others, whatever its chat is called; None where there is nothing.

    An export does not tell a channel's public name, which can change too.
    """
    own = _own_number(place)
    return f"t.me/c/{own}/{number}" if own is not None and number > 0 else None


def link_to(place: Place, number: int) -> str | None:
    """The link that opens a post, for everybody or for those who are in its chat."""
    own = _own_number(place)
    if own is None or number <= 0:  # a group's from before it had links
        return None
    return f"https://t.me/{place.username or f'c/{own}'}/{number}"


def article_of(post: Post, place: Place, settings: IndexSettings) -> Article:
    """The article in the words of a post; raises SourceError."""
    return placed(read_text(post.text, settings), post, place)


def placed(article: Article, post: Post, place: Place, part: int = 1) -> Article:
    """An article of a post, or the `part` of several, with what is known of it through the post."""
    address = address_of(place, post.number)
    return replace(
        article,
        site=place.title or None,
        author=post.author,
        published=post.sent.astimezone(timezone.utc).date() if post.sent else article.published,
        source=link_to(place, post.number) or article.source,
        address=f"{address}#{part}" if address and part > 1 else address,
        certain=True,
    )


def introduced(document: Article, words: str) -> Article:
    """A document with the words that stand beside it in front; they are on its first page."""
    before = f"{words}\n\n"
    first, *others = document.pages or (0,)
    pages = (first, *(start + len(before) for start in others)) if document.pages else ()
    return replace(document, text=before + document.text, pages=pages)


def _own_number(place: Place) -> int | None:
    chat_id = place.chat_id
    return -chat_id - CHANNEL_IDS if chat_id is not None and chat_id < -CHANNEL_IDS else None
