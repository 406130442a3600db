"""Two processes on one data folder, many threads, vector files in any state, a full disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from library_samples import (
    IN_FILES,
    WITHOUT_READER,
    RefusingEncoder,
    article,
    fill,
    found,
    plain_archive,
)
from storage_samples import python

from index.archive import Archive
from index.errors import EncoderMismatchError, UnknownArticleError

HERE = Path(__file__).parent

ADD_UNTIL_FULL = f"""
import json, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {str(HERE)!r})
from index.errors import StorageError
from library_samples import article, plain_archive
archive = plain_archive(Path(sys.argv[1]))
print(json.dumps([r.article.id for r in archive.library().add([article("first")])]), flush=True)
archive.library().ask("first")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
def sources():
    for number in range(100_000):
        yield article(f"number {{number}} " + "and filler " * (number % 50))
try:
    for receipt in archive.library().add(sources()):
        print(json.dumps([receipt.article.id]), flush=True)
except StorageError as error:
    print(json.dumps([type(error).__name__, error.hint]))
archive.close()
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path) as opened:
        yield opened


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed data folder with three articles (1, 2, 3) and a saved vector index of them."""
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        fill(opened, *(article(word) for word in ("one", "two", "three")))
        assert found(opened, "two")[0] == 2
    assert vector_file(tmp_path).exists()
    return tmp_path


def vector_file(data: Path) -> Path:
    (file,) = data.glob("library-1-*.vectors")
    return file


def reopened(data: Path) -> Archive:
    """An archive that cannot encode a passage: the vectors come from what is stored."""
    return Archive(data, WITHOUT_READER, encoder=RefusingEncoder(), sizes=IN_FILES)


def assert_whole(data: Path, notes: int = 0) -> None:
    """All three articles are found, the check is content, and it told of `notes` repairs."""
    with reopened(data) as opened:
        assert [found(opened, word)[0] for word in ("one", "two", "three")] == [1, 2, 3]
        report = opened.library().check()
        assert report.problems == ()
        assert (report.articles, report.vectors) == (3, 3)
        assert len(report.notes) == notes
    with reopened(data) as opened:
        assert opened.library().check().notes == ()


def test_two_archives_on_one_folder_see_what_the_other_adds_and_removes(archive: Archive) -> None:
    (first,) = fill(archive, article("first"))
    with plain_archive(archive.data) as other:
        assert found(other, "first") == [first]
        (second,) = fill(other, article("second"))
        assert found(archive, "second")[0] == second
        archive.library().remove([first])
        assert found(other, "first") == [second]
        (third,) = fill(archive, article("third"), library="new")
        assert found(other, "third", "new") == [third]
        for opened in (archive, other):
            assert opened.library().check().problems == ()
            assert opened.library().check().vectors == 1


def test_of_two_archives_that_make_one_library_the_second_keeps_to_its_encoder(
    archive: Archive,
) -> None:
    with plain_archive(archive.data, "another") as other:
        waiting = other.library().add([article("late")])
        fill(archive, article("first"))
        with pytest.raises(EncoderMismatchError):
            list(waiting)
    assert len(archive.library().articles()) == 1


def test_a_missing_vector_file_is_made_from_the_database(closed: Path) -> None:
    vector_file(closed).unlink()
    assert_whole(closed)


@pytest.mark.parametrize("damage", ["empty", "cut", "other", "flipped"])
def test_a_damaged_vector_file_is_made_anew(closed: Path, damage: str) -> None:
    content = vector_file(closed).read_bytes()
    flipped = bytearray(content)
    flipped[-20] ^= 1
    damaged = {"empty": b"", "cut": content[:-5], "other": b"Dear diary", "flipped": bytes(flipped)}
    vector_file(closed).write_bytes(damaged[damage])
    assert_whole(closed, notes=1)


def test_a_vector_file_that_is_behind_catches_up(closed: Path) -> None:
    behind = vector_file(closed).read_bytes()
    with plain_archive(closed, sizes=IN_FILES) as opened:
        fill(opened, article("four"), article("five"))
        opened.library().remove([4])
        found(opened, "five")
    vector_file(closed).write_bytes(behind)
    with reopened(closed) as opened:
        assert found(opened, "five")[0] == 5
        assert 4 not in found(opened, "four")
        assert opened.library().check().problems == ()
        opened.library().remove([5])
    assert_whole(closed)


def test_a_killed_process_leaves_a_vector_file_that_is_caught_up(closed: Path) -> None:
    opened = plain_archive(closed, sizes=IN_FILES)  # and never closed
    fill(opened, article("four"))
    with reopened(closed) as again:
        assert found(again, "four")[0] == 4
        assert again.library().check().problems == ()
    opened.close()


def test_a_rebuild_makes_the_index_from_the_database(closed: Path) -> None:
    with reopened(closed) as opened:
        before = vector_file(closed).read_bytes()
        vector_file(closed).write_bytes(b"")
        assert opened.library().rebuild() == 3
        assert vector_file(closed).read_bytes() == before
    assert_whole(closed)
    with plain_archive(closed / "empty") as empty:
        assert empty.library().rebuild() == 0


@pytest.mark.parametrize("length", [4, 0])
def test_the_check_tells_of_a_damaged_embedding(closed: Path, length: int) -> None:
    vector_file(closed).unlink()
    database = sqlite3.connect(closed / "cuttings.db")
    database.execute("UPDATE embeddings SET vector = zeroblob(?) WHERE passage_id = 2", [length])
    database.commit()
    database.close()
    with reopened(closed) as opened:
        problems = opened.library().check().problems
        assert any("Passage 2 of article 2" in problem for problem in problems)


def test_the_check_tells_of_other_vectors_than_those_of_the_database(closed: Path) -> None:
    database = sqlite3.connect(closed / "cuttings.db")
    database.execute(
        "UPDATE embeddings SET vector ="
        " (SELECT vector FROM embeddings WHERE passage_id = 1) WHERE passage_id = 2"
    )
    database.commit()
    database.close()
    with reopened(closed) as opened:
        (problem,) = opened.library().check().problems
        assert "cuttings rebuild" in problem
        opened.library().rebuild()
        assert opened.library().check().problems == ()


def test_many_threads_may_add_ask_and_remove_at_once(archive: Archive) -> None:
    library = archive.library()

    def work(thread: int) -> int:
        kept = 0
        for number in range(12):
            word = f"w{thread}x{number}"
            (mine,) = fill(archive, article(word))
            assert mine in found(archive, word)
            if number % 3 == 0:
                library.remove([mine])
                assert mine not in found(archive, word)
                with pytest.raises(UnknownArticleError):
                    library.text(mine)
            else:
                kept += 1
                assert library.text(mine).startswith(word)
        return kept

    with ThreadPoolExecutor(8) as pool:
        kept = sum(pool.map(work, range(8)))
    report = library.check()
    assert report.problems == ()
    assert report.articles == report.vectors == kept == 8 * 8
    archive.close()
    with reopened(archive.data) as again:
        assert again.library().check().problems == ()
        assert again.library().check().vectors == kept


def test_threads_that_add_the_same_text_add_it_once(archive: Archive) -> None:
    def add(_: int) -> str:
        (receipt,) = archive.library().add([article("same")])
        return receipt.status.value

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(add, range(8)))
    assert sorted(statuses) == ["added"] + ["known"] * 7
    assert archive.library().check().vectors == 1


def test_an_export_is_whole_while_others_remove(archive: Archive, tmp_path: Path) -> None:
    ids = fill(archive, *(article(f"number {number}") for number in range(60)))
    with ThreadPoolExecutor(1) as pool:
        removing = pool.submit(lambda: [archive.library().remove([one]) for one in ids[:40]])
        for _ in range(10):
            file = tmp_path / "export.jsonl"
            count = archive.library().export(file)
            assert len(file.read_text("utf-8").splitlines()) == count + 1
            assert 20 <= count <= 60
        removing.result()


@pytest.mark.parametrize("limit", [300_000, 1_200_000])
def test_a_disk_that_fills_loses_nothing_that_was_acknowledged(tmp_path: Path, limit: int) -> None:
    with python(ADD_UNTIL_FULL, str(tmp_path), str(limit)) as process:
        output, errors = process.communicate(timeout=120)
    *receipts, last = [json.loads(line) for line in output.splitlines()]
    assert last[0] == "StorageFullError", errors
    assert "space" in last[1]
    acknowledged = [one for (one,) in receipts]
    with reopened(tmp_path) as opened:
        library = opened.library()
        assert [one.id for one in library.articles()] == acknowledged[::-1]
        assert library.check().problems == ()
        assert found(opened, "first")[0] == acknowledged[0]
    with plain_archive(tmp_path) as opened:
        fill(opened, article("after all"))
