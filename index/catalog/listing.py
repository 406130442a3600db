"""A library's articles as they are listed, found by their titles, and counted."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, Connection, func, select

from index.catalog.ids import possible_id, unknown_article
from index.catalog.tables import ArticleDetailsRow, ArticleRow, PassageRow
from index.records import StoredArticle, Totals
from index.words import folded

_PASSAGES = (
    select(func.count())
    .where(PassageRow.article_id == ArticleRow.id, PassageRow.library_id == ArticleRow.library_id)
    .scalar_subquery()
)

STORED_ARTICLES = select(
    ArticleRow.id,
    ArticleRow.title,
    ArticleRow.author,
    ArticleRow.site,
    ArticleRow.published,
    ArticleRow.source,
    ArticleRow.added,
    ArticleRow.words,
    _PASSAGES.label("passages"),
    ArticleDetailsRow.language,
    ArticleDetailsRow.format,
    func.coalesce(ArticleDetailsRow.pages, 0).label("pages"),
    ArticleRow.address,
).outerjoin_from(ArticleRow, ArticleDetailsRow, ArticleDetailsRow.article_id == ArticleRow.id)
"""The columns of a StoredArticle, under its fields' names."""


def list_articles(
    connection: Connection,
    library_id: int,
    offset: int = 0,
    limit: int | None = None,
    matching: str | None = None,
) -> list[StoredArticle]:
    """The library's articles, newest first; those that match the words, if there are any."""
    query = STORED_ARTICLES.where(*_listed(library_id, matching)).order_by(ArticleRow.id.desc())
    rows = connection.execute(query.offset(offset).limit(limit))
    return [StoredArticle(**row._mapping) for row in rows]


def article_by_id(connection: Connection, library_id: int, article_id: int) -> StoredArticle:
    """One article.

    Raises:
        UnknownArticleError: the library has none of this id.
    """
    query = STORED_ARTICLES.where(
        ArticleRow.library_id == library_id, ArticleRow.id == possible_id(article_id)
    )
    if (row := connection.execute(query).one_or_none()) is None:
        raise unknown_article(article_id)
    return StoredArticle(**row._mapping)


def article_by_hash(
    connection: Connection, library_id: int, content_hash: str
) -> StoredArticle | None:
    """The article with this text, if the library holds it."""
    query = STORED_ARTICLES.where(
        ArticleRow.library_id == library_id, ArticleRow.content_hash == content_hash
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else StoredArticle(**row._mapping)


def text_of(connection: Connection, library_id: int, article_id: int) -> str:
    """An article's text.

    Raises:
        UnknownArticleError: the library has none of this id.
    """
    query = select(ArticleRow.text).where(
        ArticleRow.library_id == library_id, ArticleRow.id == possible_id(article_id)
    )
    if (body := connection.scalar(query)) is None:
        raise unknown_article(article_id)
    return body


def count_articles(connection: Connection, library_id: int, matching: str | None = None) -> int:
    """How many articles `list_articles` would list in all."""
    query = select(func.count()).select_from(ArticleRow).where(*_listed(library_id, matching))
    return connection.execute(query).scalar_one()


def totals_of(connection: Connection, library_id: int) -> Totals:
    """How much the library holds."""
    passages = select(func.count()).where(PassageRow.library_id == library_id).scalar_subquery()
    query = select(
        func.count(ArticleRow.id).label("articles"),
        passages.label("passages"),
        func.coalesce(func.sum(ArticleRow.words), 0).label("words"),
    ).where(ArticleRow.library_id == library_id)
    return Totals(**connection.execute(query).one()._mapping)


def _listed(library_id: int, matching: str | None) -> list[ColumnElement[bool]]:
    conditions = [ArticleRow.library_id == library_id]
    words = folded(matching or "").split()
    if words:
        about = func.folded(
            ArticleRow.title
            + "\n"
            + func.coalesce(ArticleRow.author, "")
            + "\n"
            + func.coalesce(ArticleRow.site, "")
        )
        # As one value: a long text has more words than SQLite takes conditions.
        word = func.json_each(json.dumps(words)).table_valued("value")
        missing = select(1).select_from(word).where(func.instr(about, word.c.value) == 0)
        conditions.append(~missing.exists())
    return conditions
