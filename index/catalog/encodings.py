"""How a library gets its next embeddings while it is asked with those it has.

They come into the table that its embeddings are not in (`tables.embedding_row`), and its row in
`libraries` says in `next_encoder` what is there of the library:

    NULL          nothing
    an identity   embeddings by that encoder, as far as it has come
    ''            embeddings of no use any more, which are being deleted

The switch changes that row alone. It takes no longer for a million passages than for ten, and
nobody ever reads embeddings of both encoders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from index.catalog.entries import LibraryInfo
from index.catalog.lookups import LIBRARY_COLUMNS, encoded_anew, library_by_id
from index.catalog.tables import ArticleRow, LibraryRow, PassageRow, embedding_row
from index.catalog.vectors import Vectors
from index.records import Candidate
from index.storage.database import Database

USELESS = ""
"""Stands for the encoder of embeddings that are only there to be deleted."""
DELETED_AT_ONCE = 1_000
"""Rows: others wait for the write lock no longer than their pages take to be overwritten."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a library's next encoder has not encoded yet, at one moment."""

    revision: int
    """The library's, at that moment."""
    last: int
    """The highest id of its articles; 0 without any."""
    articles: tuple[tuple[int, int], ...]
    """Ids of articles, ascending, and how many passages of each are waiting."""

    @property
    def passages(self) -> int:
        return sum(passages for _, passages in self.articles)


class Encodings:
    """The embeddings to come of the libraries of one database; safe for many threads.

    `task` is what `begin` returned. What is done to it raises EncodedAnewError when another
    process has finished it, or has begun with another encoder.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def library(self, library_id: int) -> LibraryInfo:
        """The library of this id, as it is now.

        Raises:
            UnknownLibraryError: there is no such library.
        """
        with self._database.read() as connection:
            return library_by_id(connection, library_id)

    def outdated(self, encoder: str) -> list[LibraryInfo]:
        """The libraries of other encoders than this one, and those with something unfinished."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(*LIBRARY_COLUMNS)
                .where(or_(LibraryRow.encoder != encoder, LibraryRow.next_encoder.is_not(None)))
                .order_by(LibraryRow.name)
            )
            return [LibraryInfo(**row._mapping) for row in rows]

    def note_query_prefix(self, encoder: str, prefix: str) -> None:
        """Have the libraries of this encoder know what it reads before a question."""
        others = LibraryRow.encoder == encoder, LibraryRow.query_prefix.is_distinct_from(prefix)
        with self._database.read() as connection:
            if connection.scalar(select(LibraryRow.id).where(*others).limit(1)) is None:
                return
        with self._database.write() as connection:
            connection.execute(update(LibraryRow).where(*others).values(query_prefix=prefix))

    def begin(self, library_id: int, encoder: str, dimension: int) -> LibraryInfo:
        """Have a library encoded anew; with the same encoder it goes on where it was.

        Raises:
            UnknownLibraryError: there is no such library.
        """
        while True:
            with self._database.write() as connection:
                library = library_by_id(connection, library_id)
                if (library.next_encoder, library.next_dimension) == (encoder, dimension):
                    return library
                free = library.next_encoder is None
                values = (encoder, dimension) if free else (USELESS, None)
                _set_next(connection, library_id, *values)
            if not free:
                self.delete_useless(library_id)

    def abandon(self, library_id: int) -> None:
        """Have a library keep its encoder; what another one has encoded of it is deleted."""
        with self._database.write() as connection:
            if library_by_id(connection, library_id).next_encoder is not None:
                _set_next(connection, library_id, USELESS, None)
        self.delete_useless(library_id)

    def waiting(self, task: LibraryInfo, after: int = 0) -> Waiting:
        """What is not encoded yet, of the articles with a higher id than `after`."""
        table = embedding_row(task.generation + 1)
        with self._database.read() as connection:
            revision = _unfinished(connection, task).revision
            of_library = PassageRow.library_id == task.id
            last = connection.scalar(select(func.max(PassageRow.article_id)).where(of_library))
            rows = connection.execute(
                select(PassageRow.article_id, func.count())
                .outerjoin(table, table.passage_id == PassageRow.id)
                .where(of_library, PassageRow.article_id > after, table.passage_id.is_(None))
                .group_by(PassageRow.article_id)
                .order_by(PassageRow.article_id)
            )
            return Waiting(revision, last or 0, tuple((article, n) for article, n in rows))

    def passages(self, task: LibraryInfo, article_id: int) -> list[Candidate]:
        """Those passages of an article that are not encoded yet; none where it is gone."""
        table = embedding_row(task.generation + 1)
        with self._database.read() as connection:
            spans = connection.execute(
                select(PassageRow.id, PassageRow.start, PassageRow.end)
                .outerjoin(table, table.passage_id == PassageRow.id)
                .where(
                    PassageRow.library_id == task.id,
                    PassageRow.article_id == article_id,
                    table.passage_id.is_(None),
                )
                .order_by(PassageRow.position)
            ).all()
            article = connection.execute(
                select(ArticleRow.title, ArticleRow.text).where(ArticleRow.id == article_id)
            ).one_or_none()
        if article is None:
            return []
        # Cut here: for each passage SQLite would walk through the text from its beginning.
        return [
            Candidate(passage, article_id, article.title, article.text[start:end], start)
            for passage, start, end in spans
        ]

    def store(self, task: LibraryInfo, passage_ids: Sequence[int], vectors: Vectors) -> None:
        """Keep the next embeddings [passages, next dimension] of passages that are still there."""
        if vectors.shape != (len(passage_ids), task.next_dimension):
            expected = len(passage_ids), task.next_dimension
            raise ValueError(f"The embeddings are {vectors.shape}, expected {expected}.")
        if not np.isfinite(vectors).all():
            raise ValueError("The embeddings hold values that are not finite.")
        rows = zip(passage_ids, np.ascontiguousarray(vectors, dtype="<f4"), strict=True)
        with self._database.write() as connection:
            _unfinished(connection, task)
            there = set(
                connection.scalars(
                    select(PassageRow.id).where(
                        PassageRow.library_id == task.id, PassageRow.id.in_(passage_ids)
                    )
                )
            )
            values = [
                {"passage_id": passage, "vector": vector.tobytes()}
                for passage, vector in rows
                if passage in there
            ]
            if values:
                table = embedding_row(task.generation + 1)
                # Another process may be at the same with the same encoder.
                connection.execute(insert(table).prefix_with("OR REPLACE"), values)

    def switch(self, task: LibraryInfo, revision: int, query_prefix: str) -> bool:
        """Make the next embeddings the library's, unless it has changed since this revision.

        Of that revision every passage must have one. Returns whether it was done; what was in
        their place is then to be deleted by `delete_useless`.
        """
        with self._database.write() as connection:
            if _unfinished(connection, task).revision != revision:
                return False
            connection.execute(
                update(LibraryRow)
                .where(LibraryRow.id == task.id)
                .values(
                    encoder=task.next_encoder,
                    dimension=task.next_dimension,
                    query_prefix=query_prefix,
                    generation=task.generation + 1,
                    revision=revision + 1,
                )
            )
            _set_next(connection, task.id, USELESS, None)
        return True

    def delete_useless(self, library_id: int) -> None:
        """Delete embeddings that are of no use any more, in many short transactions."""
        after: int | None = 0
        while after is not None:
            with self._database.write() as connection:
                after = _delete_some(connection, library_id, after)


