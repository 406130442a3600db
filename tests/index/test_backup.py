"""A backup: everything as it is at one moment, whole or not at all, while others write."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import threading
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from library_samples import article, fill, plain_archive
from storage_samples import damage_table, python

from index import (
    CATALOG_FILE,
    Backup,
    BackupError,
    Database,
    DatabaseFile,
    StorageBusyError,
    StorageError,
    StorageFullError,
    back_up,
    restore,
)
from index.backup.exchanging import alone

NOTES = DatabaseFile("notes.db", CATALOG_FILE.migrations)
"""Stands for the records of a bot."""
BOTH = (NOTES, CATALOG_FILE)
WORDS = ("heron", "bittern", "curlew", "avocet", "dunlin", "whimbrel")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an article for each word."""
    folder = tmp_path / "data"
    with plain_archive(folder) as archive:
        fill(archive, *(article(f"A {word} in the reeds") for word in WORDS))
    return folder


def backed_up(data: Path, file: Path, **more: object) -> Backup:
    return back_up(data, file, BOTH, version="1.2.3", **more)  # type: ignore[arg-type]


def words_in(data: Path) -> list[str]:
    """The words whose articles a data folder holds, after a look at whether it is whole."""
    with plain_archive(data) as archive:
        library = archive.library()
        assert library.check().problems == ()
        texts = [library.text(stored.id) for stored in library.articles()]
    return [text.split()[1] for text in reversed(texts)]


def left_beside(file: Path) -> list[str]:
    """The backup, and what work on one has left."""
    names = [found.name for found in file.parent.iterdir()]
    return sorted(name for name in names if name == file.name or name.startswith("."))


