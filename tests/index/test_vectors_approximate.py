"""The approximate index where it has more lists than it searches; its lists and its memory."""

from __future__ import annotations

import numpy as np
import pytest
from vector_samples import Held, approximate, flocks

from index.vectors import list_count, make_lists, probes, sample_size
from index.vectors.contents import LIST_BITS, Contents
from index.vectors.engine import Engine
from index.vectors.lists import SAMPLED_PER_LIST

SIZE, DIMENSION = 20_000, 24


@pytest.fixture(scope="module")
def large() -> Held:
    """With twice as many lists as are searched."""
    vectors = flocks(np.random.default_rng(3), SIZE, DIMENSION)
    held = approximate(vectors[: sample_size(SIZE)], SIZE)
    for first in range(0, SIZE, 5000):
        held.add(range(first, first + 5000), vectors[first : first + 5000])
    return held


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(11)


def recall(held: Held, queries: np.ndarray, among: list[int] | None = None) -> float:
    """The share of the ten truly nearest that is found, with their true similarities."""
    ids = np.array(held.ids if among is None else among)
    vectors = np.array([held.stored.vectors[n] for n in ids.tolist()])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    shares = []
    for query in queries:
        scores = vectors @ query / np.linalg.norm(query)
        nearest = np.argsort(-scores)[:10]
        found = dict(held.index.search(query, 10, among))
        shares.append(len(found.keys() & ids[nearest].tolist()) / 10)
        true = dict(zip(ids.tolist(), scores.tolist(), strict=True))
        assert found == pytest.approx({n: true[n] for n in found}, abs=1e-5)
    return float(np.mean(shares))


def test_nearly_all_of_the_nearest_are_found(large: Held, random: np.random.Generator) -> None:
    lists = list_count(SIZE)
    assert probes(lists) < lists
    assert recall(large, flocks(random, 60, DIMENSION)) >= 0.97


def test_a_few_of_many_are_all_found(large: Held, random: np.random.Generator) -> None:
    chosen = random.permutation(SIZE)[:900].tolist()
    assert recall(large, flocks(random, 20, DIMENSION), chosen) == 1


def test_a_small_choice_is_searched_in_more_lists(large: Held, random: np.random.Generator) -> None:
    (query,) = flocks(random, 1, DIMENSION)
    vectors = np.array([large.stored.vectors[n] for n in range(SIZE)])
    farthest = np.argsort(vectors @ query / np.linalg.norm(vectors, axis=1))[:900].tolist()
    assert recall(large, query[None], farthest) >= 0.9


def test_more_than_its_lists_hold_is_searched_for_in_all(large: Held) -> None:
    found = large.index.search(np.ones(DIMENSION), SIZE)
    assert len({one for one, _ in found}) == SIZE


def test_what_the_database_no_longer_has_is_not_found(random: np.random.Generator) -> None:
    vectors = flocks(random, 600, 8)
    held = approximate(vectors, 600)
    held.add(range(600), vectors)
    ((nearest, _),) = held.index.search(vectors[5], 1)
    del held.stored.vectors[nearest]
    found = held.index.search(vectors[5], 10)
    assert len(found) == 10
    assert nearest not in dict(found)
    held.stored.vectors.clear()
    assert held.index.search(vectors[5], 10) == []


def test_what_was_removed_does_not_stand_in_the_way(random: np.random.Generator) -> None:
    vectors = flocks(random, 600, 8)
    held = approximate(vectors, 600)
    held.add(range(600), vectors)
    assert len(held.index.search(-np.ones(8), 10)) == 10
    held.remove(range(300))
    assert len(held.index.search(-np.ones(8), 10)) == 10


def test_it_knows_for_how_many_its_lists_were_made(large: Held) -> None:
    assert large.index.kind == "approximate"
    assert approximate(np.eye(3), 4000).index.made_for == 4000  # type: ignore[attr-defined]


def test_there_are_more_lists_for_more_vectors_and_more_to_learn_them_from() -> None:
    sizes = [1, 100, 10_000, 100_000, 1_000_000, 10_000_000]
    counts = [list_count(size) for size in sizes]
    assert counts == sorted(counts)
    assert list_count(1_000_000) == 4096
    for size, count in zip(sizes, counts, strict=True):
        assert sample_size(size) == min(size, SAMPLED_PER_LIST * count)
        assert 1 <= probes(count) <= count


def test_lists_are_made_of_what_there_is(random: np.random.Generator) -> None:
    assert len(make_lists(np.eye(3, dtype=np.float32), 1_000_000).centroids) == 1
    vectors = flocks(random, 500, 16)
    assert 1 < len(make_lists(vectors, 1_000_000).centroids) < 200
    with pytest.raises(ValueError, match="one vector or more"):
        make_lists(np.empty((0, 3), np.float32), 100)


def test_no_list_keeps_one_of_the_vectors_it_was_made_from(random: np.random.Generator) -> None:
    sample = np.concatenate([flocks(random, 2000, 16), 9 * random.normal(size=(30, 16))])
    sample = (sample / np.linalg.norm(sample, axis=1, keepdims=True)).astype(np.float32)
    centroids = make_lists(sample, 20_000).centroids
    assert len(centroids) > 100
    assert (sample @ centroids.T).max() < 0.99999


def test_making_lists_can_be_given_up(random: np.random.Generator) -> None:
    rounds = []

    def enough() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        make_lists(flocks(random, 500, 8), 500, enough)
    assert len(rounds) == 3


def test_lists_grow_and_shrink_and_keep_each_code_with_its_id(
    random: np.random.Generator,
) -> None:
    width, lists = 32, 8
    engine = Engine(
        np.eye(width, dtype=np.float32)[:lists],
        np.full(width, -1, np.float32),
        np.full(width, 2, np.float32),
    )
    contents = Contents(engine)
    codes = random.integers(0, 256, (4000, width), np.uint8)
    where: dict[int, int] = {}
    for first in range(0, 4000, 100):
        ids = np.arange(first, first + 100)
        numbers = random.integers(0, lists, 100).astype(np.uint32)
        where |= dict(
            zip(ids.tolist(), contents.put(numbers, ids, codes[ids]).tolist(), strict=True)
        )
    for _ in range(30):
        going = random.permutation(sorted(where))[:100]
        moved = contents.take_out(np.array([where.pop(one) for one in going.tolist()]))
        for one, place in zip(*(part.tolist() for part in moved), strict=True):
            assert one in where
            where[one] = place
        staying = np.array(sorted(where))
        assert (contents.codes(np.array([where[one] for one in staying])) == codes[staying]).all()
    assert int(contents.sizes.sum()) == 1000
    assert 4000 <= contents.bytes / (width + 8) < 8000  # what was given up is FAISS's still
    for number in range(lists):
        ids, held = engine.content(number)
        assert (held == codes[ids]).all()
        assert all(where[one] >> LIST_BITS == number for one in ids.tolist())
