"""Parsers whose workers do as the documents say, and what the system knows of a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.parsing.parser import Parser
from index.records import Article, Document, FailedSource
from index.settings import IndexSettings

SETTINGS = IndexSettings(
    parser_processes=2, parser_seconds=20, parser_megabytes=400, max_unpacked_bytes=20_000_000
)
HASTY = SETTINGS.model_copy(update={"parser_seconds": 1})


def unruly(settings: IndexSettings = SETTINGS, idle_seconds: float = 60) -> Parser:
    """A parser whose documents are orders."""
    return Parser(settings, idle_seconds=idle_seconds, worker="unruly_worker")


@pytest.fixture
def parser() -> Iterator[Parser]:
    with unruly() as made:
        yield made


def order(parser: Parser, text: str, name: str = "order.txt") -> Article | FailedSource:
    """What comes of the one document that says this."""
    (result,) = parser.read(Document(text.encode(), name))
    return result


def text_of(parser: Parser, text: str) -> str:
    """The text of the article that comes of it."""
    result = order(parser, text)
    assert isinstance(result, Article), result
    return result.text


def refused(parser: Parser, text: str) -> FailedSource:
    """The failure that comes of it."""
    result = order(parser, text)
    assert isinstance(result, FailedSource), result
    return result


def in_thread(call: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Start the call in a thread; what it returns or raises is put into the list."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(call())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def children(process: int) -> set[int]:
    """The processes that this one has started and not yet seen the end of."""
    return {
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and state(int(entry.name))[1] == process
    }


def state(process: int) -> tuple[str, int]:
    """A process's state, a letter, and the number of its parent; X is for there is none."""
    try:
        status = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return "X", 0
    letter, parent = status.rpartition(")")[2].split()[:2]
    return letter, int(parent)


def is_alive(process: int) -> bool:
    """Whether there is such a process, and it is not a dead one that nobody has asked for."""
    return state(process)[0] not in "ZX"


def soon(condition: Callable[[], object], seconds: float = 10) -> bool:
    """Whether the condition holds within so much time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return bool(condition())
