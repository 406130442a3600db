"""Brings a database to the schema that the code knows, by Alembic."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from index.errors import StorageError

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic's `context` and `op` are global to the process: one migration at a time.
_migrating = threading.Lock()


@dataclass(frozen=True, slots=True)
class Migrations:
    """The migrations of one kind of database."""

    folder: Path
    """Holds `versions/` and Alembic's `env.py`, which configures its context with
    `context.config.attributes["connection"]`; no alembic.ini."""
    head: str
    """The newest revision in `versions/`."""


def schema_is_current(connection: Connection, migrations: Migrations) -> bool:
    """Whether the database is at the head; Alembic, slow to import, is not needed for it."""
    return _revision(connection) == migrations.head


def migrate(connection: Connection, migrations: Migrations) -> None:
    """Bring the database to the head within the connection's transaction.

    The transaction must hold the write lock, so that of two processes one migrates and the other
    finds it done.

    Raises:
        StorageError: a newer version of Cuttings, or another program, made the database.
    """
    revision = _revision(connection)
    if revision == migrations.head:
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
        config = _alembic_config(connection, migrations)
        if revision is not None:
            try:
                ScriptDirectory.from_config(config).get_revision(revision)
            except CommandError as error:
                raise StorageError(
                    "The database was made by a newer version of Cuttings.",
                    "Update Cuttings and try again.",
                ) from error
        command.upgrade(config, migrations.head)


def knows(migrations: Migrations, revision: str) -> bool:
    """Whether this version can read a database of that revision, or bring it up to date."""
    if revision == migrations.head:
        return True
    from alembic.script import ScriptDirectory

    return any(
        script.revision == revision
        for script in ScriptDirectory(str(migrations.folder)).walk_revisions()
    )


def _alembic_config(connection: Connection, migrations: Migrations) -> Config:
    from alembic.config import Config

    config = Config()
    # "%" is Alembic's own mark for interpolation.
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
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
