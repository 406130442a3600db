"""One SQLite file: its engine, its pragmas, its transactions."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from index.errors import StorageError
from index.storage.erasing import Eraser
from index.storage.errors import storage_errors
from index.storage.migrations import Migrations, migrate, schema_is_current
from index.storage.overflow import padding, page_bytes
from index.words import folded

log = logging.getLogger(__name__)

BEGIN = "cuttings_begin"
"""The execution option that says by which statements a transaction of a connection begins."""
MIGRATING = ("PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE")
"""A migration may make a table anew; what refers to its rows is not to be deleted with the old."""
REWRITTEN_BELOW = 64 * 2**20
"""Bytes of a file that is written anew after a migration: a second or two."""


class Database:
    """A SQLite file at the newest schema, made if need be; safe for threads and processes.

    In its SQL, `folded(text)` is the text without capitals and accents.
    """

    def __init__(self, path: Path, migrations: Migrations, *, busy_timeout: float = 30.0) -> None:
        """Open the file at `path`, making it and its folder when they are missing.

        Args:
            path: the database file.
            migrations: what makes its tables, and brings an older file up to date.
            busy_timeout: seconds to wait while another process writes.

        Raises:
            StorageError: it cannot be opened, or is not a database this version can read.
        """
        self._path = path
        self._migrations = migrations
        with storage_errors(path.parent, writing=True):
            # Only its owner reads what people clip.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._engine = _engine(path, busy_timeout)
        # The same pool; only the BEGIN differs.
        self._writer = self._engine.execution_options(**{BEGIN: ("BEGIN IMMEDIATE",)})
        self._eraser = Eraser(self._empty_log)
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database, whatever others write meanwhile."""
        with storage_errors(self._path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start; rolled back on any exception."""
        with storage_errors(self._path, writing=True), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def examine(self) -> Iterator[Connection]:
        """As `read`, but rolled back: a damaged file may refuse even to commit nothing."""
        with storage_errors(self._path), self._engine.connect() as connection:
            yield connection

    def erase_log(self) -> None:
        """Empty the write-ahead log, which holds earlier states of the pages, deleted ones too.

        While somebody is reading, or when it fails, it is tried again beside everything else, at
        the latest when the file is opened the next time: what was committed stays committed.
        """
        self._eraser.now()

    def erase_log_soon(self) -> None:
        """Have the log emptied within seconds, however often this is called in that time."""
        self._eraser.soon()

    @staticmethod
    def owe_rewriting(connection: Connection) -> None:
        """Have the file written anew when it is opened, unless `rewrite` was called before."""
        connection.exec_driver_sql("PRAGMA user_version = 1")

    def rewrite(self) -> None:
        """Write the file anew, without what was deleted from it, and empty the log.

        SQLite overwrites what it deletes, but not what it had moved from one page to another
        before. Left for the next opening, where that is owed, when it fails.
        """
        try:
            with storage_errors(self._path), closing(self._engine.raw_connection()) as pooled:
                pooled.cursor().execute("VACUUM")
                pooled.cursor().execute("PRAGMA user_version = 0")
        except StorageError as error:
            log.warning("The file could not be written anew: %s", type(error).__name__)
        self.erase_log()

    @staticmethod
    def apart(connection: Connection, text: str) -> str:
        """The text behind as many blanks as it takes for SQLite never to copy it within the file.

        For what comes last in its row, and is overwritten when it is deleted.
        """
        return " " * padding(len(text.encode()), page_bytes(connection)) + text

    def size(self) -> int:
        """Bytes on disk, the log included."""
        total = 0
        for suffix in ("", "-wal", "-shm"):
            # A log comes and goes with its connections.
            try:
                total += self._path.with_name(self._path.name + suffix).stat().st_size
            except FileNotFoundError:
                continue
        return total

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._eraser.close()
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        with self.read() as connection:
            current = schema_is_current(connection, self._migrations)
            new = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
            owed = bool(connection.exec_driver_sql("PRAGMA user_version").scalar())
        if not current:
            migrating = self._engine.execution_options(**{BEGIN: MIGRATING})
            with storage_errors(self._path, writing=True), migrating.begin() as connection:
                migrate(connection, self._migrations)
            self._engine.dispose()  # foreign keys are on again in every connection that follows
            if not new and self.size() < REWRITTEN_BELOW:
                owed = True
        if owed:
            self.rewrite()
        # What a process that was killed had deleted, too.
        if self._log_bytes():
            self.erase_log()

    def _empty_log(self, patience: float) -> bool:
        """Empty the log if nobody reads it for some moment within `patience` (seconds)."""
        try:
            with storage_errors(self._path), closing(self._engine.raw_connection()) as pooled:
                cursor = pooled.cursor()
                (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
                try:
                    cursor.execute(f"PRAGMA busy_timeout = {int(patience * 1000):d}")
                    (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                finally:
                    cursor.execute(f"PRAGMA busy_timeout = {usual:d}")
        except StorageError as error:
            log.warning("The write-ahead log could not be emptied: %s", type(error).__name__)
            return False
        return not busy

    def _log_bytes(self) -> int:
        try:
            return self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except OSError:
            return 0


def _engine(path: Path, busy_timeout: float) -> Engine:
    """An engine after SQLAlchemy's recipe for SQLite: the driver begins nothing by itself."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_timeout},
        # Threads wait for SQLite's lock, never for a connection.
        max_overflow=-1,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        try:
            connection.isolation_level = None
            _enter_log_mode(connection, time.monotonic() + busy_timeout)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            # SQLite's own lower() knows the letters of English only.
            connection.create_function("folded", 1, folded, deterministic=True)
        except BaseException:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        for statement in connection.get_execution_options().get(BEGIN, ("BEGIN",)):
            connection.exec_driver_sql(statement)

    return engine


def _enter_log_mode(connection: Any, deadline: float) -> None:
    """Switch to write-ahead logging: readers and the writer then do not wait for one another.

    While another process makes the same switch SQLite fails at once, without its usual patience.
    """
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if "is locked" not in str(error) or time.monotonic() >= deadline:
                raise
            time.sleep(0.01)
        else:
            return
