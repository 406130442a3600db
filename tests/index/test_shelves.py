"""The vector indexes of many libraries: memory within bounds, files swept, work behind the scenes.

The libraries are tiny, and so are the bounds.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from storage_samples import embed, library_id, new_article, numbered

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.errors import EncodedAnewError
from index.growing import Sizes
from index.shelf import Shelf
from index.shelves import Shelves

IN_FILES = Sizes(file_from=1)
SMALL = Sizes(file_from=10, grow_at=40, shrink_below=20)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "cuttings.db") as opened:
        yield opened


def filled(catalog: Catalog, name: str, articles: int) -> LibraryInfo:
    """A library of articles with two passages each."""
    library = library_id(catalog, name)
    catalog.add(library, numbered(articles, name))
    return catalog.library(name)


def large(catalog: Catalog, name: str, megabytes: int) -> LibraryInfo:
    """A library of one article, whose 128 vectors are about so large together."""
    dimension = megabytes * 2**20 // (4 * 128)
    library = catalog.create_library(name, "test-encoder", dimension)
    passages = [f"{name} {number}" for number in range(128)]
    catalog.add(library.id, [new_article(*passages, dimension=dimension)])
    return catalog.library(name)


def ask(shelf: Shelf, text: str) -> float:
    """How near the nearest passage is."""
    with shelf.in_use() as index:
        return index.search(embed([text])[0], 1)[0][1]


def vector_files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("library-*"))


def test_what_was_not_asked_for_longest_leaves_and_comes_back(
    catalog: Catalog, tmp_path: Path
) -> None:
    libraries = [filled(catalog, f"chat{number}", 4) for number in range(60)]
    shelves = Shelves(catalog, tmp_path, megabytes=1)
    shelves._limit = 20 * shelves_bytes(shelves, libraries[0])
    for turn in range(2):
        for info in libraries:
            text = f"{info.name} 2 begins here."
            assert ask(shelves.of(info), text) == pytest.approx(1, abs=1e-3), turn
            assert shelves.bytes <= shelves._limit
            assert len(shelves._open) <= 20
    assert len(shelves._open) >= 19
    assert [shelf.info.name for shelf in shelves._open.values()][-1] == "chat59"
    assert shelves.bytes == sum(shelf.bytes for shelf in shelves._open.values())
    shelves.close()
    assert vector_files(tmp_path) == []


def test_the_one_that_was_asked_again_stays(catalog: Catalog, tmp_path: Path) -> None:
    first, second, third = (filled(catalog, f"chat{number}", 4) for number in range(3))
    shelves = Shelves(catalog, tmp_path)
    shelves._limit = 2 * shelves_bytes(shelves, first)
    for info in (second, first, third):
        shelves.of(info).current()
    assert list(shelves._open) == [first.id, third.id]
    shelves.close()


def test_hundreds_of_libraries_take_as_much_memory_as_is_allowed(
    catalog: Catalog, tmp_path: Path
) -> None:
    first = filled(catalog, "first", 1)
    numbers = range(2, 402)
    with closing(sqlite3.connect(tmp_path / "cuttings.db")) as database, database:
        database.executemany(
            "INSERT INTO libraries (id, name, encoder, dimension, created, revision)"
            " VALUES (?, ?, 'test-encoder', 256, '2026-01-01 00:00:00.000000', 1)",
            [(number, f"chat{number}") for number in numbers],
        )
        # No foreign keys are looked at here, and the index reads no articles.
        database.executemany(
            'INSERT INTO passages (id, article_id, library_id, position, start, "end")'
            " VALUES (?, ?, ?, 0, 0, 1)",
            [(1000 + n, 1000 + n, n // 8) for n in range(8 * 2, 8 * 402)],
        )
        database.executemany(
            "INSERT INTO embeddings VALUES (?, ?)",
            [(1000 + n, np.eye(256, dtype="<f4")[n // 8 % 256]) for n in range(8 * 2, 8 * 402)],
        )
    shelves = Shelves(catalog, tmp_path, megabytes=1)
    for number in numbers:
        info = replace(first, id=number, name=f"chat{number}", dimension=256)
        with shelves.of(info).in_use() as index:
            found = index.search(np.eye(256)[number % 256], 8)
        assert [passage // 8 for passage, _ in found] == [number + 125] * 8
        assert found[0][1] == pytest.approx(1)
        assert shelves.bytes <= 2**20
    assert 20 < len(shelves._open) < 130
    assert len(shelves._bytes) == len(shelves._open)
    shelves.close()


def test_one_that_has_left_and_is_used_by_who_held_it_is_counted_again(
    catalog: Catalog, tmp_path: Path
) -> None:
    info = filled(catalog, "main", 4)
    shelves = Shelves(catalog, tmp_path, megabytes=1)
    held = shelves.of(info)
    held.current()
    shelves._limit = 1
    ask(shelves.of(filled(catalog, "other", 4)), "other 2 begins here.")
    assert info.id not in shelves._open
    shelves._limit = 2**20
    before = shelves.bytes
    assert ask(held, "main 2 begins here.") == pytest.approx(1, abs=1e-3)
    assert shelves.of(info) is held
    assert shelves.bytes == before + held.bytes
    shelves.close()


def test_one_that_cannot_be_saved_leaves_all_the_same(catalog: Catalog, tmp_path: Path) -> None:
    huge, small = large(catalog, "huge", 3), filled(catalog, "small", 4)
    shelves = Shelves(catalog, tmp_path, megabytes=1, sizes=Sizes(file_from=100))
    shelves._file(huge).mkdir()  # which no file can take the place of
    shelves.of(huge).current()
    assert shelves.settled(30)
    ask(shelves.of(small), "small 2 begins here.")
    assert list(shelves._open) == [small.id]
    assert len(shelves.of(huge).current()) == 128
    shelves.close()


def shelves_bytes(shelves: Shelves, info: LibraryInfo) -> int:
    shelves.of(info).current()
    return shelves.bytes


def test_one_that_is_in_use_stays_and_one_that_is_too_large_stays_while_it_is_asked(
    catalog: Catalog, tmp_path: Path
) -> None:
    huge, small = large(catalog, "huge", 3), filled(catalog, "small", 4)
    shelves = Shelves(catalog, tmp_path, megabytes=1)
    index = shelves.of(huge).current()
    assert shelves.of(huge).current() is index
    with shelves.of(huge).in_use():
        ask(shelves.of(small), "small 2 begins here.")
        assert shelves.of(huge).current() is index
        ask(shelves.of(small), "small 2 begins here.")
    assert list(shelves._open) == [small.id]
    assert shelves.bytes < 2**20
    assert shelves.of(huge).current() is not index
    shelves.close()


def test_what_must_be_saved_is_saved_before_it_leaves(catalog: Catalog, tmp_path: Path) -> None:
    huge, small = large(catalog, "huge", 3), filled(catalog, "small", 4)
    shelves = Shelves(catalog, tmp_path, megabytes=1, sizes=Sizes(file_from=100))
    shelves.of(huge).current()
    ask(shelves.of(small), "small 2 begins here.")
    assert shelves.settled(30)
    (file,) = vector_files(tmp_path)
    assert file.startswith(f"library-{huge.id}-")
    ask(shelves.of(small), "small 2 begins here.")
    assert list(shelves._open) == [small.id]
    shelves.close()


def test_a_library_grows_behind_the_scenes(catalog: Catalog, tmp_path: Path) -> None:
    info = filled(catalog, "main", 15)
    shelves = Shelves(catalog, tmp_path, sizes=SMALL)
    shelf = shelves.of(info)
    assert shelf.current().kind == "exact"
    entries = numbered(10, "more")
    results, revision = catalog.add(info.id, entries)
    ids = [passage for result in results for passage in result.passage_ids]
    shelf.added(ids, np.concatenate([entry.embeddings for entry in entries]), revision)
    assert shelves.settled(30)
    assert shelf.current().kind == "approximate"
    assert ask(shelf, "more 3 begins here.") == pytest.approx(1, abs=1e-3)
    assert len(vector_files(tmp_path)) == 1
    assert not any(thread.name == "vector-indexes" for thread in threading.enumerate())
    shelves.close()


def test_a_library_that_is_filled_and_not_asked_is_opened_behind_the_scenes(
    catalog: Catalog, tmp_path: Path
) -> None:
    info = filled(catalog, "main", 1)
    shelves = Shelves(catalog, tmp_path, sizes=SMALL)
    for turn in range(3):
        assert shelves.of(info).size == 0
        entries = numbered(8, f"turn {turn}")
        results, revision = catalog.add(info.id, entries)
        ids = [passage for result in results for passage in result.passage_ids]
        vectors = np.concatenate([entry.embeddings for entry in entries])
        shelves.of(info).added(ids, vectors, revision)
    assert shelves.settled(30)
    assert shelves.of(info).size == 50
    assert len(vector_files(tmp_path)) == 1
    shelves.close()


def test_what_fails_behind_the_scenes_is_logged_and_left_alone_for_a_while(
    catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    info = filled(catalog, "main", 30)
    shelves = Shelves(catalog, tmp_path, sizes=Sizes(file_from=1, grow_at=1000))
    shelves._file(info).mkdir()  # which no file can take the place of
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert ask(shelves.of(info), "main 3 begins here.") == pytest.approx(1, abs=1e-3)
            assert shelves.settled(30)
    assert caplog.text.count("is left as it is") == 1
    shelves.close()


def test_closing_stops_what_is_done_behind_the_scenes(catalog: Catalog, tmp_path: Path) -> None:
    info = filled(catalog, "main", 30)
    shelves = Shelves(catalog, tmp_path, sizes=SMALL)
    shelf = shelves.of(info)
    begun = threading.Event()

    class Slow(Shelf):
        wants_tending = True

        def tend(self, stopping: object) -> None:
            begun.set()
            while not stopping():  # type: ignore[operator]
                time.sleep(0.001)

    slow = Slow(catalog.vectors, info, tmp_path / "slow.vectors", SMALL)
    shelves._tender.request(slow)
    assert begun.wait(10)
    start = time.monotonic()
    shelves.close()
    assert time.monotonic() - start < 4
    assert not any(thread.name == "vector-indexes" for thread in threading.enumerate())
    shelves._tender.request(shelf)
    assert shelves.settled(0)


def test_vectors_of_another_generation_are_used_by_nobody(catalog: Catalog, tmp_path: Path) -> None:
    info = filled(catalog, "main", 6)
    shelves = Shelves(catalog, tmp_path, sizes=IN_FILES)
    old = shelves.of(info)
    old.current()
    shelves.save_all()
    assert len(vector_files(tmp_path)) == 1
    with catalog._database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO next_embeddings SELECT passage_id, zeroblob(16) FROM embeddings"
        )
        connection.exec_driver_sql(
            "UPDATE libraries SET generation = 1, dimension = 4, revision = revision + 1"
        )
    for shelf in (old, shelves.of(info)):
        with pytest.raises(EncodedAnewError):
            shelf.current()
    anew = shelves.of(catalog.library("main"))
    assert anew.current().dimension == 4
    with pytest.raises(EncodedAnewError):
        shelves.of(info).current()
    assert shelves.of(catalog.library("main")) is anew
    assert shelves.settled(30)
    shelves.close()
    (file,) = vector_files(tmp_path)
    assert file.endswith("-1.vectors")


def test_files_that_belong_to_no_library_are_swept_away(catalog: Catalog, tmp_path: Path) -> None:
    info, other = filled(catalog, "main", 6), filled(catalog, "other", 6)
    shelves = Shelves(catalog, tmp_path, sizes=IN_FILES)
    for each in (info, other):
        shelves.of(each).current()
    shelves.close()
    kept = vector_files(tmp_path)
    assert len(kept) == 2
    mine = ["library-of-mine.faiss", f"library-{2**70}-abc-0.vectors"]
    stale = (
        f"library-{info.id}-abc.faiss",
        f"library-{info.id}-abc.faiss.x1.tmp",
        f"library-{info.id}-abc-0.vectors",
        kept[0].replace("-0.vectors", "-1.vectors"),
        "library-99-abc-0.vectors.x1.tmp",
    )
    for name in (*stale, *mine):
        (tmp_path / name).write_bytes(b"any")
    Shelves(catalog, tmp_path).sweep()
    assert vector_files(tmp_path) == sorted([*kept, *mine])
