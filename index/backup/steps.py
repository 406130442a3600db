"""Tells how far a backup is, in bytes (pure)."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Takes how much is done, and of how much."""
Done = Callable[[int], None]
"""Takes how much of one step is done."""


class Steps:
    """Tells of several steps, one after another, as one."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._begun = 0

    def next(self, size: int) -> Done:
        """What tells of the next step, of `size` bytes."""
        before, self._begun = self._begun, self._begun + size
        return lambda done: self._progress(before + min(done, size), self._total)
