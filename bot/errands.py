"""What takes minutes goes on beside whatever else its chat wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update

from bot.turns import Turns

Work = Coroutine[Any, Any, None]


class Errands:
    """Begins what goes on after its update was dealt with: that is done only when its work is.

    A bot that is killed meanwhile is given the update again at its next start.
    """

    def __init__(
        self,
        turns: Turns,
        start: Callable[[Work], object],
        failed: Callable[[Update, BaseException], Awaitable[None]],
    ) -> None:
        """`start` makes a task, `failed` is told what went wrong."""
        self._turns = turns
        self._start = start
        self._failed = failed

    def begin(self, work: Work) -> None:
        """Go on with this after the update that is being dealt with."""
        self._start(self._run(self._turns.hold(), work))

    async def _run(self, update: Update, work: Work) -> None:
        try:
            await work
        except Exception as error:  # told as that of any handler
            await self._failed(update, error)
        await self._turns.let_go(update)
