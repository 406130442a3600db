"""The vector indexes of a data folder: one a library, whoever asks, within bounds of memory."""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from threading import Lock

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.errors import StorageError
from index.growing import Sizes
from index.preparing import Preparation
from index.shelf import Shelf
from index.storage.errors import storage_errors
from index.tending import Tender
from index.vectors import erase, remove_abandoned

logger = logging.getLogger(__name__)

# What follows the name is of one that was being saved when its process was killed.
_FILE = re.compile(r"library-(\d{1,18})-[0-9a-f]+(-\d+\.vectors|\.faiss)")
PATIENCE = 5.0
"""Seconds that closing waits for what is done in the background."""


class Shelves:
    """Opens each on first use, closes the least recently used; safe for many threads."""

    def __init__(
        self, catalog: Catalog, folder: Path, megabytes: int = 1024, sizes: Sizes | None = None
    ) -> None:
        """All together they take at most so many megabytes, or one of them that is in use does."""
        self._stored = catalog.vectors
        self._folder = folder
        self._limit = megabytes * 2**20
        self._sizes = sizes or Sizes()
        self._lock = Lock()
        self._open: OrderedDict[int, Shelf] = OrderedDict()
        """By the library's id, the most recently used last."""
        self._bytes: dict[int, int] = {}
        self._total = 0
        self._tender = Tender()

    @property
    def bytes(self) -> int:
        """How much memory the indexes take."""
        return self._total

    def of(self, info: LibraryInfo) -> Shelf:
        """The vector index of a library."""
        with self._lock:
            held = self._open.get(info.id)
            if held and held.info.generation == info.generation:
                self._open.move_to_end(info.id)
                return held
            shelf = Shelf(self._stored, info, self._file(info), self._sizes, self._settle)
            if held and held.info.generation > info.generation:
                return shelf  # whose use fails
            self._open[info.id] = shelf
            self._open.move_to_end(info.id)
            self._count(info.id, 0)
        if held:
            self._drop(held)
        return shelf

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

    def close(self) -> None:
        """Give up what is done in the background, and save every vector index that has changed."""
        self._tender.close(PATIENCE)
        self.save_all()

    def settled(self, seconds: float) -> bool:
        """Wait until nothing is done in the background; whether that came in time."""
        return self._tender.idle(seconds)

    def discard(self, info: LibraryInfo) -> None:
        """Remove the vector index of a library that the catalog has forgotten.

        Raises:
            StorageError: its file cannot be removed.
        """
        shelf = self.of(info)
        with self._lock:
            self._open.pop(info.id, None)
            self._count(info.id, 0)
        shelf.discard()

    def preparation(self, info: LibraryInfo) -> Preparation:
        """What makes the file of a library that is about to be of this generation."""
        return Preparation(self._stored, info, self._file(info), self._sizes)

    def outlived(self, info: LibraryInfo) -> None:
        """Remove the file of a library's earlier generation."""
        try:
            erase(self._file(info))
        except StorageError as error:
            logger.warning("A vector index of earlier embeddings stays on the disk: %s", error)

    def sweep(self) -> None:
        """Remove the files of libraries that are gone; a process that is killed leaves them.

        So, too, those of an earlier form. It costs as much as there are files: small libraries
        have none.
        """
        # The files first: that of a library which is made meanwhile is then not among them.
        files = self._folder.glob("library-*")
        matches = {file: match for file in files if (match := _FILE.match(file.name))}
        if not matches:
            return
        there = self._stored.left({int(match[1]) for match in matches.values()})
        wanted = {self._path(library, *made).name for library, made in there.items()}
        for file, match in matches.items():
            if match[0] in wanted:
                if file.name != match[0]:
                    remove_abandoned(self._folder / match[0])
                continue
            try:
                with storage_errors(file):
                    file.unlink(missing_ok=True)
            except StorageError as error:
                logger.warning("The vector index of no library stays: %s", error)

    def _drop(self, shelf: Shelf) -> None:
        try:
            shelf.discard()
        except StorageError as error:
            logger.warning("A vector index of earlier embeddings stays on the disk: %s", error)

    def _settle(self, shelf: Shelf) -> None:
        """Count what a shelf takes by now, and let others leave if that is too much."""
        if shelf.wants_tending:
            self._tender.request(shelf)
        with self._lock:
            if self._open.setdefault(shelf.info.id, shelf) is not shelf:
                return
            self._count(shelf.info.id, shelf.bytes)
            if self._total <= self._limit:
                return
            for library in list(self._open)[:-1]:
                if self._total <= self._limit:
                    return
                if self._open[library].leave():
                    del self._open[library]
                    self._count(library, 0)

    def _count(self, library: int, size: int) -> None:
        self._total += size - self._bytes.pop(library, 0)
        if size:
            self._bytes[library] = size

    def _file(self, info: LibraryInfo) -> Path:
        return self._path(info.id, info.created, info.generation)

    def _path(self, library: int, created: datetime, generation: int) -> Path:
        # The time tells it from the library of the same number in an earlier database here.
        made = round(created.timestamp() * 1e6)
        return self._folder / f"library-{library}-{made:x}-{generation}.vectors"
