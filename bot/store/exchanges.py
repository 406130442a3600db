"""What was saved and answered in each chat, and which messages hold which article."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.remembered import renumbered
from bot.store import tables
from bot.store.records import Exchange, Kind, Piece
from index import Database

COLUMNS = frozenset(tables.exchanges.c.keys()) - {"id", "chat_id", "message_id", "part"}

MOST_BEFORE = 50
"""Questions looked through for the one that another follows on from."""


class ExchangeGone(Exception):  # noqa: N818
    """The chat was forgotten while one of its messages was being answered."""


class Exchanges:
    """The exchanges of every chat. A chat's id is part of every query.

    Raises StorageError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        chat_id: int,
        message_id: int,
        kind: Kind,
        *,
        question: str | None = None,
        articles: Sequence[int] = (),
        part: int = 0,
        details: Mapping[str, Any] | None = None,
    ) -> Exchange:
        """The exchange of a message, or of a part of it: a new one, or that of an earlier attempt.

        One that there is already is left as it stands.
        """
        table = tables.exchanges
        values: dict[str, Any] = {
            "chat_id": chat_id,
            "message_id": message_id,
            "kind": kind.value,
            "part": part,
            "begun": time.time(),
            "told": False,
            "question": question,
            "articles": list(articles),
            "details": dict(details or {}),
        }
        with self._database.write() as connection:
            connection.execute(insert(table).values(values).on_conflict_do_nothing())
            row = connection.execute(
                select(table).where(
                    table.c.chat_id == chat_id,
                    table.c.message_id == message_id,
                    table.c.kind == kind.value,
                    table.c.part == part,
                )
            ).one()
        return _exchange(row)

    def change(self, exchange_id: int, **values: Any) -> Exchange:
        """Set columns of an exchange: told, reply_id, question, articles, details, kind.

        Raises:
            ExchangeGone: it was forgotten meanwhile.
        """
        unknown = values.keys() - COLUMNS
        if unknown:
            raise ValueError(f"No such columns: {sorted(unknown)}")
        if "articles" in values:
            values["articles"] = list(values["articles"])
        if "kind" in values:
            values["kind"] = Kind(values["kind"]).value
        table = tables.exchanges
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == exchange_id).values(**values))
            row = connection.execute(select(table).where(table.c.id == exchange_id)).one_or_none()
        if row is None:
            raise ExchangeGone
        return _exchange(row)

    def renumber(
        self, chat_id: int, old: int, new: int, *, stale: bool = False, library: int | None = None
    ) -> None:
        """Have everything of a chat that names an article of a library name it by another number.

        Args:
            chat_id: the chat.
            old: the number so far.
            new: the number from now on.
            stale: whether its text changed, so that answers remembered are of places in another.
            library: the chat whose library it is in, if it is not this one's.
        """
        table = tables.exchanges
        with self._database.write() as connection:
            rows = connection.execute(
                select(table.c.id, table.c.articles, table.c.details).where(
                    table.c.chat_id == chat_id
                )
            ).all()
            for row in rows:
                if row.details.get("library", chat_id) != (library or chat_id):
                    continue
                articles = [new if each == old else each for each in row.articles]
                details = renumbered(row.details, old, new, stale=stale)
                if articles != row.articles or details != row.details:
                    connection.execute(
                        update(table)
                        .where(table.c.id == row.id)
                        .values(articles=articles, details=details)
                    )

    def find(self, chat_id: int, exchange_id: int) -> Exchange | None:
        """An exchange of this chat by its number, which a button carries."""
        return self._first(chat_id, tables.exchanges.c.id == exchange_id)

    def of_message(self, chat_id: int, message_id: int, kind: Kind) -> Exchange | None:
        """What a person's message led to, or its first part."""
        table = tables.exchanges
        return self._first(chat_id, table.c.message_id == message_id, table.c.kind == kind.value)

    def parts_of_message(self, chat_id: int, message_id: int, kind: Kind) -> list[Exchange]:
        """What each part of a person's message led to, in order."""
        table = tables.exchanges
        with self._database.read() as connection:
            rows = connection.execute(
                select(table)
                .where(
                    table.c.chat_id == chat_id,
                    table.c.message_id == message_id,
                    table.c.kind == kind.value,
                )
                .order_by(table.c.part)
            ).all()
        return [_exchange(row) for row in rows]

    def of_reply(self, chat_id: int, reply_id: int) -> Exchange | None:
        """The exchange that a message of the bot's belongs to."""
        return self._first(chat_id, tables.exchanges.c.reply_id == reply_id)

    def asked_lately(self, chat_id: int, since: float, before: int | None = None) -> list[Exchange]:
        """The questions of a chat that were answered, the last first, as far as of interest.

        Args:
            chat_id: the chat.
            since: from when on (Unix seconds).
            before: the number of an exchange, where only those before it are meant.
        """
        table = tables.exchanges
        with self._database.read() as connection:
            rows = connection.execute(
                select(table)
                .where(
                    table.c.chat_id == chat_id,
                    table.c.kind == Kind.ASK.value,
                    table.c.id < (2**62 if before is None else before),
                    table.c.begun >= since,
                    table.c.told,
                )
                .order_by(table.c.id.desc())
                .limit(MOST_BEFORE)
            ).all()
        return [_exchange(row) for row in rows]

    def remove(self, exchange_id: int) -> None:
        """Forget an exchange."""
        table = tables.exchanges
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.id == exchange_id))

    def set_pieces(self, chat_id: int, article_id: int, pieces: Sequence[Piece]) -> None:
        """Replace what is known of the messages that hold an article."""
        table = tables.pieces
        rows = [
            {
                "chat_id": chat_id,
                "message_id": piece.message_id,
                "article_id": article_id,
                "start": piece.start,
                "end": piece.end,
                "entities": [list(entity) for entity in piece.entities],
                "thread_id": piece.thread_id,
            }
            for piece in pieces
        ]
        with self._database.write() as connection:
            connection.execute(
                delete(table).where(table.c.chat_id == chat_id, table.c.article_id == article_id)
            )
            if rows:
                connection.execute(insert(table), rows)

    def pieces_of_message(self, chat_id: int, message_id: int) -> list[Piece]:
        """The articles that a message holds a part of, or all of."""
        return self._pieces(chat_id, tables.pieces.c.message_id == message_id)

    def pieces_of_article(self, chat_id: int, article_id: int) -> list[Piece]:
        """The messages that hold an article, in its order."""
        return self._pieces(chat_id, tables.pieces.c.article_id == article_id)

    def forget_articles(self, chat_id: int, articles: Sequence[int]) -> None:
        """Forget which messages held these articles."""
        table = tables.pieces
        with self._database.write() as connection:
            connection.execute(
                delete(table).where(table.c.chat_id == chat_id, table.c.article_id.in_(articles))
            )

    def forget_words(self, chat_id: int, articles: Sequence[int]) -> None:
        """Forget the words of those of these articles that were taken for questions before."""
        table = tables.exchanges
        with self._database.write() as connection:
            rows = connection.execute(
                select(table.c.id, table.c.articles).where(
                    table.c.chat_id == chat_id,
                    table.c.kind == Kind.SAVE.value,
                    table.c.question.is_not(None),
                )
            ).all()
            ids = [row.id for row in rows if not set(articles).isdisjoint(row.articles)]
            if ids:
                connection.execute(update(table).where(table.c.id.in_(ids)).values(question=None))
                self._database.owe_rewriting(connection)
        if ids:
            self._database.rewrite()

    def forget_chat(self, chat_id: int) -> None:
        """Remove everything of a chat."""
        with self._database.write() as connection:
            for table in (tables.exchanges, tables.pieces):
                connection.execute(delete(table).where(table.c.chat_id == chat_id))

    def _first(self, chat_id: int, *conditions: Any) -> Exchange | None:
        table = tables.exchanges
        with self._database.read() as connection:
            row = connection.execute(
                select(table)
                .where(table.c.chat_id == chat_id, *conditions)
                .order_by(table.c.part)
                .limit(1)
            ).one_or_none()
        return _exchange(row) if row else None

    def _pieces(self, chat_id: int, condition: Any) -> list[Piece]:
        table = tables.pieces
        with self._database.read() as connection:
            rows = connection.execute(
                select(table)
                .where(table.c.chat_id == chat_id, condition)
                .order_by(table.c.article_id, table.c.start)
            ).all()
        return [
            Piece(
                row.chat_id,
                row.message_id,
                row.article_id,
                row.start,
                row.end,
                tuple((str(kind), int(start), int(end)) for kind, start, end in row.entities),
                row.thread_id,
            )
            for row in rows
        ]


def _exchange(row: Row[Any]) -> Exchange:
    return Exchange(
        id=row.id,
        chat_id=row.chat_id,
        message_id=row.message_id,
        kind=Kind(row.kind),
        begun=row.begun,
        told=row.told,
        reply_id=row.reply_id,
        question=row.question,
        articles=tuple(row.articles),
        details=row.details,
        part=row.part,
    )
