"""The schema: made by migrations, the same as the models, refused when it is from the future."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from storage_samples import library_id, numbered, python

from index.catalog.catalog import Catalog
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
