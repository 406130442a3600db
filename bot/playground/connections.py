"""The connections under the requests: held without an answer, or cut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class Connection(Protocol):
    """What uvicorn keeps of a connection."""

    client: tuple[str, int] | None
    transport: asyncio.Transport


class Silence(Response):
    """An answer that is none, for a connection that has ended."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send nothing."""


class Connections:
    """Ends requests without an answer; `known` lists the connections there are."""

    def __init__(self, known: Callable[[], Iterable[Connection]]) -> None:
        self._known = known
        self._closed = asyncio.Event()

    def close(self) -> None:
        """Hold no request any longer."""
        self._closed.set()

    async def cut(self, request: Request) -> Response:
        """Close the connection at once."""
        client = tuple(request.scope["client"] or ())
        for connection in list(self._known()):
            if connection.client == client:
                connection.transport.abort()
        await _gone(request)
        return Silence()

    async def hold(self, request: Request) -> Response:
        """Say nothing until the other side gives up or the server stops."""
        gone = asyncio.ensure_future(_gone(request))
        closed = asyncio.ensure_future(self._closed.wait())
        await asyncio.wait((gone, closed), return_when=asyncio.FIRST_COMPLETED)
        for task in (gone, closed):
            task.cancel()
        return await self.cut(request) if self._closed.is_set() else Silence()


async def _gone(request: Request) -> None:
    """Wait until the other side has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
