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


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """An update that was received and is not done."""

    update_id: int
    payload: str
    attempts: int
    """How often it was replayed."""
