"""Exact search: every vector is compared. For libraries of some thousands of passages."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from index.vectors.index import Rows, VectorIndex
from index.vectors.values import Codes, Ids, Vectors, best, similarities

EMPTY_BYTES = 2_000
ROUNDING = 1e-6
"""By which one component of the same vector may differ from one computer to the next."""


class ExactIndex(VectorIndex):
    """The vectors themselves, in one matrix; a place is a row of it."""

    kind = "exact"

    def __init__(self, dimension: int) -> None:
        """An empty index for vectors of `dimension` floats."""
        super().__init__(dimension)
        self._matrix: Vectors = np.empty((0, dimension), np.float32)
        self._row_ids: Ids = np.empty(0, np.int64)

    @property
    def bytes(self) -> int:
        """Of memory that it takes, about."""
        with self._lock:
            arrays = self._matrix.nbytes + self._row_ids.nbytes
            return EMPTY_BYTES + arrays + self._places.bytes

    def search(
        self, vector: npt.ArrayLike, k: int, among: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ids and cosine similarities of the `k` nearest vectors, best first."""
        query = self._query(vector)
        with self._lock:
            if among is None:
                count = len(self._places)
                scores = similarities(self._matrix[:count], query)
                return best(self._row_ids[:count], scores, k)
            ids, rows = self._known(among)
            chosen = self._matrix[rows]
        return best(ids, similarities(chosen, query), k)

    def _coded(self, matrix: Vectors) -> Codes:
        return matrix.view(np.uint8)

    def _lists_for(self, matrix: Vectors) -> npt.NDArray[np.uint32]:
        return np.zeros(len(matrix), np.uint32)

    def _alike(self, held: Codes, expected: Codes) -> npt.NDArray[np.bool_]:
        near = np.abs(self._decoded(held) - self._decoded(expected)) <= ROUNDING
        return np.asarray(near.all(axis=1))

    def _put(self, ids: Ids, rows: Rows) -> Ids:
        first = len(self._places)
        last = first + len(ids)
        if last > len(self._matrix):
            # A little more than is needed, if it grows; nothing more if it is filled at once.
            room = last + first // 4
            matrix = np.empty((room, self.dimension), np.float32)
            matrix[:first] = self._matrix[:first]
            row_ids = np.empty(room, np.int64)
            row_ids[:first] = self._row_ids[:first]
            self._matrix, self._row_ids = matrix, row_ids
        self._matrix[first:last] = rows.data.view(np.float32)
        self._row_ids[first:last] = ids
        return np.arange(first, last, dtype=np.int64)

    def _take_out(self, places: Ids) -> tuple[Ids, Ids]:
        # Called when the ids are gone from the places: that many rows stay.
        count = len(self._places)
        going = np.zeros(count + len(places), np.bool_)
        going[places] = True
        gaps = np.flatnonzero(going[:count])
        moving = count + np.flatnonzero(~going[count:])
        self._matrix[gaps] = self._matrix[moving]
        self._row_ids[gaps] = self._row_ids[moving]
        self._matrix[count : len(going)] = 0
        return self._row_ids[gaps], gaps

    def _data(self, places: Ids) -> Codes:
        return self._matrix[places].view(np.uint8)

    def _lists_of(self, places: Ids) -> npt.NDArray[np.uint32]:
        return np.zeros(len(places), np.uint32)

    def _decoded(self, data: Codes) -> Vectors:
        return data.view(np.float32)
