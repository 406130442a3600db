"""Makes a library's vector index from SQL, exact or approximate as fits its size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.catalog.entries import LibraryInfo
from index.catalog.vectors import Ids, StoredVectors, Vectors, within
from index.errors import EncodedAnewError
from index.vectors import ApproximateIndex, ExactIndex, VectorIndex, make_lists, sample_size
from index.vectors.values import unit


class StoppedError(Exception):
    """The work was given up when it was asked to stop."""


Stopping = Callable[[], bool]
"""Asked now and then by what takes long: whether to give it up."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """At how many passages a library's vector index is kept in another way."""

    file_from: int = 1000
    """Fewer are read from SQL at once as quickly as from a file."""
    grow_at: int = 10_000
    """Above, the index becomes approximate."""
    shrink_below: int = 5000
    """Below, it becomes exact again: far from the other bound, so that none goes to and fro."""
    outgrown: float = 4.0
    """How many times as large, or as small, as it was made for an approximate one may become."""
    save_after: float = 0.05
    """Which part of it must have changed before it is saved while it is in use."""

    def fit(self, index: VectorIndex) -> bool:
        """Whether the index is of the kind for as many vectors as it has by now."""
        if isinstance(index, ApproximateIndex):
            size, made_for = len(index), index.made_for
            return size >= self.shrink_below and 1 / self.outgrown <= size / made_for <= (
                self.outgrown
            )
        return len(index) <= self.grow_at


def revision_of(stored: StoredVectors, info: LibraryInfo) -> int:
    """The library's revision, as of now.

    Raises:
        UnknownLibraryError: the library is gone.
        EncodedAnewError: it is of another generation by now.
    """
    state = stored.state(info.id)
    if state.generation != info.generation:
        raise EncodedAnewError("The library was encoded anew meanwhile.", "Try again.")
    return state.revision


def make_index(
    stored: StoredVectors, info: LibraryInfo, sizes: Sizes, stopping: Stopping = lambda: False
) -> VectorIndex:
    """The vector index of a library, from the stored embeddings.

    Passages that come or go meanwhile may be in it or not.

    Raises:
        StoppedError: it was stopped.
        UnknownLibraryError: the library is gone.
        EncodedAnewError: it is of another generation by now.
    """
    ids = stored.ids(info.id)
    if len(ids) > sizes.grow_at:
        index: VectorIndex = _approximate(stored, info, ids, stopping)
    else:
        index = ExactIndex(info.dimension)
    for some, vectors in stored.stream(info.id, ids, info.generation):
        _check(stopping)
        index.add(some, vectors)
    return index


def reconcile(index: VectorIndex, stored: StoredVectors, info: LibraryInfo) -> tuple[int, Ids]:
    """Bring the index to the passages that the library holds; nothing is encoded again.

    Read the library's revision before, to keep it with the index: what others change meanwhile
    is then reconciled the next time.

    Returns:
        How many passages were added, and the ids of those that were removed.
    """
    wanted, held = stored.ids(info.id), index.ids
    gone = held[~within(held, wanted)]
    index.remove(gone)
    added = 0
    for ids, vectors in stored.stream(info.id, wanted[~within(wanted, held)], info.generation):
        index.add(ids, vectors)
        added += len(ids)
    return added, gone


def true_vectors(stored: StoredVectors, info: LibraryInfo) -> Callable[[Ids], tuple[Ids, Vectors]]:
    """Reads the vectors that an approximate index holds only roughly."""
    return lambda ids: stored.embeddings(info.id, ids, info.generation)


def _approximate(
    stored: StoredVectors, info: LibraryInfo, ids: Ids, stopping: Stopping
) -> ApproximateIndex:
    """An empty one, made for the vectors of `ids`."""
    wanted = min(len(ids), sample_size(len(ids)))
    chosen = np.sort(np.random.default_rng(0).choice(ids, wanted, replace=False))
    sample = np.empty((wanted, info.dimension), dtype=np.float32)
    filled = 0
    for some, vectors in stored.stream(info.id, chosen, info.generation):
        _check(stopping)
        sample[filled : filled + len(some)] = unit(vectors, info.dimension)
        filled += len(some)
    lists = make_lists(sample[:filled], len(ids), lambda: _check(stopping))
    return ApproximateIndex(lists, true_vectors(stored, info))


def _check(stopping: Stopping) -> None:
    if stopping():
        raise StoppedError
