"""What is stored: libraries, articles, passages, embeddings and keywords, in one SQLite file.

SQL is the truth. Whatever belongs together is written in one transaction, and every query names
its library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from index.catalog import listing, lookups, storing
from index.catalog.checks import problems
from index.catalog.encodings import Encodings
from index.catalog.entries import Added, LibraryInfo, NewArticle, StoredPassage
from index.catalog.keyword_index import KeywordIndex
from index.catalog.lookups import library_by_id, library_by_name, library_of
from index.catalog.renaming import rename_library
from index.catalog.replacing import held_at
from index.catalog.schema import SCHEMA
from index.catalog.vectors import Ids, StoredVectors, Vectors
from index.records import Candidate, StoredArticle, Totals
from index.storage.database import Database


class Catalog:
    """The catalog in a database file; safe for many threads, and for several processes.

    Every method raises StorageError, or a kind of it, when the file cannot be used.
    """

    def __init__(self, path: Path, *, busy_timeout: float = 30.0) -> None:
        """Open the file at `path`; it, its folder and its tables are made when missing.

        Args:
            path: the database file.
            busy_timeout: seconds to wait while another process writes.
        """
        self._database = Database(path, SCHEMA, busy_timeout=busy_timeout)
        self.encodings = Encodings(self._database)
        self.keywords = KeywordIndex(self._database)
        self.vectors = StoredVectors(self._database)

    def __enter__(self) -> Catalog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def size(self) -> int:
        """Bytes on disk."""
        return self._database.size()

    # Libraries

    def libraries(self) -> list[LibraryInfo]:
        """Every library, by name."""
        with self._database.read() as connection:
            return lookups.all_libraries(connection)

    def library(self, name: str) -> LibraryInfo:
        """The library of this name.

        Raises:
            UnknownLibraryError: there is none; the hint names the nearest.
        """
        with self._database.read() as connection:
            return lookups.library_called(connection, name)

    def create_library(
        self, name: str, encoder: str, dimension: int, query_prefix: str | None = None
    ) -> LibraryInfo:
        """Make a library, or return the one of this name if another process was first.

        Its encoder and dimension may then differ from those given.
        """
        with self._database.write() as connection:
            return storing.ensure_library(connection, name, encoder, dimension, query_prefix)

    def forget(self, name: str) -> LibraryInfo | None:
        """Delete a library; nothing of it is left in the file.

        Returns:
            What it was, or None if there is none of this name.
        """
        with self._database.write() as connection:
            if (library := library_by_name(connection, name)) is not None:
                storing.remove_library(connection, library.id)
        if library:
            self._database.erase_log()
        return library

    def rename(self, old: str, new: str) -> LibraryInfo | None:
        """Give a library another name; one that has that name already takes its articles in.

        Returns:
            The library that is no more because another took its articles in; None without one.

        Raises:
            EncoderMismatchError: both are there, with embeddings of different encoders.
        """
        with self._database.write() as connection:
            gone = rename_library(connection, old, new)
        if gone:
            self._database.erase_log()
        return gone

    def revision(self, library_id: int) -> int:
        """How often the library's passages have changed."""
        with self._database.read() as connection:
            return library_by_id(connection, library_id).revision

    # Articles

    def add(
        self, library_id: int, entries: Sequence[NewArticle], generation: int | None = None
    ) -> tuple[list[Added], int]:
        """Store articles with their passages, embeddings and keywords: all of them or none.

        Returns:
            One result an entry, in order, and the library's revision afterwards. Nothing is
            written for an article whose text the library holds, or that comes twice. An article
            with an address takes the place of the one that the library holds of that address,
            unless that is `better_than` it; nothing of what was replaced is left in the file.

        Raises:
            UnknownLibraryError: there is no such library.
            EncodedAnewError: it is not of this generation, if one is given.
            ValueError: an entry does not fit the library or itself.
            BinarySourceError: an entry's text is no text.
        """
        with self._database.read() as connection:
            dimension = library_of(connection, library_id, generation).dimension
        storing.check_entries(entries, dimension)
        with self._database.write() as connection:
            library_of(connection, library_id, generation)  # it may have changed meanwhile
            results = storing.store_articles(connection, library_id, entries)
            if not any(result.new for result in results):
                return results, library_by_id(connection, library_id).revision
            revision = storing.next_revision(connection, library_id)
        if any(result.replaced for result in results):
            self._database.erase_log()
        return results, revision

    def remove(self, library_id: int, ids: Iterable[int]) -> tuple[list[int], int]:
        """Delete articles: all of them or none; nothing of them is left in the file.

        Returns:
            The ids of the passages that went with them, and the library's revision afterwards.

        Raises:
            UnknownArticleError: an id is not in the library; nothing was deleted.
        """
        wanted = list(ids)
        with self._database.write() as connection:
            if not wanted:
                return [], library_by_id(connection, library_id).revision
            passage_ids = storing.remove_articles(connection, library_id, wanted)
            revision = storing.next_revision(connection, library_id)
        self._database.erase_log()
        return passage_ids, revision

    def find(self, library_id: int, content_hash: str) -> StoredArticle | None:
        """The article with this text, if the library holds it."""
        with self._database.read() as connection:
            return listing.article_by_hash(connection, library_id, content_hash)

    def held(self, library_id: int, addresses: Iterable[str]) -> dict[str, StoredArticle]:
        """Those articles that have one of these addresses, by the address."""
        with self._database.read() as connection:
            found = held_at(connection, library_id, addresses)
        return {address: held[-1].article for address, held in found.items()}

    def articles(
        self,
        library_id: int,
        *,
        offset: int = 0,
        limit: int | None = None,
        matching: str | None = None,
    ) -> list[StoredArticle]:
        """The library's articles, newest first.

        With `matching`, those in whose title, author and site all of its words are found, each a
        word or a part of one, whatever the capitals and accents.
        """
        with self._database.read() as connection:
            return listing.list_articles(connection, library_id, offset, limit, matching)

    def count(self, library_id: int, matching: str | None = None) -> int:
        """How many articles the library has, or how many of them match, as `articles` does."""
        with self._database.read() as connection:
            return listing.count_articles(connection, library_id, matching)

    def totals(self, library_id: int) -> Totals:
        """How much the library holds."""
        with self._database.read() as connection:
            return listing.totals_of(connection, library_id)

    def article(self, library_id: int, article_id: int) -> StoredArticle:
        """One article.

        Raises:
            UnknownArticleError: the library has none of this id.
        """
        with self._database.read() as connection:
            return listing.article_by_id(connection, library_id, article_id)

    def text(self, library_id: int, article_id: int) -> str:
        """An article's text.

        Raises:
            UnknownArticleError: the library has none of this id.
        """
        with self._database.read() as connection:
            return listing.text_of(connection, library_id, article_id)

    def passages(self, library_id: int, article_id: int) -> list[StoredPassage]:
        """An article's passages, in order.

        Raises:
            UnknownArticleError: the library has none of this id.
        """
        with self._database.read() as connection:
            return lookups.passages_of(connection, library_id, article_id)

    def page_starts(self, library_id: int, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """Where the pages begin of those of a few articles that have pages, by id."""
        with self._database.read() as connection:
            return lookups.page_starts_of(connection, library_id, ids)

    def days(self, library_id: int, ids: Iterable[int]) -> dict[int, date]:
        """When a few articles were published, or else added (UTC), by id."""
        with self._database.read() as connection:
            return lookups.days_of(connection, library_id, ids)

    # Passages

    def passage_ids(self, library_id: int, articles: Iterable[int] | None = None) -> Ids:
        """The ids of the library's passages, ascending; of those of some articles, if given.

        Raises:
            UnknownArticleError: an article is not in the library.
        """
        if articles is None:
            return self.vectors.ids(library_id)
        with self._database.read() as connection:
            return lookups.passage_ids_within(connection, library_id, articles)

    def embeddings(
        self,
        library_id: int,
        passage_ids: Iterable[int],
        chunk: int = 4096,
        generation: int | None = None,
    ) -> Iterator[tuple[Ids, Vectors]]:
        """The stored embeddings of these passages, at most `chunk` at a time.

        Of one generation, if given: the library's own, or the next one as far as it is encoded.

        Yields:
            Passage ids [n], ascending, and their vectors [n, dimension]. Ids that are not in the
            library are left out.

        Raises:
            StorageError: a stored vector has the wrong length.
            EncodedAnewError: the library is of another generation by now.
        """
        ids = np.fromiter(passage_ids, dtype=np.int64)
        return self.vectors.stream(library_id, ids, generation, chunk)

    def candidates(self, library_id: int, passage_ids: Iterable[int]) -> dict[int, Candidate]:
        """Passages by id, cut out of their articles; ids that are not in the library are absent."""
        with self._database.read() as connection:
            return lookups.candidates_of(connection, library_id, passage_ids)

    def keyword_search(
        self,
        library_id: int,
        question: str,
        limit: int,
        articles: Iterable[int] | None = None,
    ) -> list[tuple[int, float]]:
        """As `keywords.search`."""
        return self.keywords.search(library_id, question, limit, articles)

    def check(self, library_id: int) -> list[str]:
        """What is wrong with the file or the library, one sentence each; empty when all is well."""
        with self._database.examine() as connection:
            library_by_id(connection, library_id)
            return problems(connection, library_id)
