"""The one place where the errors of SQLite, SQLAlchemy and the disk become Cuttings' own."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from index.errors import StorageBusyError, StorageError, StorageFullError

FULL_HINT = "Free some space on the disk, or move the data folder to a larger one, and try again."
BUSY_HINT = "Wait until the other process has finished, or stop it, and try again."
ACCESS_HINT = "Check that the data folder is a folder, and that you may read and write it."
DISK_HINT = "Look whether the disk is still there and in order, and try again."
DAMAGED_HINT = "Move the file away, or put a backup in its place, and try again."


LITTLE = 2**20
"""Bytes: less free space than SQLite may need at once."""


@contextmanager
def storage_errors(path: Path, *, writing: bool = False) -> Iterator[None]:
    """Raise StorageError, or a kind of it, for what goes wrong with the file at `path`."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, sqlite3.Error, OSError) as error:
        raise translated(error, path, writing=writing) from error


def translated(error: Exception, path: Path, *, writing: bool) -> StorageError:
    """The StorageError that says what `error` means for the file at `path`."""
    if isinstance(error, PoolTimeoutError):
        return _busy(path)
    if isinstance(error, OSError):
        return _translated_os_error(error, path)
    # `orig` is SQLite's own error; its text is the same in every version, its code is not
    # there before Python 3.11.
    message = str(error.orig if isinstance(error, DBAPIError) else error)
    if "database or disk is full" in message:
        return _full(path)
    # SQLite needs some space for reading too, and does not say so where it cannot have it.
    if "disk I/O error" in message and (writing or _nearly_full(path)):
        return _full(path)
    if "is locked" in message:
        return _busy(path)
    if "unable to open" in message or "readonly database" in message:
        return StorageError(f"{path} cannot be opened for writing.", ACCESS_HINT)
    if "not a database" in message:
        return StorageError(f"{path} is not a database of Cuttings.", DAMAGED_HINT)
    if "disk I/O error" in message:
        return StorageError(f"{path} cannot be read from the disk.", DISK_HINT)
    if "malformed" in message:
        return StorageError(f"{path} is damaged.", DAMAGED_HINT)
    return StorageError(
        f"The database {path} refused: {message}.", "Run the check of the library and report this."
    )


def _translated_os_error(error: OSError, path: Path) -> StorageError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(path)
    reason = (error.strerror or type(error).__name__).lower()
    return StorageError(f"{path} cannot be read or written: {reason}.", ACCESS_HINT)


def _nearly_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < LITTLE
    except OSError:
        return False


def _full(path: Path) -> StorageFullError:
    return StorageFullError(f"{path} could not be written: the disk is full.", FULL_HINT)


def _busy(path: Path) -> StorageBusyError:
    return StorageBusyError(f"{path} is in use by another process.", BUSY_HINT)
