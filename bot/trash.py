"""Articles that were just removed, kept in memory for a minute so that it can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count

from bot.store.records import Piece
from index import Article

KEPT_FOR = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Removed:
    """An article as it was, and the messages that held it."""

    article: Article
    article_id: int
    pieces: tuple[Piece, ...]
    library: int
    """The chat whose library it was in."""
    by: int | None = None
    """Who removed it, where that is known."""


class Trash:
    """What can still be put back. Nothing of it is on disk: a stopped bot has forgotten it."""

    def __init__(self, kept_for: float = KEPT_FOR) -> None:
        self._kept_for = kept_for
        self._numbers = count(1)
        self._held: dict[tuple[int, int], tuple[Sequence[Removed], asyncio.Task[None]]] = {}

    def keep(
        self, chat_id: int, removed: Sequence[Removed], expired: Callable[[], Awaitable[object]]
    ) -> int:
        """Keep what was removed; the number to take it back by. `expired` runs when time is up."""
        key = (chat_id, next(self._numbers))

        async def wait() -> None:
            await asyncio.sleep(self._kept_for)
            if self._held.pop(key, None):
                await expired()

        self._held[key] = (removed, asyncio.create_task(wait()))
        return key[1]

    def kept(self, chat_id: int, number: int) -> Sequence[Removed]:
        """What is kept under this number, and stays so."""
        return self._held.get((chat_id, number), ((), None))[0]

    def take_back(self, chat_id: int, number: int) -> Sequence[Removed]:
        """What was kept under this number, once; nothing when it is too late."""
        removed, task = self._held.pop((chat_id, number), ((), None))
        if task:
            task.cancel()
        return removed

    def forget_chat(self, chat_id: int) -> None:
        """Let go of everything of a chat, also of what others removed from its library."""
        for (chat, number), (removed, _) in list(self._held.items()):
            if chat == chat_id or any(each.library == chat_id for each in removed):
                self.take_back(chat, number)

    def close(self) -> None:
        """Let go of everything."""
        for _, task in self._held.values():
            task.cancel()
        self._held.clear()
