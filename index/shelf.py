"""A library's vector index as it is kept in memory and on disk, always at SQL's state."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import RLock

import numpy as np
import numpy.typing as npt

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.errors import UnknownLibraryError
from index.vectors import VectorIndex

logger = logging.getLogger(__name__)


def reconcile(index: VectorIndex, catalog: Catalog, library_id: int) -> int:
    """Bring the index to the passages that the library holds; nothing is encoded again.

    Read the library's revision before, to save the index with it: what others change meanwhile
    is then reconciled the next time.

    Returns:
        How many passages were added or removed.
    """
    wanted, held = catalog.passage_ids(library_id), index.ids
    changed = index.remove(np.setdiff1d(held, wanted, assume_unique=True))
    missing = np.setdiff1d(wanted, held, assume_unique=True)
    for ids, vectors in catalog.embeddings(library_id, missing):
        index.add(ids, vectors)
        changed += len(ids)
    return changed


class Shelf:
    """Loads the index on first use, follows SQL, and saves what changed; safe for many threads.

    SQL counts each change in the library's revision. An index of another revision, because this
    process was killed or another one wrote, catches up from the stored embeddings.
    """

    def __init__(self, catalog: Catalog, info: LibraryInfo, file: Path) -> None:
        self._catalog = catalog
        self._info = info
        self._path = file
        self._lock = RLock()
        self._index: VectorIndex | None = None
        self._revision = -1
        self._saved_revision = -1
        self._behind = False
        """Whether this process has changed the library since the index was saved."""
        self.notes: list[str] = []
        """What had to be put right on opening, a sentence each."""

    def __len__(self) -> int:
        """How many vectors are in memory."""
        return len(self._index) if self._index is not None else 0

    def current(self) -> VectorIndex:
        """The index, holding exactly the passages that SQL holds."""
        revision = self._catalog.revision(self._info.id)
        with self._lock:
            first = self._index is None
            index = self._opened()
            if self._revision != revision:
                changed = reconcile(index, self._catalog, self._info.id)
                self._revision = revision
                if changed and first and self._saved_revision >= 0 and not self._behind:
                    self._note(f"The vector index was behind by {changed} passages: caught up.")
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
        with self._lock:
            self._behind = True
            if self._index is not None:
                self._index.remove(replaced)
                # If others wrote in between, the next use finds another revision and catches up.
                if self._revision == revision - 1:
                    self._index.add(ids, vectors)
                    self._revision = revision

    def removed(self, ids: Sequence[int], revision: int) -> None:
        """Drop passages that SQL has just deleted as `revision`."""
        with self._lock:
            self._behind = True
            if self._index is not None:
                self._index.remove(ids)
                if self._revision == revision - 1:
                    self._revision = revision

    def changed(self) -> None:
        """Know that SQL has changed by more than it can be told of: the next use catches up."""
        with self._lock:
            self._behind = True

    def rebuild(self) -> int:
        """Make the index anew from SQL, without encoding, and save it.

        Returns:
            How many vectors it holds.
        """
        revision = self._catalog.revision(self._info.id)
        index = VectorIndex(self._info.dimension)
        reconcile(index, self._catalog, self._info.id)
        with self._lock:
            self._index, self._revision = index, revision
            self._save(index)
        return len(index)

    def save(self) -> None:
        """Bring the file on disk to SQL's state, if this process has changed or loaded it.

        Raises:
            StorageError: it cannot be written.
        """
        with self._lock:
            if self._behind or self._index is not None:
                try:
                    index = self.current()
                except UnknownLibraryError:  # another process has made us forget it
                    self.discard()
                    return
                if self._revision != self._saved_revision:
                    self._save(index)

    def discard(self) -> None:
        """Remove the file of a library that is gone, and hold nothing.

        Raises:
            StorageError: it cannot be removed.
        """
        with self._lock:
            self._index, self._behind = None, False
            self._revision = self._saved_revision = -1
            VectorIndex.erase(self._path)

    def _opened(self) -> VectorIndex:
        if self._index is None:
            loaded = VectorIndex.load(self._path, self._info.dimension)
            if loaded is None:
                if self._path.exists():
                    self._note("The vector index was damaged: rebuilt from the stored embeddings.")
                self._index = VectorIndex(self._info.dimension)
            else:
                self._index, self._revision = loaded
                self._saved_revision = self._revision
        return self._index

    def _save(self, index: VectorIndex) -> None:
        index.save(self._path, self._revision)
        self._saved_revision = self._revision
        self._behind = False
        try:
            self._catalog.revision(self._info.id)
        except UnknownLibraryError:  # forgotten while it was being saved
            self.discard()

    def _note(self, sentence: str) -> None:
        logger.warning(sentence)
        self.notes.append(sentence)
