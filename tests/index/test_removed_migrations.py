"""Texts of earlier versions are moved to where SQLite never copies them, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from file_pages import check_texts, write_into_gap
from leftovers import Speaker, pieces_left
from sqlalchemy import event, text
from sqlalchemy.pool import Pool
from storage_samples import DIMENSION, embed
from test_migrations import migrate

from index.catalog.catalog import Catalog
from index.catalog.entries import content_hash

THEN = "2025-01-02 03:04:05.000000"
TABLES = ("libraries", "articles", "article_details", "passages", "embeddings", "sqlite_sequence")

Rows = dict[str, list[tuple[object, ...]]]


def rows(path: Path) -> Rows:
    """What is in the tables, the columns by their names."""
    found: Rows = {}
    with closing(sqlite3.connect(path)) as database:
        for table in TABLES:
            names = sorted(row[1] for row in database.execute(f"PRAGMA table_info({table})"))
            listed = ", ".join(f'"{name}"' for name in names)
            found[table] = sorted(database.execute(f"SELECT {listed} FROM {table}"), key=str)
    return found


def fill(path: Path) -> tuple[list[str], list[str]]:
    """Articles of many lengths, half of them deleted again: the gone, the kept."""
    migrate(path, command.upgrade, "0003")
    speaker = Speaker(31)
    gone, kept = [], []
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute(
            "INSERT INTO libraries (id, name, encoder, dimension, created, revision)"
            " VALUES (1, 'main', 'test-encoder', ?, ?, 1)",
            [DIMENSION, THEN],
        )
        for number in range(1, 401):
            words = speaker.words(number % 7 + 1 if number % 5 else 90 * (number % 11 + 1))
            say = None if number % 3 else speaker.words(2)
            database.execute(
                "INSERT INTO articles VALUES (?, 1, ?, ?, ?, NULL, ?, '2024-05-06', 7, ?, ?)",
                [number, content_hash(words), speaker.foreign(2), say, say, THEN, words],
            )
            address = f"https://fen.example/{number}" if number % 2 else None
            if number % 4:
                database.execute(
                    "INSERT INTO article_details VALUES (?, 1, 'en', 'text', ?, 0, NULL)",
                    [number, address],
                )
            database.execute("INSERT INTO passages VALUES (?, ?, 1, 0, 0, 5)", [number, number])
            vector = embed([words])[0].tobytes()
            database.execute("INSERT INTO embeddings VALUES (?, ?)", [number, vector])
            database.commit()
        for number in (*speaker.chance.sample(range(1, 400), 200), 400):
            (removed,) = database.execute(
                "DELETE FROM articles WHERE id = ? RETURNING text", [number]
            ).fetchone()
            database.commit()
            gone.append(removed)
        kept = [each for (each,) in database.execute("SELECT text FROM articles")]
    return gone, kept


def test_the_articles_are_the_same_after_the_way_up_and_the_way_down(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    _, kept = fill(path)
    before = rows(path)
    assert len(before["passages"]) == len(kept) == 199
    assert ("articles", 400) in before["sqlite_sequence"]
    migrate(path, command.upgrade, "0004")
    check_texts(path, len(kept))
    after = rows(path)
    for table in ("libraries", "passages", "embeddings", "sqlite_sequence"):
        assert after[table] == before[table]
    migrate(path, command.downgrade, "0003")
    assert rows(path) == before
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_folder_of_an_earlier_version_holds_no_more_of_what_it_had_deleted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cuttings.db"
    gone, kept = fill(path)
    # As SQLite may have left it, in a gap between the rows.
    write_into_gap(path, "articles", gone[0].encode()[:60])
    assert pieces_left(tmp_path, gone)
    with Catalog(path) as catalog:
        assert pieces_left(tmp_path, gone) == {}
        assert pieces_left(tmp_path, kept)
        stored = catalog.articles(1)
        assert len(stored) == len(kept)
        assert {catalog.text(1, article.id) for article in stored} == set(kept)
        addressed = {article.address: article.id for article in stored if article.address}
        assert addressed
        found = catalog.held(1, addressed)
        assert {address: article.id for address, article in found.items()} == addressed
        with catalog._database.read() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
            assert connection.scalar(text("SELECT count(*) FROM embeddings")) == len(kept)
        first = stored[-1].id
        removed = catalog.text(1, first)
        assert catalog.remove(1, [first])[0] == [first]
        assert pieces_left(tmp_path, [removed]) == {}


def test_tables_are_not_made_anew_where_that_would_delete_what_refers_to_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cuttings.db"
    fill(path)
    before = rows(path)

    def demand(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    event.listen(Pool, "connect", demand)
    try:
        with pytest.raises(RuntimeError, match="Foreign keys"):
            migrate(path, command.upgrade, "0004")
    finally:
        event.remove(Pool, "connect", demand)
    assert rows(path)["passages"] == before["passages"]
