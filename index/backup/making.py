"""Makes a backup while the databases are in use."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path

from index.backup.exchanging import flush, open_folder, with_logs
from index.backup.manifest import (
    CHUNK,
    MANIFEST,
    BackedUp,
    Backup,
    DatabaseFile,
    flaw_of,
    revision_of,
)
from index.backup.steps import Done, Progress, Steps
from index.errors import BackupError, StorageBusyError, StorageError, StorageFullError
from index.storage.errors import storage_errors, translated
from index.storage.holding import hold

PAGES_AT_ONCE = 1024
ABANDONED_AFTER = 60.0
"""Seconds; by then one who makes a backup holds the folder it works in."""

_WORK = ".cuttings-backup-"
_ZIP = "backup"
_ZIP_LEVEL = 1
"""Embeddings hardly become smaller, and texts do so with the least effort."""


def back_up(
    folder: Path,
    file: Path,
    databases: Sequence[DatabaseFile],
    *,
    version: str,
    overwrite: bool = False,
    progress: Progress = lambda done, total: None,
) -> Backup:
    """Write the databases of `folder` to `file`, whole or not at all; others may be writing.

    All are taken as they are at one moment. Beside `file` there must be room for them twice.

    Raises:
        BackupError: there is nothing to back up, or `file` cannot be what is written.
        StorageError: a database is damaged, or `file` cannot be written.
    """
    present = [database.name for database in databases if (folder / database.name).is_file()]
    if not present:
        raise BackupError(f"There is no library in {folder}.", "Name another folder with --data.")
    _check_target(folder, file, [database.name for database in databases], overwrite)
    with ExitStack() as stack:
        stack.callback(open_folder(folder).release)
        work = stack.enter_context(_work_beside(file))
        # All of them before the first is copied, which may take long.
        sources = {name: stack.enter_context(_at_this_moment(folder / name)) for name in present}
        sizes = {name: _bytes(source) for name, source in sources.items()}
        steps = Steps(progress, 2 * sum(sizes.values()))
        for name, source in sources.items():
            with _copying(folder / name, file):
                _copy(source, work / name, steps.next(sizes[name]))
            _check(folder / name, work / name)
            source.close()  # which lets the log be emptied again
        with storage_errors(file, writing=True):
            made = _pack(work, {name: steps.next(sizes[name]) for name in present}, version)
            _put(work / _ZIP, file, overwrite)
    return made


def _check_target(folder: Path, file: Path, names: Sequence[str], overwrite: bool) -> None:
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}.", "Make it, or name another file.")
    if file.exists() and not file.is_file():
        raise BackupError(f"{file} is not a file.", "Name a file.")
    if file.resolve() in [(folder / name).resolve() for name in with_logs(names)]:
        raise BackupError(f"{file} is what is to be backed up.", "Name another file.")
    if file.exists() and not overwrite:
        raise BackupError(f"{file} is there already.", "Name another file, or add --force.")


@contextmanager
def _work_beside(file: Path) -> Iterator[Path]:
    """A folder that only its owner reads, removed in the end; those of killed processes go."""
    with storage_errors(file, writing=True):
        for left in file.parent.glob(f"{_WORK}*"):
            _remove_abandoned(left)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=file.parent))
    try:
        held = hold(work)
        try:
            yield work
        finally:
            held.release()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _remove_abandoned(left: Path) -> None:
    with suppress(FileNotFoundError, StorageBusyError):
        if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
            hold(left, alone=True, patience=0).release()
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _at_this_moment(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees one state of the database, whatever others write meanwhile."""
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        with storage_errors(path):
            connection.execute("BEGIN")
            if revision_of(connection) is None:
                raise StorageError(
                    f"{path} is not a database of Cuttings.", "Name another folder with --data."
                )
        yield connection


def _bytes(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return int(pages) * _page(connection)


def _page(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA page_size").fetchone()[0])


@contextmanager
def _copying(path: Path, file: Path) -> Iterator[None]:
    """SQLite's errors name no file: a full disk is that of the backup, all else is the database."""
    try:
        yield
    except sqlite3.Error as error:
        full = translated(error, file, writing=True)
        found = (
            full if isinstance(full, StorageFullError) else translated(error, path, writing=False)
        )
        raise found from error


def _copy(source: sqlite3.Connection, target: Path, done: Done) -> None:
    page = _page(source)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # Of no use unless it is finished: it needs no journal.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(
            copy,
            pages=PAGES_AT_ONCE,
            progress=lambda _, left, total: done((total - left) * page),
        )
        # The file alone is then all of it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _check(path: Path, copied: Path) -> None:
    with closing(sqlite3.connect(copied)) as copy:
        if flaw_of(copy):
            raise StorageError(
                f"{path} is damaged.",
                "Restore an earlier backup, or save what can be read with `cuttings export`.",
            )


def _pack(work: Path, steps: Mapping[str, Done], version: str) -> Backup:
    """Make the zip of the copies, which go, and of the manifest."""
    packed = []
    with zipfile.ZipFile(work / _ZIP, "x", zipfile.ZIP_DEFLATED, compresslevel=_ZIP_LEVEL) as out:
        for name, done in steps.items():
            packed.append(_packed(out, work / name, done))
            (work / name).unlink()
        made = Backup(version=version, made=datetime.now(timezone.utc), databases=tuple(packed))
        out.writestr(MANIFEST, made.model_dump_json(indent=1))
    return made


def _packed(out: zipfile.ZipFile, copied: Path, done: Done) -> BackedUp:
    with closing(sqlite3.connect(copied)) as copy:
        revision = revision_of(copy)
    digest, size = hashlib.sha256(), 0
    with copied.open("rb") as source, out.open(copied.name, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
            size += len(chunk)
            done(size)
    return BackedUp(name=copied.name, revision=str(revision), bytes=size, sha256=digest.hexdigest())


def _put(packed: Path, file: Path, overwrite: bool) -> None:
    packed.chmod(0o600)
    flush(packed)
    if file.exists() and not overwrite:  # made by somebody else meanwhile
        raise BackupError(f"{file} is there already.", "Name another file, or add --force.")
    packed.replace(file)
    flush(file.parent)
