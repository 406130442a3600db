"""The bot's own database: pending updates, people and chats."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store import tables
from bot.store.chats import Chats
from bot.store.exchanges import Exchanges
from bot.store.moving import move_chat
from bot.store.records import PendingUpdate, Person, Role
from bot.store.watches import Watches
from index import Database, Migrations

FILE = "bot.db"
MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "0005")
KNOWN_FOR = 4 * 24 * 3600.0
"""Seconds that the id of a finished update is remembered; Telegram offers one for a day."""


class Store:
    """Pending updates, people, chats, and the exchanges of every chat; safe for many threads.

    Every method reads or writes a file: call it from a worker thread, never in an event loop.
    All of them raise StorageError.
    """

    def __init__(self, folder: Path) -> None:
        """Open the database in `folder`, making it if need be."""
        self._database = Database(folder / FILE, MIGRATIONS)
        self.exchanges = Exchanges(self._database)
        self.chats = Chats(self._database)
        self.watches = Watches(self._database)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def take_in(self, update_id: int, chat_id: int | None, payload: str) -> bool:
        """Store an update; False when it is known already, be it done or not."""
        with self._database.write() as connection:
            values = {
                "update_id": update_id,
                "chat_id": chat_id,
                "received": time.time(),
                "attempts": 0,
                "payload": self._database.apart(connection, payload),
            }
            inserted = connection.execute(
                insert(tables.updates).values(values).on_conflict_do_nothing()
            )
            return inserted.rowcount > 0

    def finish(self, update_ids: Sequence[int]) -> None:
        """Mark updates as done; of their content nothing is kept, soon in the log neither."""
        with self._database.write() as connection:
            connection.execute(
                update(tables.updates)
                .where(tables.updates.c.update_id.in_(update_ids))
                .values(payload=None)
            )
        self._database.erase_log_soon()

    def pending(self) -> list[PendingUpdate]:
        """The updates that are not done, in the order they came, each counted as tried again."""
        table = tables.updates
        with self._database.write() as connection:
            connection.execute(
                delete(table).where(
                    table.c.payload.is_(None), table.c.received < time.time() - KNOWN_FOR
                )
            )
            rows = connection.execute(
                select(table.c.update_id, table.c.payload, table.c.attempts)
                .where(table.c.payload.is_not(None))
                .order_by(table.c.update_id)
            ).all()
            connection.execute(
                update(table)
                .where(table.c.payload.is_not(None))
                .values(attempts=table.c.attempts + 1)
            )
        return [PendingUpdate(row.update_id, row.payload.strip(), row.attempts) for row in rows]

    def settle(self) -> None:
        """Count no attempt against what an orderly stop has left undone."""
        with self._database.write() as connection:
            connection.execute(
                update(tables.updates)
                .where(tables.updates.c.payload.is_not(None))
                .values(attempts=0)
            )

    def people(self) -> list[Person]:
        """Everybody who may talk to the bot, the owner first."""
        table = tables.people
        with self._database.read() as connection:
            rows = connection.execute(select(table).order_by(table.c.since)).all()
        found = [Person(row.user_id, row.name, Role(row.role)) for row in rows]
        return sorted(found, key=lambda person: person.role is not Role.OWNER)

    def admit(self, person: Person) -> None:
        """Remember a person; an owner stays the owner."""
        values = {
            "user_id": person.user_id,
            "name": person.name,
            "role": person.role.value,
            "since": time.time(),
        }
        with self._database.write() as connection:
            connection.execute(insert(tables.people).values(values).on_conflict_do_nothing())

    def claim(self, person: Person) -> bool:
        """Make a person the owner; False when there is an owner already."""
        table = tables.people
        with self._database.write() as connection:
            owner = connection.scalar(
                select(table.c.user_id).where(table.c.role == Role.OWNER.value)
            )
            if owner is not None:
                return bool(owner == person.user_id)
            connection.execute(delete(table).where(table.c.user_id == person.user_id))
            connection.execute(
                insert(table).values(
                    user_id=person.user_id,
                    name=person.name,
                    role=Role.OWNER.value,
                    since=time.time(),
                )
            )
            return True

    def dismiss(self, user_id: int) -> bool:
        """Forget a person who was let in; False for the owner and for strangers."""
        table = tables.people
        with self._database.write() as connection:
            removed = connection.execute(
                delete(table).where(table.c.user_id == user_id, table.c.role == Role.ALLOWED.value)
            )
            return removed.rowcount > 0

    def forget_chat(self, chat_id: int) -> None:
        """Remove everything that is kept of a chat, its pending updates included."""
        self.exchanges.forget_chat(chat_id)
        with self._database.write() as connection:
            connection.execute(delete(tables.chats).where(tables.chats.c.chat_id == chat_id))
            connection.execute(
                delete(tables.watches).where(
                    (tables.watches.c.chat_id == chat_id) | (tables.watches.c.library == chat_id)
                )
            )
            # Their ids stay known: what was forgotten must not come in a second time.
            connection.execute(
                update(tables.updates)
                .where(tables.updates.c.chat_id == chat_id)
                .values(payload=None, chat_id=None)
            )
            self._database.owe_rewriting(connection)
        self._database.rewrite()

    def move_chat(self, old: int, new: int) -> None:
        """Have everything that names a chat name the one that it has become; once or again."""
        with self._database.write() as connection:
            move_chat(connection, old, new)
            self._database.owe_rewriting(connection)
        self._database.rewrite()

    def erase_log(self) -> None:
        """Leave nothing of what was forgotten in the write-ahead log."""
        self._database.erase_log()
