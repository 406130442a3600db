"""Puts what is in a backup into a data folder, once it is sure that all of it is right."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.backup.exchanging import alone, exchange, make_folder, unpacking
from index.backup.manifest import (
    BackedUp,
    Backup,
    DatabaseFile,
    content,
    damaged,
    flaw_of,
    newer,
    opened,
    revision_of,
)
from index.backup.steps import Done, Progress, Steps
from index.errors import BackupError
from index.storage.errors import storage_errors
from index.storage.migrations import Migrations, knows


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where that is now which was there before."""

    backup: Backup
    aside: Path | None


def restore(
    file: Path,
    folder: Path,
    databases: Sequence[DatabaseFile],
    *,
    replace: bool = False,
    progress: Progress = lambda done, total: None,
) -> Restored:
    """Put the backup `file` into `folder`, whole or not at all; nobody else may have that open.

    With `replace`, databases that are there are moved into a folder in `folder`, dated.

    Raises:
        BackupError: the file is no backup that can be restored, or `folder` holds data.
        StorageBusyError: another process has `folder` open.
        StorageError: `folder` cannot be written.
    """
    migrations = {database.name: database.migrations for database in databases}
    with opened(file) as (packed, backup):
        for one in backup.databases:
            _check_known(file, one, migrations)
        make_folder(folder)
        with alone(folder):
            if not replace and any((folder / name).exists() for name in migrations):
                raise BackupError(
                    f"{folder} holds libraries already.",
                    "Restore into another folder with --data, or add --replace: what is there is "
                    "then moved aside.",
                )
            with unpacking(folder) as unpacked:
                steps = Steps(progress, sum(one.bytes for one in backup.databases))
                for one in backup.databases:
                    _unpack(file, packed, one, unpacked / one.name, steps.next(one.bytes))
                    _check(file, one, unpacked / one.name)
                return Restored(backup, exchange(folder, unpacked, list(migrations)))


def _check_known(file: Path, one: BackedUp, migrations: dict[str, Migrations]) -> None:
    if one.name not in migrations or not knows(migrations[one.name], one.revision):
        raise newer(file)


def _unpack(file: Path, packed: zipfile.ZipFile, one: BackedUp, target: Path, done: Done) -> None:
    digest, size = hashlib.sha256(), 0
    with (
        storage_errors(target.parent, writing=True),
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        for chunk in content(file, packed, one.name):
            digest.update(chunk)
            size += len(chunk)
            if size > one.bytes:
                raise damaged(file)
            out.write(chunk)
            done(size)
    if size != one.bytes or digest.hexdigest() != one.sha256:
        raise damaged(file)


def _check(file: Path, one: BackedUp, unpacked: Path) -> None:
    with closing(sqlite3.connect(unpacked)) as connection:
        try:
            revision = revision_of(connection)
        except sqlite3.DatabaseError as error:
            raise damaged(file) from error
        if revision != one.revision or flaw_of(connection):
            raise damaged(file)
