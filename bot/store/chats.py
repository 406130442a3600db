"""The chats that the bot is in or was, and how they are set."""

from __future__ import annotations

import time
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store import tables
from bot.store.records import ChatKind, ChatSettings, KnownChat
from index import Database

COLUMNS = frozenset(tables.chats.c.keys()) - {"chat_id", "settings", "since"}
_SETTINGS = frozenset(field.name for field in fields(ChatSettings))


class Chats:
    """The table of chats. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[KnownChat]:
        """Every chat that is known."""
        with self._database.read() as connection:
            rows = connection.execute(select(tables.chats)).all()
        return [_known(row) for row in rows]

    def note(self, chat_id: int, **values: Any) -> KnownChat:
        """Set columns of a chat, known or new: kind, title, username, active, admitted."""
        table = tables.chats
        unknown = values.keys() - COLUMNS
        if unknown:
            raise ValueError(f"No such columns: {sorted(unknown)}")
        if "kind" in values:
            values["kind"] = ChatKind(values["kind"]).value
        now = time.time()
        with self._database.write() as connection:
            connection.execute(
                insert(table)
                .values(chat_id=chat_id, active=True, since=now, settings={})
                .on_conflict_do_nothing()
            )
            if "active" in values:
                connection.execute(
                    update(table)
                    .where(table.c.chat_id == chat_id, table.c.active != values["active"])
                    .values(since=now)
                )
            if values:
                connection.execute(update(table).where(table.c.chat_id == chat_id).values(**values))
            row = connection.execute(select(table).where(table.c.chat_id == chat_id)).one()
        return _known(row)

    def set(self, chat_id: int, settings: ChatSettings) -> None:
        """Store how a chat is set; it must be known."""
        table = tables.chats
        with self._database.write() as connection:
            connection.execute(
                update(table).where(table.c.chat_id == chat_id).values(settings=asdict(settings))
            )


def _known(row: Row[Any]) -> KnownChat:
    given = {name: value for name, value in row.settings.items() if name in _SETTINGS}
    return KnownChat(
        chat_id=row.chat_id,
        kind=ChatKind(row.kind),
        title=row.title,
        username=row.username,
        active=row.active,
        since=row.since,
        admitted=row.admitted,
        settings=ChatSettings(**given),
    )
