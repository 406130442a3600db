"""What happens, told to the chat page as it happens."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence

from bot.playground.values import Json

KEPT = 100_000
"""Events that are remembered for pages which come back."""


class EventLog:
    """Numbered events; readers wait for those after a number, of all chats or of one."""

    def __init__(self) -> None:
        self.cursor = 0
        self.closed = False
        self._events: deque[Json] = deque(maxlen=KEPT)
        self._of_chats: dict[int, list[Json]] = {}
        self._waiting: dict[int | None, set[asyncio.Future[None]]] = {}

    def publish(self, kind: str, chat_id: int | None, **details: object) -> None:
        """Tell everybody who waits."""
        self.cursor += 1
        event: Json = {"id": self.cursor, "type": kind}
        if chat_id is not None:
            event["chat_id"] = chat_id
        event.update(details)
        self._events.append(event)
        if chat_id is not None:
            self._of_chats.setdefault(chat_id, []).append(event)
        self._wake(None)
        self._wake(chat_id)

    def after(self, cursor: int, chat_id: int | None = None) -> list[Json]:
        """What happened since, oldest first."""
        if chat_id is None:
            behind = min(self.cursor - cursor, len(self._events))
            return [self._events[at] for at in range(-behind, 0)] if behind > 0 else []
        events: Sequence[Json] = self._of_chats.get(chat_id, [])
        return list(events[bisect_right(events, cursor, key=lambda event: int(event["id"])) :])

    async def wait(self, cursor: int, seconds: float, chat_id: int | None = None) -> list[Json]:
        """What happened since; if nothing did, what happens within so many seconds."""
        until = time.monotonic() + seconds
        while not (found := self.after(cursor, chat_id)) and not self.closed:
            left = until - time.monotonic()
            if left <= 0:
                break
            happened = asyncio.get_running_loop().create_future()
            waiting = self._waiting.setdefault(chat_id, set())
            waiting.add(happened)
            try:
                await asyncio.wait_for(happened, left)
            except asyncio.TimeoutError:
                break
            finally:
                waiting.discard(happened)
        return found

    def close(self) -> None:
        """Let nobody wait any longer."""
        self.closed = True
        for chat_id in list(self._waiting):
            self._wake(chat_id)

    def _wake(self, chat_id: int | None) -> None:
        for happened in self._waiting.get(chat_id, ()):
            if not happened.done():
                happened.set_result(None)
