"""The file of a library's vector index: perhaps behind SQL, but with nothing that was removed."""

from __future__ import annotations

import logging
from pathlib import Path

from index.catalog.entries import LibraryInfo
from index.catalog.vectors import Ids, StoredVectors, within
from index.errors import EncodedAnewError, StorageError, UnknownLibraryError
from index.growing import revision_of, true_vectors
from index.vectors import VectorIndex, blot_out, erase, load, save
from index.vectors.file import DAMAGED

logger = logging.getLogger(__name__)


class ShelfFile:
    """Reads, writes and blots out; safe for many threads, and for several processes."""

    def __init__(self, stored: StoredVectors, info: LibraryInfo, path: Path) -> None:
        self.path = path
        self._stored = stored
        self._info = info

    def read(self, revision: int) -> tuple[VectorIndex | None, int, str]:
        """The index in it, if it can be used while the library is at `revision`, and its own.

        The last is a sentence on what is wrong with the file, empty when it is whole or not there.
        """
        loaded = load(self.path, self._info.dimension, true_vectors(self._stored, self._info))
        if loaded is not None and loaded[1] <= revision:
            part = "The vector index was damaged in part: completed from the stored embeddings."
            return *loaded, part if loaded[1] == DAMAGED else ""
        whole = "The vector index was damaged: rebuilt from the stored embeddings."
        return None, -1, whole if self.path.exists() else ""

    def write(self, index: VectorIndex, revision: int) -> None:
        """Write it anew, as of the library's `revision`.

        Raises:
            StorageError: it cannot be written.
            UnknownLibraryError: the library is gone by now, and the file, too.
            EncodedAnewError: it is of another generation by now; no file is left here either.
        """
        held = index.ids
        save(index, self.path, revision)
        try:
            # What others have removed meanwhile they have blotted out in the file before.
            if revision_of(self._stored, self._info) != revision:
                self.blot_out(held[~within(held, self._stored.ids(self._info.id))])
        except (UnknownLibraryError, EncodedAnewError):
            self.erase()
            raise

    def blot_out(self, ids: Ids) -> bool:
        """Overwrite these vectors, if there is a file; False if it had to be removed for it."""
        try:
            if len(ids) and self.path.exists() and not blot_out(self.path, ids):
                erase(self.path)
                return False
        except StorageError as error:
            logger.warning("What was removed stays in the vector index on disk: %s", error)
        return True

    def erase(self) -> None:
        """Remove it, and what writing it has left, if there is anything.

        Raises:
            StorageError: it cannot be removed.
        """
        erase(self.path)
