"""Is a library whole? Looks at everything, mends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select, text
from sqlalchemy.exc import DatabaseError

from index.catalog.entries import content_hash, pages_fit
from index.catalog.keywords import library_token
from index.catalog.tables import (
    ArticleDetailsRow,
    ArticleRow,
    EmbeddingRow,
    LibraryRow,
    PassageRow,
)
from index.split import count_words


def problems(connection: Connection, library_id: int) -> list[str]:
    """What is wrong with the file and with the library, one sentence each; empty when it is whole.

    Needs the write lock, for FTS5 is asked by an INSERT; it writes nothing.
    """
    found: list[str] = []
    for check in (_file, _references, _keyword_index, _articles, _keyword_rows):
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


def _keyword_index(connection: Connection, _library_id: int) -> Iterator[str]:
    try:
        connection.execute(
            text("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        )
    except DatabaseError:
        yield "The keyword index does not match its texts."


def _articles(connection: Connection, library_id: int) -> Iterator[str]:
    dimension = connection.execute(
        select(LibraryRow.dimension).where(LibraryRow.id == library_id)
    ).scalar_one()
    # One article in memory at a time.
    for article in connection.execute(
        select(ArticleRow.id, ArticleRow.content_hash, ArticleRow.words)
        .where(ArticleRow.library_id == library_id)
        .order_by(ArticleRow.id)
    ).all():
        body, title = connection.execute(
            select(ArticleRow.text, ArticleRow.title).where(
                ArticleRow.library_id == library_id, ArticleRow.id == article.id
            )
        ).one()
        if content_hash(body) != article.content_hash:
            yield f"The text of article {article.id} is not the one that was stored."
        if count_words(body) != article.words:
            yield f"Article {article.id} has {count_words(body)} words, not {article.words}."
        yield from _details(connection, library_id, article.id, len(body))
        yield from _passages(connection, library_id, article.id, title, body, dimension)


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
    connection: Connection, library_id: int, article_id: int, title: str, body: str, dimension: int
) -> Iterator[str]:
    passages = connection.execute(
        select(
            PassageRow.id,
            PassageRow.library_id,
            PassageRow.start,
            PassageRow.end,
            func.length(EmbeddingRow.vector).label("bytes"),
        )
        .outerjoin(EmbeddingRow, EmbeddingRow.passage_id == PassageRow.id)
        .where(PassageRow.article_id == article_id)
        .order_by(PassageRow.id)
    ).all()
    words = _words_of(connection, article_id)
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
        expected = (library_token(library_id), title, body[passage.start : passage.end])
        rows = words.get(passage.id, [])
        if not rows:
            yield f"{name} is not in the keyword table."
        elif tuple(rows[0])[1:] != expected:
            yield f"{name} has other words in the keyword table than in the article."


def _words_of(connection: Connection, article_id: int) -> dict[int, list[Row[Any]]]:
    rows = connection.execute(
        text(
            "SELECT passages.id, library, title, body"
            " FROM passages JOIN passage_words ON passage_words.rowid = passages.id"
            " WHERE passages.article_id = :article ORDER BY passages.id"
        ),
        {"article": article_id},
    )
    return {passage: list(found) for passage, found in groupby(rows, key=lambda row: row.id)}


def _keyword_rows(connection: Connection, library_id: int) -> Iterator[str]:
    for passage_id in connection.scalars(
        text(
            "SELECT passage_words.rowid FROM passage_words"
            " LEFT JOIN passages"
            " ON passages.id = passage_words.rowid AND passages.library_id = :library"
            " WHERE passage_words.library = :token AND passages.id IS NULL"
        ),
        {"library": library_id, "token": library_token(library_id)},
    ):
        yield f"The keyword table has words of passage {passage_id}, which is not there."
