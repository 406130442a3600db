"""The queue of updates from which the bot polls."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Sequence

from bot.playground.limits import POLL_SECONDS, UPDATES_PER_CALL
from bot.playground.refusals import ApiError
from bot.playground.values import Json

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
ONLY_IF_ASKED = ("chat_member", "message_reaction", "message_reaction_count")
CONFLICT = (
    "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)


class UpdateQueue:
    """Updates in order. One is delivered until an offset above it acknowledges it."""

    def __init__(self) -> None:
        self.allowed = frozenset(KINDS) - set(ONLY_IF_ASKED)
        self.closed = False
        self._next_id = 100_000_000 + secrets.randbelow(800_000_000)
        self._pending: deque[Json] = deque()
        self._poll: asyncio.Future[bool] | None = None
        """The poll that waits: true when an update has come, false when another poll has."""

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot wants none of its kind."""
        if kind not in self.allowed:
            return
        self._pending.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self._end_poll(True)

    def allow(self, kinds: Sequence[object]) -> None:
        """Which kinds the bot wants from now on; none named: the usual ones."""
        named = {str(kind).lower() for kind in kinds} & set(KINDS)
        self.allowed = frozenset(named) or frozenset(KINDS) - set(ONLY_IF_ASKED)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """The updates from `offset` on; if there are none, the first to come.

        A poll that finds another one waiting ends it: that one raises ApiError (409).
        """
        self._end_poll(False)
        self._acknowledge(offset)
        limit = limit if 1 <= limit <= UPDATES_PER_CALL else UPDATES_PER_CALL
        until = time.monotonic() + max(0.0, min(seconds, POLL_SECONDS))
        while not self._pending and not self.closed:
            left = until - time.monotonic()
            if left <= 0:
                break
            poll: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            self._poll = poll
            try:
                came = await asyncio.wait_for(poll, left)
            except asyncio.TimeoutError:
                break
            finally:
                if self._poll is poll:
                    self._poll = None
            if not came:
                raise ApiError(409, CONFLICT)
        return [self._pending[at] for at in range(min(limit, len(self._pending)))]

    def drop(self) -> None:
        """Forget what is queued."""
        self._pending.clear()

    def close(self) -> None:
        """Let nobody wait any longer."""
        self.closed = True
        self._end_poll(True)

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while offset > 0 and self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    def _end_poll(self, came: bool) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(came)
