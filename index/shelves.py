"""The vector indexes of a data folder: one a library, whoever asks."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from threading import Lock

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.errors import StorageError
from index.shelf import Shelf
from index.vectors import VectorIndex

logger = logging.getLogger(__name__)

# One that was being saved when its process was killed goes on after this.
_FILE = re.compile(r"library-\d+-[0-9a-f]+\.faiss")


class Shelves:
    """Opens each on first use; safe for many threads."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self._catalog = catalog
        self._folder = folder
        self._lock = Lock()
        self._open: dict[int, Shelf] = {}

    def of(self, info: LibraryInfo) -> Shelf:
        """The vector index of a library."""
        with self._lock:
            if info.id not in self._open:
                self._open[info.id] = Shelf(self._catalog, info, self._file(info))
            return self._open[info.id]

    def save(self, shelf: Shelf) -> None:
        """Save a vector index; when that fails, the next opening makes it from the database."""
        try:
            shelf.save()
        except StorageError as error:
            logger.warning("The vector index was not saved: %s", error)

    def save_all(self) -> None:
        """Save every vector index that has changed."""
        with self._lock:
            shelves = list(self._open.values())
        for shelf in shelves:
            self.save(shelf)

    def discard(self, info: LibraryInfo) -> None:
        """Remove the vector index of a library that the catalog has forgotten.

        Raises:
            StorageError: its file cannot be removed.
        """
        self.of(info).discard()
        with self._lock:
            self._open.pop(info.id, None)

    def sweep(self) -> None:
        """Remove the files of libraries that are gone; a process that is killed leaves them."""
        # The files first: that of a library which is made meanwhile is then not among them.
        matches = [_FILE.match(file.name) for file in self._folder.glob("library-*.faiss*")]
        files = {self._folder / match[0] for match in matches if match}
        if files:
            for file in files - {self._file(info) for info in self._catalog.libraries()}:
                try:
                    VectorIndex.erase(file)
                except StorageError as error:
                    logger.warning("The vector index of no library stays: %s", error)

    def _file(self, info: LibraryInfo) -> Path:
        # The time tells it from the library of the same number in an earlier database here.
        made = round(info.created.timestamp() * 1e6)
        return self._folder / f"library-{info.id}-{made:x}.faiss"
