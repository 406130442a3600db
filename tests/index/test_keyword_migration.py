"""FTS5's table becomes postings, and postings become FTS5's table again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from keyword_samples import add, found, records, segments
from sqlalchemy import create_engine
from storage_samples import library_id, new_article

from index.catalog.catalog import Catalog
from index.catalog.schema import SCHEMA

FTS5 = "SELECT rowid FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid"


def migrate(path: Path, move: Callable[[Config, str], None], revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(SCHEMA.folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def test_every_word_is_found_in_both(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    with Catalog(path) as catalog:
        one, two, _ = (library_id(catalog, name) for name in ("one", "two", "empty"))
        for number in range(30):
            entry = new_article(f"ferry number{number}", f"bell {number}", "it is", title="Harbour")
            add(catalog, (one, two)[number % 2], entry)
        catalog.remove(one, [catalog.articles(one)[3].id])
        before, parts = records(catalog), segments(catalog)
        wanted = found(catalog, one, "ferries")

    migrate(path, command.downgrade, "0004")
    database = sqlite3.connect(path)
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert not {"postings", "keyword_segments"} & names
    assert [row[0] for row in database.execute(FTS5, ["library : lib1 AND ferries"])] == wanted
    assert len(database.execute(FTS5, ["harbour"]).fetchall()) == 3 * 29
    assert database.execute(FTS5, ["title : harbour AND body : number3"]).fetchall()
    database.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
    database.close()

    with Catalog(path) as catalog:
        assert records(catalog) == before
        # Segments are made anew, so they may begin elsewhere.
        assert [row[1] for row in segments(catalog)] == [row[1] for row in parts]
        assert found(catalog, one, "ferries") == wanted
        for library in (one, two):
            assert catalog.check(library) == []
    names = set()
    database = sqlite3.connect(path)
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    database.close()
    assert not any(name.startswith("passage_words") for name in names)