def _unfinished(connection: Connection, task: LibraryInfo) -> LibraryInfo:
    """The library as it is now, where it is still being encoded as it was when that began."""
    library = library_by_id(connection, task.id)
    if (library.generation, library.next_encoder) != (task.generation, task.next_encoder):
        raise encoded_anew(library)
    return library


def _set_next(
    connection: Connection, library_id: int, encoder: str | None, dimension: int | None
) -> None:
    connection.execute(
        update(LibraryRow)
        .where(LibraryRow.id == library_id)
        .values(next_encoder=encoder, next_dimension=dimension)
    )


def _delete_some(connection: Connection, library_id: int, after: int) -> int | None:
    """Delete some, from the article after which to go on; None when there are none any more."""
    library = library_by_id(connection, library_id)
    if library.next_encoder != USELESS:
        return None
    table = embedding_row(library.generation + 1)
    rows = connection.execute(
        select(PassageRow.id, PassageRow.article_id)
        .join(table, table.passage_id == PassageRow.id)
        .where(PassageRow.library_id == library_id, PassageRow.article_id >= after)
        .order_by(PassageRow.article_id, PassageRow.id)
        .limit(DELETED_AT_ONCE)
    ).all()
    if rows:
        connection.execute(delete(table).where(table.passage_id.in_([row.id for row in rows])))
        return int(rows[-1].article_id)
    if after == 0:
        _set_next(connection, library_id, None, None)
        return None
    return 0  # from the beginning once more, to be certain


def drop_next(connection: Connection, library: LibraryInfo) -> None:
    """Delete a library's next embeddings in one transaction, for one that is taken in."""
    if library.next_encoder is not None:
        table = embedding_row(library.generation + 1)
        passages = select(PassageRow.id).where(PassageRow.library_id == library.id)
        connection.execute(delete(table).where(table.passage_id.in_(passages)))
        _set_next(connection, library.id, None, None)


def hand_over(connection: Connection, source: LibraryInfo, target: LibraryInfo) -> None:
    """Bring a library's embeddings to where those of another one are that takes it in."""
    drop_next(connection, source)
    here, there = embedding_row(source.generation), embedding_row(target.generation)
    if here is not there:
        passages = select(PassageRow.id).where(PassageRow.library_id == source.id)
        theirs = here.passage_id.in_(passages)
        moved = select(here.passage_id, here.vector).where(theirs)
        connection.execute(insert(there).from_select(["passage_id", "vector"], moved))
        connection.execute(delete(here).where(theirs))
    if target.next_encoder:  # its articles are no longer looked at in the order of their ids
        _set_next(connection, target.id, USELESS, None)