def test_a_backup_holds_what_was_there_and_says_what_it_is(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    made = backed_up(data, file)
    assert made.version == "1.2.3"
    assert [(one.name, one.revision) for one in made.databases] == [
        ("cuttings.db", CATALOG_FILE.migrations.head)
    ]
    with zipfile.ZipFile(file) as packed:
        assert packed.namelist() == ["cuttings.db", "manifest.json"]
        assert Backup.model_validate_json(packed.read("manifest.json")) == made
        assert packed.getinfo("cuttings.db").file_size == made.databases[0].bytes
    restore(file, tmp_path / "new", BOTH)
    assert words_in(tmp_path / "new") == list(WORDS)


def test_only_its_owner_can_read_it(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    modes = set()

    def look(done: int, total: int) -> None:
        (work,) = tmp_path.glob(".cuttings-backup-*")
        modes.add(stat.S_IMODE(work.stat().st_mode))

    backed_up(data, file, progress=look)
    assert modes == {0o700}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert left_beside(file) == ["all.zip"]


def test_it_tells_how_far_it_is_in_bytes(data: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = backed_up(data, tmp_path / "all.zip", progress=lambda *step: told.append(step))
    assert {total for _, total in told} == {2 * made.databases[0].bytes}
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_all_databases_are_those_of_the_moment_of_the_call(data: Path, tmp_path: Path) -> None:
    (data / NOTES.name).write_bytes((data / CATALOG_FILE.name).read_bytes())
    noted = Database(data / NOTES.name, NOTES.migrations)
    with plain_archive(data) as archive, closing(noted):
        began: list[int] = []

        def write(done: int, total: int) -> None:
            if not began:
                fill(archive, article("A late ruff in the reeds"))
                with noted.write() as connection:
                    connection.exec_driver_sql("DELETE FROM articles")
                began.append(done)

        backed_up(data, tmp_path / "all.zip", progress=write)
        assert began
        assert len(archive.library().articles()) == len(WORDS) + 1
    restore(tmp_path / "all.zip", tmp_path / "new", BOTH)
    assert words_in(tmp_path / "new") == list(WORDS)
    with closing(sqlite3.connect(tmp_path / "new" / NOTES.name)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (len(WORDS),)


def test_while_one_adds_and_removes_each_backup_is_whole(data: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    acknowledged: list[str] = []

    def work() -> None:
        with plain_archive(data) as archive:
            number = 0
            while not stop.is_set():
                number += 1
                (added,) = fill(archive, article(f"A stork{number} in the reeds"))
                acknowledged.append(f"stork{number}")
                if number % 3 == 0:
                    archive.library().remove([added])
                    acknowledged.pop()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for number in range(4):
            before = list(acknowledged)
            backed_up(data, tmp_path / f"{number}.zip")
            after = list(acknowledged)
            restore(tmp_path / f"{number}.zip", tmp_path / str(number), BOTH)
            held = [word for word in words_in(tmp_path / str(number)) if word not in WORDS]
            # The last one may be added, or removed, in this very moment.
            assert set(before[:-1]) <= set(held)
            assert set(held[:-1]) <= set(after)
    finally:
        stop.set()
        thread.join()
    assert len(acknowledged) > 4


def test_what_is_there_is_replaced_only_on_demand(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    file.write_text("A diary.")
    told: list[int] = []
    with pytest.raises(BackupError, match="is there already") as caught:
        backed_up(data, file, progress=lambda done, _: told.append(done))
    assert told == []  # it is said at once
    assert "--force" in caught.value.hint
    assert file.read_text() == "A diary."
    backed_up(data, file, overwrite=True)
    assert zipfile.is_zipfile(file)


def test_one_that_came_meanwhile_is_not_replaced(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with pytest.raises(BackupError, match="is there already"):
        backed_up(data, file, progress=lambda *_: file.write_text("A diary."))
    assert file.read_text() == "A diary."
    assert left_beside(file) == ["all.zip"]


@pytest.mark.parametrize(
    ("file", "word"),
    [
        ("data/cuttings.db", "what is to be backed up"),
        ("data/cuttings.db-wal", "what is to be backed up"),
        ("nowhere/all.zip", "no folder"),
        ("data", "is not a file"),
        ("pipe", "is not a file"),
    ],
)
def test_it_is_not_written_where_it_would_do_harm(
    data: Path, tmp_path: Path, file: str, word: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BackupError, match=word) as caught:
        backed_up(data, tmp_path / file, overwrite=True)
    assert caught.value.hint
    assert words_in(data) == list(WORDS)


def test_where_no_library_is_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no library"):
        backed_up(tmp_path / "nothing", tmp_path / "all.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_no_backup(data: Path, tmp_path: Path) -> None:
    damage_table(data / CATALOG_FILE.name, "articles")
    with pytest.raises(StorageError, match=r"cuttings\.db is damaged") as caught:
        backed_up(data, tmp_path / "all.zip")
    assert caught.value.hint
    assert left_beside(tmp_path / "all.zip") == []


def test_the_database_of_another_program_is_no_library(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / CATALOG_FILE.name)) as connection:
        connection.execute("CREATE TABLE photographs (id INTEGER)")
    with pytest.raises(StorageError, match="not a database of Cuttings"):
        backed_up(tmp_path, tmp_path / "all.zip")


def test_one_that_is_stopped_leaves_nothing(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    backed_up(data, file)
    before = file.read_bytes()

    def interrupt(done: int, total: int) -> None:
        if done > total / 2:  # the copy is made, and being packed
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backed_up(data, file, overwrite=True, progress=interrupt)
    assert file.read_bytes() == before
    assert left_beside(file) == ["all.zip"]


MAKE = """
import signal, resource, sys
from pathlib import Path
from index import CATALOG_FILE, StorageError, back_up
def progress(done, total):
    print(done, flush=True)
    if sys.argv[3] == "wait" and done > total / 2:
        sys.stdin.readline()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if sys.argv[3] != "wait":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]), [CATALOG_FILE], version="1", progress=progress)
except StorageError as error:
    print(type(error).__name__, error)
"""


def test_a_full_disk_is_said_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with python(MAKE, str(data), str(file), "40000") as process:
        output, errors = process.communicate(timeout=60)
    assert output.splitlines()[-1].startswith(f"{StorageFullError.__name__} {file} "), errors
    assert left_beside(file) == []


def test_one_that_was_killed_leaves_no_backup_and_the_next_one_removes_its_traces(
    data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    with python(MAKE, str(data), str(file), "wait") as process:
        assert process.stdout is not None
        size = (data / CATALOG_FILE.name).stat().st_size
        while int(process.stdout.readline()) <= size:
            pass
        (left,) = tmp_path.glob(".cuttings-backup-*")
        long_ago = time.time() - 3600
        os.utime(left, (long_ago, long_ago))
        # Not as long as it is alive, however long that takes.
        backed_up(data, tmp_path / "another.zip")
        assert left.exists()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not file.exists()
    os.utime(left, (long_ago, long_ago))
    backed_up(data, tmp_path / "third.zip")
    assert left_beside(file) == []


def test_a_folder_whose_files_are_being_exchanged_is_busy(data: Path, tmp_path: Path) -> None:
    with alone(data), pytest.raises(StorageBusyError):
        backed_up(data, tmp_path / "all.zip")
