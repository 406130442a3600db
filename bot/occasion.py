"""In which words and where the bot speaks while it deals with an update."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Occasion:
    """A chat's language, and the topic of it that is spoken in."""

    texts: Texts
    chat_id: int | None = None
    thread_id: int | None = None
    """The topic of this chat; None in what has no topics."""


_USUAL = Occasion(Texts())
_current: ContextVar[Occasion] = ContextVar("occasion")


def occasion() -> Occasion:
    """The occasion of the update that this task deals with; English without one."""
    return _current.get(_USUAL)


def topic_in(chat_id: int) -> int | None:
    """The topic of this chat that is being spoken in."""
    now = occasion()
    return now.thread_id if now.chat_id == chat_id else None


def begin(given: Occasion) -> None:
    """Speak so for the rest of this task, and in those that it starts."""
    _current.set(given)


@contextmanager
def speaking(given: Occasion) -> Iterator[None]:
    """Speak so for as long as the context lasts."""
    token = _current.set(given)
    try:
        yield
    finally:
        _current.reset(token)
