"""A write-ahead log is emptied again and again until it is empty."""

from __future__ import annotations

import threading
from collections.abc import Callable

SOON = 1.0
"""Seconds until a log is emptied that need not be at once."""
LONGEST_PAUSE = 30.0
PATIENCE, BESIDE = 0.5, 0.05
"""Seconds to wait for readers when somebody waits, and when nobody does: writers wait as long."""

Empty = Callable[[float], bool]
"""Empties the log, waiting so many seconds for readers; whether it did."""


class Eraser:
    """Empties a log: now, and where somebody reads it then, as soon as nobody does.

    Safe for threads; it has one of its own while there is something to do.
    """

    def __init__(self, empty: Empty, soon: float = SOON) -> None:
        """`soon` are the seconds before it is tried in a thread."""
        self._empty = empty
        self._soon = soon
        self._lock = threading.Lock()
        self._owed = False
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    def now(self) -> bool:
        """Empty the log; False where that has to wait, and is being waited for."""
        with self._lock:
            self._owed = False  # what comes to be owed from now on may not be in it
        done = self._empty(PATIENCE)
        if not done:
            self.soon()
        return done

    def soon(self) -> None:
        """Have the log emptied in a moment, once for all who ask for it in that time."""
        with self._lock:
            self._owed = True
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="eraser", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Empty the log one last time if that is owed; nothing is waited for afterwards."""
        self._closing.set()
        with self._lock:
            thread = self._thread
        if thread:
            thread.join()
        if self._owed:
            self._owed = not self._empty(PATIENCE)
        self._closing.clear()

    def _run(self) -> None:
        pause = self._soon
        while not self._closing.wait(pause):
            with self._lock:
                if not self._owed:
                    self._thread = None
                    return
                self._owed = False
            if self._empty(BESIDE):
                pause = self._soon
            else:
                pause = min(LONGEST_PAUSE, 2 * pause)
                with self._lock:
                    self._owed = True
        with self._lock:
            self._thread = None
