"""A data folder: libraries by name, and one set of models for them all."""

from __future__ import annotations

import gc
from pathlib import Path
from types import TracebackType

from index.catalog.catalog import Catalog
from index.encoder import Encoder, SentenceEncoder
from index.library import Library, Shared
from index.models import make_reader
from index.reading import Reader
from index.records import Candidate
from index.settings import IndexSettings
from index.shelves import Shelves
from index.vectors import VectorIndex

DEFAULT_LIBRARY = "default"
DATABASE = "cuttings.db"


class Archive:
    """A data folder: libraries by name, and one set of models for them all.

    Opening it loads no model; each is loaded once, on first use. Safe for many threads, and
    several processes may open the same folder.
    """

    def __init__(
        self,
        data: Path,
        settings: IndexSettings | None = None,
        *,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
    ) -> None:
        """Open `data`, making it if need be.

        Raises:
            StorageError: it cannot be written, or is no data folder of this version.
        """
        self.settings = settings or IndexSettings()
        self.data = data
        self.encoder: Encoder = encoder or SentenceEncoder(self.settings)
        self.reader = reader or make_reader(self.settings)
        self.catalog = Catalog(data / DATABASE)
        self._shelves = Shelves(self.catalog, data)
        self._shared = Shared(
            self.settings, data, self.catalog, self._shelves, self.encoder, self.reader
        )
        self._shelves.sweep()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Save the vector indexes that have changed and let go of the files."""
        self._shelves.save_all()
        self.catalog.close()

    def load(self) -> None:
        """Load the models and run each once, so that the first question waits for none.

        The process's objects of this moment are exempt from garbage collection from then on.

        Raises:
            ModelError: a model cannot be loaded.
        """
        question, passage = "Who was it?", "It was nobody."
        vector = self.encoder.encode_question(question)
        VectorIndex(len(vector)).search(vector, 1)  # imports FAISS
        if self.reader:
            self.reader.question_tokens(question)
            self.reader.read(question, [Candidate(0, 0, "", passage, 0)])
        # What the models' libraries are made of stays to the end. Else the garbage collector
        # stops every thread to look through all of it, again and again: 0.2 seconds each time.
        gc.collect()
        gc.freeze()

    def names(self) -> list[str]:
        """The names of the libraries, sorted."""
        return [info.name for info in self.catalog.libraries()]

    def library(self, name: str = DEFAULT_LIBRARY) -> Library:
        """The library of this name; the default one is there, empty, from the start.

        Raises:
            UnknownLibraryError: there is none.
        """
        if name != DEFAULT_LIBRARY:
            self.catalog.library(name)
        return Library(self._shared, name)

    def library_for_adding(self, name: str = DEFAULT_LIBRARY) -> Library:
        """The library of this name, which comes into being with its first article."""
        return Library(self._shared, name)

    def forget(self, name: str) -> None:
        """Remove a library with all that it holds, from the disk too; none of this name: nothing.

        Raises:
            StorageError: something cannot be removed. Its articles are gone even so, if it is only
                the file of their embeddings; that one is tried again when the folder is opened.
        """
        if info := self.catalog.forget(name):
            self._shelves.discard(info)

    def rename(self, old: str, new: str) -> None:
        """Give a library another name; none of the old name: nothing.

        One that has the new name already takes the articles in, without encoding anything again.
        Of a text, and of an address, that both hold one article stays.

        Raises:
            EncoderMismatchError: both are there, with embeddings of different encoders; both stay
                as they are.
        """
        if gone := self.catalog.rename(old, new):
            self._shelves.discard(gone)
            shelf = self._shelves.of(self.catalog.library(new))
            shelf.changed()
            self._shelves.save(shelf)  # so that no embedding of what was replaced stays on disk
