"""Databases that are brought up to date, and are stopped on the way."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

from index.storage.database import Database
from index.storage.migrations import Migrations

ROOT = Path(__file__).resolve().parents[2]


class StoppedError(Exception):
    """What stops a migration."""


def revisions(migrations: Migrations) -> list[str]:
    """All there are, the first one first."""
    scripts = ScriptDirectory(str(migrations.folder)).walk_revisions()
    return [script.revision for script in scripts][::-1]


def bring_to(path: Path, migrations: Migrations, revision: str) -> None:
    """Upgrade a database, made if need be, to a revision."""
    Database(path, replace(migrations, head=revision)).close()


def known_until(migrations: Migrations, revision: str, folder: Path) -> Migrations:
    """What the version knew that came with a revision; in `folder`, which is made."""
    shutil.copytree(migrations.folder, folder)
    for script in ScriptDirectory(str(migrations.folder)).walk_revisions():
        if script.revision > revision:
            (folder / "versions" / Path(script.path).name).unlink()
    return Migrations(folder, revision)


def content(path: Path) -> list[str]:
    """All that a database holds, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def schema(path: Path) -> dict[str, str]:
    """The statements that make the tables and indexes of a database, without white space."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: "".join(sql.replace('"', "").split()) for name, sql in made}


@contextmanager
def stopped_at(number: int) -> Iterator[list[int]]:
    """Stop at the statement of this number, of all that are executed; counts them."""
    count = [0]

    def executed(*_: Any) -> None:
        count[0] += 1
        if count[0] == number:
            raise StoppedError

    event.listen(Engine, "before_cursor_execute", executed)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", executed)


def spread(count: int, most: int) -> list[int]:
    """At most so many numbers from 1 to `count`, the first and the last among them."""
    step = max(1.0, (count - 1) / max(1, most - 1))
    return sorted({*(round(1 + step * n) for n in range(most) if 1 + step * n <= count), count})


KILL = """
import json, os, shutil, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
sys.path.insert(0, {here!r})
from index.storage.database import Database
from index.storage.migrations import Migrations
from interruptions import spread

count = number = 0

def executed(*_):
    global count
    count += 1
    if count == number:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", executed)
event.listen(Engine, "commit", executed)
scripts, most, templates = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
for head, template in templates.items():
    migrations, folder = Migrations(Path(scripts), head), Path(template).parent
    count = number = 0
    Database(Path(shutil.copy(template, folder / "whole.db")), migrations).close()
    for number in spread(count, most):
        path = Path(shutil.copy(template, folder / f"killed-{{number}}.db"))
        if not (child := os.fork()):
            count = 0
            Database(path, migrations).close()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
"""


def kill_migrations(
    templates: Mapping[str, Path], migrations: Migrations, most: int
) -> dict[str, list[Path]]:
    """Copies of databases, each killed at another step of the upgrade to a revision.

    `templates` are the databases by the revisions; `most` copies of each at most.
    """
    script = KILL.format(here=str(Path(__file__).parent))
    named = json.dumps({revision: str(path) for revision, path in templates.items()})
    arguments = [str(migrations.folder), str(most), named]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return {revision: list(path.parent.glob("killed-*.db")) for revision, path in templates.items()}
