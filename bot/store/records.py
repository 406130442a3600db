"""The values the store takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Role(str, Enum):
    OWNER = "owner"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may talk to the bot."""

    user_id: int
    name: str
    role: Role


class ChatKind(str, Enum):
    """As Telegram calls them."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How a chat is set; by its own people, in Telegram."""

    language: str | None = None
    """Of the bot's own sentences: ISO 639-1. None where nobody chose one."""
    zone: str | None = None
    """Time zone of dates, such as `Europe/Kyiv`; UTC without."""
    quiet: bool = False
    """In a group, whether what can be read is saved without being asked."""
    using: int | None = None
    """In a private chat, the group or channel whose library its questions ask."""
    spoken: str | None = None
    """In a private chat, the language of the person's Telegram; it goes where none is chosen."""


@dataclass(frozen=True, slots=True)
class KnownChat:
    """A chat that the bot is in, or was."""

    chat_id: int
    kind: ChatKind = ChatKind.PRIVATE
    title: str = ""
    username: str | None = None
    active: bool = True
    """Whether the bot is in it and may write."""
    since: float = 0.0
    """Unix seconds: when `active` changed last."""
    admitted: bool = False
    """Of a group or channel: whether somebody who may talk to the bot has brought it there."""
    settings: ChatSettings = field(default_factory=ChatSettings)

    @property
    def is_shared(self) -> bool:
        """Whether it is a group or a channel."""
        return self.kind is not ChatKind.PRIVATE


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing question."""

    id: int
    chat_id: int
    thread_id: int | None
    """The topic to answer in."""
    user_id: int
    """Who asked it."""
    library: int
    """The chat whose library is asked."""
    question: str
    since: float
    checked: int
    """The highest number of an article that it was asked of."""
    told: tuple[str, ...] = ()
    """Tells the answers that were told from others; not their words."""


class Kind(str, Enum):
    SAVE = "save"
    ASK = "ask"
    LIST = "list"
    """A list of articles, with the words that were searched for as its question."""
    EXPORT = "export"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A person's message and what the bot made of it."""

    id: int
    chat_id: int
    message_id: int
    kind: Kind
    begun: float
    """Unix seconds."""
    told: bool
    """Whether the person has the final reply, so that a replay says nothing again."""
    reply_id: int | None = None
    """The bot's message: a receipt, an answer, or what will become one."""
    question: str | None = None
    articles: tuple[int, ...] = ()
    """Saved: those it became. Asked: those the question is limited to."""
    details: Mapping[str, Any] = field(default_factory=dict)
    part: int = 0
    """Which of the message's exchanges of this kind: one for each of its links."""

    @property
    def library(self) -> int:
        """The chat whose library it is about: mostly the chat itself."""
        return int(self.details.get("library", self.chat_id))


@dataclass(frozen=True, slots=True)
class Piece:
    """A message of a chat that holds the characters `start` to `end` of an article's text."""

    chat_id: int
    message_id: int
    article_id: int
    start: int
    end: int
    entities: tuple[tuple[str, int, int], ...] = ()
    """Formatting that a quote has to repeat: type, start, end in the article's text."""
    thread_id: int | None = None
    """The topic of a forum that the message is in."""


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """An update that was received and is not done."""

    update_id: int
    payload: str
    attempts: int
    """How often it was replayed."""
