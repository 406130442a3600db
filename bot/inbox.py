"""Updates are stored before they are acknowledged, and replayed after a crash."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from telegram import Bot, Update
from telegram.error import NetworkError

from bot.store.store import Store
from bot.workers import Workers
from index import StorageError

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""An update whose handling has ended the process so often is not tried again."""

if TYPE_CHECKING:
    Queue = asyncio.Queue[object]
else:
    Queue = asyncio.Queue


class Inbox(Queue):
    """The queue between the updater and the application.

    The updater polls again, and thereby acknowledges, only after `put` has returned: by then the
    update is on disk. Updates of people who may not talk to the bot are passed on unstored, and so
    is what is asked while it is typed: seconds later it is of no use.
    """

    def __init__(self, store: Store, workers: Workers, admits: Callable[[Update], bool]) -> None:
        super().__init__()
        self._store = store
        self._workers = workers
        self._admits = admits

    async def put(self, item: object) -> None:
        """Store an update and pass it on; one that is known already is dropped.

        Raises:
            NetworkError: it cannot be stored. The updater waits and asks Telegram for it again.
        """
        if isinstance(item, Update) and not item.inline_query and self._admits(item):
            chat = item.effective_chat
            try:
                new = await self._workers.records(
                    self._store.take_in, item.update_id, chat.id if chat else None, item.to_json()
                )
            except StorageError as error:
                log.error("update not stored", extra={"update": item.update_id})
                raise NetworkError(f"The update cannot be stored: {error}") from error
            if not new:
                log.info("update known already", extra={"update": item.update_id})
                return
        await super().put(item)

    async def replay(self, bot: Bot) -> int:
        """Pass on what an earlier process stored and did not finish; how many updates.

        Call it before polling begins, so that the order is kept.
        """
        count = 0
        for pending in await self._workers.records(self._store.pending):
            if pending.attempts >= MOST_ATTEMPTS:
                log.error("update given up", extra={"update": pending.update_id})
                await self.finish([pending.update_id])
                continue
            await super().put(Update.de_json(json.loads(pending.payload), bot))
            count += 1
        return count

    async def finish(self, update_ids: list[int]) -> None:
        """Mark updates as done."""
        try:
            await self._workers.records(self._store.finish, update_ids)
        except StorageError:
            # They are replayed at the next start; what was told is known to the exchanges.
            log.error("update not marked as done", extra={"updates": len(update_ids)})
