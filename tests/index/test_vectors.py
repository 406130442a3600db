"""The vector indexes, exact and approximate: the values of brute force, whatever has happened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from vector_samples import Held, assert_same, of_kind

from index.vectors import ExactIndex

Make = Callable[[Any], Held]


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture(params=["exact", "approximate"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes an empty index of each kind for vectors like a sample."""
    return lambda sample: of_kind(request.param, sample)


def unlike(random: np.random.Generator, count: int, dimension: int) -> Any:
    """Vectors of all directions and very different lengths."""
    lengths = random.uniform(0.01, 100, (count, 1))
    return (random.normal(size=(count, dimension)) * lengths).astype("f4")


def test_search_finds_the_values_of_brute_force(make: Make, random: np.random.Generator) -> None:
    vectors = unlike(random, 500, 32)
    ids = (random.permutation(10_000)[:500] * 3 + 5_000_000_000).tolist()
    held = make(vectors)
    held.add(ids[:200], vectors[:200])
    held.add(ids[200:], vectors[200:])
    for _ in range(20):
        query = random.normal(size=32) * 50
        assert_same(held.index.search(query, 10), held.expected(query, 10))
    assert held.index.dimension == 32


def test_search_among_some_ids_finds_the_values_of_brute_force(
    make: Make, random: np.random.Generator
) -> None:
    vectors = unlike(random, 600, 16)
    ids = (random.permutation(9_000)[:600] + 5_000_000_000).tolist()
    held = make(vectors)
    held.add(ids, vectors)
    held.remove(ids[:3])
    for size in (1, 7, 150, 500):
        chosen = [ids[3 + n] for n in random.permutation(597)[:size]]
        among = [*chosen, ids[0], 17, chosen[0]]
        query = random.normal(size=16)
        expected = held.expected(query, 10, chosen)
        assert len(expected) == min(size, 10)
        assert_same(held.index.search(query, 10, among), expected)
    assert held.index.search(query, 10, []) == held.index.search(query, 10, [17]) == []


def test_removed_ids_are_never_found_again(make: Make, random: np.random.Generator) -> None:
    vectors, ids = unlike(random, 60, 8), list(range(100, 160))
    held = make(vectors)
    held.add(ids, vectors)
    assert held.remove([*ids[::2], 7, ids[0]]) == 30
    assert held.index.ids.tolist() == ids[1::2]
    assert len(held.index) == 30
    query = random.normal(size=8)
    assert_same(held.index.search(query, 1000), held.expected(query, 1000))
    assert held.remove(ids) == 30
    assert held.index.search(query, 5) == []
    held.add(ids[:1], vectors[:1])
    assert [passage for passage, _ in held.index.search(query, 5)] == [100]


def test_a_known_id_gets_the_new_vector(make: Make) -> None:
    held = make([[1, 0], [0, 1], [0, -1]])
    held.add([1, 2], [[1, 0], [0, 1]])
    held.add([1], [[0, -2]])
    assert len(held.index) == 2
    assert held.index.search([0, -1], 5) == [(1, 1.0), (2, -1.0)]
    assert held.index.matches([1, 2], [[0, -1], [0, 3]]).tolist() == [True, True]


def test_zero_vectors_are_harmless(make: Make) -> None:
    held = make([[0, 0], [3, 4]])
    held.add([1, 2], [[0, 0], [3, 4]])
    assert held.index.search([0, 0], 2) == [(1, 0.0), (2, 0.0)]
    assert_same(held.index.search([30, 40], 2), [(2, 1.0), (1, 0.0)])


def test_very_long_and_very_short_vectors_keep_their_direction(make: Make) -> None:
    held = make([[1, 0], [0, 1]])
    held.add([1, 2], np.array([[3e38, 0], [0, 1e-38]], np.float32))
    assert_same(held.index.search([0, 3e38], 1), [(2, 1.0)])
    assert_same(held.index.search([1e-38, 0], 1), [(1, 1.0)])


def test_of_equal_similarities_the_lowest_ids_come_first(make: Make) -> None:
    held = make([[1, 0], [0, 1]])
    held.add([9, 4, 7, 5, 8], [[1, 0], [2, 0], [0, 1], [3, 0], [4, 0]])
    assert [passage for passage, _ in held.index.search([1, 0], 3)] == [4, 5, 8]


