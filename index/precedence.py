"""A lock that the hurried are given before the patient."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Precedence:
    """Held by one thread at a time.

    Of a plain lock, a thread that lets go and takes it again at once is as good as its only
    holder: the others wake too late, again and again.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._held = False
        self._hurried = 0

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Hold it, before any that are patient."""
        with self._changed:
            self._hurried += 1
            try:
                self._changed.wait_for(lambda: not self._held)
                self._held = True
            finally:
                self._hurried -= 1
        try:
            yield
        finally:
            self._let_go()

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Hold it once nobody hurried waits for it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._held and not self._hurried)
            self._held = True
        try:
            yield
        finally:
            self._let_go()

    def _let_go(self) -> None:
        with self._changed:
            self._held = False
            self._changed.notify_all()
