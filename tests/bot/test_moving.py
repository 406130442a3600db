"""A group gets another number: what names it in the bot's own records names the new one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.records import ChatKind, ChatSettings, Kind, KnownChat, Piece
from bot.store.store import Store

ANN, BEN = 1001, 1002
OLD, NEW, OTHER = -55, -1009, -66


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def works(store: Store, chat: int, kind: ChatKind = ChatKind.GROUP, **settings: object) -> None:
    store.chats.note(chat, kind=kind, title=f"Circle {chat}", admitted=True)
    store.chats.set(chat, ChatSettings(**settings))  # type: ignore[arg-type]


def known(store: Store, chat: int) -> KnownChat | None:
    return next((each for each in store.chats.all() if each.chat_id == chat), None)


def test_the_supergroup_is_set_and_admitted_as_the_group_was(store: Store) -> None:
    works(store, OLD, language="fr", quiet=True)
    store.move_chat(OLD, NEW)
    new, old = known(store, NEW), known(store, OLD)
    assert new
    assert old
    assert (new.kind, new.title, new.active) == (ChatKind.SUPERGROUP, f"Circle {OLD}", True)
    assert (new.admitted, new.settings) == (True, ChatSettings(language="fr", quiet=True))
    assert (old.active, old.admitted, old.settings) == (False, True, ChatSettings())


def test_what_was_set_in_the_new_chat_stays_however_often_it_is_done(store: Store) -> None:
    works(store, OLD, language="fr", zone="Europe/Paris", quiet=True)
    store.chats.note(NEW, kind=ChatKind.SUPERGROUP)
    store.chats.set(NEW, ChatSettings(language="de"))
    store.move_chat(OLD, NEW)
    new = known(store, NEW)
    assert new
    assert new.settings == ChatSettings(language="de", zone="Europe/Paris", quiet=True)
    assert new.admitted
    store.chats.set(NEW, ChatSettings(zone="Europe/Rome"))
    since = [each.since for each in store.chats.all()]
    time.sleep(0.01)
    store.move_chat(OLD, NEW)
    new = known(store, NEW)
    assert new
    assert new.settings == ChatSettings(zone="Europe/Rome")
    assert [each.since for each in store.chats.all()] == since


def test_a_group_that_nobody_knows_moves_nothing(store: Store) -> None:
    works(store, OTHER, language="fr")
    before = store.chats.all()
    store.move_chat(OLD, NEW)
    assert store.chats.all() == before


def test_no_message_of_the_new_chat_is_taken_for_one_of_the_old(store: Store) -> None:
    for chat in (OLD, OTHER):
        begun = store.exchanges.begin(chat, 7, Kind.SAVE, articles=[3])
        store.exchanges.change(begun.id, reply_id=8, told=True)
        store.exchanges.set_pieces(chat, 3, [Piece(chat, 7, 3, 0, 9)])
    store.move_chat(OLD, NEW)
    for chat, there in ((OLD, False), (NEW, False), (OTHER, True)):
        assert bool(store.exchanges.of_message(chat, 7, Kind.SAVE)) is there
        assert bool(store.exchanges.of_reply(chat, 8)) is there
        assert bool(store.exchanges.pieces_of_message(chat, 7)) is there


def test_who_is_answered_from_the_group_is_so_from_the_supergroup(store: Store) -> None:
    works(store, ANN, ChatKind.PRIVATE, using=OLD, language="es")
    works(store, BEN, ChatKind.PRIVATE, using=OTHER)
    begun = [
        store.exchanges.begin(ANN, number, Kind.ASK, question="Who?", details=details)
        for number, details in enumerate([{"library": OLD, "by": 5}, {"library": OTHER}, {}])
    ]
    store.move_chat(OLD, NEW)
    settings = [known(store, chat) for chat in (ANN, BEN)]
    assert [each and each.settings.using for each in settings] == [NEW, OTHER]
    assert settings[0]
    assert settings[0].settings.language == "es"
    found = [store.exchanges.find(ANN, each.id) for each in begun]
    assert [each and each.library for each in found] == [NEW, OTHER, ANN]
    assert found[0]
    assert found[0].details == {"library": NEW, "by": 5}


def test_standing_questions_go_with_the_group(store: Store) -> None:
    for chat, library in ((OLD, OLD), (ANN, OLD), (ANN, ANN), (OTHER, OTHER)):
        store.watches.add(chat, ANN, library, "Who?", thread_id=None, checked=4, told=())
    store.move_chat(OLD, NEW)
    assert [(each.chat_id, each.library) for each in store.watches.of_chat(NEW)] == [(NEW, NEW)]
    assert store.watches.of_chat(OLD) == []
    assert {each.library for each in store.watches.of_chat(ANN)} == {NEW, ANN}
    assert [each.library for each in store.watches.of_chat(OTHER)] == [OTHER]
