"""Standing questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store import tables
from bot.store.records import Watch
from index import Database


class Watches:
    """The standing questions of every chat. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        chat_id: int,
        user_id: int,
        library: int,
        question: str,
        *,
        thread_id: int | None,
        checked: int,
        told: Sequence[str],
    ) -> Watch:
        """Store a standing question, to be asked of articles with numbers above `checked`."""
        values = {
            "chat_id": chat_id,
            "thread_id": thread_id,
            "user_id": user_id,
            "library": library,
            "question": question,
            "since": time.time(),
            "checked": checked,
            "told": list(told),
        }
        table = tables.watches
        with self._database.write() as connection:
            added = connection.execute(insert(table).values(values).returning(table)).one()
        return _watch(added)

    def of_chat(self, chat_id: int) -> list[Watch]:
        """What a chat has asked to be told of, oldest first."""
        return self._all(tables.watches.c.chat_id == chat_id)

    def of_library(self, library: int) -> list[Watch]:
        """The standing questions of a library, whichever chat asked them, oldest first."""
        return self._all(tables.watches.c.library == library)

    def of_person(self, user_id: int) -> int:
        """How many somebody has, in all chats."""
        table = tables.watches
        with self._database.read() as connection:
            return int(
                connection.scalar(select(func.count()).where(table.c.user_id == user_id)) or 0
            )

    def libraries(self) -> list[int]:
        """The libraries that something is asked of."""
        with self._database.read() as connection:
            return list(connection.scalars(select(tables.watches.c.library).distinct()))

    def find(self, chat_id: int, watch_id: int) -> Watch | None:
        """A chat's standing question by its number, which a button carries."""
        table = tables.watches
        found = self._all((table.c.chat_id == chat_id) & (table.c.id == watch_id))
        return found[0] if found else None

    def note(self, watch_id: int, *, checked: int, told: Sequence[str]) -> None:
        """Note up to which article a question was asked, and what was told."""
        table = tables.watches
        with self._database.write() as connection:
            connection.execute(
                update(table).where(table.c.id == watch_id).values(checked=checked, told=list(told))
            )

    def remove(self, chat_id: int, watch_id: int) -> bool:
        """Forget a standing question; False when there is none of this number in the chat."""
        table = tables.watches
        with self._database.write() as connection:
            removed = connection.execute(
                delete(table).where(table.c.chat_id == chat_id, table.c.id == watch_id)
            )
            return removed.rowcount > 0

    def _all(self, condition: Any) -> list[Watch]:
        table = tables.watches
        with self._database.read() as connection:
            rows = connection.execute(select(table).where(condition).order_by(table.c.id)).all()
        return [_watch(row) for row in rows]


def _watch(row: Row[Any]) -> Watch:
    return Watch(
        id=row.id,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        user_id=row.user_id,
        library=row.library,
        question=row.question,
        since=row.since,
        checked=row.checked,
        told=tuple(row.told),
    )
