"""What a backup is: a zip of databases, and of a manifest that says what they are."""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from index.catalog.schema import SCHEMA
from index.errors import BackupError
from index.storage.migrations import Migrations

FORMAT = 1
MANIFEST = "manifest.json"
LONGEST_MANIFEST = 1_000_000
CHUNK = 1 << 20
"""Bytes that are read at once."""
UPDATE_HINT = "Update Cuttings and try again."
DAMAGED_HINT = "Take another backup; the data folder is as it was."


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """A database that belongs to a data folder."""

    name: str
    migrations: Migrations


CATALOG_FILE = DatabaseFile("cuttings.db", SCHEMA)


class BackedUp(BaseModel):
    """A database as it is in a backup."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    revision: str
    """Of its schema."""
    bytes: int = Field(ge=0)
    sha256: str


class Backup(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    cuttings_backup: int = Field(FORMAT, ge=1)
    """The format of the file."""
    version: str
    """Of the program that made it."""
    made: AwareDatetime
    databases: tuple[BackedUp, ...] = Field(min_length=1)


class _Format(BaseModel):
    model_config = ConfigDict(extra="ignore")

    cuttings_backup: int


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Backup]]:
    """A backup to be read, and what it says of itself.

    Raises:
        BackupError: it cannot be read, is none, or was made by a newer version.
    """
    with ExitStack() as stack:
        with _reading(file):
            packed = stack.enter_context(zipfile.ZipFile(file))
            backup = _manifest(packed, file)
        yield packed, backup


def content(file: Path, packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """What is packed under a name in a backup, a chunk at a time.

    Raises:
        BackupError: it is not there, or is damaged.
    """
    with _reading(file), packed.open(name) as source:
        while chunk := source.read(CHUNK):
            yield chunk


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise BackupError(
            f"There is no file {file}.", "Give the path of a file that `cuttings backup` wrote."
        ) from error
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise BackupError(f"{file} cannot be read: {reason}.", DAMAGED_HINT) from error
    # KeyError: nothing of this name is in it; RuntimeError: a compression or encryption that is not
    # known.
    except (
        KeyError,
        ValidationError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
    ) as error:
        raise damaged(file) from error


def damaged(file: Path) -> BackupError:
    """To be raised when a backup is not what was written."""
    return BackupError(f"{file} is damaged, or is not a backup of Cuttings.", DAMAGED_HINT)


def newer(file: Path) -> BackupError:
    """To be raised for a backup that only a later version can read."""
    return BackupError(f"{file} was made by a newer version of Cuttings.", UPDATE_HINT)


def revision_of(connection: sqlite3.Connection) -> str | None:
    """The revision of a database's schema; None if it is not one of Cuttings."""
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return str(found[0]) if found else None


def flaw_of(connection: sqlite3.Connection) -> str | None:
    """What is wrong with a database, in SQLite's words; None when nothing is."""
    try:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)


def _manifest(packed: zipfile.ZipFile, file: Path) -> Backup:
    if packed.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise damaged(file)
    written = packed.read(MANIFEST)
    if _Format.model_validate_json(written).cuttings_backup > FORMAT:
        raise newer(file)
    return Backup.model_validate_json(written)
