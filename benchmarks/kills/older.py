"""A data folder as an earlier version of Cuttings has left it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from benchmarks.kills.steps import DATABASES

OLDER = {"cuttings.db": ["0002", "0003", "0004"], "bot.db": ["0004"]}
"""Schemas to migrate from: those to which there is a way back. The catalog's first one knew no
addresses, by which a story is replaced. The way from the others is in the tests."""


def to_older(folder: Path, choice: int) -> None:
    """Take the databases of a folder that nobody has open back to an earlier schema.

    Raises:
        sqlite3.Error: they cannot be; then the folder is of no use.
    """
    for database in DATABASES:
        path = folder / database.name
        if not path.exists():
            continue
        revisions = OLDER[database.name]
        engine = create_engine(f"sqlite:///{path}")
        config = Config()
        config.set_main_option("script_location", str(database.migrations.folder))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, revisions[choice % len(revisions)])
        engine.dispose()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
