"""A playground in a process of its own, libraries for many chats, and the bot in this process."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.progress import track

from benchmarks.articles import sample_articles
from bot.application import open_archive
from bot.libraries import library_name
from bot.playground import PlaygroundClient
from bot.running import run
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from index import Archive, IndexSettings

ROOT = Path(__file__).resolve().parents[1]
TICK = 0.005
"""Seconds between two looks at the clock of the event loop."""


@dataclass(frozen=True, slots=True)
class Served:
    """A playground that runs elsewhere."""

    url: str
    token: str


@dataclass(slots=True)
class Ticks:
    """By how many seconds the event loop was late, each time."""

    late: list[float] = field(default_factory=list)

    async def watch(self) -> None:
        """Look at the clock again and again."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK)
            self.late.append(time.perf_counter() - begun - TICK)

    def longest(self) -> float:
        """The longest stall, in milliseconds."""
        return max(self.late, default=0.0) * 1000

    def quantile(self, share: float) -> float:
        """The stall that so great a share of the looks did not exceed, in milliseconds."""
        ordered = sorted(self.late) or [0.0]
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


@contextmanager
def served_playground() -> Iterator[Served]:
    """A playground as a process, so that it takes no time of the bot's."""
    command = [sys.executable, "-m", "bot.cli", "playground", "--no-bot", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    assert process.stdout is not None
    try:
        told = ""
        while "Token:" not in told:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError("The playground did not start.")
            told += line
        url = re.search(r"http://127\.0\.0\.1:\d+/", told)
        token = re.search(r"Token:\s+(\S+)", told)
        assert url is not None
        assert token is not None
        yield Served(url[0], token[1])
    finally:
        process.terminate()
        process.wait(20)


def filled(folder: Path, console: Console) -> Path:
    """The sample articles as an exported library, so that nothing is encoded twice."""
    file = folder / "samples.jsonl"
    folder.mkdir(parents=True)
    with Archive(folder / "data", IndexSettings()) as archive, console.status("encoding samples"):
        library = archive.library_for_adding()
        list(library.add(sample_articles()))
        library.export(file)
    return file


def libraries_for(chats: list[int], data: Path, source: Path, console: Console) -> None:
    """Give each of these chats the sample articles."""
    with Archive(data, IndexSettings()) as archive:
        for chat in track(chats, "filling libraries", console=console, transient=True):
            list(archive.library_for_adding(library_name(chat)).import_(source))


@contextmanager
def bot_in_thread(
    served: Served, data: Path, threads: int, ticks: Ticks
) -> Iterator[tuple[Archive, asyncio.AbstractEventLoop]]:
    """The bot in a thread of this process, with its models loaded and its loop watched."""
    settings = BotSettings(
        token=SecretStr(served.token),
        api_url=served.url.rstrip("/"),
        access="everyone",
        answer_threads=threads,
        questions_per_minute=0,
    )
    ready, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    with open_archive(IndexSettings(), data) as archive:
        archive.load()
        store = Store(data)

        async def serve() -> None:
            watching = asyncio.create_task(ticks.watch())
            await run(settings, archive, store, stop, lambda started: ready.set())
            watching.cancel()

        thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
        thread.start()
        try:
            if not ready.wait(60):
                raise RuntimeError("The bot did not start.")
            yield archive, loop
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(60)
            store.close()


def people(client: PlaygroundClient, count: int) -> list[int]:
    """So many new people; their ids, which are those of their chats."""
    return [client.add_person(f"Asker {number}").id for number in range(count)]
