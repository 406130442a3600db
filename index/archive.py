"""A data folder: libraries by name, and one set of models for them all."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from index.adding import Progress
from index.backup.exchanging import open_folder
from index.backup.manifest import CATALOG_FILE
from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.encoder import Encoder, SentenceEncoder
from index.encoders import Encoders, MakeEncoder
from index.errors import EncoderMismatchError
from index.growing import Sizes
from index.library import Library, Shared
from index.models import make_reader
from index.reading import Reader
from index.records import Candidate
from index.reencoding import Reencoded, Reencoding
from index.settings import IndexSettings
from index.shelves import Shelves
from index.vectors import import_faiss

DEFAULT_LIBRARY = "default"


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
        make_encoder: MakeEncoder | None = None,
        reader: Reader | None = None,
        sizes: Sizes | None = None,
        busy_timeout: float = 30.0,
    ) -> None:
        """Open `data`, making it if need be.

        Another process that writes is waited for `busy_timeout` seconds.

        `make_encoder` makes those encoders that libraries were made with, where it is not the
        configured one. `sizes` say when a library's vector index grows.

        A backup that was being restored into it when the process was killed is restored first.

        Raises:
            StorageError: it cannot be written, or is no data folder of this version.
            StorageBusyError: a backup is being restored into it.
        """
        self.settings = settings or IndexSettings()
        self.data = data
        self.encoder: Encoder = encoder or SentenceEncoder(self.settings)
        self.reader = reader or make_reader(self.settings)
        self._held = open_folder(data)
        try:
            self.catalog = Catalog(data / CATALOG_FILE.name, busy_timeout=busy_timeout)
        except BaseException:
            self._held.release()
            raise
        self._shelves = Shelves(self.catalog, data, self.settings.index_megabytes, sizes)
        encoders = Encoders(self.encoder, self.settings, make_encoder)
        encoders.note(self.catalog)
        self._shared = Shared(
            self.settings, data, self.catalog, self._shelves, encoders, self.reader
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
        self._shelves.close()
        self.catalog.close()
        self._held.release()

    def load(self) -> None:
        """Load the models and run each once, so that the first question waits for none.

        The process's objects of this moment are exempt from garbage collection from then on.

        Raises:
            ModelError: a model cannot be loaded.
        """
        question, passage = "Who was it?", "It was nobody."
        self.encoder.encode_question(question)
        import_faiss()
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

    def outdated(self) -> list[str]:
        """The names of libraries that `reencode` has something to do for, sorted."""
        return [info.name for info in self.catalog.encodings.outdated(self.encoder.identity)]

    def reencode(
        self, names: Sequence[str], progress: Progress | None = None
    ) -> Iterator[Reencoded]:
        """Encode libraries anew with the configured encoder, one as the result is iterated.

        They are asked and added to meanwhile as they are; each is of the new encoder at once when
        all of it is encoded. Stopped at any moment, it goes on from there the next time.

        Raises:
            UnknownLibraryError: there is none of one of these names.
            StorageBusyError: another process encodes one of them with another encoder.
            StorageError: something cannot be written; what was encoded is kept.
            ModelError: the encoder cannot be loaded.
        """
        libraries = [self.catalog.library(name) for name in names]
        prefix = self.settings.query_prefix
        task = Reencoding(self.catalog, self._shelves, self.encoder, prefix, progress)
        return task.run(libraries)

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

        One that has the new name already takes the articles in; nothing is encoded again where it
        is of the same encoder. Of a text, and of an address, that both hold one article stays.

        Raises:
            EncoderMismatchError: both are there, with different encoders, and that of the latter
                cannot be loaded; both stay as they are.
        """
        try:
            gone = self.catalog.rename(old, new)
        except EncoderMismatchError:
            self._encode_like(old, self.catalog.library(new))
            gone = self.catalog.rename(old, new)
        if gone:
            self._shelves.discard(gone)
            # So that no embedding of what was replaced stays on disk.
            self._shelves.of(self.catalog.library(new)).follow()

    def _encode_like(self, name: str, other: LibraryInfo) -> None:
        encoder, prefix = self._shared.encoders.of(other), other.query_prefix or ""
        task = Reencoding(self.catalog, self._shelves, encoder, prefix)
        for _ in task.run([self.catalog.library(name)]):
            pass
