"""Vectors for the indexes to hold, and what stands in for the database that has them, too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from index.vectors import ApproximateIndex, ExactIndex, Ids, VectorIndex, Vectors, make_lists


class Stored:
    """The true vectors, as the database has them."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.vectors: dict[int, Any] = {}

    def __call__(self, ids: Ids) -> tuple[Ids, Vectors]:
        there = [one for one in ids.tolist() if one in self.vectors]
        found = np.array([self.vectors[one] for one in there], np.float32)
        return np.array(there, np.int64), found.reshape(-1, self.dimension)


class Held:
    """An index and the true vectors of what it holds."""

    def __init__(self, index: VectorIndex, stored: Stored) -> None:
        self.index = index
        self.stored = stored

    def add(self, ids: Iterable[int], vectors: Any) -> None:
        ids = list(ids)
        self.index.add(ids, vectors)
        self.stored.vectors.update(zip(ids, np.asarray(vectors, np.float32), strict=True))

    def remove(self, ids: Iterable[int]) -> int:
        ids = list(ids)
        for one in ids:
            self.stored.vectors.pop(one, None)
        return self.index.remove(ids)

    @property
    def ids(self) -> list[int]:
        return sorted(self.stored.vectors)

    def expected(self, query: Any, k: int, among: Iterable[int] | None = None) -> list[Any]:
        """By brute force in float64: ids and cosine similarities, best first."""
        ids = np.array([n for n in self.ids if among is None or n in set(among)], np.int64)
        vectors = np.array([self.stored.vectors[n] for n in ids.tolist()], np.float64)
        query = np.asarray(query, np.float64)
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(query)
        scores = vectors @ query / np.where(lengths == 0, 1, lengths)
        order = np.lexsort((ids, -scores))[:k]
        return [(int(ids[n]), float(scores[n])) for n in order]


def exact(dimension: int) -> Held:
    return Held(ExactIndex(dimension), Stored(dimension))


def approximate(sample: Any, expected: int) -> Held:
    """Empty, its lists made from these vectors for `expected` ones."""
    sample = np.asarray(sample, np.float32)
    lengths = np.linalg.norm(sample, axis=1, keepdims=True)
    stored = Stored(sample.shape[1])
    lists = make_lists(sample / np.where(lengths == 0, 1, lengths), expected)
    return Held(ApproximateIndex(lists, stored), stored)


def of_kind(kind: str, sample: Any) -> Held:
    """An empty index, fit for vectors like those of the sample."""
    sample = np.asarray(sample, np.float32)
    return exact(sample.shape[1]) if kind == "exact" else approximate(sample, len(sample))


def flocks(random: np.random.Generator, count: int, dimension: int, of: int = 20) -> Vectors:
    """Vectors that lie in flocks of about `of`, as passages on one matter do."""
    centres = random.normal(size=(max(count // of, 1), dimension))
    chosen = centres[random.integers(0, len(centres), count)]
    return np.asarray(chosen + 0.7 * random.normal(size=(count, dimension)), np.float32)


def assert_same(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> None:
    assert [passage for passage, _ in found] == [passage for passage, _ in expected]
    assert [score for _, score in found] == pytest.approx(
        [score for _, score in expected], abs=1e-6
    )
