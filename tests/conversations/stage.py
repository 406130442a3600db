"""The real bot with the real models, polling a playground over HTTP, and people who talk to it."""

from __future__ import annotations

import asyncio
import atexit
import io
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from pydantic import SecretStr

from bot.application import open_archive
from bot.logs import OURS, LineFormatter
from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import PersonHandle
from bot.running import Started, run
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from index import Archive, IndexSettings

Message = dict[str, Any]

QUIET = 0.35
"""Seconds; the playground delivers the pieces of a paste at once."""
COMMENT = 0.15
_names = count(1)


@cache
def models() -> Archive:
    """An archive that is never filled: what it holds are the models, loaded once for all tests."""
    folder = mkdtemp(prefix="cuttings-models-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    archive = Archive(Path(folder), IndexSettings())
    archive.load()
    return archive


class RunningBot:
    """The bot in a thread of its own, as `cuttings run` runs it."""

    def __init__(
        self,
        playground: Playground,
        data: Path,
        index: IndexSettings | None = None,
        **settings: Any,
    ) -> None:
        self.playground = playground
        self.data = data
        self.index = index or IndexSettings()
        self.log = io.StringIO()
        self.started: Started | None = None
        self.error: BaseException | None = None
        self._settings = BotSettings(
            token=SecretStr(playground.token),
            api_url=playground.url.rstrip("/"),
            quiet_seconds=QUIET,
            comment_seconds=COMMENT,
            **settings,
        )
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="bot")

    def start(self) -> RunningBot:
        """Run it; returns once it knows its own name."""
        self._thread.start()
        assert self._ready.wait(60), "The bot did not start."
        return self

    def stop(self) -> None:
        """Stop it as Ctrl-C would."""
        if self._loop and self._stop and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(60)
        assert not self._thread.is_alive(), "The bot did not stop."

    def wait(self, seconds: float) -> None:
        """Wait for it to end by itself."""
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "The bot goes on."

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self.error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        loaded = models()
        with open_archive(
            self.index, self.data, encoder=loaded.encoder, reader=loaded.reader
        ) as archive:
            store = Store(self.data)
            try:
                await run(self._settings, archive, store, self._stop, self._told)
            finally:
                store.close()

    def _told(self, started: Started) -> None:
        self.started = started
        self._ready.set()


@contextmanager
def running(
    playground: Playground, data: Path, index: IndexSettings | None = None, **settings: Any
) -> Iterator[RunningBot]:
    """The bot, with everything it logs; when it has stopped, no process of its own is left."""
    bot = RunningBot(playground, data, index, **settings)
    handler = logging.StreamHandler(bot.log)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    level, before = root.level, parser_processes()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        bot.start()
        yield bot
    finally:
        bot.stop()
        root.removeHandler(handler)
        root.setLevel(level)
    assert parser_processes() <= before


def parser_processes(of: int | None = None) -> set[int]:
    """The processes in which a process, or this one, has documents read, until they have ended."""
    found, of = set(), of or os.getpid()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text("utf-8", "replace")
            program = (entry / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = status.rpartition(")")[2].split()[:2]
        # One that has ended, and that nobody has waited for, has no program any more.
        if int(parent) == of and (b"index.parsing.worker" in program or state == "Z"):
            found.add(int(entry.name))
    return found


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A playground and the bot in it, open to everyone; in the end its log is looked through."""
    with Playground() as playground:
        data = tmp_path_factory.mktemp("bot")
        with running(playground, data, access="everyone") as bot:
            yield bot
        assert_discreet(bot, playground)


@pytest.fixture
def client(stage: RunningBot) -> Iterator[PlaygroundClient]:
    with PlaygroundClient(stage.playground.url) as client:
        yield client
        client.heals()


@pytest.fixture
def ann(client: PlaygroundClient) -> PersonHandle:
    """Somebody new in each test, with an empty library."""
    return newcomer(client)


@pytest.fixture
def ben(client: PlaygroundClient) -> PersonHandle:
    """Somebody else."""
    return newcomer(client)


def newcomer(client: PlaygroundClient) -> PersonHandle:
    return client.add_person(f"Person{next(_names)}")


def assert_discreet(bot: RunningBot, playground: Playground) -> None:
    """The log has neither the token nor a traceback, nor a long word that anybody wrote."""
    log = bot.log.getvalue()
    assert playground.token not in log
    assert playground.token.partition(":")[2] not in log
    assert "Traceback" not in log
    with PlaygroundClient(playground.url) as client:
        for chat in client.world()["chats"]:
            for message in client.messages(chat["id"]):
                said = str(message.get("text") or message.get("caption") or "")
                assert "Traceback" not in said
                assert playground.token not in said
                for line in filter(lambda line: len(line) > 20, said.splitlines()):
                    assert line not in log
