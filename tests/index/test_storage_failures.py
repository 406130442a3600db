"""Full disks, locks, crashes and damage: what was acknowledged stays, the rest leaves no trace."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from storage_samples import library_id, numbered, python

from index.catalog.catalog import Catalog
from index.catalog.schema import SCHEMA
from index.errors import StorageBusyError, StorageError, StorageFullError
from index.storage.database import Database
from index.storage.errors import storage_errors

HERE = str(Path(__file__).parent)

PREPARE = f"""
import json, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {HERE!r})
from index.catalog.catalog import Catalog
from index.errors import StorageError
from storage_samples import library_id, new_article, numbered
path = Path(sys.argv[1])
"""

ADD_UNTIL_FULL = (
    PREPARE
    + """
catalog = Catalog(path)
library = library_id(catalog)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
acknowledged = []
try:
    for n in range(10_000):
        words = [f"{n} {line} " + "filler " * 40 for line in range(20)]
        (added,), revision = catalog.add(library, [new_article(*words)])
        acknowledged.append(added.article.id)
except StorageError as error:
    print(json.dumps([type(error).__name__, str(error), error.hint, acknowledged]))
"""
)

ADD_FOR_EVER = (
    PREPARE
    + """
catalog = Catalog(path)
library = library_id(catalog)
n = 0
while True:
    n += 1
    results, revision = catalog.add(library, numbered(5, f"story{n}"))
    print(*(added.article.id for added in results), flush=True)
"""
)

HOLD_THE_LOCK = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""

CREATE_AND_ADD = (
    PREPARE
    + """
print("ready", flush=True)
sys.stdin.readline()
catalog = Catalog(path)
library = library_id(catalog)
for entry in numbered(10, sys.argv[2]) + numbered(3, "shared"):
    catalog.add(library, [entry])
print("done")
"""
)


@pytest.mark.parametrize("limit", [400_000, 1_500_000, 6_000_000])
def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "data" / "cuttings.db"
    with python(ADD_UNTIL_FULL, str(path), str(limit)) as process:
        output, errors = process.communicate(timeout=120)
    assert output, errors
    name, message, hint, acknowledged = json.loads(output)
    assert name == "StorageFullError", message
    assert "full" in message
    assert hint
    assert acknowledged
    with Catalog(path) as catalog:
        library = library_id(catalog)
        assert catalog.check(library) == []
        assert [article.id for article in catalog.articles(library)] == acknowledged[::-1]
        assert catalog.revision(library) == len(acknowledged)
        catalog.add(library, numbered(1))


def test_sqlite_saying_full_is_a_full_disk(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "small.db")
    database.execute("PRAGMA max_page_count = 3")
    with pytest.raises(StorageFullError), storage_errors(tmp_path / "small.db", writing=True):
        database.execute("CREATE TABLE t AS SELECT randomblob(100000) AS filler")
    database.close()


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    with python(ADD_FOR_EVER, str(path)) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(15)]
        process.kill()
        lines += process.stdout.readlines()
    acknowledged = {int(number) for number in "".join(lines).split()}
    assert len(acknowledged) >= 75
    with Catalog(path) as catalog:
        library = library_id(catalog)
        stored = {article.id for article in catalog.articles(library)}
        assert acknowledged <= stored
        # At most the one call that was committed but not yet told of.
        assert len(stored - acknowledged) in (0, 5)
        assert catalog.check(library) == []


def test_a_lock_held_elsewhere_is_said_after_the_timeout(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    with Catalog(path, busy_timeout=0.2) as catalog:
        library = library_id(catalog)
        with python(HOLD_THE_LOCK, str(path)) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "locked\n"
            with pytest.raises(StorageBusyError) as caught:
                catalog.add(library, numbered(1))
            assert caught.value.hint
            assert catalog.articles(library) == []
            with Catalog(path, busy_timeout=0.2) as second:
                assert second.revision(library) == 0
        catalog.add(library, numbered(1))
        assert len(catalog.articles(library)) == 1


def test_processes_may_make_and_fill_the_same_data_folder_at_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "cuttings.db"
    with ExitStack() as stack:
        processes = [
            stack.enter_context(python(CREATE_AND_ADD, str(path), f"story{n}")) for n in range(4)
        ]
        assert [process.stdout and process.stdout.readline() for process in processes] == [
            "ready\n"
        ] * 4
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            output, errors = process.communicate(timeout=120)
            assert output == "done\n", errors
    with Catalog(path) as catalog:
        library = library_id(catalog)
        assert len(catalog.articles(library)) == catalog.revision(library) == 4 * 10 + 3
        assert len(catalog.libraries()) == 1
        assert catalog.check(library) == []


def test_every_connection_is_careful(tmp_path: Path) -> None:
    database = Database(tmp_path / "cuttings.db", SCHEMA)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
        "secure_delete": 1,
    }
    with database.read() as one, database.write() as another:
        for connection in (one, another):
            for pragma, value in expected.items():
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    database.erase_log()
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    database.close()


def test_a_reader_sees_one_state_while_others_write(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    database = Database(path, SCHEMA)
    with Catalog(path) as catalog, database.read() as connection:
        library = library_id(catalog)
        count = text("SELECT count(*) FROM articles")
        assert connection.scalar(count) == 0
        catalog.add(library, numbered(2))
        assert connection.scalar(count) == 0
        assert len(catalog.articles(library)) == 2
    database.close()


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("I am a file.")
    with pytest.raises(StorageError) as caught:
        Catalog(tmp_path / "data" / "cuttings.db")
    assert caught.value.hint


def test_a_folder_where_the_file_should_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Catalog(tmp_path)
    assert caught.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        Catalog(tmp_path / "cuttings.db")
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"Dear diary, " * 1000, b"SQLite format 3\0" + b"\xff" * 8192])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cuttings.db"
    path.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        Catalog(path)
    assert caught.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("DELETE FROM embeddings WHERE passage_id = 1", "Passage 1 of article 1 has no embedding."),
        ("UPDATE embeddings SET vector = x'00' WHERE passage_id = 1", "embedding of 1 bytes"),
        ('UPDATE passages SET "end" = 9999 WHERE id = 1', "outside of the article's text"),
        ("DELETE FROM passages WHERE id = 1", "words of passage 1, which is not there"),
        ("DELETE FROM passages WHERE id = 1", "refers to a row of passages that is not there"),
        ("UPDATE articles SET text = text || ' more' WHERE id = 1", "is not the one that was"),
        ("UPDATE articles SET words = 1 WHERE id = 1", "Article 1 has 8 words, not 1."),
        ("UPDATE passages SET library_id = 2 WHERE id = 1", "is in another library"),
    ],
)
def test_the_check_names_each_damage(tmp_path: Path, damage: str, sentence: str) -> None:
    path = tmp_path / "cuttings.db"
    with Catalog(path) as catalog:
        library = library_id(catalog)
        library_id(catalog, "another")
        catalog.add(library, numbered(3))
        assert catalog.check(library) == []
        database = sqlite3.connect(path)
        database.execute(damage)
        database.commit()
        database.close()
        found = catalog.check(library)
    assert any(sentence in line for line in found), found
    assert all(line.endswith(".") and "\n" not in line for line in found)


def test_a_damaged_page_is_found_by_the_check(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    with Catalog(path) as catalog:
        library = library_id(catalog)
        catalog.add(library, numbered(300))
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    for page in range(pages // 2, pages):  # behind those that say which tables there are
        content[page * 4096 : page * 4096 + 16] = b"\xff" * 16
    path.write_bytes(content)
    with Catalog(path) as catalog:
        assert catalog.check(library)
