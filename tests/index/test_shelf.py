"""A library's vector index follows SQL, in memory and in its file."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from shelf_samples import IN_FILES, add, in_file, nearest, remove, shelf_of, whole
from storage_samples import DIMENSION, new_article

from index.catalog.catalog import Catalog
from index.errors import UnknownLibraryError
from index.growing import Sizes
from index.vectors import ExactIndex, save

NEVER = 10**9


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "cuttings.db") as opened:
        yield opened


def test_a_small_library_has_no_file_and_one_it_had_goes(catalog: Catalog, tmp_path: Path) -> None:
    shelf = shelf_of(catalog, tmp_path, Sizes())
    add(catalog, shelf, 3)
    (tmp_path / "main.vectors").write_bytes(b"from when it was larger")
    assert whole(catalog, shelf)
    shelf.save()
    assert list(tmp_path.glob("main.vectors*")) == []


def test_what_is_removed_is_overwritten_in_the_file_at_once(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path, Sizes(file_from=1, save_after=NEVER))
    articles = add(catalog, shelf, 30)
    shelf.current()
    shelf.save()
    assert in_file(shelf) == catalog.passage_ids(shelf.info.id).tolist()
    size = shelf._file.path.stat().st_size
    passages = catalog.passage_ids(shelf.info.id, [articles[7]])
    unit = shelf.current().vectors(passages[:1]).tobytes()
    assert unit in shelf._file.path.read_bytes()
    remove(catalog, shelf, [articles[7]])
    assert unit not in shelf._file.path.read_bytes()
    assert shelf._file.path.stat().st_size == size
    assert in_file(shelf) == catalog.passage_ids(shelf.info.id).tolist()
    assert whole(catalog, shelf)

    # And by one that has not even opened it.
    cold = shelf_of(catalog, tmp_path, IN_FILES)
    remove(catalog, cold, [articles[3]])
    assert cold.size == 0
    assert in_file(shelf) == catalog.passage_ids(shelf.info.id).tolist()
    for one in (cold, shelf):
        assert whole(catalog, one)
        assert one.notes == []


def test_what_another_process_removed_leaves_the_file_of_one_that_was_writing_it(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf, other = shelf_of(catalog, tmp_path), shelf_of(catalog, tmp_path)
    articles = add(catalog, shelf, 12)
    assert whole(catalog, shelf)
    remove(catalog, other, articles[:5])
    shelf.save()  # which has not looked since
    assert in_file(shelf) == catalog.passage_ids(shelf.info.id).tolist()


def test_a_file_that_lost_its_race_with_a_removal_is_put_right_when_it_is_opened(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path)
    articles = add(catalog, shelf, 12)
    shelf.current()
    shelf.save()
    before = shelf._file.path.read_bytes()
    remove(catalog, shelf, articles[:5])
    shelf._file.path.write_bytes(before)
    assert whole(catalog, shelf_of(catalog, tmp_path))
    assert in_file(shelf) == catalog.passage_ids(shelf.info.id).tolist()


def test_a_file_of_a_revision_that_is_still_to_come_is_not_believed(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path)
    add(catalog, shelf, 12)
    save(shelf.current(), shelf._file.path, 2)
    index = ExactIndex(DIMENSION)
    index.add(shelf.current().ids, np.ones((24, DIMENSION), np.float32))
    save(index, shelf._file.path, 2)
    opened = shelf_of(catalog, tmp_path)
    assert whole(catalog, opened)
    assert len(opened.notes) == 1


def test_a_file_that_is_damaged_in_part_is_completed_and_written_anew(
    catalog: Catalog, tmp_path: Path
) -> None:
    """The file has several blocks, of which one loses a bit."""
    shelf = shelf_of(catalog, tmp_path)
    catalog.add(shelf.info.id, [new_article(*(f"line {number}" for number in range(5000)))])
    shelf.current()
    shelf.save()
    content = bytearray(shelf._file.path.read_bytes())
    content[len(content) // 2] ^= 1
    shelf._file.path.write_bytes(content)
    rarely = Sizes(file_from=1, save_after=0.9)
    opened = shelf_of(catalog, tmp_path, rarely)
    assert whole(catalog, opened)
    assert len(opened.notes) == 1
    assert opened.wants_tending
    opened.tend(lambda: False)
    again = shelf_of(catalog, tmp_path, rarely)
    assert whole(catalog, again)
    assert again.notes == []
    assert not again.wants_tending


def test_what_another_process_adds_in_between_is_not_missed(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf, other = shelf_of(catalog, tmp_path), shelf_of(catalog, tmp_path)
    articles = add(catalog, shelf, 5)
    for one in (shelf, other):
        one.current()
    add(catalog, other, 2, "other")
    add(catalog, shelf, 2, "more")
    assert whole(catalog, shelf)
    remove(catalog, other, articles[:1])
    remove(catalog, shelf, articles[1:2])
    for one in (shelf, other):
        assert whole(catalog, one)


def test_who_adds_does_not_wait_until_the_index_is_opened(catalog: Catalog, tmp_path: Path) -> None:
    shelf = shelf_of(catalog, tmp_path)
    articles = add(catalog, shelf, 12)
    shelf.current()
    shelf.save()
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with shelf._lock:
            held.set()
            over.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    start = time.monotonic()
    add(catalog, shelf, 1, "late")
    remove(catalog, shelf, articles[:2])
    assert time.monotonic() - start < 5
    over.set()
    thread.join()
    assert nearest(shelf, "late 0 begins here.")[1] == pytest.approx(1, abs=1e-3)
    assert whole(catalog, shelf)
    assert not set(in_file(shelf)) - set(catalog.passage_ids(shelf.info.id).tolist())


def test_of_a_library_that_is_forgotten_while_it_is_saved_no_file_stays(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path)
    add(catalog, shelf, 5)
    shelf.current()
    catalog.forget("main")
    shelf.save()
    assert list(tmp_path.glob("main.vectors*")) == []
    with pytest.raises(UnknownLibraryError):
        shelf.current()
