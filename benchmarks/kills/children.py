"""Child processes by fork, which need no second to start: what they say, and their sudden end."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

Message = dict[str, Any]
Tell = Callable[[Message], None]
PATIENCE = 120.0
"""Seconds after which a child that says nothing is taken to hang."""


class ChildError(RuntimeError):
    """A child that was not killed failed, or hangs."""


class Child:
    """A forked process that does one piece of work and tells of it, a line at a time.

    The process that forks must have no other threads.
    """

    def __init__(self, work: Callable[[Tell], None], log: Path) -> None:
        """Begin the work; what it prints goes to the end of `log`."""
        self._log = log
        self._reading, writing = os.pipe()
        self._buffer = b""
        self._ended = False
        self._pid = os.fork()
        if self._pid == 0:
            _be_the_child(work, writing, log)
        os.close(writing)

    def next(self, until: float | None = None) -> Message | None:
        """The next message; None when there is no more, or when the clock passes `until`."""
        limit = time.monotonic() + PATIENCE
        while b"\n" not in self._buffer:
            now = time.monotonic()
            end = limit if until is None else until
            if self._ended or (until is not None and now >= until):
                return None
            if now >= limit:
                self.kill()
                raise ChildError(f"It hangs: {self._log}")
            if select.select([self._reading], [], [], max(0.0, end - now))[0]:
                piece = os.read(self._reading, 65536)
                self._ended = not piece
                self._buffer += piece
        line, self._buffer = self._buffer.split(b"\n", 1)
        message: Message = json.loads(line)
        return message

    @property
    def ended(self) -> bool:
        """Whether it has said all that it will."""
        return self._ended and b"\n" not in self._buffer

    def kill(self) -> None:
        """End it between two of its instructions; what it had said can still be read."""
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> bool:
        """Wait for its end: whether it came to it by itself, without being killed.

        Raises:
            ChildError: it failed.
        """
        _, status = os.waitpid(self._pid, 0)
        os.close(self._reading)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            return False
        if status:
            raise ChildError(f"It failed with status {status}:\n{self._log.read_text()[-4000:]}")
        return True


def run(work: Callable[[Tell], None], log: Path) -> list[Message]:
    """All messages of a child that is left alone.

    Raises:
        ChildError: it failed.
    """
    child = Child(work, log)
    found = []
    while (message := child.next()) is not None:
        found.append(message)
    child.wait()
    return found


def _be_the_child(work: Callable[[Tell], None], writing: int, log: Path) -> None:
    status = 1
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        work(lambda message: _write(writing, json.dumps(message).encode() + b"\n"))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(status)


def _write(descriptor: int, line: bytes) -> None:
    while line:
        line = line[os.write(descriptor, line) :]
