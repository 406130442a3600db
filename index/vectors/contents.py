"""What is in the lists of an approximate index: codes and ids, in FAISS's own lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.vectors.engine import Engine
from index.vectors.values import Codes, Ids

GONE = -1
LIST_BITS = 32
"""A place is the number of a list and, in its lower bits, a slot in that list."""
SLOT = 2**LIST_BITS - 1
SPARE = 1.35
"""FAISS's lists double when they are full: what that takes beyond their content, as measured."""


class Contents:
    """Codes at places; not safe for threads by itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.sizes = np.zeros(engine.lists, np.int64)
        """How many codes are in each list."""
        self._most = self.sizes.copy()

    @property
    def bytes(self) -> int:
        """Of memory that they take, about: a list that shrinks gives nothing back."""
        return int(SPARE * self._most.sum() * (self._engine.dimension + 8))

    def put(self, lists: npt.NDArray[np.uint32], ids: Ids, codes: Codes) -> Ids:
        """Add codes to lists; their places."""
        places = np.empty(len(ids), np.int64)
        for number, part in _by_list(lists.astype(np.int64)):
            first = int(self.sizes[number])
            self._engine.append(number, ids[part], codes[part])
            places[part] = number << LIST_BITS | np.arange(first, first + len(part))
            self.sizes[number] += len(part)
        np.maximum(self._most, self.sizes, out=self._most)
        return places

    def take_out(self, places: Ids) -> tuple[Ids, Ids]:
        """Free places; the ids that were moved to fill the gaps, and their new places."""
        moved: dict[int, int] = {}
        # From the last to the first: what is moved into a gap is then none of those that go.
        for place in np.sort(places)[::-1].tolist():
            number, slot = place >> LIST_BITS, place & SLOT
            ids, codes = self._engine.content(number)
            last = len(ids) - 1
            if slot != last:
                ids[slot], codes[slot] = ids[last], codes[last]
                moved[int(ids[slot])] = place
            ids[last], codes[last] = GONE, 0  # the memory stays FAISS's, without what was there
            self._engine.cut(number, last)
            self.sizes[number] = last
        return np.array(list(moved.keys()), np.int64), np.array(list(moved.values()), np.int64)

    def codes(self, places: Ids) -> Codes:
        """The codes at these places."""
        found = np.empty((len(places), self._engine.dimension), np.uint8)
        for number, part in _by_list(places >> LIST_BITS):
            found[part] = self._engine.content(number)[1][places[part] & SLOT]
        return found


def _by_list(numbers: npt.NDArray[np.int64]) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    """Each list that occurs, and where."""
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(order)]):
        yield int(numbers[order[start]]), order[start:end]
