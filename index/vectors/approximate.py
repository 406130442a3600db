"""Approximate search: lists of coded vectors, of which a few are searched.

What is found is ranked by the true vectors. For libraries of many thousands of passages.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from index.vectors.contents import LIST_BITS, Contents
from index.vectors.engine import Engine
from index.vectors.index import Rows, VectorIndex
from index.vectors.lists import Lists, probes
from index.vectors.values import Codes, Ids, Stored, Vectors, best, similarities, unit

FEWEST_RANKED = 100
"""Candidates that are ranked by their true vectors, at least."""
RANKED_PER_RESULT = 2


class ApproximateIndex(VectorIndex):
    """Codes of a byte a dimension, in lists of near ones; a place is a list and a slot of it."""

    kind = "approximate"

    def __init__(self, lists: Lists, stored: Stored) -> None:
        """An empty index; `stored` gives the true vectors to rank by."""
        super().__init__(lists.dimension)
        self.lists = lists
        self._stored = stored
        self._engine = Engine(lists.centroids, lists.low, lists.span)
        self._contents = Contents(self._engine)

    @property
    def made_for(self) -> int:
        """The number of vectors that its lists were made for."""
        return self.lists.made_for

    @property
    def bytes(self) -> int:
        """Of memory that it takes, about."""
        with self._lock:
            # The centroids are in FAISS, too.
            return self._contents.bytes + self._places.bytes + 2 * self.lists.centroids.nbytes

    def search(
        self, vector: npt.ArrayLike, k: int, among: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ids and cosine similarities of the `k` nearest vectors, best first.

        A few of the nearest may be missed; the similarities are those of the true vectors.
        """
        query = self._query(vector)
        if k < 1:
            return []
        wanted = max(RANKED_PER_RESULT * k, FEWEST_RANKED)
        if among is None:
            candidates = self._nearest(query, wanted)
        else:
            candidates = self._nearest_among(query, wanted, among)
        ids, vectors = self._stored(candidates)
        return best(ids, similarities(unit(vectors, self.dimension), query), k)

    def _nearest(self, query: Vectors, wanted: int) -> Ids:
        """The ids of the nearest codes, about; all of them, if there are no more than wanted."""
        with self._lock:
            lists = len(self.lists.centroids)
            enough = min(wanted, len(self._places))
            for count in (probes(lists), lists):
                ids, _ = self._engine.search(query, wanted, count)
                if len(ids) >= enough:
                    break
            return ids

    def _nearest_among(self, query: Vectors, wanted: int, among: Iterable[int]) -> Ids:
        with self._lock:
            ids, _ = self._known(among)
            if len(ids) <= wanted:
                return ids
            lists = len(self.lists.centroids)
            # As many more lists as the choice is smaller than all.
            more = -(-probes(lists) * len(self._places) // len(ids))
            return self._engine.search(query, wanted, min(lists, more), ids)[0]

    def _coded(self, matrix: Vectors) -> Codes:
        return self._engine.codes(matrix)

    def _lists_for(self, matrix: Vectors) -> npt.NDArray[np.uint32]:
        return self._engine.lists_of(matrix)

    def _put(self, ids: Ids, rows: Rows) -> Ids:
        return self._contents.put(rows.lists, ids, rows.data)

    def _take_out(self, places: Ids) -> tuple[Ids, Ids]:
        return self._contents.take_out(places)

    def _data(self, places: Ids) -> Codes:
        return self._contents.codes(places)

    def _lists_of(self, places: Ids) -> npt.NDArray[np.uint32]:
        return (places >> LIST_BITS).astype(np.uint32)

    def _decoded(self, data: Codes) -> Vectors:
        return self._engine.decoded(data)
