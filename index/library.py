"""The whole package behind two classes: a data folder, and a library in it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from types import TracebackType

from index.adding import Adding, EncodedArticle, Progress
from index.asking import Asking, clean_question, nothing
from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.catalog.schema import SCHEMA_HEAD
from index.encoder import Encoder, SentenceEncoder
from index.errors import (
    EncoderMismatchError,
    StorageError,
    UnknownArticleError,
    UnknownLibraryError,
)
from index.inspection import bytes_on_disk, problems, versions
from index.models import make_reader
from index.reading import Reader
from index.records import Answer, Article, CheckReport, FailedSource, Receipt, StoredArticle
from index.settings import IndexSettings
from index.shelf import Shelf
from index.transfer import export_library, read_export

logger = logging.getLogger(__name__)

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
        self._opening = Lock()
        self._shelves: dict[int, Shelf] = {}

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
        for shelf in self._shelves.values():
            self.save(shelf)
        self.catalog.close()

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
        return Library(self, name)

    def library_for_adding(self, name: str = DEFAULT_LIBRARY) -> Library:
        """The library of this name, which comes into being with its first article."""
        return Library(self, name)

    def save(self, shelf: Shelf) -> None:
        """Save a vector index; when that fails, the next opening makes it from the database."""
        try:
            shelf.save()
        except StorageError as error:
            logger.warning("The vector index was not saved: %s", error)

    def shelf(self, info: LibraryInfo) -> Shelf:
        """The vector index of a library: one a library, whoever asks."""
        with self._opening:
            if info.id not in self._shelves:
                self._shelves[info.id] = Shelf(self.catalog, info, self.data)
            return self._shelves[info.id]


class Library:
    """Articles in, answers out. Made by an Archive; safe for many threads."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.name = name
        self._archive = archive
        self._catalog = archive.catalog
        self._settings = archive.settings

    def add(
        self, sources: Iterable[Article | FailedSource], progress: Progress | None = None
    ) -> Iterator[Receipt]:
        """Add articles as the result is iterated: a receipt for each source, in order.

        A receipt is given only after what it says is on disk. `progress` is told how many
        passages are encoded, of how many.

        Raises:
            EncoderMismatchError: the library was made with another encoder.
            StorageError: something cannot be written; what was acknowledged is kept.
            ModelError: the encoder cannot be loaded.
        """
        return self._add(sources, progress)

    def ask(self, question: str) -> Answer:
        """The answer to a question, from this library's articles only.

        Raises:
            QuestionError: it is empty or too long.
            EncoderMismatchError: the library was made with another encoder.
            ModelError: a model cannot be loaded.
        """
        reader = self._archive.reader
        maximum = self._settings.max_question_tokens
        info = self._info()
        if info is None or not self._catalog.articles(info.id, limit=1):
            return nothing(clean_question(question, None, maximum))  # without loading a model
        tokens = reader.question_tokens if reader else None
        cleaned = clean_question(question, tokens, maximum)
        self._check_encoder(info)
        archive = self._archive
        asking = Asking(
            self._catalog, info, archive.shelf(info), archive.encoder, reader, self._settings
        )
        return asking.ask(cleaned)

    def articles(self, offset: int = 0, limit: int | None = None) -> list[StoredArticle]:
        """The articles, newest first."""
        info = self._info()
        return self._catalog.articles(info.id, offset=offset, limit=limit) if info else []

    def article(self, article: int) -> StoredArticle:
        """One article, without its text.

        Raises:
            UnknownArticleError: there is none of this id.
        """
        return self._catalog.article(self._info_with(article).id, article)

    def text(self, article: int) -> str:
        """An article's text, of which every answer is a slice.

        Raises:
            UnknownArticleError: there is none of this id.
        """
        return self._catalog.text(self._info_with(article).id, article)

    def remove(self, articles: Sequence[int]) -> list[StoredArticle]:
        """Remove articles: all of them or none. Returns what they were.

        Raises:
            UnknownArticleError: there is none of one of these ids; nothing was removed.
        """
        if not articles:
            return []
        info = self._info_with(articles[0])
        removed = [self._catalog.article(info.id, article) for article in dict.fromkeys(articles)]
        passages, revision = self._catalog.remove(info.id, [article.id for article in removed])
        shelf = self._archive.shelf(info)
        shelf.removed(passages, revision)
        self._archive.save(shelf)  # so that no embedding of theirs stays on disk
        return removed

    def export(self, file: Path) -> int:
        """Write all articles with their embeddings to `file` (JSON Lines); how many there were.

        Raises:
            StorageError: the file cannot be written.
        """
        info = self._info()
        return export_library(self._catalog, info, file) if info else 0

    def import_(self, file: Path, progress: Progress | None = None) -> Iterator[Receipt]:
        """Add the articles of an exported file, as `add` does.

        Nothing is encoded again where the file's encoder is this library's.

        Raises:
            ImportFileError: it is no such file; nothing was imported.
        """
        encoder = self._archive.encoder
        info = self._info()

        def dimension() -> int:
            return info.dimension if info else encoder.dimension  # the latter loads the model

        articles = read_export(file, encoder.identity, dimension, self._settings)
        return self._add(articles, progress)

    def check(self) -> CheckReport:
        """Look at everything: is the database whole, does the vector index agree with it?"""
        archive = self._archive
        info = self._info()
        found: tuple[str, ...] = ()
        shelf = None
        if info:
            shelf = archive.shelf(info)
            found = problems(self._catalog, info, shelf)
            if info.encoder != archive.encoder.identity:
                found = (*found, _mismatch(info, archive.encoder))
        return CheckReport(
            library=self.name,
            articles=len(self.articles()),
            passages=len(self._catalog.passage_ids(info.id)) if info else 0,
            vectors=len(shelf) if shelf is not None else 0,
            encoder=info.encoder if info else archive.encoder.identity,
            dimension=info.dimension if info else 0,
            reader=archive.reader.identity if archive.reader else "none",
            bytes=bytes_on_disk(archive.data),
            problems=found,
            notes=tuple(shelf.notes) if shelf is not None else (),
            versions=versions(SCHEMA_HEAD),
        )

    def rebuild(self) -> int:
        """Make the vector index anew from the stored embeddings; how many vectors it holds."""
        info = self._info()
        return self._archive.shelf(info).rebuild() if info else 0

    def _add(
        self,
        sources: Iterable[Article | EncodedArticle | FailedSource],
        progress: Progress | None,
    ) -> Iterator[Receipt]:
        archive = self._archive
        info = self._info()
        if info:
            self._check_encoder(info)  # before seconds are spent on loading the model
        adding = Adding(self._catalog, info, self._make, archive.shelf, archive.encoder, progress)
        return adding.run(sources)

    def _make(self) -> LibraryInfo:
        encoder = self._archive.encoder
        info = self._catalog.create_library(self.name, encoder.identity, encoder.dimension)
        self._check_encoder(info)  # another process may have been first
        return info

    def _info(self) -> LibraryInfo | None:
        try:
            return self._catalog.library(self.name)
        except UnknownLibraryError:
            return None

    def _info_with(self, article: int) -> LibraryInfo:
        if info := self._info():
            return info
        raise UnknownArticleError(
            f"There is no article {article}: the library is empty.",
            "Add articles first: `cuttings add FILE`.",
        )

    def _check_encoder(self, info: LibraryInfo) -> None:
        if info.encoder != self._archive.encoder.identity:
            raise EncoderMismatchError(
                _mismatch(info, self._archive.encoder),
                f"Set `encoder` back, or export the library with the old setting and import it "
                f"into a new one: `cuttings export FILE`, then `cuttings import FILE --library "
                f"{self.name}-2`.",
            )


def _mismatch(info: LibraryInfo, encoder: Encoder) -> str:
    return (
        f"The library {info.name!r} was made with the encoder {info.encoder},"
        f" and the configuration names {encoder.identity}."
    )
