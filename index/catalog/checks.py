"""Is a library whole? Looks at everything, mends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from index.catalog.entries import content_hash, pages_fit
from index.catalog.keyword_checks import keyword_problems
from index.catalog.tables import (
    ArticleDetailsRow,
    ArticleRow,
    EmbeddingTable,
    LibraryRow,
    PassageRow,
    embedding_row,
)
from index.split import count_words


def problems(connection: Connection, library_id: int) -> list[str]:
    """What is wrong with the file and the library, one sentence each; empty when it is whole."""
    found: list[str] = []
    for check in (_file, _references, _articles, _keywords):
        try:
            found += check(connection, library_id)
        except DatabaseError as error:
            what = check.__name__.strip("_").replace("_", " ")
            found.append(f"The check of the {what} failed: {error.orig}.")
    return found


def _file(connection: Connection, _library_id: int) -> Iterator[str]:
    for line in connection.scalars(text("PRAGMA quick_check")):
        if line != "ok":
            yield f"The database file is damaged: {line}."


def _references(connection: Connection, _library_id: int) -> Iterator[str]:
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"Row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there."


def _articles(connection: Connection, library_id: int) -> Iterator[str]:
    dimension, generation = connection.execute(
        select(LibraryRow.dimension, LibraryRow.generation).where(LibraryRow.id == library_id)
    ).one()
    vectors = embedding_row(generation)
    # One article in memory at a time.
    for article in connection.execute(
        select(ArticleRow.id, ArticleRow.content_hash, ArticleRow.words)
        .where(ArticleRow.library_id == library_id)
        .order_by(ArticleRow.id)
    ).all():
        body = connection.execute(
            select(ArticleRow.text).where(
                ArticleRow.library_id == library_id, ArticleRow.id == article.id
            )
        ).scalar_one()
        if content_hash(body) != article.content_hash:
            yield f"The text of article {article.id} is not the one that was stored."
        if count_words(body) != article.words:
            yield f"Article {article.id} has {count_words(body)} words, not {article.words}."
        yield from _details(connection, library_id, article.id, len(body))
        yield from _passages(connection, library_id, article.id, body, dimension, vectors)


def _details(
    connection: Connection, library_id: int, article_id: int, length: int
) -> Iterator[str]:
    row = connection.execute(
        select(
            ArticleDetailsRow.library_id, ArticleDetailsRow.pages, ArticleDetailsRow.page_starts
        ).where(ArticleDetailsRow.article_id == article_id)
    ).one_or_none()
    if row is None:  # stored before there were any
        return
    if row.library_id != library_id:
        yield f"The details of article {article_id} are in another library than it is."
    if len(row.page_starts) != row.pages or not pages_fit(row.page_starts, length):
        yield f"The pages of article {article_id} do not fit its text."


def _passages(
    connection: Connection,
    library_id: int,
    article_id: int,
    body: str,
    dimension: int,
    vectors: EmbeddingTable,
) -> Iterator[str]:
    passages = connection.execute(
        select(
            PassageRow.id,
            PassageRow.library_id,
            PassageRow.start,
            PassageRow.end,
            func.length(vectors.vector).label("bytes"),
        )
        .outerjoin(vectors, vectors.passage_id == PassageRow.id)
        .where(PassageRow.article_id == article_id)
        .order_by(PassageRow.id)
    ).all()
    for passage in passages:
        name = f"Passage {passage.id} of article {article_id}"
        if passage.library_id != library_id:
            yield f"{name} is in another library than its article."
        if passage.bytes is None:
            yield f"{name} has no embedding."
        elif passage.bytes != 4 * dimension:
            yield f"{name} has an embedding of {passage.bytes} bytes, not {4 * dimension}."
        if not 0 <= passage.start <= passage.end <= len(body):
            yield f"{name} lies outside of the article's text."


def _keywords(connection: Connection, library_id: int) -> Iterator[str]:
    yield from keyword_problems(connection, library_id)
