"""Where each id is: sorted arrays, for a set or a dictionary of a million ids takes 60 MB."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.vectors.values import Ids

NOWHERE = -1
LATE = 4096
"""How many ids that came out of order are kept apart before they are sorted in."""


class Places:
    """A place, a number from 0, for each id; not safe for threads by itself.

    Ids mostly come in rising order and are then appended. Others wait in a small dictionary, and
    one that is gone keeps its entry, until the next sorting.
    """

    def __init__(self) -> None:
        self._ids: Ids = np.empty(0, np.int64)
        self._places: Ids = np.empty(0, np.int64)
        self._filled = 0
        """How much of the two arrays is in use, ascending by id."""
        self._late: dict[int, int] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def bytes(self) -> int:
        """Of memory, about."""
        return self._ids.nbytes + self._places.nbytes + 150 * len(self._late)

    def ids(self) -> Ids:
        """Every id, ascending."""
        self._sort()
        held = self._places[: self._filled] != NOWHERE
        return np.asarray(self._ids[: self._filled][held], dtype=np.int64)

    def after(self, last: int, count: int) -> Ids:
        """The next ids greater than `last`, ascending, `count` of them while there are."""
        self._sort()
        start = int(np.searchsorted(self._ids[: self._filled], last, side="right"))
        found: list[Ids] = []
        while count > 0 and start < self._filled:
            stop = min(start + count, self._filled)
            found.append(self._ids[start:stop][self._places[start:stop] != NOWHERE])
            count -= len(found[-1])
            start = stop
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def find(self, ids: Ids) -> npt.NDArray[np.int64]:
        """The place of each id; NOWHERE for those that are not there."""
        places = np.full(len(ids), NOWHERE, np.int64)
        at = np.searchsorted(self._ids[: self._filled], ids)
        inside = np.flatnonzero(at < self._filled)
        inside = inside[self._ids[at[inside]] == ids[inside]]
        places[inside] = self._places[at[inside]]
        if self._late:
            for n in np.flatnonzero(places == NOWHERE).tolist():
                places[n] = self._late.get(int(ids[n]), NOWHERE)
        return places

    def put(self, ids: Ids, places: npt.NDArray[np.int64]) -> None:
        """Note these places of these distinct ids, known or new."""
        at = np.searchsorted(self._ids[: self._filled], ids)
        known = at < self._filled
        known[known] = self._ids[at[known]] == ids[known]
        self._count += int((self._places[at[known]] == NOWHERE).sum())
        self._places[at[known]] = places[known]
        if known.all():
            return
        new, new_places = ids[~known], places[~known]
        if self._late or (self._filled and new.min() < self._ids[self._filled - 1]):
            before = len(self._late)
            self._late.update(zip(new.tolist(), new_places.tolist(), strict=True))
            self._count += len(self._late) - before
            if len(self._late) > LATE:
                self._sort()
        else:
            order = np.argsort(new)
            self._append(new[order], new_places[order])
            self._count += len(new)

    def drop(self, ids: Ids) -> None:
        """Forget these ids, all of them known and distinct."""
        at = np.searchsorted(self._ids[: self._filled], ids)
        known = at < self._filled
        known[known] = self._ids[at[known]] == ids[known]
        self._places[at[known]] = NOWHERE
        for one in ids[~known].tolist():
            del self._late[one]
        self._count -= len(ids)

    def _append(self, ids: Ids, places: npt.NDArray[np.int64]) -> None:
        if self._filled + len(ids) > len(self._ids):
            self._sort()
        filled = self._filled + len(ids)
        if filled > len(self._ids):
            room = filled + filled // 8
            for name in ("_ids", "_places"):
                larger = np.empty(room, np.int64)
                larger[: self._filled] = getattr(self, name)[: self._filled]
                setattr(self, name, larger)
        self._ids[self._filled : filled] = ids
        self._places[self._filled : filled] = places
        self._filled = filled

    def _sort(self) -> None:
        if not self._late and self._filled < 2 * self._count + LATE:
            return
        held = self._places[: self._filled] != NOWHERE
        late = np.fromiter(self._late.keys(), np.int64, len(self._late))
        late_places = np.fromiter(self._late.values(), np.int64, len(self._late))
        ids = np.concatenate([self._ids[: self._filled][held], late])
        places = np.concatenate([self._places[: self._filled][held], late_places])
        order = np.argsort(ids, kind="stable")
        self._ids, self._places = ids[order], places[order]
        self._filled, self._late = len(ids), {}
