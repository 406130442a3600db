"""Where the bot's own records keep words: where they are overwritten, or written anew without."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from file_pages import cells, write_into_gap
from leftovers import Speaker, pieces_left
from update_samples import ANN

from bot.store.records import Kind
from bot.store.store import FILE, Store


def there(data: Path, *texts: str) -> bool:
    """Whether any of it is on the disk."""
    return bool(pieces_left(data, texts))


def test_a_rewriting_that_is_owed_is_done_when_the_file_is_opened(tmp_path: Path) -> None:
    text = Speaker(30).words(5)
    with closing(Store(tmp_path)) as store:
        store.exchanges.begin(ANN, 1, Kind.ASK, question="Who lit the lamp?")
    write_into_gap(tmp_path / FILE, "exchanges", text.encode())
    with closing(Store(tmp_path)) as store:
        assert there(tmp_path, text)
        with store._database.write() as connection:
            store._database.owe_rewriting(connection)
    assert there(tmp_path, text)
    for _ in range(2):
        with closing(Store(tmp_path)):
            assert not there(tmp_path, text)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (0,)


def test_an_update_is_stored_behind_the_cell_of_its_row(tmp_path: Path) -> None:
    speaker = Speaker(31)
    payloads = [json.dumps({"text": speaker.foreign(n)}) for n in (*range(1, 60, 3), 300, 3_000)]
    with closing(Store(tmp_path)) as store:
        for number, payload in enumerate(payloads):
            assert store.take_in(number, ANN, payload)
        assert [each.payload for each in store.pending()] == payloads
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        rows = database.execute("SELECT payload FROM updates ORDER BY update_id").fetchall()
    blanks = [len(stored) - len(stored.lstrip()) for (stored,) in rows]
    found = sorted(cells(tmp_path / FILE, "updates"), key=lambda cell: cell.id)
    assert len(found) == len(payloads)
    for cell, blank in zip(found, blanks, strict=True):
        assert cell.starts[-1] + blank >= cell.local


def test_updates_that_an_earlier_version_had_stored_are_done_all_the_same(tmp_path: Path) -> None:
    text = Speaker(32).words(9)
    with closing(Store(tmp_path)) as store:
        store.take_in(1, ANN, json.dumps({"text": "waiting"}))
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.execute("UPDATE updates SET payload = trim(payload)")
        database.execute("UPDATE alembic_version SET version_num = '0004'")
    write_into_gap(tmp_path / FILE, "exchanges", text.encode())
    assert there(tmp_path, text)
    with closing(Store(tmp_path)) as store:
        assert [each.payload for each in store.pending()] == [json.dumps({"text": "waiting"})]
        assert not there(tmp_path, text)
    (cell,) = cells(tmp_path / FILE, "updates")
    assert cell.local < cell.length
