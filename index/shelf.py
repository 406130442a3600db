"""A library's vector index as it is kept in memory and on disk, always at SQL's state."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock

import numpy as np
import numpy.typing as npt

from index.catalog.entries import LibraryInfo
from index.catalog.vectors import Ids, StoredVectors
from index.errors import EncodedAnewError, UnknownLibraryError
from index.growing import Sizes, Stopping, make_index, reconcile, revision_of
from index.shelf_file import ShelfFile
from index.vectors import VectorIndex

logger = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds that a change waits for the index to be opened; then the next use catches up."""
CATCHING_UP = 3
"""How often a new index catches up beside the one that answers, before that one has to wait."""


class Shelf:
    """Loads the index on first use, follows SQL, and saves what changed; safe for many threads.

    SQL counts each change in the library's revision. An index of another revision, because this
    process was killed or another one wrote, catches up from the stored embeddings. So the file
    may be behind: it is written anew after many changes only. What is removed is overwritten in
    it at once.
    """

    def __init__(
        self,
        stored: StoredVectors,
        info: LibraryInfo,
        file: Path,
        sizes: Sizes,
        resized: Callable[[Shelf], None] = lambda shelf: None,
    ) -> None:
        """`resized` is told when the index may take another amount of memory, or want tending."""
        self.info = info
        self.notes: list[str] = []
        """What had to be put right on opening, a sentence each."""
        self._stored = stored
        self._file = ShelfFile(stored, info, file)
        self._sizes = sizes
        self._resized = resized
        self._lock = RLock()
        self._saving = Lock()
        self._index: VectorIndex | None = None
        self._revision = -1
        self._changes = 0
        """Vectors that came or went since the file was written, as far as this process knows."""
        self._save_failed = False
        self._users = 0

    @property
    def size(self) -> int:
        """How many vectors are in memory."""
        index = self._index
        return 0 if index is None else len(index)

    @property
    def bytes(self) -> int:
        """How much memory the index takes."""
        index = self._index
        return 0 if index is None else index.bytes

    @contextmanager
    def in_use(self) -> Iterator[VectorIndex]:
        """The index, holding exactly the passages that SQL holds; it stays in memory meanwhile.

        Raises:
            UnknownLibraryError: the library is gone.
            EncodedAnewError: it is of another generation by now.
        """
        with self._used():
            yield self.current()

    def current(self, stopping: Stopping = lambda: False) -> VectorIndex:
        """As `in_use`, for those who hold it for a moment only.

        Raises:
            StoppedError: it was stopped while it was made from SQL.
        """
        revision = revision_of(self._stored, self.info)
        with self._lock:
            if self._index is None:
                self._index, self._revision = self._opened(revision, stopping)
            index = self._index
            if self._revision < revision:
                self._follow(index)
                self._revision = revision
        self._resized(self)
        return index

    def added(
        self,
        ids: Sequence[int],
        vectors: npt.NDArray[np.float32],
        revision: int,
        replaced: Sequence[int] = (),
    ) -> None:
        """Take in passages that SQL has just stored as `revision`; vectors [ids, dimension].

        `replaced` are those that it has deleted in the same transaction.
        """
        if self._lock.acquire(timeout=PATIENCE):
            try:
                self._changes += len(ids) + len(replaced)
                if self._index is not None:
                    self._index.remove(_ids(replaced))
                    # If others wrote in between, the next use finds another revision.
                    if self._revision == revision - 1:
                        self._index.add(_ids(ids), vectors)
                        self._revision = revision
            finally:
                self._lock.release()
        self._blot_out(_ids(replaced))
        self._resized(self)

    def removed(self, ids: Sequence[int], revision: int) -> None:
        """Drop passages that SQL has just deleted as `revision`, from the disk too."""
        none = np.empty((0, self.info.dimension), dtype=np.float32)
        self.added((), none, revision, ids)

    def follow(self) -> None:
        """Bring memory and file to SQL's state, which has changed by more than can be told."""
        if self._index is not None or self._file.path.exists():
            self.current()

    def rebuild(self) -> int:
        """Make the index anew from SQL, without encoding, and save it.

        Returns:
            How many vectors it holds.
        """
        with self._used():
            revision = revision_of(self._stored, self.info)
            index = make_index(self._stored, self.info, self._sizes)
            self._put(index, revision)
            self.save()
        return len(index)

    @property
    def wants_tending(self) -> bool:
        """Whether there is something to do in the background."""
        index = self._index
        if index is None:
            # A large library that is filled and not asked: the first question would wait long.
            return self._changes > self._sizes.grow_at
        return self._save_is_due(index) or not self._sizes.fit(index)

    def tend(self, stopping: Stopping) -> None:
        """Make an index of the kind that fits, while the other answers; save it if it is time.

        Raises:
            StoppedError: it was stopped.
            StorageError: something cannot be read or written.
        """
        with self._used():
            if not self._sizes.fit(self.current(stopping)):
                self._take_over(stopping)
            if self._save_is_due(self.current()):
                self.save()

    def save(self) -> None:
        """Write the file anew, if anything has changed and the library is large enough for one.

        Raises:
            StorageError: it cannot be written.
        """
        with self._saving:
            with self._lock:
                index, revision, changes = self._index, self._revision, self._changes
            if index is None:
                return
            if len(index) < self._sizes.file_from:
                if self._file.path.exists():
                    self._file.erase()
            elif changes:
                self._save_failed = True
                try:
                    self._file.write(index, revision)
                except (UnknownLibraryError, EncodedAnewError):
                    self.discard()
                    return
                self._save_failed = False
                with self._lock:
                    self._changes -= changes

    def leave(self) -> bool:
        """Let go of the memory; False if it is in use, or has to be saved before and can be."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            index = self._index
            due = index is not None and self._save_is_due(index) and not self._save_failed
            if self._users or due:
                return False
            self._index, self._revision, self._changes = None, -1, 0
            return True
        finally:
            self._lock.release()

    def discard(self) -> None:
        """Remove the file of a library that is gone, and hold nothing.

        Raises:
            StorageError: it cannot be removed.
        """
        with self._lock:
            self._index, self._revision, self._changes = None, -1, 0
            self._file.erase()

    @contextmanager
    def _used(self) -> Iterator[None]:
        with self._lock:
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
            self._resized(self)

    def _opened(self, revision: int, stopping: Stopping) -> tuple[VectorIndex, int]:
        index, saved, damage = self._file.read(revision)
        if damage:
            logger.warning(damage)
            self.notes.append(damage)
        if index is not None:
            self._changes = len(index) if damage else 0
            return index, saved
        index = make_index(self._stored, self.info, self._sizes, stopping)
        self._changes = len(index)
        return index, revision

    def _follow(self, index: VectorIndex) -> None:
        added, gone = reconcile(index, self._stored, self.info)
        self._changes += added + len(gone)
        self._blot_out(gone)

    def _take_over(self, stopping: Stopping) -> None:
        """Let an index of the kind that fits take the place of the one that answers."""
        made = make_index(self._stored, self.info, self._sizes, stopping)
        for _ in range(CATCHING_UP):
            if self._caught_up(made):
                return
        with self._lock:
            self._caught_up(made)

    def _caught_up(self, made: VectorIndex) -> bool:
        revision = revision_of(self._stored, self.info)
        reconcile(made, self._stored, self.info)
        with self._lock:
            if self._revision > revision:
                return False
            self._put(made, revision)
        return True

    def _put(self, index: VectorIndex, revision: int) -> None:
        with self._lock:
            self._index, self._revision, self._changes = index, revision, len(index)
        self._resized(self)

    def _save_is_due(self, index: VectorIndex) -> bool:
        size, least = len(index), self._sizes.file_from
        return size >= least and self._changes >= max(least, self._sizes.save_after * size)

    def _blot_out(self, ids: Ids) -> None:
        if not self._file.blot_out(ids):
            self._changes = max(self._changes, self.size)


def _ids(ids: Sequence[int]) -> Ids:
    return np.asarray(ids, dtype=np.int64).reshape(-1)
