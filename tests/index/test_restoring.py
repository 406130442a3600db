"""Restoring: everything of a backup or nothing, and what was there is kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from backup_samples import BOTH, folder_with, held_in, heron_backup, names_in, words_in
from library_samples import article, fill, plain_archive
from storage_samples import python

from index import (
    CATALOG_FILE,
    BackupError,
    Database,
    DatabaseFile,
    StorageBusyError,
    back_up,
    restore,
)
from index.backup.exchanging import PLACING, PREPARED, UNPACKING


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return heron_backup(tmp_path)


def test_into_a_new_folder_it_puts_everything(backup: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    target = tmp_path / "some" / "new"
    done = restore(backup, target, BOTH, progress=lambda *step: told.append(step))
    assert done.aside is None
    assert [one.name for one in done.backup.databases] == ["notes.db", "cuttings.db"]
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == sum(one.bytes for one in done.backup.databases)
    assert names_in(target) == {"cuttings.db", "notes.db", "cuttings.lock"}
    assert target.stat().st_mode & 0o777 == 0o700
    assert (target / "cuttings.db").stat().st_mode & 0o777 == 0o600
    assert held_in(target) == ("heron", "heron")


def test_what_is_there_is_not_replaced_unasked(backup: Path, tmp_path: Path) -> None:
    target = folder_with(tmp_path / "data", "curlew")
    (target / CATALOG_FILE.name).rename(tmp_path / CATALOG_FILE.name)
    with pytest.raises(BackupError, match="holds libraries already") as caught:
        restore(backup, target, BOTH)  # the other database is enough
    assert "--replace" in caught.value.hint
    (tmp_path / CATALOG_FILE.name).rename(target / CATALOG_FILE.name)
    assert held_in(target) == ("curlew", "curlew")


def test_what_is_replaced_is_kept_as_a_data_folder_of_its_own(backup: Path, tmp_path: Path) -> None:
    target = folder_with(tmp_path / "data", "curlew")
    first = restore(backup, target, BOTH, replace=True).aside
    second = restore(backup, target, BOTH, replace=True).aside
    assert first
    assert second
    assert first != second
    assert {first.parent, second.parent} == {target}
    assert held_in(target) == held_in(second) == ("heron", "heron")
    assert held_in(first) == ("curlew", "curlew")


def test_a_log_that_was_left_by_a_kill_goes_aside_with_its_database(
    backup: Path, tmp_path: Path
) -> None:
    target = folder_with(tmp_path / "data", "curlew")
    script = (
        "import os, signal, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1])\n"
        "database.execute(\"UPDATE articles SET title = 'Changed'\")\n"
        "database.commit()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(target / "cuttings.db")], check=False)
    assert (target / "cuttings.db-wal").stat().st_size > 0
    aside = restore(backup, target, BOTH, replace=True).aside
    assert aside
    assert not (target / "cuttings.db-wal").exists()
    with plain_archive(aside) as archive:
        assert [stored.title for stored in archive.library().articles()] == ["Changed"]
    assert held_in(target) == ("heron", "heron")


def test_a_log_without_its_database_is_not_applied_to_the_restored_one(
    backup: Path, tmp_path: Path
) -> None:
    target = tmp_path / "data"
    target.mkdir()
    (target / "cuttings.db-wal").write_bytes(b"the log of another one")
    aside = restore(backup, target, BOTH).aside
    assert aside
    assert names_in(aside) == {"cuttings.db-wal"}
    assert held_in(target) == ("heron", "heron")


def test_a_database_that_the_backup_has_not_goes_aside_too(tmp_path: Path) -> None:
    with plain_archive(tmp_path / "heron") as archive:
        fill(archive, article("The heron at the ford"))
    back_up(tmp_path / "heron", tmp_path / "heron.zip", BOTH, version="1")
    target = folder_with(tmp_path / "data", "curlew")
    aside = restore(tmp_path / "heron.zip", target, BOTH, replace=True).aside
    assert aside
    assert names_in(target) == {"cuttings.db", "cuttings.lock", aside.name}


def test_the_indexes_of_what_was_replaced_are_gone(backup: Path, tmp_path: Path) -> None:
    target = folder_with(tmp_path / "data", "curlew")
    for name in ("library-1-5f.vectors", "library-1-5f-0.faiss", "library-1-5f-0.vectors.x.tmp"):
        (target / name).write_text("derived")
    (target / "library-notes.txt").write_text("somebody's own")
    restore(backup, target, BOTH, replace=True)
    assert sorted(file.name for file in target.rglob("library-*")) == ["library-notes.txt"]


def test_a_damaged_folder_can_be_restored(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "data"
    target.mkdir()
    (target / "cuttings.db").write_bytes(b"no database at all")
    aside = restore(backup, target, BOTH, replace=True).aside
    assert aside
    assert (aside / "cuttings.db").read_bytes() == b"no database at all"
    assert held_in(target) == ("heron", "heron")


def test_nothing_is_restored_under_an_open_library(backup: Path, tmp_path: Path) -> None:
    target = folder_with(tmp_path / "data", "curlew")
    with plain_archive(target) as archive:
        with pytest.raises(StorageBusyError):
            restore(backup, target, BOTH, replace=True)
        assert len(archive.library().articles()) == 1
    assert held_in(target) == ("curlew", "curlew")


def test_one_made_by_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    old = DatabaseFile("cuttings.db", replace(CATALOG_FILE.migrations, head="0001"))
    folder = tmp_path / "old"
    folder.mkdir()
    Database(folder / old.name, old.migrations).close()
    made = back_up(folder, tmp_path / "old.zip", [old], version="0.0.1")
    assert made.databases[0].revision == "0001"
    restore(tmp_path / "old.zip", tmp_path / "new", BOTH)
    with plain_archive(tmp_path / "new") as archive:
        fill(archive, article("The heron at the ford"))


KILL_AT_EACH_STEP = """
import os, shutil, signal, sys
from pathlib import Path
from index import CATALOG_FILE, DatabaseFile, restore
backup, template, root = map(Path, sys.argv[1:])
both = (DatabaseFile("notes.db", CATALOG_FILE.migrations), CATALOG_FILE)
status, number = 1, 0
while status:
    number += 1
    target = root / str(number)
    shutil.copytree(template, target)
    steps = 0
    def look(event, arguments):
        global steps
        if event in ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "open"):
            steps += str(arguments[0]).startswith(str(target))
            if steps == number:
                os.kill(os.getpid(), signal.SIGKILL)
    if not (child := os.fork()):
        sys.addaudithook(look)
        restore(backup, target, both, replace=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
print(number)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no processes are forked there")
def test_killed_at_any_step_it_has_restored_everything_or_nothing(
    backup: Path, tmp_path: Path
) -> None:
    template = folder_with(tmp_path / "template", "curlew")
    root = tmp_path / "killed"
    with python(KILL_AT_EACH_STEP, str(backup), str(template), str(root)) as process:
        output, errors = process.communicate(timeout=120)
    assert int(output) > 12, errors
    outcomes = []
    for number in range(1, int(output) + 1):
        target = root / str(number)
        with plain_archive(target):
            pass  # goes on with what was begun
        word, noted = words_in(target)
        assert word == noted
        outcomes.append(word)
        asides = [target / name for name in names_in(target) if name.startswith("replaced-")]
        kept = [("curlew", "curlew")] * (word == "heron")
        assert [words_in(aside) for aside in asides] == kept
        assert names_in(target) - {aside.name for aside in asides} == {
            "cuttings.db",
            "notes.db",
            "cuttings.lock",
        }
    # There is one step from which on it is restored.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {"curlew", "heron"}


@pytest.mark.parametrize("step", [UNPACKING, PREPARED, PLACING])
def test_one_that_was_interrupted_is_no_matter_to_the_next(
    backup: Path, tmp_path: Path, step: str
) -> None:
    target = folder_with(tmp_path / "data", "curlew")
    (target / step).mkdir()
    (target / step / "aside.json").write_text('{"names": [], "aside": null}')
    restore(backup, target, BOTH, replace=True)
    assert held_in(target) == ("heron", "heron")
    assert not (target / step).exists()
