"""One bot for each data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index import StorageBusyError, StorageError

LOCK = "bot.lock"


@contextmanager
def only_bot(data: Path) -> Iterator[None]:
    """Be the one bot of a data folder, made if need be; let go when the process ends, too.

    Raises:
        StorageBusyError: a bot runs on it.
        StorageError: it cannot be written.
    """
    try:
        # Only its owner reads what people clip.
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(data / LOCK, timeout=0, mode=0o600)
        lock.acquire()
    except Timeout:
        raise StorageBusyError(
            f"A bot is running on the data folder {data}.",
            "Stop it first, or name another folder with --data.",
        ) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise StorageError(
            f"{data} cannot be read or written: {reason}.",
            "Check that the data folder is a folder, and that you may read and write it.",
        ) from error
    try:
        yield
    finally:
        lock.release()