def test_what_does_not_fit_is_refused_and_changes_nothing(make: Make) -> None:
    held = make([[1, 2, 3], [0, 1, 0]])
    held.add([1], [[1, 2, 3]])
    unfit: list[tuple[list[int], list[Any]]] = [
        ([2], [[1, 2]]),
        ([2, 3], [[1, 2, 3]]),
        ([2, 2], [[1, 2, 3], [1, 2, 3]]),
        ([2], [[1, 2, np.nan]]),
        ([2], [1, 2, 3]),
    ]
    for ids, vectors in unfit:
        with pytest.raises(ValueError, match=r"vectors|twice"):
            held.index.add(ids, vectors)
    with pytest.raises(ValueError, match="expected"):
        held.index.search([1, 2], 1)
    with pytest.raises(ValueError, match="Not all"):
        held.index.vectors([1, 2])
    assert held.index.ids.tolist() == [1]
    assert held.index.search([1, 2, 3], 0) == []
    held.index.add([], np.zeros((0, 3)))
    assert len(held.index) == 1


def test_an_index_needs_a_dimension() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        ExactIndex(0)


def test_it_says_whether_it_holds_the_true_vectors(make: Make, random: np.random.Generator) -> None:
    vectors = unlike(random, 80, 24)
    held = make(vectors)
    held.add(range(80), vectors)
    held.remove([3])
    changed = vectors * 2
    changed[5] = vectors[6]
    matches = held.index.matches(range(81), np.concatenate([changed, changed[:1]]))
    assert np.flatnonzero(~matches).tolist() == [3, 5, 80]


def test_what_it_holds_is_near_the_true_vectors(make: Make, random: np.random.Generator) -> None:
    vectors = unlike(random, 400, 24)
    held = make(vectors)
    held.add(range(400), vectors)
    ids = random.permutation(400)[:50]
    true = vectors[ids] / np.linalg.norm(vectors[ids], axis=1, keepdims=True)
    step = 1e-6 if held.index.kind == "exact" else 2.2 / 255
    assert np.abs(held.index.vectors(ids) - true).max() <= step


def test_many_changes_leave_what_a_dictionary_would_hold(
    make: Make, random: np.random.Generator
) -> None:
    pool = unlike(random, 3000, 8)
    held = make(pool)
    rising = 0
    for turn in range(120):
        if turn % 3:
            rising += 60
            fresh = list(range(rising - 60, rising))
        else:
            fresh = random.permutation(9000)[:40].tolist()
        held.add(fresh, pool[random.permutation(3000)[: len(fresh)]])
        going = random.permutation(held.ids)[: 30 if turn < 80 else 90].tolist()
        assert held.remove([*going, -5]) == len(going)
        if turn % 10 == 0:
            assert held.index.ids.tolist() == held.ids
            true = np.array([held.stored.vectors[n] for n in held.ids])
            assert held.index.matches(held.ids, true).all()
            query = random.normal(size=8)
            assert_same(held.index.search(query, 5), held.expected(query, 5))
    assert len(held.index) == len(held.ids)


def test_threads_may_add_search_and_remove_at_once(make: Make, random: np.random.Generator) -> None:
    vectors = random.normal(size=(4000, 16)).astype("f4")
    held = make(vectors)
    # All of them from the start: the index alone changes.
    held.stored.vectors = dict(enumerate(vectors))
    index = held.index
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
        for n in range(100):
            found = index.search(vectors[lane * 7 + n], 5)
            assert all(0 <= passage < 4000 for passage, _ in found)
            scores = [score for _, score in found]
            assert scores == sorted(scores, reverse=True)
            assert len(index.ids) <= 4000

    def run(work: Callable[[int], None], lane: int) -> None:
        try:
            work(lane)
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
    left = [n for n in range(4000) if n % 50 >= 10]
    assert index.ids.tolist() == left
    query = random.normal(size=16)
    assert_same(index.search(query, 20), held.expected(query, 20, left))


def test_its_memory_is_told(make: Make, random: np.random.Generator) -> None:
    vectors = random.normal(size=(4000, 64)).astype("f4")
    held = make(vectors)
    empty = held.index.bytes
    held.add(range(4000), vectors)
    kept = 4000 * (64 if held.index.kind == "approximate" else 256)
    assert kept < held.index.bytes - empty < 1.5 * kept + 700_000
