"""An inbox and what stands behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Update
from update_samples import BEN

from bot.inbox import Inbox
from bot.store.store import FILE, Store
from bot.workers import Workers


@dataclass(frozen=True)
class Postbox:
    """An inbox, the updates it passed on and those it stored."""

    folder: Path
    store: Store
    inbox: Inbox

    def passed_on(self) -> list[Update]:
        taken = [self.inbox.get_nowait() for _ in range(self.inbox.qsize())]
        assert all(isinstance(each, Update) for each in taken)
        return [each for each in taken if isinstance(each, Update)]

    def stored(self) -> dict[int, str]:
        """What another program sees in the file: the payloads by update."""
        connection = sqlite3.connect(self.folder / FILE)
        try:
            return dict(connection.execute("SELECT update_id, trim(payload) FROM updates"))
        finally:
            connection.close()

    def execute(self, statement: str) -> None:
        connection = sqlite3.connect(self.folder / FILE)
        connection.execute(statement)
        connection.commit()
        connection.close()


@contextmanager
def opened(folder: Path) -> Iterator[Postbox]:
    """An inbox to which Ben is a stranger."""
    store, workers = Store(folder), Workers(1)

    def admits(update: Update) -> bool:
        return update.effective_user is not None and update.effective_user.id != BEN

    try:
        yield Postbox(folder, store, Inbox(store, workers, admits))
    finally:
        workers.close()
        store.close()
