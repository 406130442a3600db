"""Host names to IP addresses."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from threading import Thread
from typing import Protocol


class Resolver(Protocol):
    """Finds the IP addresses of a host."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses, the best first; raises OSError where there are none."""
        ...


class SystemResolver:
    """Asks the system, as every program does.

    Each name has a thread of its own: looking up one can take half a minute, cannot be given up,
    and must neither keep those threads busy that the event loop has for others nor the program
    from ending.
    """

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses in the order in which the system would try them."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def look_up() -> None:
            found: list[str] | Exception
            try:
                told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                found = [str(address[0]) for *_, address in told]
            except (OSError, UnicodeError) as error:
                found = error
            with suppress(RuntimeError):  # the event loop may have ended
                loop.call_soon_threadsafe(_settle, answer, found)

        Thread(target=look_up, name=f"resolving {host}", daemon=True).start()
        return await answer


def _settle(answer: asyncio.Future[list[str]], found: list[str] | Exception) -> None:
    if answer.done():  # nobody waits any more
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)
