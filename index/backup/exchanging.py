"""Puts other databases in the place of those in a data folder: all of them or none.

What is to come is prepared in a folder of its own. Giving that folder its next name is the step
from which on there is no way back: whoever opens the data folder after a crash goes on from there.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from index.storage.errors import storage_errors
from index.storage.holding import Hold, hold

UNPACKING = "restore-unpacking"
"""Not whole yet: removed by whoever opens the folder next."""
PREPARED = "restore-prepared"
"""Whole: what is there is moved aside."""
PLACING = "restore-placing"
"""What was there is aside: what is here moves in."""
_NOTE = "aside.json"
_BESIDE = ("", "-wal", "-shm", "-journal")
_DERIVED = ("library-*.vectors*", "library-*.faiss*")


def make_folder(folder: Path) -> None:
    """Make a data folder, unless it is there.

    Raises:
        StorageError: it cannot be made.
    """
    with storage_errors(folder, writing=True):
        # Only its owner reads what people clip.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def open_folder(folder: Path) -> Hold:
    """Hold a data folder, made if need be, together with others who have it open.

    An exchange that was interrupted is finished first.

    Raises:
        StorageError: it cannot be made, or the exchange cannot be finished.
        StorageBusyError: its files are being exchanged.
    """
    make_folder(folder)
    while True:
        held = hold(folder)
        if not _interrupted(folder):
            return held
        held.release()
        with alone(folder):
            pass


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a data folder that is there alone; one exchange that was interrupted is finished.

    Raises:
        StorageError: the exchange cannot be finished.
        StorageBusyError: others have the folder open.
    """
    held = hold(folder, alone=True)
    try:
        _finish(folder)
        yield
    finally:
        held.release()


@contextmanager
def unpacking(folder: Path) -> Iterator[Path]:
    """An empty folder for the databases to come, removed in the end; needs `alone`."""
    unpacked = folder / UNPACKING
    with storage_errors(folder, writing=True):
        unpacked.mkdir(mode=0o700)
    try:
        yield unpacked
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def exchange(folder: Path, unpacked: Path, names: Sequence[str]) -> Path | None:
    """Put the files of `unpacked` in the place of the databases `names`; needs `alone`.

    What is derived from those goes.

    Returns:
        The folder in which those that were there now are, if there were any.

    Raises:
        StorageError: the files cannot be moved; whoever opens the folder next tries again.
    """
    with storage_errors(folder, writing=True):
        # A log alone counts, too: SQLite would apply it to the database that is to come.
        there = any((folder / name).exists() for name in with_logs(names))
        aside = _free_name(folder) if there else None
        note = {"names": list(names), "aside": aside.name if aside else None}
        (unpacked / _NOTE).write_text(json.dumps(note), "utf-8")
        for file in unpacked.iterdir():
            flush(file)
        flush(unpacked)
        unpacked.rename(folder / PREPARED)
        flush(folder)
    _finish(folder)
    return aside


def _interrupted(folder: Path) -> bool:
    return any((folder / name).exists() for name in (UNPACKING, PREPARED, PLACING))


def _finish(folder: Path) -> None:
    prepared, placing = folder / PREPARED, folder / PLACING
    with storage_errors(folder, writing=True):
        if (folder / UNPACKING).exists():
            shutil.rmtree(folder / UNPACKING)
        if prepared.exists():
            note = json.loads((prepared / _NOTE).read_text("utf-8"))
            _clear(folder, note["names"], note["aside"])
            prepared.rename(placing)
            flush(folder)
        if placing.exists():
            for file in placing.iterdir():
                if file.name != _NOTE:
                    file.replace(folder / file.name)
            flush(folder)
            shutil.rmtree(placing)


def _clear(folder: Path, names: Sequence[str], aside: str | None) -> None:
    """Move the databases aside, with their logs, and remove what is derived from them."""
    if aside:
        (folder / aside).mkdir(mode=0o700, exist_ok=True)
        for name in with_logs(names):
            with suppress(FileNotFoundError):  # there is none, or it was moved before the crash
                (folder / name).replace(folder / aside / name)
        flush(folder / aside)
    for pattern in _DERIVED:
        for file in folder.glob(pattern):
            file.unlink(missing_ok=True)
    flush(folder)


def with_logs(names: Sequence[str]) -> list[str]:
    """The names of the files of some databases."""
    return [name + suffix for name in names for suffix in _BESIDE]


def _free_name(folder: Path) -> Path:
    """A folder that is not there yet, named for this moment."""
    day = f"replaced-{datetime.now():%Y-%m-%d-%H%M%S}"
    number, name = 1, day
    while (folder / name).exists():
        number += 1
        name = f"{day}-{number}"
    return folder / name


def flush(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    if sys.platform == "win32" and path.is_dir():  # where a folder cannot be opened
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
