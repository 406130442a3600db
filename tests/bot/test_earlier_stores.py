"""The bot's records of every earlier version: brought up to date, or left whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from earlier_stores import GROUPS, LONG, PARTS, SCHEMAS, TOPICS, make_store
from interruptions import (
    StoppedError,
    bring_to,
    content,
    kill_migrations,
    known_until,
    revisions,
    schema,
    spread,
    stopped_at,
)

from bot.store.records import (
    ChatKind,
    ChatSettings,
    Exchange,
    Kind,
    KnownChat,
    PendingUpdate,
    Person,
    Piece,
    Role,
    Watch,
)
from bot.store.store import FILE, MIGRATIONS, Store
from index import Database, StorageError

REVISIONS = revisions(MIGRATIONS)
EARLIER = REVISIONS[:-1]
STEPS = list(zip(EARLIER, REVISIONS[1:], strict=True))
ANN, GROUP = 1001, -200
STOPS, KILLS = 5, 4
"""How often each migration is stopped, and killed."""


def store_of(folder: Path, revision: str) -> Path:
    """Records of this version; later ones are made by the migrations."""
    path = folder / FILE
    make_store(path, max(version for version in SCHEMAS if version <= revision))
    bring_to(path, MIGRATIONS, revision)
    return path


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = Store(folder)
    try:
        yield store
    finally:
        store.close()


def assert_everything_is_there(store: Store, revision: str) -> None:
    """Whatever the version could store."""
    assert store.people() == [
        Person(ANN, "Ann", Role.OWNER),
        Person(1002, "Bén 🦢", Role.ALLOWED),
    ]
    chats = {chat.chat_id: chat for chat in store.chats.all()}
    assert chats.pop(ANN) == KnownChat(ANN, since=1.25)
    assert chats.pop(1002) == KnownChat(1002, active=False, since=2.25)
    first = Exchange(4, ANN, 11, Kind.SAVE, 1.0, True, 12, None, (3,), {"added": [3]})
    second = Exchange(7, ANN, 11, Kind.SAVE, 3.0, True, 14, None, (5,), {}, 1)
    kept = [first, second] if revision >= PARTS else [first]
    assert store.exchanges.parts_of_message(ANN, 11, Kind.SAVE) == kept
    asked = Exchange(6, ANN, 13, Kind.ASK, 2.0, False, None, "Who saw it?")
    assert store.exchanges.of_message(ANN, 13, Kind.ASK) == asked
    assert store.exchanges.of_reply(ANN, 12) == first
    piece = Piece(ANN, 11, 3, 0, 38, (("bold", 4, 9),))
    assert store.exchanges.pieces_of_article(ANN, 3) == [piece]
    if revision >= GROUPS:
        settings = ChatSettings(language="de", quiet=True)
        assert chats.pop(GROUP) == KnownChat(
            GROUP, ChatKind.SUPERGROUP, "The reed cutters", "reeds", True, 5.5, True, settings
        )
        watch = Watch(3, ANN, None, ANN, GROUP, "Who cuts the reeds?", 4.5, 17, ("a1b2",))
        assert store.watches.of_chat(ANN) == [watch]
    assert chats == {}
    in_topic = Piece(GROUP, 21, 8, 5, 50, (), 77)
    assert store.exchanges.pieces_of_message(GROUP, 21) == [in_topic] * (revision >= TOPICS)


def assert_waiting(store: Store) -> None:
    """What was not done waits, what was done is known; this counts as an attempt."""
    pending = {update.update_id: update for update in store.pending()}
    assert pending.pop(71) == PendingUpdate(71, '{"text": "Waiting, {}"}', 2)
    assert (pending[72].payload, pending.pop(72).attempts) == (LONG.strip(), 0)
    assert pending == {}
    assert not store.take_in(72, None, "again")


@pytest.mark.parametrize("version", SCHEMAS)
def test_the_migrations_of_earlier_versions_are_what_they_were(
    tmp_path: Path, version: str
) -> None:
    make_store(tmp_path / "then.db", version)
    bring_to(tmp_path / "now.db", MIGRATIONS, version)
    assert schema(tmp_path / "then.db") == schema(tmp_path / "now.db")


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_an_earlier_version_kept_is_all_there_and_goes_on(
    tmp_path: Path, revision: str
) -> None:
    path = store_of(tmp_path, revision)
    with opened(tmp_path) as store:
        assert_everything_is_there(store, revision)
        assert not store.take_in(70, ANN, "done before")
        assert_waiting(store)
        bring_to(tmp_path / "new.db", MIGRATIONS, MIGRATIONS.head)
        assert schema(path) == schema(tmp_path / "new.db")

        assert store.exchanges.begin(ANN, 13, Kind.ASK).id == 6
        # Numbers are not given a second time: buttons of old messages carry them.
        begun = store.exchanges.begin(ANN, 99, Kind.ASK, question="Where now?")
        assert begun.id > 9
        store.exchanges.remove(begun.id)
        assert_everything_is_there(store, revision)
        store.forget_chat(ANN)
        assert store.exchanges.parts_of_message(ANN, 11, Kind.SAVE) == []


@pytest.mark.parametrize("older", EARLIER)
def test_an_earlier_version_refuses_each_later_one_and_leaves_it_as_it_is(
    tmp_path: Path, older: str
) -> None:
    known = known_until(MIGRATIONS, older, tmp_path / "older")
    for newer in REVISIONS[REVISIONS.index(older) + 1 :]:
        path = store_of(tmp_path / newer, newer)
        before = content(path)
        with pytest.raises(StorageError, match="newer") as caught:
            Database(path, known)
        assert "Update" in caught.value.hint
        assert content(path) == before


@pytest.mark.parametrize(("older", "newer"), STEPS)
def test_a_migration_that_fails_anywhere_leaves_the_records_as_they_were(
    tmp_path: Path, older: str, newer: str
) -> None:
    template = store_of(tmp_path / "template", older)
    before = content(template)
    shutil.copy(template, tmp_path / "whole.db")
    with stopped_at(0) as count:
        bring_to(tmp_path / "whole.db", MIGRATIONS, newer)
    for number in spread(count[0], STOPS):
        path = tmp_path / str(number) / FILE
        path.parent.mkdir()
        shutil.copy(template, path)
        with stopped_at(number), pytest.raises(StoppedError):
            bring_to(path, MIGRATIONS, newer)
        assert content(path) == before
    with opened(path.parent) as store:  # the one that came farthest
        assert_everything_is_there(store, older)


def test_a_migration_that_is_killed_anywhere_leaves_the_records_as_they_were(
    tmp_path: Path,
) -> None:
    templates = {newer: store_of(tmp_path / newer, older) for older, newer in STEPS}
    killed = kill_migrations(templates, MIGRATIONS, KILLS)
    for older, newer in STEPS:
        before = content(templates[newer])
        assert len(killed[newer]) == KILLS
        for path in killed[newer]:
            assert content(path) == before
        for path in killed[newer][:2]:
            path.rename(templates[newer])
            with opened(tmp_path / newer) as store:
                assert_everything_is_there(store, older)
