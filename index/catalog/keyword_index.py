"""The keyword tables of a database, searched and made anew."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from index.catalog.keywords import search_passages
from index.catalog.lookups import library_by_id
from index.catalog.passage_texts import passage_texts
from index.catalog.postings import index_passages
from index.catalog.tables import ArticleRow, KeywordSegmentRow
from index.storage.database import Database


class KeywordIndex:
    """Finds passages by their words; safe for many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(
        self, library_id: int, question: str, limit: int, articles: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """Ids and BM25 scores (higher is better) of the passages with the question's words.

        Best first, at most `limit`, of these articles only where some are given; empty when the
        question has no words, or none but stop words.

        Raises:
            StorageError: part of the keyword tables is damaged.
        """
        with self._database.read() as connection:
            return search_passages(connection, library_id, question, limit, articles)

    def rebuild(self, library_id: int) -> None:
        """Make a library's part anew from its texts, in one transaction; others wait to write.

        Raises:
            UnknownLibraryError: there is no such library.
        """
        with self._database.write() as connection:
            library_by_id(connection, library_id)
            ours = KeywordSegmentRow.library_id == library_id
            connection.execute(delete(KeywordSegmentRow).where(ours))
            articles = connection.scalars(
                select(ArticleRow.id)
                .where(ArticleRow.library_id == library_id)
                .order_by(ArticleRow.id)
            ).all()
            index_passages(connection, library_id, passage_texts(connection, library_id, articles))
