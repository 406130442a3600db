"""The thread in which vector indexes grow, shrink and are saved while others answer."""

from __future__ import annotations

import logging
import time
from threading import Condition, Event, Thread

from index.errors import EncodedAnewError, UnknownLibraryError
from index.growing import StoppedError
from index.shelf import Shelf

logger = logging.getLogger(__name__)

RETRY_AFTER = 300.0
"""Seconds until what has failed is tried again."""


class Tender:
    """Tends one shelf at a time, in a thread that is there as long as there is work."""

    def __init__(self) -> None:
        self._waiting: dict[Shelf, None] = {}
        self._failed: dict[int, float] = {}
        """When the index of a library may be tried again, by the library's id."""
        self._changed = Condition()
        self._stopping = Event()
        self._thread: Thread | None = None

    def request(self, shelf: Shelf) -> None:
        """Have a shelf tended, unless it waits for it already or has just failed."""
        with self._changed:
            if self._stopping.is_set() or shelf in self._waiting:
                return
            if time.monotonic() < self._failed.get(shelf.info.id, 0):
                return
            self._waiting[shelf] = None
            if self._thread is None:
                self._thread = Thread(target=self._run, name="vector-indexes", daemon=True)
                self._thread.start()

    def idle(self, seconds: float) -> bool:
        """Wait until there is nothing to do; whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._thread is None, seconds)

    def close(self, patience: float) -> None:
        """Give up what is being done; what cannot be interrupted is left to itself in the end."""
        self._stopping.set()
        self.idle(patience)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting or self._stopping.is_set():
                    self._thread = None
                    self._waiting.clear()
                    self._changed.notify_all()
                    return
                shelf = next(iter(self._waiting))
                # Now: it may come to want more while it is tended.
                del self._waiting[shelf]
            if shelf.wants_tending:
                self._tend(shelf)

    def _tend(self, shelf: Shelf) -> None:
        try:
            shelf.tend(self._stopping.is_set)
        except (StoppedError, UnknownLibraryError, EncodedAnewError):
            return
        except Exception:  # whatever it is, the index that answers stays as it is
            logger.exception("The vector index of library %d is left as it is", shelf.info.id)
            with self._changed:
                self._failed[shelf.info.id] = time.monotonic() + RETRY_AFTER
                self._waiting.pop(shelf, None)
        else:
            self._failed.pop(shelf.info.id, None)
