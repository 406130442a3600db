"""Closed by default: the owner decides, and nobody else becomes the owner."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update, User
from update_samples import ANN, BEN, button, message, person, update

from bot.access import Access
from bot.chats import Chats
from bot.store.records import Person, Role
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.workers import Workers

CLEO = 1003
USER = {number: User(number, f"Person {number}", False) for number in (ANN, BEN, CLEO)}


class Door:
    """Who may come in, and what is remembered of it from one start to the next."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self.workers = Workers(1)
        self.chats = Chats(self.store, self.workers)

    def opened(self, **settings: Any) -> Access:
        """As after a start of the bot."""
        access = Access(BotSettings(**settings), self.store, self.workers, self.chats)
        asyncio.run(access.load())
        return access

    def claimed(self, by: int = ANN) -> Access:
        """With an owner."""
        access = self.opened()
        assert access.claim_code
        assert asyncio.run(access.claim(USER[by], access.claim_code))
        return access

    def close(self) -> None:
        self.workers.close()
        self.store.close()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    made = Door(tmp_path)
    yield made
    made.close()


def admitted(access: Access) -> list[int]:
    return [number for number in USER if access.admits_person(number)]


def test_at_first_nobody_is_let_in(door: Door) -> None:
    access = door.opened()
    assert admitted(access) == []
    assert access.owner is None
    assert access.people == []


def test_who_knows_the_code_becomes_the_owner_once(door: Door) -> None:
    access = door.opened()
    code = access.claim_code
    assert code
    assert len(code) >= 12
    for wrong in ("", code[:-1], code + "x", code.swapcase(), "ключ"):
        assert not asyncio.run(access.claim(USER[BEN], wrong))
    assert asyncio.run(access.claim(USER[ANN], code))
    assert (access.owner, access.claim_code) == (ANN, None)
    assert not asyncio.run(access.claim(USER[BEN], code))
    assert admitted(access) == [ANN]


def test_of_two_who_send_the_code_at_once_one_becomes_the_owner(door: Door) -> None:
    access = door.opened()
    code = access.claim_code or ""

    async def race() -> list[bool]:
        return await asyncio.gather(*[access.claim(USER[number], code) for number in (ANN, BEN)])

    assert sorted(asyncio.run(race())) == [False, True]
    assert admitted(access) == [access.owner]


def test_each_start_without_an_owner_has_a_code_of_its_own(door: Door) -> None:
    first, second = door.opened().claim_code, door.opened().claim_code
    assert first
    assert second
    assert first != second


def test_the_owner_is_known_after_a_restart_and_there_is_no_code(door: Door) -> None:
    door.claimed()
    access = door.opened()
    assert (access.owner, access.claim_code) == (ANN, None)
    assert admitted(access) == [ANN]
    assert not asyncio.run(access.claim(USER[BEN], ""))


def test_whom_the_owner_lets_in_stays_in_until_sent_away(door: Door) -> None:
    access = door.claimed()
    asyncio.run(access.let_in(BEN, "Ben"))
    assert access.people == [Person(BEN, "Ben", Role.ALLOWED)]
    for each in (access, door.opened()):
        assert admitted(each) == [ANN, BEN]
    assert asyncio.run(access.send_away(BEN))
    assert not asyncio.run(access.send_away(BEN))
    for each in (access, door.opened()):
        assert admitted(each) == [ANN]


def test_the_owner_cannot_be_let_in_again_nor_sent_away(door: Door) -> None:
    access = door.claimed()
    asyncio.run(access.let_in(ANN, "Ann"))
    assert not asyncio.run(access.send_away(ANN))
    assert door.opened().owner == access.owner == ANN
    assert access.people == []


def test_the_owner_of_the_settings_needs_no_code(door: Door) -> None:
    access = door.opened(owner=ANN)
    assert (access.owner, access.claim_code) == (ANN, None)
    assert admitted(access) == [ANN]


def test_who_claimed_the_bot_is_out_when_the_settings_name_another_owner(door: Door) -> None:
    access = door.claimed(by=BEN)
    asyncio.run(access.let_in(CLEO, "Cleo"))
    access = door.opened(owner=ANN)
    assert access.owner == ANN
    assert admitted(access) == [ANN, CLEO]
    assert [each.user_id for each in access.people] == [CLEO]
    assert admitted(door.opened()) == [BEN, CLEO]


def test_who_was_let_in_may_be_named_as_the_owner(door: Door) -> None:
    asyncio.run(door.claimed().let_in(BEN, "Ben"))
    access = door.opened(owner=BEN)
    assert access.owner == BEN
    assert admitted(access) == [BEN]


def test_everyone_may_be_let_in_by_the_settings(door: Door) -> None:
    access = door.opened(access="everyone")
    assert admitted(access) == [ANN, BEN, CLEO]


def channel_post() -> Update:
    chat = {"id": -1007, "type": "channel", "title": "Harbour News"}
    return update(1, {"channel_post": {"message_id": 3, "date": 9, "chat": chat, "text": "News"}})


def updates_of(number: int) -> list[Update]:
    sent = message(1, chat=number).to_dict()["message"]
    chat = sent["chat"]
    inline = {"id": "1", "from": person(number), "query": "lamp", "offset": ""}
    member = {"user": person(77), "status": "member"}
    left = {"user": person(77), "status": "left"}
    return [
        message(1, chat=number),
        message(1, "/start code", chat=number),
        update(1, {"edited_message": sent}),
        button(1, chat=number),
        update(1, {"inline_query": inline}),
        update(
            1,
            {
                "my_chat_member": {
                    "chat": chat,
                    "from": person(number),
                    "date": 9,
                    "old_chat_member": member,
                    "new_chat_member": left,
                }
            },
        ),
    ]


def test_access_goes_for_every_kind_of_update(door: Door) -> None:
    access = door.claimed()
    assert [access.admits(given) for given in updates_of(ANN)] == [True] * 6
    assert [access.admits(given) for given in updates_of(BEN)] == [False] * 6


@pytest.mark.parametrize("settings", [{}, {"access": "everyone"}])
def test_bots_and_what_nobody_stands_behind_are_never_admitted(
    door: Door, settings: dict[str, str]
) -> None:
    access = door.opened(owner=ANN, **settings)
    assert not access.admits(channel_post())
    assert not access.admits(update(1, {}))
    assert not access.admits(message(1, sender={**person(ANN), "is_bot": True}))
