"""Ids and unit vectors as the indexes take them, and the best of what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]
Scores = npt.NDArray[np.float32]

Stored = Callable[[Ids], tuple[Ids, Vectors]]
"""The true vectors of passages; ids unknown to it are left out."""


def as_ids(ids: Iterable[int]) -> Ids:
    """The ids as int64 [n]."""
    values = ids if isinstance(ids, np.ndarray) else list(ids)
    return np.asarray(values, dtype=np.int64).reshape(-1)


def unit(vectors: npt.ArrayLike, dimension: int) -> Vectors:
    """The vectors as contiguous float32 [n, dimension] of length 1; zero vectors stay zero.

    Raises:
        ValueError: a shape that does not fit, or values that are not finite.
    """
    matrix = np.asarray(vectors, dtype=np.float32)
    if matrix.ndim != 2 or matrix.shape[1] != dimension:
        raise ValueError(f"The vectors are {matrix.shape}, expected (n, {dimension}).")
    if not np.isfinite(matrix).all():
        raise ValueError("The vectors hold values that are not finite.")
    # float64: the square of a large float32 is not a float32.
    norms = np.sqrt(np.einsum("ij,ij->i", matrix, matrix, dtype=np.float64))
    norms[norms == 0] = 1
    return np.ascontiguousarray(matrix / norms[:, None], dtype=np.float32)


def similarities(matrix: Vectors, query: Vectors) -> Scores:
    """The inner product of each row with a query."""
    # Not by @: with threads of its own it takes a hundred times as long on a busy computer.
    return np.asarray(np.einsum("ij,j->i", matrix, query), dtype=np.float32)


def best(ids: Ids, scores: Scores, k: int) -> list[tuple[int, float]]:
    """The `k` ids of the highest scores, best first; of equal scores, the lowest ids."""
    if k < 1:
        return []
    if len(ids) > k:
        # All that are as good as the one at place k, so that equal scores are not left to chance.
        kept = scores >= np.partition(scores, len(ids) - k)[len(ids) - k]
        ids, scores = ids[kept], scores[kept]
    order = np.lexsort((ids, -scores))[:k]
    return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))
