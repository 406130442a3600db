"""A group that has become a supergroup: another chat to Telegram, the same to its people."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.store import tables
from bot.store.records import ChatKind


def move_chat(connection: Connection, old: int, new: int) -> None:
    """Have everything that names a chat name the one that it has become; once or again.

    Its messages are numbered anew there, so what is known of the old ones is forgotten: under the
    old numbers there are other messages now. The old chat stays known as one that was left.
    """
    _know(connection, old, new)
    for table in (tables.exchanges, tables.pieces):
        connection.execute(delete(table).where(table.c.chat_id == old))
    watches = tables.watches
    for column in (watches.c.chat_id, watches.c.library):
        connection.execute(update(watches).where(column == old).values({column.name: new}))
    _choose(connection, old, new)
    _read_from(connection, old, new)


def _know(connection: Connection, old: int, new: int) -> None:
    """Let the new chat be set as the old one was, but for what has been set there already."""
    table = tables.chats
    known = {
        row.chat_id: row
        for row in connection.execute(select(table).where(table.c.chat_id.in_([old, new])))
    }
    before, now = known.get(old), known.get(new)
    if before is None:
        return
    if now is None:
        connection.execute(insert(table).values(_successor(before, new)))
    else:
        chosen = {name: value for name, value in now.settings.items() if value}
        connection.execute(
            update(table)
            .where(table.c.chat_id == new)
            .values(
                settings={**before.settings, **chosen},
                admitted=before.admitted or now.admitted,
            )
        )
    # Without settings: when this is done again, they must not come back.
    left: dict[str, Any] = {
        "active": False,
        "settings": {},
        "since": time.time() if before.active else before.since,
    }
    connection.execute(update(table).where(table.c.chat_id == old).values(left))


def _successor(before: Row[Any], new: int) -> dict[str, Any]:
    return {
        "chat_id": new,
        "active": True,
        "since": time.time(),
        "kind": ChatKind.SUPERGROUP.value,
        "title": before.title,
        "username": before.username,
        "admitted": before.admitted,
        "settings": before.settings,
    }


def _choose(connection: Connection, old: int, new: int) -> None:
    """Private chats that are answered from the old chat's library are so from the new one's."""
    table = tables.chats
    rows = connection.execute(select(table.c.chat_id, table.c.settings)).all()
    for row in rows:
        if row.settings.get("using") == old:
            connection.execute(
                update(table)
                .where(table.c.chat_id == row.chat_id)
                .values(settings={**row.settings, "using": new})
            )


def _read_from(connection: Connection, old: int, new: int) -> None:
    """So are the answers that were given there."""
    table = tables.exchanges
    library = table.c.details["library"].as_integer()
    rows = connection.execute(select(table.c.id, table.c.details).where(library == old)).all()
    for row in rows:
        connection.execute(
            update(table)
            .where(table.c.id == row.id)
            .values(details={**row.details, "library": new})
        )
