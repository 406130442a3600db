"""The write-ahead log is emptied after a deletion, for as long as it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from leftovers import Speaker, pieces_left
from sqlalchemy import text
from storage_samples import library_id, new_article, python

from index.catalog.catalog import Catalog
from index.catalog.schema import SCHEMA
from index.storage import erasing
from index.storage.database import Database
from index.storage.erasing import Eraser

READ = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN")
database.execute("SELECT count(*) FROM articles").fetchone()
print("reading", flush=True)
sys.stdin.readline()
database.execute("COMMIT")
database.close()
print("read", flush=True)
sys.stdin.readline()
"""

REMOVE_AND_DIE = """
import os, sys
from pathlib import Path
from sqlalchemy import text
from index.catalog.catalog import Catalog
catalog = Catalog(Path(sys.argv[1]))
held = catalog._database.read()
held.__enter__().execute(text("SELECT count(*) FROM articles")).all()
catalog.remove(1, [1])
os.kill(os.getpid(), 9)
"""


def until(met: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that comes by itself."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "It never came."
        time.sleep(0.02)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Catalog, str]]:
    """A catalog whose article 1 is of words that are told, and its article 2 of others."""
    words = Speaker(4).words(200)
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        catalog.add(library, [new_article(words), new_article("The other one.")])
        yield catalog, words


def test_a_removal_beside_a_reader_empties_the_log_when_the_reader_has_gone(
    opened: tuple[Catalog, str], tmp_path: Path
) -> None:
    catalog, words = opened
    path = tmp_path / "cuttings.db"
    with python(READ, str(path)) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "reading\n"
        begun = time.monotonic()
        catalog.remove(1, [1])
        assert time.monotonic() - begun < 5
        assert pieces_left(tmp_path, [words])  # somebody reads it
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "read\n"
        until(lambda: pieces_left(tmp_path, [words]) == {})
        catalog.add(1, [new_article("Written on.")])
        assert len(catalog.articles(1)) == 2


def test_a_removal_beside_a_reader_of_the_same_process_does_too(
    opened: tuple[Catalog, str], tmp_path: Path
) -> None:
    catalog, words = opened
    with catalog._database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM articles")) == 2
        catalog.remove(1, [1])
        assert connection.scalar(text("SELECT count(*) FROM articles")) == 2
        assert pieces_left(tmp_path, [words])
    until(lambda: pieces_left(tmp_path, [words]) == {})


def test_who_closes_with_the_log_still_owed_empties_it(
    opened: tuple[Catalog, str], tmp_path: Path
) -> None:
    catalog, words = opened
    other = Database(tmp_path / "cuttings.db", SCHEMA)  # so that SQLite's own end does not do it
    with catalog._database.read(), catalog._database.read() as connection:
        connection.scalar(text("SELECT count(*) FROM articles"))
        catalog.remove(1, [1])
    catalog.close()
    assert pieces_left(tmp_path, [words]) == {}
    other.close()


def test_what_a_killed_process_had_removed_is_gone_when_the_next_one_opens(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cuttings.db"
    words = Speaker(5).words(200)
    with Catalog(path) as catalog:
        catalog.add(library_id(catalog), [new_article(words), new_article("The other one.")])
    with python(REMOVE_AND_DIE, str(path)) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == -9, errors
    assert pieces_left(tmp_path, [words])
    with Catalog(path) as catalog:
        assert len(catalog.articles(1)) == 1
        assert pieces_left(tmp_path, [words]) == {}


def test_the_log_is_emptied_soon_and_once_for_many_who_ask(tmp_path: Path) -> None:
    emptied: list[float] = []

    def empty(patience: float) -> bool:
        emptied.append(patience)
        return True

    eraser = Eraser(empty, soon=0.2)
    for _ in range(50):
        eraser.soon()
    assert emptied == []
    until(lambda: len(emptied) == 1)
    time.sleep(0.5)
    assert emptied == [erasing.BESIDE]
    eraser.soon()
    eraser.close()
    assert emptied == [erasing.BESIDE, erasing.PATIENCE]
    assert not [each for each in threading.enumerate() if each.name == "eraser"]


def test_a_log_that_cannot_be_emptied_is_tried_again_and_never_forgotten() -> None:
    refusals = iter([False, False, True])
    tried: list[float] = []

    def empty(patience: float) -> bool:
        tried.append(patience)
        return next(refusals)

    eraser = Eraser(empty, soon=0.05)
    assert not eraser.now()
    until(lambda: len(tried) == 3)
    eraser.close()
    assert tried == [erasing.PATIENCE, erasing.BESIDE, erasing.BESIDE]


def test_a_failure_to_empty_the_log_is_not_one_of_what_was_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(tmp_path / "cuttings.db", SCHEMA)
    with closing(database._engine.raw_connection()) as held:
        held.cursor().execute("PRAGMA locking_mode = NORMAL")
    (tmp_path / "cuttings.db").unlink()
    (tmp_path / "cuttings.db").mkdir()
    database._engine.dispose()
    database.erase_log()
    assert "could not be emptied" in caplog.text
    database.close()
