"""The lists of an approximate index: how many, how they are made, how many are searched."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.vectors import engine
from index.vectors.values import Vectors, unit

LISTS_PER_ROOT = 4
"""Times the square root of the number of vectors, if that leaves enough of them to each list."""
LEAST_PER_LIST = 64
"""Vectors of a list, about: a list wastes two pages of memory."""
FEWEST_LISTS, MOST_LISTS = 16, 16384
PROBES = 128
"""Lists that are searched, at least: all of them while they are few."""
PROBES_PER_ROOT = 2
"""Times the square root of the number of lists."""
SAMPLED_PER_LIST = 32
ITERATIONS = 6
FEWEST_SAMPLED = 3
"""Vectors of the sample that a centroid is the mean of: else it would keep one that is removed."""
MARGIN = 0.05
"""Of the sample's range, at both ends, for vectors that are not in the sample."""


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """What an approximate index needs to know before its first vector."""

    centroids: Vectors
    """A unit vector for each list: float32 [lists, dimension]."""
    low: Vectors
    """The least value of the 256 that a code can stand for, by dimension: float32 [dimension]."""
    span: Vectors
    """From the least to the greatest: float32 [dimension]."""
    made_for: int
    """How many vectors."""

    @property
    def dimension(self) -> int:
        """Of the vectors."""
        return int(self.centroids.shape[1])


def list_count(expected: int) -> int:
    """How many lists for so many vectors: a power of two."""
    wanted = min(LISTS_PER_ROOT * math.sqrt(expected), expected / LEAST_PER_LIST)
    return min(max(int(2 ** round(math.log2(max(wanted, 1)))), FEWEST_LISTS), MOST_LISTS)


def probes(lists: int) -> int:
    """How many of the lists a search looks through."""
    return min(lists, max(PROBES, round(PROBES_PER_ROOT * math.sqrt(lists))))


def sample_size(expected: int) -> int:
    """How many vectors to make the lists from, for so many; all of them while they are few."""
    return min(expected, SAMPLED_PER_LIST * list_count(expected))


def make_lists(sample: Vectors, expected: int, between: Callable[[], None] | None = None) -> Lists:
    """Lists for about `expected` vectors from a random sample [n, dimension] of unit vectors.

    Args:
        sample: [n, dimension], as many as `sample_size` says.
        expected: the number of vectors to come.
        between: called before each of the rounds, which take a second or two for a million
            vectors; it may raise to give up.

    Raises:
        ValueError: the sample is empty.
    """
    if not len(sample):
        raise ValueError("Lists are made from one vector or more.")
    count = min(list_count(expected), len(sample))
    centroids = engine.first_centroids(sample, count)
    for _ in range(ITERATIONS):
        if between:
            between()
        centroids = engine.better_centroids(sample, centroids)
    centroids = _without_loners(sample, centroids)
    least, most = sample.min(axis=0), sample.max(axis=0)
    margin = MARGIN * (most - least)
    span = np.maximum(most - least + 2 * margin, 1e-6)
    return Lists(centroids, least - margin, span.astype(np.float32), expected)


def _without_loners(sample: Vectors, centroids: Vectors) -> Vectors:
    """Those of the centroids that are the mean of some vectors; of all, if there are none."""
    nearest = engine.nearest(sample, centroids)
    members = np.bincount(nearest, minlength=len(centroids))
    kept = centroids[members >= FEWEST_SAMPLED]
    return kept if len(kept) else unit(sample.mean(axis=0, keepdims=True), sample.shape[1])
