"""Threads for all that would hold up the event loop: models, the library, the bot's database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

ADDING_THREADS = 2
"""So that a short article need not wait for the end of a long one."""
LOOKING_THREADS = 2
READING_THREADS = 8
"""They only wait for the processes that read."""


class Workers:
    """Five pools: what is quick never waits behind questions, nor these behind articles."""

    def __init__(self, answer_threads: int) -> None:
        self._asking = ThreadPoolExecutor(answer_threads, "ask")
        self._looking = ThreadPoolExecutor(LOOKING_THREADS, "look")
        self._changing = ThreadPoolExecutor(ADDING_THREADS, "change")
        self._reading = ThreadPoolExecutor(READING_THREADS, "read")
        self._recording = ThreadPoolExecutor(1, "records")

    async def ask(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run what uses the models to answer."""
        return await _run(self._asking, function, *arguments, **named)

    async def look(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run what looks something up in a library."""
        return await _run(self._looking, function, *arguments, **named)

    async def change(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run what writes to a library."""
        return await _run(self._changing, function, *arguments, **named)

    async def read(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run what waits for a document to be read in another process."""
        return await _run(self._reading, function, *arguments, **named)

    async def records(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run what uses the bot's own database."""
        return await _run(self._recording, function, *arguments, **named)

    def close(self) -> None:
        """Wait for what runs, and drop what has not begun."""
        pools = (self._asking, self._looking, self._changing, self._reading, self._recording)
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


async def _run(
    pool: ThreadPoolExecutor,
    function: Callable[Arguments, Result],
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Result:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pool, lambda: function(*arguments, **named))
