"""What every vector index does, whatever it keeps of the vectors."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from index.vectors.places import NOWHERE, Places
from index.vectors.values import Codes, Ids, Vectors, as_ids, unit


@dataclass(frozen=True, slots=True)
class Rows:
    """What an index keeps of some vectors."""

    lists: npt.NDArray[np.uint32]
    """The list of each, [n]; zeros in an index without lists."""
    data: Codes
    """The bytes of each, [n, bytes of one]."""


class VectorIndex(ABC):
    """Passage ids and unit vectors; safe for many threads. Derived from SQL, never the truth."""

    kind: ClassVar[str]

    def __init__(self, dimension: int) -> None:
        """An empty index for vectors of `dimension` floats."""
        if dimension < 1:
            raise ValueError("The dimension must be at least 1.")
        self.dimension = dimension
        self._places = Places()
        self._lock = threading.RLock()
        self._removals = 0

    def __len__(self) -> int:
        with self._lock:
            return len(self._places)

    @property
    def ids(self) -> Ids:
        """The passage ids, ascending, int64 [n]."""
        with self._lock:
            return self._places.ids()

    @property
    @abstractmethod
    def bytes(self) -> int:
        """Of memory that it takes, about."""

    def add(self, ids: Iterable[int], vectors: npt.ArrayLike) -> None:
        """Add vectors [n, dimension] of any length under their ids; one of a known id replaces it.

        Raises:
            ValueError: shapes that do not fit, an id twice, or values that are not finite.
        """
        new = as_ids(ids)
        matrix = unit(vectors, self.dimension)
        if len(new) != len(matrix):
            raise ValueError(f"{len(new)} ids for {len(matrix)} vectors.")
        if len(np.unique(new)) != len(new):
            raise ValueError("An id comes twice.")
        if len(new):
            self.take(new, Rows(self._lists_for(matrix), self._coded(matrix)))

    def take(self, ids: Ids, rows: Rows) -> None:
        """Add distinct ids, at least one, by what an index of these lists keeps of their vectors.

        One of a known id replaces it.
        """
        with self._lock:
            self._remove(ids)
            self._places.put(ids, self._put(ids, rows))

    def remove(self, ids: Iterable[int]) -> int:
        """Remove these ids, known or not; how many were there."""
        going = np.unique(as_ids(ids))
        with self._lock:
            return self._remove(going)

    def vectors(self, ids: Iterable[int]) -> Vectors:
        """The vectors of these ids as they are held: float32 [n, dimension].

        Raises:
            ValueError: one of them is not known.
        """
        with self._lock:
            places = self._places.find(as_ids(ids))
            if (places == NOWHERE).any():
                raise ValueError("Not all of these ids are in the index.")
            data = self._data(places)
        return self._decoded(data)

    def matches(self, ids: Iterable[int], vectors: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Whether the index holds for each id what it would keep of this vector [n, dimension]."""
        wanted = as_ids(ids)
        expected = self._coded(unit(vectors, self.dimension))
        with self._lock:
            places = self._places.find(wanted)
            held: npt.NDArray[np.bool_] = places != NOWHERE
            data = self._data(places[held])
        held[held] = self._alike(data, expected[held])
        return held

    @abstractmethod
    def search(
        self, vector: npt.ArrayLike, k: int, among: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ids and cosine similarities (-1 to 1) of the `k` nearest vectors, best first.

        Args:
            vector: [dimension], of any length; a zero vector is similar to nothing (0).
            k: fewer are returned when fewer are there.
            among: the ids to choose from, known or not; all without it.
        """

    def rows_after(self, last: int, count: int) -> tuple[Ids, Rows]:
        """The next ids greater than `last`, ascending, up to `count`, and what is kept of them."""
        with self._lock:
            ids = self._places.after(last, count)
            places = self._places.find(ids)
            return ids, Rows(self._lists_of(places), self._data(places))

    @property
    def removals(self) -> int:
        """Rises with every removal."""
        with self._lock:
            return self._removals

    def unknown(self, ids: Ids) -> Ids:
        """Those of the ids that are not in the index."""
        with self._lock:
            return np.asarray(ids[self._places.find(ids) == NOWHERE], dtype=np.int64)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing is added, removed or searched meanwhile."""
        with self._lock:
            yield

    def _remove(self, ids: Ids) -> int:
        places = self._places.find(ids)
        known = places != NOWHERE
        if known.any():
            self._removals += 1
            self._places.drop(ids[known])
            moved, to = self._take_out(places[known])
            if len(moved):
                self._places.put(moved, to)
        return int(known.sum())

    def _query(self, vector: npt.ArrayLike) -> Vectors:
        """The vector of a question as float32 [dimension], of length 1 or 0."""
        matrix = unit(np.asarray(vector, dtype=np.float32).reshape(1, -1), self.dimension)
        return matrix.reshape(-1)

    def _known(self, among: Iterable[int]) -> tuple[Ids, Ids]:
        """Those of the ids that are there, each once, and their places."""
        ids = np.unique(as_ids(among))
        places = self._places.find(ids)
        known = places != NOWHERE
        return ids[known], places[known]

    def _alike(self, held: Codes, expected: Codes) -> npt.NDArray[np.bool_]:
        return np.asarray((held == expected).all(axis=1))

    @abstractmethod
    def _coded(self, matrix: Vectors) -> Codes:
        """The bytes that are kept of unit vectors."""

    @abstractmethod
    def _lists_for(self, matrix: Vectors) -> npt.NDArray[np.uint32]:
        """The lists that unit vectors belong to."""

    @abstractmethod
    def _put(self, ids: Ids, rows: Rows) -> Ids:
        """Keep them; their places."""

    @abstractmethod
    def _take_out(self, places: Ids) -> tuple[Ids, Ids]:
        """Free these places; the ids which were moved to fill the gaps, and their new places."""

    @abstractmethod
    def _data(self, places: Ids) -> Codes:
        """The bytes kept at these places."""

    @abstractmethod
    def _lists_of(self, places: Ids) -> npt.NDArray[np.uint32]:
        """The lists of these places."""

    @abstractmethod
    def _decoded(self, data: Codes) -> Vectors:
        """The vectors that these bytes stand for."""
