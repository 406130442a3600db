"""Polls Telegram, and notices when it has gone quiet, when another bot polls too, when it fails."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram.error import Conflict, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

HELD_OPEN = 25
"""Seconds that Telegram may hold a poll open when there is nothing new."""
SILENT_FOR = 120.0
"""Seconds without any answer after which polling is begun anew."""
LOOK_EVERY = 15.0


class PollingRequest(HTTPXRequest):
    """The connection for polling, which knows when Telegram answered last."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1, connect_timeout=10, read_timeout=10)
        self.alive = time.monotonic()

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Make a request."""
        code, content = await super().do_request(*arguments, **named)
        # A token that is refused ends the polling without a word: it is begun anew, to be told.
        refused = code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
        self.alive = -math.inf if refused else time.monotonic()
        return code, content

    async def renew(self) -> None:
        """Let go of the connection: one that was broken off can stay occupied for ever."""
        await self.shutdown()
        await self.initialize()


class Polling:
    """Keeps polling for an application."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        request: PollingRequest,
        updates: tuple[str, ...],
        conflict: Callable[[], None],
    ) -> None:
        assert application.updater is not None
        self._updater = application.updater
        self._request = request
        self._updates = list(updates)
        self._conflict = conflict

    async def run(self) -> None:
        """Poll until cancelled; begun anew whenever there was no answer for too long.

        What was polled is acknowledged in the end, as all of it is stored.

        Raises:
            InvalidToken: Telegram does not know the token any more.
        """
        try:
            await self._start()
            while True:
                await asyncio.sleep(LOOK_EVERY)
                if time.monotonic() - self._request.alive > SILENT_FOR:
                    log.warning("polling went silent")
                    await self._updater.stop()
                    await self._request.renew()
                    await self._start()
        finally:
            if self._updater.running:
                await self._updater.stop()

    async def _start(self) -> None:
        """Begin to poll; waits while the network is down."""
        await self._updater.start_polling(
            timeout=timedelta(seconds=HELD_OPEN),
            bootstrap_retries=-1,
            allowed_updates=self._updates,
            drop_pending_updates=False,
            error_callback=self._failed,
        )
        self._request.alive = time.monotonic()

    def _failed(self, error: TelegramError) -> None:
        self._request.alive = time.monotonic()  # it tries again by itself
        if isinstance(error, Conflict):
            self._conflict()
        else:
            log.warning("polling failed", exc_info=error)
