"""Brings a database to the schema this version knows, by Alembic."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from index.errors import StorageError

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA_HEAD = "0001"
"""The newest revision in `migrations/versions`."""

MIGRATIONS = Path(__file__).parent / "migrations"

# Alembic's `context` and `op` are global to the process: one migration at a time.
_migrating = threading.Lock()


def schema_is_current(connection: Connection) -> bool:
    """Whether the database is at `SCHEMA_HEAD`; Alembic, slow to import, is not needed for it."""
    return _revision(connection) == SCHEMA_HEAD


def migrate(connection: Connection) -> None:
    """Bring the database to `SCHEMA_HEAD` within the connection's transaction.

    The transaction must hold the write lock, so that of two processes one migrates and the other
    finds it done.

    Raises:
        StorageError: a newer version of Cuttings, or another program, made the database.
    """
    revision = _revision(connection)
    if revision == SCHEMA_HEAD:
        return
    if revision is None and connection.scalar(text("SELECT count(*) FROM sqlite_master")):
        raise StorageError(
            "The database was made by another program.",
            "Choose another data folder, or move the file away.",
        )
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    with _migrating:
        config = alembic_config(connection)
        if revision is not None:
            try:
                ScriptDirectory.from_config(config).get_revision(revision)
            except CommandError as error:
                raise StorageError(
                    "The database was made by a newer version of Cuttings.",
                    "Update Cuttings and try again.",
                ) from error
        command.upgrade(config, "head")


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for this connection, without any alembic.ini."""
    from alembic.config import Config

    config = Config()
    # "%" is Alembic's own mark for interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    known = connection.scalar(
        text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    )
    if not known:
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
