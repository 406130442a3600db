"""The vector index: the values of brute force, and files that are whole or not used."""

from __future__ import annotations

import logging
import os
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from storage_samples import DIMENSION, library_id, numbered

from index.catalog.catalog import Catalog
from index.errors import StorageError
from index.shelf import reconcile
from index.vectors import VectorIndex


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


def brute_force(
    query: np.ndarray, ids: np.ndarray, vectors: np.ndarray, k: int
) -> list[tuple[int, float]]:
    """Cosine similarities in float64, best first."""
    query, vectors = query.astype(np.float64), vectors.astype(np.float64)
    scores = vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    order = np.argsort(-scores)[:k]
    return [(int(ids[n]), float(scores[n])) for n in order]


def assert_same(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> None:
    assert [passage for passage, _ in found] == [passage for passage, _ in expected]
    assert [score for _, score in found] == pytest.approx(
        [score for _, score in expected], abs=1e-6
    )


def test_search_finds_the_values_of_brute_force(random: np.random.Generator) -> None:
    vectors = (random.normal(size=(500, 32)) * random.uniform(0.01, 100, (500, 1))).astype("f4")
    ids = random.permutation(10_000)[:500] * 3 + 5_000_000_000
    index = VectorIndex(32)
    index.add(ids[:200], vectors[:200])
    index.add(ids[200:], vectors[200:])
    for _ in range(20):
        query = random.normal(size=32) * 50
        assert_same(index.search(query, 10), brute_force(query, ids, vectors, 10))


def test_search_among_some_ids_finds_the_values_of_brute_force(
    random: np.random.Generator,
) -> None:
    vectors = (random.normal(size=(300, 16)) * random.uniform(0.01, 100, (300, 1))).astype("f4")
    ids = random.permutation(9_000)[:300] + 5_000_000_000
    index = VectorIndex(16)
    index.add(ids, vectors)
    index.remove(ids[:3])
    for size in (1, 7, 150):
        chosen = 3 + random.permutation(297)[:size]
        among = [*ids[chosen].tolist(), int(ids[0]), 17, int(ids[chosen[0]])]
        query = random.normal(size=16)
        expected = brute_force(query, ids[chosen], vectors[chosen], 10)
        assert_same(index.search(query, 10, among), expected)
    assert index.search(query, 10, []) == index.search(query, 10, [17]) == []


def test_removed_ids_are_never_found_again(random: np.random.Generator) -> None:
    vectors, ids = random.normal(size=(60, 8)).astype("f4"), np.arange(100, 160)
    index = VectorIndex(8)
    index.add(ids, vectors)
    assert index.remove([*ids[::2].tolist(), 7]) == 30
    assert index.ids.tolist() == ids[1::2].tolist()
    assert len(index) == 30
    query = random.normal(size=8)
    assert_same(index.search(query, 1000), brute_force(query, ids[1::2], vectors[1::2], 1000))
    assert index.remove(ids) == 30
    assert index.search(query, 5) == []
    index.add(ids[:1], vectors[:1])
    assert [passage for passage, _ in index.search(query, 5)] == [100]


def test_a_known_id_gets_the_new_vector() -> None:
    index = VectorIndex(2)
    index.add([1, 2], [[1, 0], [0, 1]])
    index.add([1], [[0, -2]])
    assert index.search([0, -1], 5) == [(1, 1.0), (2, -1.0)]


def test_zero_vectors_are_harmless() -> None:
    index = VectorIndex(2)
    index.add([1, 2], [[0, 0], [3, 4]])
    assert dict(index.search([0, 0], 2)) == {1: 0.0, 2: 0.0}
    assert_same(index.search([30, 40], 2), [(2, 1.0), (1, 0.0)])


def test_very_long_and_very_short_vectors_keep_their_direction() -> None:
    index = VectorIndex(2)
    index.add([1, 2], np.array([[3e38, 0], [0, 1e-38]], np.float32))
    assert_same(index.search([0, 3e38], 1), [(2, 1.0)])
    assert_same(index.search([1e-38, 0], 1), [(1, 1.0)])


def test_what_does_not_fit_is_refused_and_changes_nothing() -> None:
    index = VectorIndex(3)
    index.add([1], [[1, 2, 3]])
    unfit: list[tuple[list[int], list[Any]]] = [
        ([2], [[1, 2]]),
        ([2, 3], [[1, 2, 3]]),
        ([2, 2], [[1, 2, 3], [1, 2, 3]]),
        ([2], [[1, 2, np.nan]]),
        ([2], [1, 2, 3]),
    ]
    for ids, vectors in unfit:
        with pytest.raises(ValueError, match=r"vectors|twice"):
            index.add(ids, vectors)
    with pytest.raises(ValueError, match="expected"):
        index.search([1, 2], 1)
    assert index.ids.tolist() == [1]
    assert index.search([1, 2, 3], 0) == []
    index.add([], np.zeros((0, 3)))
    assert len(index) == 1


def test_a_saved_index_is_the_same_when_loaded(tmp_path: Path, random: np.random.Generator) -> None:
    index = VectorIndex(8)
    index.add(range(40), random.normal(size=(40, 8)))
    index.remove([3])
    path = tmp_path / "library.vectors"
    index.save(path, 41)
    index.save(path, 42)
    loaded = VectorIndex.load(path, 8)
    assert loaded is not None
    again, revision = loaded
    assert revision == 42
    assert again.ids.tolist() == index.ids.tolist()
    query = random.normal(size=8)
    assert again.search(query, 50) == index.search(query, 50)
    again.remove([4])
    again.add([3, 4], random.normal(size=(2, 8)))
    assert len(again) == 40
    assert [file.name for file in tmp_path.iterdir()] == ["library.vectors"]


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    VectorIndex(8).save(tmp_path / "empty", 0)
    loaded = VectorIndex.load(tmp_path / "empty", 8)
    assert loaded is not None
    assert (len(loaded[0]), loaded[1]) == (0, 0)


def test_every_torn_or_altered_file_is_recognised(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = VectorIndex(4)
    index.add([1, 2, 3], np.arange(12).reshape(3, 4))
    path = tmp_path / "library.vectors"
    index.save(path, 5)
    whole = path.read_bytes()
    assert VectorIndex.load(path, 4) is not None
    with caplog.at_level(logging.WARNING):
        for length in range(len(whole)):
            path.write_bytes(whole[:length])
            assert VectorIndex.load(path, 4) is None
            path.write_bytes(whole[:length] + bytes([whole[length] ^ 0x10]) + whole[length + 1 :])
            assert VectorIndex.load(path, 4) is None
        path.write_bytes(whole + b"\0")
        assert VectorIndex.load(path, 4) is None
        path.write_bytes(bytes(len(whole)))
        assert VectorIndex.load(path, 4) is None
        path.write_bytes(whole[:20] + struct.pack("<Q", 2**63) + whole[28:])
        assert VectorIndex.load(path, 4) is None
    assert "library.vectors" in caplog.text
    assert str(tmp_path) not in caplog.text


def test_a_missing_or_foreign_file_is_not_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert VectorIndex.load(tmp_path / "none", 4) is None
    assert caplog.text == ""
    VectorIndex(4).save(tmp_path / "four", 1)
    assert VectorIndex.load(tmp_path / "four", 5) is None
    assert VectorIndex.load(tmp_path, 4) is None


def test_what_a_killed_process_left_is_removed_by_a_later_save(tmp_path: Path) -> None:
    old, recent = tmp_path / "library.vectors.a.tmp", tmp_path / "library.vectors.b.tmp"
    old.touch()
    recent.touch()
    os.utime(old, (0, 0))
    VectorIndex(4).save(tmp_path / "library.vectors", 1)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["library.vectors", recent.name]


def test_a_folder_that_is_gone_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        VectorIndex(4).save(tmp_path / "gone" / "library.vectors", 1)
    assert caught.value.hint


def test_threads_may_add_search_and_remove_at_once(random: np.random.Generator) -> None:
    index = VectorIndex(16)
    vectors = random.normal(size=(4000, 16)).astype("f4")
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def write(lane: int) -> None:
        start.wait()
        for first in range(lane * 1000, lane * 1000 + 1000, 50):
            ids = np.arange(first, first + 50)
            index.add(ids, vectors[ids])
            index.remove(ids[:10])

    def read(lane: int) -> None:
        start.wait()
        for n in range(200):
            found = index.search(vectors[lane * 7 + n], 5)
            assert all(0 <= passage < 4000 for passage, _ in found)
            scores = [score for _, score in found]
            assert scores == sorted(scores, reverse=True)
            assert len(index.ids) <= 4000

    def run(work: object, lane: int) -> None:
        try:
            work(lane)  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    threads = [
        threading.Thread(target=run, args=(work, lane))
        for work in (write, read)
        for lane in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    left = np.array([n for n in range(4000) if n % 50 >= 10])
    assert index.ids.tolist() == left.tolist()
    query = random.normal(size=16)
    assert_same(index.search(query, 20), brute_force(query, left, vectors[left], 20))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "cuttings.db") as opened:
        yield opened


def test_reconciling_brings_the_index_to_what_the_catalog_holds(catalog: Catalog) -> None:
    library, other = library_id(catalog), library_id(catalog, "other")
    added, _ = catalog.add(library, numbered(6))
    catalog.add(other, numbered(3, "other"))
    index = VectorIndex(DIMENSION)
    assert reconcile(index, catalog, library) == 12
    assert index.ids.tolist() == catalog.passage_ids(library).tolist()
    assert reconcile(index, catalog, library) == 0

    catalog.remove(library, [added[0].article.id])
    catalog.add(library, numbered(2, "later"))
    index.add([999_999], np.ones((1, DIMENSION)))
    assert reconcile(index, catalog, library) == 2 + 4 + 1
    ids = catalog.passage_ids(library)
    vectors = np.concatenate([chunk for _, chunk in catalog.embeddings(library, ids)])
    query = np.arange(DIMENSION) - 3.0
    assert_same(index.search(query, 99), brute_force(query, ids, vectors, 99))
