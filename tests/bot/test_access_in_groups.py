"""In a group or channel that somebody admitted brought the bot to, everybody may talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from recording_request import BOT, TOKEN, RecordingRequest
from telegram import Bot, Chat, Update
from update_samples import ANN, BEN, button, message, person, update

from bot.access import Access
from bot.chats import Chats
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.workers import Workers

GROUP, OTHER, CHANNEL = -1001, -1002, -1007
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


class Entrance:
    """Who may come in; Ann owns the bot, and Ben is a stranger to it."""

    def __init__(self, folder: Path) -> None:
        self.store, self.workers = Store(folder), Workers(1)
        self.chats = Chats(self.store, self.workers)
        request = RecordingRequest()
        self.bot = Bot(TOKEN, request=request, get_updates_request=request)
        asyncio.run(self.bot.get_me())

    def access(self, **settings: Any) -> Access:
        chosen = BotSettings(**{"owner": ANN, **settings})
        access = Access(chosen, self.store, self.workers, self.chats)
        asyncio.run(access.load())
        return access

    def admit(self, chat: int, kind: str = "supergroup", *, admitted: bool = True) -> None:
        asyncio.run(self.chats.note(Chat(chat, kind, title="Circle"), admitted=admitted))

    def says(self, text: str, by: int = ANN, chat: int = GROUP, **fields: Any) -> Update:
        sender = fields.pop("sender", person(by))
        return message(1, text, chat=chat, sender=sender, bot=self.bot, **fields)


@pytest.fixture
def entrance(tmp_path: Path) -> Iterator[Entrance]:
    made = Entrance(tmp_path)
    yield made
    made.workers.close()
    made.store.close()


def mention(text: str, kind: str = "mention", **more: Any) -> dict[str, Any]:
    return {"entities": [{"type": kind, "offset": 0, "length": len(text.split()[0]), **more}]}


def moved(by: int, kind: str = "supergroup", *, is_bot: bool = False) -> Update:
    """The bot is added to a chat."""
    member = {"user": BOT, "status": "left"}
    change = {
        "chat": {"id": GROUP, "type": kind, "title": "Circle"},
        "from": {**person(by), "is_bot": is_bot},
        "date": 9,
        "old_chat_member": member,
        "new_chat_member": {**member, "status": "member"},
    }
    return update(1, {"my_chat_member": change})


def post(chat: int = CHANNEL) -> Update:
    told = {"id": chat, "type": "channel", "title": "Harbour Post"}
    return update(1, {"channel_post": {"message_id": 3, "date": 9, "chat": told, "text": "News"}})


def test_in_an_admitted_group_everybody_may_and_elsewhere_nobody_new(entrance: Entrance) -> None:
    access = entrance.access()
    entrance.admit(GROUP)
    entrance.admit(OTHER, admitted=False)
    for by in (ANN, BEN):
        assert access.admits(entrance.says("Hello", by))
        assert access.admits(button(1, chat=GROUP))
        assert access.admits(update(1, {"edited_message": {**_sent(by), "edit_date": 9}}))
        assert not access.admits(entrance.says("Hello", by, OTHER))
    assert not access.admits(entrance.says("Hello", BEN, BEN))
    assert not access.admits(button(1, chat=OTHER))


def _sent(by: int) -> dict[str, Any]:
    chat = {"id": GROUP, "type": "supergroup", "title": "Circle"}
    return {"message_id": 3, "date": 9, "chat": chat, "from": person(by), "text": "Hello"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("@cuttings_bot hello", mention("@cuttings_bot")),
        ("@Cuttings_Bot hello", mention("@Cuttings_Bot")),
        ("Cuttings hello", mention("Cuttings", "text_mention", user=BOT)),
        ("/ask@cuttings_bot when?", mention("/ask@cuttings_bot", "bot_command")),
        (
            "And when?",
            {"reply_to_message": {**_sent(ANN), "from": BOT}},
        ),
    ],
)
def test_who_is_admitted_brings_the_bot_to_a_group_by_speaking_to_it(
    entrance: Entrance, text: str, fields: dict[str, Any]
) -> None:
    access = entrance.access()
    assert access.admits(entrance.says(text, ANN, **fields))
    assert not access.admits(entrance.says(text, BEN, **fields))
    anonymous = entrance.says(text, sender=ANONYMOUS, sender_chat={"id": GROUP, "type": "group"})
    assert not access.admits(anonymous)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Hello there", {}),
        ("@another_bot hello", mention("@another_bot")),
        ("@cuttings_bot2 hello", mention("@cuttings_bot2")),
        ("@my_cuttings_bot hello", mention("@my_cuttings_bot")),
        ("@cuttings_bot hello", {}),
        ("Person hello", mention("Person", "text_mention", user=person(BEN))),
        ("/help", mention("/help", "bot_command")),
        ("/help@another_bot", mention("/help@another_bot", "bot_command")),
        ("And when?", {"reply_to_message": _sent(BEN)}),
    ],
)
def test_what_is_said_to_others_in_a_group_that_is_not_admitted_is_not_for_the_bot(
    entrance: Entrance, text: str, fields: dict[str, Any]
) -> None:
    assert not entrance.access().admits(entrance.says(text, ANN, **fields))


def test_who_is_admitted_may_bring_the_bot_to_a_chat(entrance: Entrance) -> None:
    access = entrance.access()
    for kind in ("group", "supergroup", "channel"):
        assert access.admits(moved(ANN, kind))
        assert not access.admits(moved(BEN, kind))
    assert not access.admits(moved(ANN, is_bot=True))
    entrance.admit(GROUP)
    assert access.admits(moved(BEN))


def test_where_everyone_may_talk_to_the_bot_everyone_may_bring_it(entrance: Entrance) -> None:
    access = entrance.access(access="everyone")
    assert access.admits(moved(BEN))
    assert access.admits(moved(ANONYMOUS["id"], is_bot=True))  # type: ignore[arg-type]
    assert access.admits(entrance.says("@cuttings_bot", BEN, **mention("@cuttings_bot")))
    assert not access.admits(entrance.says("Hello", BEN))


def test_posts_are_admitted_by_their_channel(entrance: Entrance) -> None:
    access = entrance.access(access="everyone")
    assert not access.admits(post())
    entrance.admit(CHANNEL, "channel")
    assert access.admits(post())
    assert not access.admits(post(-1008))


def test_anonymous_administrators_are_heard_and_bots_are_not(entrance: Entrance) -> None:
    access = entrance.access()
    entrance.admit(GROUP)
    group = {"id": GROUP, "type": "supergroup", "title": "Circle"}
    assert access.admits(entrance.says("Hello", sender=ANONYMOUS, sender_chat=group))
    assert not access.admits(entrance.says("Hello", sender={**person(77), "is_bot": True}))


def test_what_is_asked_inline_counts_by_the_person(entrance: Entrance) -> None:
    access = entrance.access()
    entrance.admit(GROUP)
    for by, admitted in ((ANN, True), (BEN, False)):
        query = {"id": "1", "from": person(by), "query": "lamp", "offset": ""}
        asked = update(1, {"inline_query": {**query, "chat_type": "supergroup"}})
        assert access.admits(asked) is admitted


def test_a_supergroup_is_admitted_as_the_group_was(entrance: Entrance) -> None:
    access = entrance.access()
    entrance.admit(-55, "group")
    for old, admitted in ((-55, True), (-56, False)):
        sender = {"id": OTHER, "type": "supergroup", "title": "Circle"}
        came = message(
            1,
            None,
            chat=OTHER,
            sender=ANONYMOUS,
            sender_chat=sender,
            migrate_from_chat_id=old,
            bot=entrance.bot,
        )
        assert access.admits(came) is admitted
