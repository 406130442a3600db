"""The workers of a parser: started when they are needed, kept for a while, ended in time."""

from __future__ import annotations

import threading
import time

from index.errors import ParserError
from index.parsing.process import Worker
from index.parsing.wire import Ready, Start, WireError
from index.settings import IndexSettings

_MAX_DOCUMENTS = 100
"""Then a worker is replaced: what its libraries have leaked goes with it."""
_START_SECONDS = 60.0
_CLOSE_SECONDS = 10.0


class Pool:
    """At most `parser_processes` workers; every method may be called from any thread."""

    def __init__(self, settings: IndexSettings, idle_seconds: float, module: str) -> None:
        self._settings = settings
        self._idle_seconds = idle_seconds
        self._module = module
        self._changed = threading.Condition()
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._starting = 0
        self._closed = False
        self._keeper: threading.Thread | None = None

    def take(self) -> Worker:
        """Return a worker that waits for a job, as soon as one is free.

        Raises ParserError when none can be started, RuntimeError when the pool is closed.
        """
        with self._changed:
            while True:
                self.require_open()
                if self._idle:
                    worker = self._idle.pop()
                    worker.deadline = float("inf")
                    return worker
                if len(self._workers) + self._starting < self._settings.parser_processes:
                    self._starting += 1
                    break
                self._changed.wait()
        return self._start()

    def limit(self, worker: Worker, seconds: float) -> None:
        """Kill the worker after so much time, unless it is given more before."""
        with self._changed:
            worker.deadline = time.monotonic() + seconds
            self._changed.notify_all()

    def give_back(self, worker: Worker, spent: bool) -> None:
        """Keep a worker for the next job, or replace it when it is `spent`."""
        if not spent and worker.documents < _MAX_DOCUMENTS:
            with self._changed:
                if not self._closed and not worker.overdue:
                    worker.deadline = time.monotonic() + self._idle_seconds
                    self._idle.append(worker)
                    self._changed.notify_all()
                    return
        self.drop(worker)

    def drop(self, worker: Worker, patiently: bool = False) -> int:
        """End a worker, and return its exit status; see Worker.end."""
        try:
            return worker.end(patiently)
        finally:
            with self._changed:
                self._workers.discard(worker)
                self._changed.notify_all()

    def require_open(self) -> None:
        """Raise RuntimeError when the pool is closed."""
        if self._closed:
            raise RuntimeError("The parser is closed.")

    def close(self) -> None:
        """End every worker; whoever waits for one, or for its result, gets a RuntimeError."""
        with self._changed:
            self._closed = True
            while self._idle:
                worker = self._idle.pop()
                self._workers.discard(worker)
                worker.end()
            for worker in self._workers:
                worker.kill()
            self._changed.notify_all()
            # Those who used them see to their ends.
            self._changed.wait_for(lambda: not self._workers and not self._starting, _CLOSE_SECONDS)
            keeper = self._keeper
        if keeper is not None:
            keeper.join(_CLOSE_SECONDS)

    def _start(self) -> Worker:
        try:
            worker = Worker(self._module)
        except OSError as error:
            with self._changed:
                self._starting -= 1
                self._changed.notify_all()
            raise _cannot_start() from error
        with self._changed:
            self._starting -= 1
            self._workers.add(worker)
            if self._closed:
                worker.kill()
            if self._keeper is None:
                self._keeper = threading.Thread(
                    target=self._keep, name="parser's keeper", daemon=True
                )
                self._keeper.start()
        self.limit(worker, _START_SECONDS)
        try:
            worker.send(Start(), self._settings.model_dump_json().encode())
            message, _ = worker.receive(0)
        except WireError as error:
            self.drop(worker)
            self.require_open()
            raise _cannot_start() from error
        if not isinstance(message, Ready):
            self.drop(worker)
            raise _cannot_start()
        return worker

    def _keep(self) -> None:
        """End the workers that are past their deadlines, until there are none."""
        with self._changed:
            while self._workers:
                now = time.monotonic()
                for worker in [worker for worker in self._workers if worker.deadline <= now]:
                    if worker in self._idle:
                        self._idle.remove(worker)
                        self._workers.discard(worker)
                        worker.end()
                        self._changed.notify_all()
                    else:
                        worker.overdue = True
                        worker.deadline = float("inf")
                        worker.kill()
                soonest = min((worker.deadline for worker in self._workers), default=now)
                self._changed.wait(min(max(soonest - now, 0), threading.TIMEOUT_MAX))
            self._keeper = None


def _cannot_start() -> ParserError:
    return ParserError(
        "The program that reads files could not be started.",
        hint="Try again in a minute; the machine may be short of memory.",
    )
