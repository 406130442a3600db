"""The bot's own records: kept over a restart, and gone when they are forgotten."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.store import tables
from bot.store.records import Kind, PendingUpdate, Person, Piece, Role
from bot.store.store import FILE, KNOWN_FOR, MIGRATIONS, Store
from index import Database

ANN, BEN = 1001, 1002
SECRET = "xylophonequartz"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def on_disk(folder: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def sql(folder: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / FILE)
    try:
        rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows
    finally:
        connection.close()


def test_the_head_in_the_code_is_the_head_of_the_migrations() -> None:
    assert ScriptDirectory(str(MIGRATIONS.folder)).get_heads() == [MIGRATIONS.head]


def test_the_migrations_make_what_the_tables_say(store: Store, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / FILE}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.METADATA) == []
    engine.dispose()
    ((made,),) = sql(tmp_path, "SELECT sql FROM sqlite_master WHERE name = 'exchanges'")
    assert "AUTOINCREMENT" in str(made)


def test_what_was_kept_before_messages_had_parts_is_there_as_the_first(tmp_path: Path) -> None:
    earlier = Database(tmp_path / FILE, replace(MIGRATIONS, head="0001"))
    earlier.close()
    sql(
        tmp_path,
        "INSERT INTO exchanges (chat_id, message_id, kind, begun, told, reply_id, articles, "
        "details) VALUES (1001, 5, 'save', 1.0, 1, 6, '[3]', '{\"added\": [3]}')",
    )
    opened = Store(tmp_path)
    (kept,) = opened.exchanges.parts_of_message(ANN, 5, Kind.SAVE)
    assert (kept.part, kept.articles, kept.reply_id, kept.told) == (0, (3,), 6, True)
    assert opened.exchanges.begin(ANN, 5, Kind.SAVE) == kept
    assert opened.exchanges.begin(ANN, 5, Kind.SAVE, part=1).id != kept.id
    opened.close()


def test_an_update_is_taken_in_once(store: Store) -> None:
    assert store.take_in(7, ANN, "first")
    assert not store.take_in(7, ANN, "again")
    assert store.pending() == [PendingUpdate(7, "first", 0)]
    store.finish([7])
    assert not store.take_in(7, ANN, "again")
    assert store.pending() == []


def test_what_is_not_done_waits_in_order_over_a_restart_and_counts_its_attempts(
    tmp_path: Path,
) -> None:
    first = Store(tmp_path)
    for number in (12, 10, 11):
        first.take_in(number, ANN, f"update {number}")
    first.finish([11])
    first.close()
    for attempts in range(3):
        opened = Store(tmp_path)
        assert opened.pending() == [
            PendingUpdate(10, "update 10", attempts),
            PendingUpdate(12, "update 12", attempts),
        ]
        opened.close()


def test_the_content_of_a_finished_update_is_not_kept(store: Store, tmp_path: Path) -> None:
    store.take_in(1, ANN, SECRET)
    store.take_in(2, ANN, "staying")
    store.finish([1])
    store.close()  # takes the log into the file
    assert SECRET.encode() not in on_disk(tmp_path)
    assert b"staying" in on_disk(tmp_path)


def test_finished_updates_are_known_for_days_and_waiting_ones_for_ever(
    store: Store, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        store.take_in(number, ANN, "content")
    store.finish([1, 2])
    sql(tmp_path, f"UPDATE updates SET received = {time.time() - KNOWN_FOR - 60} WHERE update_id>1")
    assert [pending.update_id for pending in store.pending()] == [3]
    assert not store.take_in(1, ANN, "again")
    assert store.take_in(2, ANN, "another one, by now")


def test_people_are_listed_with_the_owner_first(store: Store) -> None:
    ben, ann = Person(BEN, "Ben", Role.ALLOWED), Person(ANN, "Ann", Role.OWNER)
    store.admit(ben)
    store.admit(replace(ben, name="Twice"))
    assert store.claim(ann)
    assert store.people() == [ann, ben]


def test_there_is_one_owner_who_stays(store: Store) -> None:
    ann, ben = Person(ANN, "Ann", Role.OWNER), Person(BEN, "Ben", Role.OWNER)
    assert store.claim(ann)
    assert store.claim(ann)
    assert not store.claim(ben)
    store.admit(replace(ann, role=Role.ALLOWED))
    assert not store.dismiss(ANN)
    assert store.people() == [ann]


def test_who_was_let_in_can_become_the_owner(store: Store) -> None:
    store.admit(Person(BEN, "Ben", Role.ALLOWED))
    assert store.claim(Person(BEN, "Ben", Role.OWNER))
    assert store.people() == [Person(BEN, "Ben", Role.OWNER)]


def test_who_was_let_in_can_be_sent_away_once(store: Store) -> None:
    store.admit(Person(BEN, "Ben", Role.ALLOWED))
    assert store.dismiss(BEN)
    assert not store.dismiss(BEN)
    assert store.people() == []


def test_of_many_who_claim_the_bot_at_once_one_gets_it(store: Store) -> None:
    start = threading.Barrier(4)
    claimed: list[int] = []

    def claim(user: int) -> None:
        start.wait()
        if store.claim(Person(user, "", Role.OWNER)):
            claimed.append(user)

    _together([threading.Thread(target=claim, args=(user,)) for user in range(1, 5)])
    assert [person.user_id for person in store.people()] == claimed
    assert len(claimed) == 1


def active(store: Store) -> list[int]:
    return sorted(chat.chat_id for chat in store.chats.all() if chat.active)


def test_a_chat_is_active_until_it_is_not_and_again(store: Store) -> None:
    store.chats.note(ANN, active=True)
    store.chats.note(BEN, active=True)
    store.chats.note(ANN, active=False)
    assert active(store) == [BEN]
    store.chats.note(ANN, active=True)
    assert active(store) == [ANN, BEN]


def test_a_forgotten_chat_leaves_no_byte_of_what_was_said(store: Store, tmp_path: Path) -> None:
    for chat in (ANN, BEN):
        kept = SECRET if chat == ANN else "staying"
        store.take_in(chat, chat, f"{kept} update")
        store.chats.note(chat, active=True)
        for number in range(40):
            begun = store.exchanges.begin(chat, number, Kind.ASK, question=f"{kept} {number}?")
            store.exchanges.change(begun.id, details={"words": kept * 50}, articles=[1])
        store.exchanges.set_pieces(chat, 1, [Piece(chat, 5, 1, 0, 9, ((f"{kept} bold", 0, 3),))])
    assert on_disk(tmp_path).count(SECRET.encode()) > 80

    store.forget_chat(ANN)

    left = on_disk(tmp_path)
    assert SECRET.encode() not in left
    assert left.count(b"staying") > 80
    assert active(store) == [BEN]
    assert store.exchanges.of_message(ANN, 1, Kind.ASK) is None
    assert store.exchanges.pieces_of_article(ANN, 1) == []
    assert len(store.exchanges.pieces_of_article(BEN, 1)) == 1
    assert [pending.update_id for pending in store.pending()] == [BEN]
    for name in ("updates", "chats", "exchanges", "pieces"):
        assert sql(tmp_path, f"SELECT count(*) FROM {name} WHERE chat_id = {ANN}") == [(0,)]


def test_an_update_of_a_forgotten_chat_does_not_come_in_again(store: Store) -> None:
    store.take_in(1, ANN, "done")
    store.take_in(2, ANN, "waiting")
    store.finish([1])
    store.forget_chat(ANN)
    assert not store.take_in(1, ANN, "done")
    assert not store.take_in(2, ANN, "waiting")
    assert store.pending() == []


def test_threads_may_write_and_read_at_once(store: Store) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def work(chat: int) -> None:
        try:
            start.wait()
            for number in range(15):
                assert store.take_in(chat * 100 + number, chat, "content")
                begun = store.exchanges.begin(chat, number, Kind.ASK, question=str(number))
                store.exchanges.change(begun.id, told=True)
                found = store.exchanges.find(chat, begun.id)
                assert found
                assert (found.question, found.told) == (str(number), True)
        except BaseException as failure:
            failures.append(failure)

    _together([threading.Thread(target=work, args=(chat,)) for chat in (1, 2, 3, 4)])
    assert failures == []
    assert len(store.pending()) == 60


def _together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
