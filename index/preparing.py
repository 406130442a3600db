"""The file of a library's vector index to be, made while another encoder's answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.catalog.entries import LibraryInfo
from index.catalog.vectors import Ids, StoredVectors, within
from index.errors import StorageError
from index.growing import Sizes, make_index
from index.vectors import blot_out, erase, save

logger = logging.getLogger(__name__)


class Preparation:
    """Makes the file of a generation to come, so that the first question of it need not wait."""

    def __init__(self, stored: StoredVectors, info: LibraryInfo, file: Path, sizes: Sizes) -> None:
        """`info` is the library as it is about to be."""
        self._stored = stored
        self._info = info
        self._file = file
        self._sizes = sizes
        self._revision = -1
        self._held: Ids | None = None

    @contextmanager
    def made(self, revision: int) -> Iterator[None]:
        """With the file, in which is nothing that the library does not hold at this revision.

        What fails meanwhile ends the preparation: the file goes.

        Raises:
            StorageError: something that must not be in the file cannot be removed.
            EncodedAnewError: the library is not about to be of this generation.
        """
        try:
            self._follow(revision)
            yield
        except BaseException:
            self._give_up()
            raise

    def _follow(self, revision: int) -> None:
        if self._held is None:
            self._held = self._made()
        if len(self._held) and self._revision != revision:
            stays = within(self._held, self._stored.ids(self._info.id))
            if not stays.all() and not blot_out(self._file, self._held[~stays]):
                erase(self._file)
            self._held = self._held[stays]
        self._revision = revision

    def _give_up(self) -> None:
        try:
            erase(self._file)
        except StorageError as error:  # the next opening of the folder removes it
            logger.warning("A vector index that is not needed stays on the disk: %s", error)

    def _made(self) -> Ids:
        """Make the file; the ids that are in it."""
        # One may be there of an encoder that was given up.
        erase(self._file)
        if len(self._stored.ids(self._info.id)) >= self._sizes.file_from:
            self._revision = self._stored.state(self._info.id).revision
            index = make_index(self._stored, self._info, self._sizes)
            try:
                save(index, self._file, self._revision)
                return index.ids
            except StorageError as error:  # it can be made later
                logger.warning("The vector index was not saved: %s", error)
                erase(self._file)
        return np.empty(0, dtype=np.int64)
