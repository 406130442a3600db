"""A database of any kind: its own migrations, in order, once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from index import Database, Migrations, StorageError

ENVIRONMENT = """
from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
"""

REVISION = """
from alembic import op

revision, down_revision = {revision!r}, {before!r}


def upgrade() -> None:
    op.execute({statement!r})
"""

STATEMENTS = ["CREATE TABLE notes (words TEXT)", "ALTER TABLE notes ADD COLUMN place TEXT"]


@pytest.fixture
def migrations(tmp_path: Path) -> list[Migrations]:
    """Those of the first version of a program, and those of its second."""
    kinds = []
    for version in (1, 2):
        folder = tmp_path / f"version {version}"
        (folder / "versions").mkdir(parents=True)
        (folder / "env.py").write_text(ENVIRONMENT)
        for number, statement in enumerate(STATEMENTS[:version], 1):
            before = f"n{number - 1}" if number > 1 else None
            script = REVISION.format(revision=f"n{number}", before=before, statement=statement)
            (folder / "versions" / f"n{number}.py").write_text(script)
        kinds.append(Migrations(folder, f"n{version}"))
    return kinds


def test_a_database_of_another_kind_is_made_by_its_own_migrations(
    tmp_path: Path, migrations: list[Migrations]
) -> None:
    path = tmp_path / "data" / "notes.db"
    database = Database(path, migrations[0])
    with database.write() as connection:
        connection.execute(text("INSERT INTO notes (words) VALUES ('hello')"))
    with database.read() as connection:
        tables = set(connection.scalars(text("SELECT name FROM sqlite_master")))
        assert connection.scalar(text("SELECT words FROM notes")) == "hello"
    assert tables == {"notes", "alembic_version", "sqlite_autoindex_alembic_version_1"}
    database.close()


def test_an_older_database_is_brought_up_to_date_with_what_it_holds(
    tmp_path: Path, migrations: list[Migrations]
) -> None:
    path = tmp_path / "notes.db"
    old = Database(path, migrations[0])
    with old.write() as connection:
        connection.execute(text("INSERT INTO notes (words) VALUES ('kept')"))
    old.close()
    new = Database(path, migrations[1])
    with new.read() as connection:
        assert connection.execute(text("SELECT words, place FROM notes")).all() == [("kept", None)]
    new.close()
    with pytest.raises(StorageError, match="newer"):
        Database(path, migrations[0])


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, migrations: list[Migrations]) -> None:
    database = Database(tmp_path / "notes.db", migrations[0])

    def write_and_fail() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO notes (words) VALUES ('never')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM notes")) == 0
    database.close()


def test_two_kinds_of_database_may_be_made_at_once(
    tmp_path: Path, migrations: list[Migrations]
) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def make(number: int) -> None:
        start.wait()
        try:
            Database(tmp_path / f"{number % 4}.db", migrations[number % 2]).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for number in range(4):
        database = Database(tmp_path / f"{number}.db", migrations[number % 2])
        with database.read() as connection:
            columns = connection.execute(text("PRAGMA table_info(notes)")).all()
        assert len(columns) == number % 2 + 1
        database.close()
