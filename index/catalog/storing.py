"""How articles enter and leave the tables; each function is one part of a write transaction."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone

import numpy as np
from sqlalchemy import Connection, delete, insert, select, text, update

from index.catalog.entries import Added, LibraryInfo, NewArticle, pages_fit
from index.catalog.ids import batches, possible_id, unknown_article, within
from index.catalog.listing import STORED_ARTICLES
from index.catalog.lookups import (
    LIBRARY_COLUMNS,
    library_by_id,
    library_by_name,
)
from index.catalog.passage_texts import passage_texts
from index.catalog.postings import index_passages
from index.catalog.replacing import better_than, held_at
from index.catalog.rows import article_row, details_row, embedding_rows, passage_rows, word_rows
from index.catalog.tables import (
    ArticleDetailsRow,
    ArticleRow,
    LibraryRow,
    PassageRow,
    embedding_row,
)
from index.catalog.unindexing import forget_passages
from index.errors import BinarySourceError
from index.records import Article, StoredArticle
from index.storage.overflow import page_bytes


def ensure_library(
    connection: Connection, name: str, encoder: str, dimension: int, query_prefix: str | None
) -> LibraryInfo:
    """The library of this name, made when missing."""
    if not name or dimension < 1:
        raise ValueError("A library needs a name and a dimension of at least 1.")
    library = library_by_name(connection, name)
    if library is None:
        made = connection.execute(
            insert(LibraryRow)
            .values(
                name=name,
                encoder=encoder,
                dimension=dimension,
                query_prefix=query_prefix,
                created=datetime.now(timezone.utc),
            )
            .returning(*LIBRARY_COLUMNS)
        ).one()
        library = LibraryInfo(**made._mapping)
    return library


def check_entry(entry: NewArticle, dimension: int) -> None:
    """Refuse what would not be stored whole.

    Raises:
        ValueError: spans and embeddings do not fit each other, the text or the library.
        BinarySourceError: text that is no text; answers could not be cut out of it exactly.
    """
    body = entry.article.text
    if entry.embeddings.shape != (len(entry.spans), dimension):
        raise ValueError(
            f"The embeddings are {entry.embeddings.shape},"
            f" expected {(len(entry.spans), dimension)}: one row a passage."
        )
    if not np.isfinite(entry.embeddings).all():
        raise ValueError("The embeddings hold values that are not finite.")
    if any(not 0 <= span.start <= span.end <= len(body) for span in entry.spans):
        raise ValueError("A passage lies outside of its article's text.")
    if not pages_fit(entry.article.pages, len(body)):
        raise ValueError("The pages do not begin in their order within the article's text.")
    check_text(entry.article)


def check_entries(entries: Sequence[NewArticle], dimension: int) -> None:
    """Refuse what `check_entry` refuses, and several texts of one address."""
    for entry in entries:
        check_entry(entry, dimension)
    check_addresses(entries)


def check_addresses(entries: Sequence[NewArticle]) -> None:
    """Refuse several texts of one address: of each, only the one that was read last is wanted.

    Raises:
        ValueError: there are such entries.
    """
    texts: dict[str, str] = {}
    for entry in entries:
        address = entry.article.address
        if address and texts.setdefault(address, entry.content_hash) != entry.content_hash:
            raise ValueError("Two articles of one address cannot be stored at once.")


def check_text(article: Article) -> None:
    """Refuse an article that answers could not be cut out of exactly.

    Raises:
        BinarySourceError: text that is no text.
    """
    names = ("text", "title", "author", "site", "source", "language", "address")
    try:
        encoded = [(getattr(article, name) or "").encode() for name in names]
    except UnicodeEncodeError:
        encoded = [b"\0"]
    # SQLite's substr() ends at a NUL.
    if any(b"\0" in field for field in encoded):
        raise BinarySourceError(
            "The article holds characters that no text has.",
            "Save it again as a plain text file, or paste its text.",
        )


def store_articles(
    connection: Connection, library_id: int, entries: Sequence[NewArticle]
) -> list[Added]:
    """Write the entries that the library does not hold; one result an entry, in order."""
    known = _articles_by_hash(connection, library_id, {entry.content_hash for entry in entries})
    addresses = {entry.article.address for entry in entries if entry.article.address}
    held = held_at(connection, library_id, addresses)
    article_ids = itertools.count(_next_id(connection, "articles"))
    passage_ids = itertools.count(_next_id(connection, "passages"))
    now = datetime.now(timezone.utc)
    results: list[Added] = []
    new: list[tuple[NewArticle, Added]] = []
    for entry in entries:
        if entry.content_hash in known:
            results.append(Added(known[entry.content_hash], new=False, passage_ids=()))
            continue
        earlier = held.get(entry.article.address or "", [])
        if better := better_than(entry, earlier):
            results.append(Added(better, new=False, passage_ids=()))
            continue
        for one in earlier:
            known.pop(one.content_hash, None)
        replaced = [one.article.id for one in earlier]
        stored = StoredArticle(
            id=next(article_ids),
            title=entry.article.title,
            author=entry.article.author,
            site=entry.article.site,
            published=entry.article.published,
            source=entry.article.source,
            added=entry.article.added or now,
            words=entry.words,
            passages=len(entry.spans),
            language=entry.article.language,
            format=entry.article.format,
            pages=len(entry.article.pages),
            address=entry.article.address,
        )
        known[entry.content_hash] = stored
        ids = tuple(itertools.islice(passage_ids, len(entry.spans)))
        results.append(
            Added(
                stored,
                new=True,
                passage_ids=ids,
                replaced=max(replaced, default=None),
                removed_passages=tuple(remove_articles(connection, library_id, replaced)),
            )
        )
        new.append((entry, results[-1]))
    page = page_bytes(connection)
    embeddings = embedding_row(library_by_id(connection, library_id).generation)
    # One statement a table for the whole call: ten times faster than one an article.
    for table, rows in (
        (ArticleRow, [article_row(library_id, *pair, page) for pair in new]),
        (ArticleDetailsRow, [details_row(library_id, entry, result) for entry, result in new]),
        (PassageRow, [row for pair in new for row in passage_rows(library_id, *pair)]),
        (embeddings, [row for pair in new for row in embedding_rows(*pair)]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    index_passages(connection, library_id, (row for pair in new for row in word_rows(*pair)))
    return results


def remove_articles(connection: Connection, library_id: int, ids: Iterable[int]) -> list[int]:
    """Delete articles with all that hangs on them; the ids of their passages.

    Raises:
        UnknownArticleError: one of them is not in the library; the caller rolls back.
    """
    passage_ids: list[int] = []
    for batch in batches(dict.fromkeys(possible_id(int(article_id)) for article_id in ids)):
        ours = within(ArticleRow.library_id, library_id), ArticleRow.id.in_(batch)
        found = set(connection.scalars(select(ArticleRow.id).where(*ours)))
        for article_id in batch:
            if article_id not in found:
                raise unknown_article(article_id)
        passage_ids += connection.scalars(
            select(PassageRow.id)
            .where(PassageRow.library_id == library_id, PassageRow.article_id.in_(batch))
            .order_by(PassageRow.id)
        )
        forget_passages(connection, library_id, passage_texts(connection, library_id, batch))
        connection.execute(delete(ArticleRow).where(*ours))
    return passage_ids


def remove_library(connection: Connection, library_id: int) -> None:
    """Delete a library with all that hangs on it."""
    connection.execute(delete(LibraryRow).where(LibraryRow.id == library_id))


def next_revision(connection: Connection, library_id: int) -> int:
    """Count one more change of the library's passages."""
    connection.execute(
        update(LibraryRow)
        .where(LibraryRow.id == library_id)
        .values(revision=LibraryRow.revision + 1)
    )
    return connection.execute(
        select(LibraryRow.revision).where(LibraryRow.id == library_id)
    ).scalar_one()


def _articles_by_hash(
    connection: Connection, library_id: int, hashes: Iterable[str]
) -> dict[str, StoredArticle]:
    known: dict[str, StoredArticle] = {}
    for batch in batches(hashes):
        for row in connection.execute(
            STORED_ARTICLES.add_columns(ArticleRow.content_hash).where(
                ArticleRow.library_id == library_id, ArticleRow.content_hash.in_(batch)
            )
        ):
            fields = dict(row._mapping)
            content_hash = fields.pop("content_hash")
            known[content_hash] = StoredArticle(**fields)
    return known


def _next_id(connection: Connection, table: str) -> int:
    """The id SQLite would give next, never one that was used; ours while we hold the lock."""
    last = connection.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table}
    )
    return int(last or 0) + 1
