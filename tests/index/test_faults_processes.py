"""Several processes on one data folder: they wait for one another, and nothing is lost."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import pytest
from fault_stage import DATABASE, HERE, locked, numbered_article, on_disk, question_of
from library_samples import WITHOUT_READER, WordEncoder, fill, found, plain_archive
from storage_samples import python

from index.archive import Archive
from index.errors import StorageBusyError

COUNT = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
print(*database.execute("SELECT count(*) FROM articles").fetchone())
database.close()
"""
ADD_AND_REMOVE = f"""
import json, sys
from pathlib import Path
sys.path[:0] = [{HERE!r}, {str(Path(HERE).parent)!r}]
from fault_stage import numbered_article, question_of
from library_samples import fill, found, plain_archive
data, first = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
ids, removed = {{}}, []
with plain_archive(data) as archive:
    for number in range(first, first + 20):
        (ids[number],) = fill(archive, numbered_article(number))
        if number % 3 == 0:
            archive.library().remove([ids.pop(number)])
            removed.append(number)
            assert not any(f"lantern{{number}}x" in hit.text
                           for hit in archive.library().ask(question_of(number)).passages)
        if number % 5 == 0:
            archive.library().rebuild()
        for known in list(ids)[-2:]:
            assert ids[known] in found(archive, question_of(known)), known
print(json.dumps([ids, removed]))
"""


def impatient(data: Path) -> Archive:
    """An archive that waits for a lock only for a moment."""
    return Archive(data, WITHOUT_READER, encoder=WordEncoder(), busy_timeout=0.2)


def test_answers_go_on_while_another_process_holds_the_lock_and_adding_says_so(
    tmp_path: Path,
) -> None:
    with impatient(tmp_path) as archive:
        ids = fill(archive, numbered_article(0), numbered_article(1))
        with locked(tmp_path / DATABASE):
            assert ids[1] in found(archive, question_of(1))
            assert len(archive.library().articles()) == 2
            for change in (
                lambda: fill(archive, numbered_article(2)),
                lambda: archive.library().remove(ids[:1]),
                lambda: archive.forget("default"),
                lambda: archive.rename("default", "other"),
            ):
                with pytest.raises(StorageBusyError) as caught:
                    change()
                assert "another process" in str(caught.value)
                assert caught.value.hint
            assert ids[0] in found(archive, question_of(0))
        fill(archive, numbered_article(2))
        assert len(archive.library().articles()) == 3
        assert archive.library().check().problems == ()


def test_nothing_that_is_added_lets_go_of_the_locks_by_which_processes_know_of_one_another(
    tmp_path: Path,
) -> None:
    """Whoever closes a file ends all of the process's locks on it, also those of SQLite."""
    with plain_archive(tmp_path) as archive:
        for number in range(3):
            fill(archive, numbered_article(number), numbered_article(100 + number))
            archive.library().remove(fill(archive, numbered_article(200 + number)))
            # A process that thinks it is the last one takes the log away when it ends.
            with python(COUNT, str(tmp_path / DATABASE)) as process:
                output, errors = process.communicate(timeout=60)
                assert output == f"{2 * number + 2}\n", errors
            assert (tmp_path / f"{DATABASE}-wal").exists()


def test_a_folder_whose_lock_is_held_is_opened_and_asked(tmp_path: Path) -> None:
    with plain_archive(tmp_path) as archive:
        ids = fill(archive, numbered_article(0), numbered_article(1))
    with locked(tmp_path / DATABASE), impatient(tmp_path) as archive:
        assert ids[1] in found(archive, question_of(1))


def test_processes_add_remove_and_rebuild_in_one_folder_at_once(tmp_path: Path) -> None:
    expected: dict[int, int] = {}
    removed: list[int] = []
    with ExitStack() as stack:
        processes = [
            stack.enter_context(python(ADD_AND_REMOVE, str(tmp_path), str(first)))
            for first in (0, 100, 200)
        ]
        for process in processes:
            assert process.stdout
            assert process.stdin
            assert process.stdout.readline() == "ready\n"
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            output, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
            ids, gone = json.loads(output)
            expected |= {int(number): article for number, article in ids.items()}
            removed += gone
    assert len(expected) > 35
    with plain_archive(tmp_path) as archive:
        library = archive.library()
        assert library.check().problems == ()
        assert sorted(each.id for each in library.articles()) == sorted(expected.values())
        for number, article in expected.items():
            assert article in found(archive, question_of(number))
            assert f"lantern{number}x59" in library.text(article)
    left = on_disk(tmp_path)
    assert [number for number in removed if b"lantern%dx" % number in left] == []
