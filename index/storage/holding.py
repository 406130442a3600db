"""Who has a data folder open: many at once, or one alone who exchanges its files."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from index.errors import StorageBusyError
from index.storage.errors import BUSY_HINT

if sys.platform != "win32":
    import fcntl

LOCK = "cuttings.lock"
PATIENCE = 1.0
"""Seconds to wait for who has the folder."""


class Hold:
    """A folder that is held until `release`, or until the process ends, however it ends."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; a second time does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def hold(folder: Path, *, alone: bool = False, patience: float = PATIENCE) -> Hold:
    """Hold a folder that is there, together with others or alone.

    Raises:
        StorageBusyError: after `patience` seconds others still hold it, or one does alone.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # Where nobody can write, nobody exchanges files.
        return Hold(None)
    try:
        deadline = time.monotonic() + patience
        while not _locked(descriptor, alone):
            if time.monotonic() >= deadline:
                raise StorageBusyError(f"{folder} is in use by another process.", BUSY_HINT)
            time.sleep(0.02)
    except BaseException:
        os.close(descriptor)
        raise
    return Hold(descriptor)


def held_alone(descriptor: int) -> bool:
    """Hold an open file alone until it is closed; False while another process holds it."""
    return _locked(descriptor, alone=True)


def _locked(descriptor: int, alone: bool) -> bool:
    if sys.platform == "win32":  # which lets nobody exchange a file that is open
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
