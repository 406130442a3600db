"""The schema: made by migrations, the same as the models, refused when it is from the future."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from library_samples import article, fill, found, plain_archive
from sqlalchemy import create_engine
from storage_samples import DIMENSION, embed, library_id, new_article, numbered, python

from index.catalog.catalog import Catalog
from index.catalog.entries import content_hash
from index.catalog.schema import SCHEMA
from index.catalog.tables import Base
from index.errors import StorageError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of this version, closed."""
    path = tmp_path / "cuttings.db"
    Catalog(path).close()
    return path


def test_the_head_in_the_code_is_the_head_of_the_migrations() -> None:
    assert ScriptDirectory(str(SCHEMA.folder)).get_heads() == [SCHEMA.head]


def test_the_migrations_make_what_the_models_say(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")

    def not_keywords(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and name is not None and name.startswith("passage_words"))

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": not_keywords, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_ids_count_up_for_ever_in_the_migrated_schema_too(path: Path) -> None:
    database = sqlite3.connect(path)
    tables = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    database.close()
    for name in ("libraries", "articles", "passages"):
        assert "AUTOINCREMENT" in tables[name]


def test_a_current_database_opens_without_importing_alembic(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.catalog.catalog import Catalog\n"
        "Catalog(Path(sys.argv[1])).close()\n"
        "print('alembic' in sys.modules, 'faiss' in sys.modules)"
    )
    with python(script, str(path)) as process:
        output, errors = process.communicate(timeout=60)
    assert output.strip() == "False False", errors


def test_a_database_of_a_newer_version_is_refused(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    with pytest.raises(StorageError, match="newer") as caught:
        Catalog(path)
    assert "Update" in caught.value.hint


def migrate(path: Path, move: Callable[[Config, str], None], revision: str) -> None:
    """Bring a database up or down to a revision, by `move`."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(SCHEMA.folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def first_version(path: Path, text: str) -> None:
    """Make a database as the first version left it, with one article in the library "main"."""
    migrate(path, command.upgrade, "0001")
    database = sqlite3.connect(path)
    then = "2025-01-02 03:04:05.000000"
    database.execute(
        "INSERT INTO libraries VALUES (1, 'main', 'test-encoder', ?, ?, 1)", [DIMENSION, then]
    )
    database.execute(
        "INSERT INTO articles VALUES (1, 1, ?, 'An old one', 'A. Uthor', NULL, 'old.txt',"
        " '2024-05-06', ?, ?, ?)",
        [content_hash(text), len(text.split()), then, text],
    )
    database.execute("INSERT INTO passages VALUES (1, 1, 1, 0, 0, ?)", [len(text)])
    database.execute("INSERT INTO embeddings VALUES (1, ?)", [embed([text])[0].tobytes()])
    database.execute(
        "INSERT INTO passage_words (rowid, library, title, body)"
        " VALUES (1, 'lib1', 'An old one', ?)",
        [text],
    )
    database.commit()
    database.close()


def test_a_database_of_the_first_version_keeps_its_articles(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    text = "The heron stood in the fen all winter."
    first_version(path, text)
    with Catalog(path) as catalog:
        library = catalog.library("main").id
        (stored,) = catalog.articles(library)
        assert (stored.title, stored.source, stored.words) == ("An old one", "old.txt", 8)
        assert (stored.language, stored.format, stored.pages, stored.address) == (
            None,
            None,
            0,
            None,
        )
        assert catalog.article(library, 1) == stored == catalog.find(library, content_hash(text))
        assert catalog.text(library, 1) == text
        assert catalog.page_starts(library, [1]) == {}
        assert catalog.keyword_search(library, "heron", 5)
        assert catalog.check(library) == []

        page = new_article("A page now.", address="https://fenland.example/a")
        (added,), revision = catalog.add(library, [page])
        assert (added.article.id, added.replaced, revision) == (2, None, 2)
        assert catalog.remove(library, [1])[0] == [1]
        assert catalog.check(library) == []


def test_what_an_older_version_cannot_keep_is_lost_and_the_articles_are_not(path: Path) -> None:
    with Catalog(path) as catalog:
        entry = new_article("A page now.", address="https://fenland.example/a")
        (added,), _ = catalog.add(library_id(catalog), [entry])
        assert added.article.address
    migrate(path, command.downgrade, "0001")
    with Catalog(path) as catalog:
        library = library_id(catalog)
        (stored,) = catalog.articles(library)
        assert (stored.id, stored.address) == (added.article.id, None)
        assert catalog.check(library) == []


@pytest.mark.parametrize("times", [1, 2])
def test_a_library_that_was_encoded_anew_keeps_its_embeddings_on_the_way_back(
    tmp_path: Path, times: int
) -> None:
    path, encoders = tmp_path / "cuttings.db", ["first", "second", "third"]
    with plain_archive(tmp_path, encoders[0]) as archive:
        fill(archive, article("The heron of the fen"), article("A ferry to the islands"))
    for encoder in encoders[1 : times + 1]:
        with plain_archive(tmp_path, encoder) as archive:
            assert [done.passages for done in archive.reencode(["default"])] == [2]
    migrate(path, command.downgrade, "0002")
    with plain_archive(tmp_path, encoders[times]) as archive:
        assert archive.library().check().problems == ()
        assert found(archive, "the heron of the fen")[:1] == [1]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE photographs (id INTEGER)")
    database.commit()
    with pytest.raises(StorageError, match="another program"):
        Catalog(path)
    assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
    database.close()


def test_a_folder_with_odd_characters_is_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "100% ünï ?x=#1" / "cuttings.db"
    with Catalog(path) as catalog:
        catalog.add(library_id(catalog), numbered(1))
    assert path.exists()


def test_many_threads_may_make_databases_at_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def make(name: str) -> None:
        start.wait()
        try:
            Catalog(tmp_path / name / "cuttings.db").close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=make, args=(f"library{n % 3}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
