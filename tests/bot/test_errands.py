"""Work that goes on after its update was dealt with, which is done only then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram import Update
from update_samples import message

from bot.errands import Errands
from bot.telegram_settings import BotSettings
from bot.turns import Turns


class Desk:
    """Turns and errands, what was finished and what went wrong."""

    def __init__(self, *, leaves: bool = False) -> None:
        self.finished: list[list[int]] = []
        self.failed: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._leaves = leaves
        self.turns = Turns(BotSettings(quiet_seconds=0, comment_seconds=0), self._finish)
        self.errands = Errands(self.turns, self._start, self._fail)

    async def deals(self, update: Update, *steps: Callable[[], Awaitable[None]]) -> None:
        """Begin the first step as an errand, then do the others."""

        async def handle() -> None:
            errand, *others = steps

            async def work() -> None:
                await errand()

            self.errands.begin(work())
            for each in others:
                await each()

        await self.turns.do_process_update(update, handle())

    def _start(self, work: object) -> None:
        assert asyncio.iscoroutine(work)
        self.tasks.append(asyncio.create_task(work))

    async def _finish(self, updates: list[int]) -> None:
        self.finished.append(updates)

    async def _fail(self, update: Update, error: BaseException) -> None:
        self.failed.append(str(error))
        if self._leaves:
            self.turns.leave_unfinished(update)


def test_an_update_is_done_when_its_work_is() -> None:
    async def talk() -> None:
        desk, go = Desk(), asyncio.Event()

        async def work() -> None:
            await go.wait()

        await desk.deals(message(5), work)
        # Others of the same chat need not wait for it.
        await desk.turns.do_process_update(message(6), asyncio.sleep(0))
        assert desk.finished == [[6]]
        go.set()
        await asyncio.gather(*desk.tasks)
        assert desk.finished == [[6], [5]]

    asyncio.run(talk())


def test_work_that_is_done_before_its_handler_is_finished_with_it() -> None:
    async def talk() -> None:
        desk = Desk()

        async def work() -> None:
            """Nothing at all."""

        async def others() -> None:
            await asyncio.gather(*desk.tasks)
            assert desk.finished == []

        await desk.deals(message(5), work, others)
        assert desk.finished == [[5]]

    asyncio.run(talk())


def test_what_goes_wrong_is_told_and_the_update_is_done() -> None:
    async def talk() -> None:
        desk = Desk()

        async def work() -> None:
            raise ValueError("Broken.")

        await desk.deals(message(5), work)
        await asyncio.gather(*desk.tasks)
        assert (desk.failed, desk.finished) == (["Broken."], [[5]])

    asyncio.run(talk())


def test_an_update_that_is_to_come_again_is_not_done() -> None:
    async def talk() -> None:
        desk = Desk(leaves=True)

        async def work() -> None:
            raise ValueError("Later.")

        await desk.deals(message(5), work)
        await asyncio.gather(*desk.tasks)
        assert (desk.failed, desk.finished) == (["Later."], [])

    asyncio.run(talk())
