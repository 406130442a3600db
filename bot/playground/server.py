"""The playground's server: Telegram on one's own machine."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.playground.bot_api import bot_routes
from bot.playground.connections import Connection, Connections
from bot.playground.page_api import page_routes
from bot.playground.pages import static_routes
from bot.playground.people import Person
from bot.playground.world import World

HOST = "127.0.0.1"
TOKEN = "4200000001:AAPlaygroundOnlyNotATokenOfTelegram"  # noqa: S105
_log = logging.getLogger(__name__)
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0


class Playground:
    """A Bot API server and a chat page in a thread of their own, on loopback only.

    A bot that is built with `base_url` and `base_file_url` talks to it as to Telegram.
    `port` 0 takes a free one. With `privacy_mode` the bot sees of a group what concerns it;
    with `inline_feedback` it is told which inline results are chosen.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        bot_name: str = "Cuttings",
        bot_username: str = "cuttings_bot",
        people: Sequence[str] = ("Ann", "Ben", "Cleo"),
        port: int = 0,
        privacy_mode: bool = True,
        inline_mode: bool = True,
        inline_feedback: bool = False,
    ) -> None:
        if not re.fullmatch(r"\d{1,19}:[\w-]{20,}", token):
            raise ValueError("A token is a number, a colon and at least 20 letters or digits.")
        self.token = token
        self.port = port
        self._bot = Person(int(token.partition(":")[0]), bot_name, bot_username, is_bot=True)
        self._people = tuple(people)
        self._modes = {
            "privacy_mode": privacy_mode,
            "inline_mode": inline_mode,
            "inline_feedback": inline_feedback,
        }
        self._running: _Running | None = None

    @property
    def url(self) -> str:
        """The address of the chat page."""
        return f"http://{HOST}:{self.port}/"

    @property
    def base_url(self) -> str:
        """What a bot calls instead of Telegram: the token follows it."""
        return f"http://{HOST}:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """Where a bot downloads files: the token follows it."""
        return f"http://{HOST}:{self.port}/file/bot"

    def start(self) -> Playground:
        """Serve; returns once it listens. OSError if the port is taken."""
        if self._running is None:
            listening = _listen(self.port)
            self.port = listening.getsockname()[1]
            world = World(self._bot, self._people, **self._modes)
            self._running = _Running(world, self.token, listening)
            _log.info("playground on port %d", self.port)
        return self

    def stop(self) -> None:
        """End every request and the thread; the world with its chats is gone."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    def __enter__(self) -> Playground:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Running:
    """The thread in which the server's loop runs."""

    def __init__(self, world: World, token: str, listening: socket.socket) -> None:
        self.world = world
        self.connections = Connections(self._connections)
        self.listening = listening
        self.server = uvicorn.Server(
            uvicorn.Config(
                _application(world, token, self.connections),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_keep_alive=60,
                timeout_graceful_shutdown=2,
            )
        )
        self.loop: asyncio.AbstractEventLoop | None = None
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, name="playground", daemon=True)
        self.thread.start()
        if not self.ready.wait(_START_SECONDS) or self.loop is None:
            raise RuntimeError("The playground did not start.")

    def _connections(self) -> list[Connection]:
        return cast("list[Connection]", list(self.server.server_state.connections))

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self.ready.set()
            self.listening.close()

    async def _serve(self) -> None:
        serving = asyncio.ensure_future(self.server.serve(sockets=[self.listening]))
        while not self.server.started and not serving.done():
            await asyncio.sleep(0.005)
        if self.server.started:
            self.loop = asyncio.get_running_loop()
        self.ready.set()
        await serving

    def stop(self) -> None:
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self._close)
        self.thread.join(_STOP_SECONDS)
        if self.thread.is_alive():
            self.server.force_exit = True
            self.thread.join(_STOP_SECONDS)

    def _close(self) -> None:
        self.world.close()
        self.connections.close()
        self.server.should_exit = True


def _listen(port: int) -> socket.socket:
    # Named as TCP, or asyncio lets small answers wait for an acknowledgement.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise
    return listening


def _application(world: World, token: str, connections: Connections) -> Starlette:
    routes = [*page_routes(world), *bot_routes(world, token, connections), *static_routes()]
    # Another name for this address would let a strange site into the page's requests.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    return Starlette(routes=routes, middleware=[hosts])
