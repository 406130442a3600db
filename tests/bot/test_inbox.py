"""Updates are on disk before Telegram hears that they arrived, and come back after a crash."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from recording_request import TOKEN
from telegram import Bot, Update
from telegram.error import NetworkError
from update_samples import ANN, BEN, button, message, person, update

from bot.contents import text_of
from bot.inbox import MOST_ATTEMPTS, Inbox
from bot.store.records import PendingUpdate
from bot.store.store import FILE, Store
from bot.workers import Workers

RICH = {
    "blocks": [
        {"type": "heading", "level": 2, "text": "The lamp at Skerry Point"},
        {"type": "paragraph", "text": ["Agnes Moray ", {"type": "bold", "text": "lit"}, " it."]},
    ],
    "is_rtl": False,
}

CHAT = {"id": ANN, "type": "private", "first_name": "Ann"}
SENT = {"message_id": 5, "date": 1_760_000_000, "chat": CHAT, "from": person(ANN)}
CHANNEL = {"id": -1007, "type": "channel", "title": "Harbour News", "username": "harbour"}
SENT_IN_CHANNEL = {"message_id": 3, "date": 1_750_000_000, "chat": CHANNEL}
BOLD = [{"type": "bold", "offset": 0, "length": 3}]
FILE_SENT = {"file_id": "f", "file_unique_id": "u", "file_name": "a.txt", "file_size": 9}


@dataclass(frozen=True)
class Postbox:
    """An inbox and what stands behind it. Ben is a stranger."""

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
            return dict(connection.execute("SELECT update_id, payload FROM updates"))
        finally:
            connection.close()

    def execute(self, statement: str) -> None:
        connection = sqlite3.connect(self.folder / FILE)
        connection.execute(statement)
        connection.commit()
        connection.close()


@pytest.fixture
def postbox(tmp_path: Path) -> Iterator[Postbox]:
    store, workers = Store(tmp_path), Workers(1)

    def admits(update: Update) -> bool:
        return update.effective_user is not None and update.effective_user.id != BEN

    yield Postbox(tmp_path, store, Inbox(store, workers, admits))
    workers.close()
    store.close()


def test_an_update_is_stored_when_put_returns(postbox: Postbox) -> None:
    given = message(7, "Who lit the lamp?")
    asyncio.run(postbox.inbox.put(given))
    assert postbox.stored() == {7: given.to_json()}
    assert postbox.passed_on() == [given]


def test_an_update_that_comes_again_is_passed_on_once(postbox: Postbox) -> None:
    async def twice() -> None:
        await postbox.inbox.put(message(7))
        await postbox.inbox.put(message(7))
        assert len(postbox.passed_on()) == 1
        await postbox.inbox.finish([7])
        await postbox.inbox.put(message(7))

    asyncio.run(twice())
    assert postbox.passed_on() == []
    assert postbox.stored() == {7: None}


def test_nothing_of_a_stranger_is_stored(postbox: Postbox) -> None:
    async def put() -> None:
        await postbox.inbox.put(message(7, "Is a xylophone loud?", chat=BEN))
        await postbox.inbox.put(button(8, chat=BEN))
        await postbox.inbox.put(update(9, {"channel_post": {**SENT_IN_CHANNEL, "text": "News"}}))

    asyncio.run(put())
    assert [given.update_id for given in postbox.passed_on()] == [7, 8, 9]
    assert postbox.stored() == {}
    files = [file for file in postbox.folder.rglob("*") if file.is_file()]
    assert files
    assert not any(b"xylophone" in file.read_bytes() for file in files)


def test_what_is_no_update_is_passed_on(postbox: Postbox) -> None:
    sign = object()
    asyncio.run(postbox.inbox.put(sign))
    assert postbox.inbox.get_nowait() is sign
    assert postbox.stored() == {}


def test_an_update_that_cannot_be_stored_is_asked_for_again(postbox: Postbox) -> None:
    postbox.execute("ALTER TABLE updates RENAME TO gone")
    with pytest.raises(NetworkError):
        asyncio.run(postbox.inbox.put(message(7)))
    assert postbox.passed_on() == []
    postbox.execute("ALTER TABLE gone RENAME TO updates")
    asyncio.run(postbox.inbox.put(message(7)))
    assert [given.update_id for given in postbox.passed_on()] == [7]
    assert list(postbox.stored()) == [7]


def test_an_update_that_cannot_be_marked_as_done_is_replayed(postbox: Postbox) -> None:
    async def finish() -> None:
        await postbox.inbox.put(message(7))
        postbox.execute("ALTER TABLE updates RENAME TO gone")
        await postbox.inbox.finish([7])
        postbox.execute("ALTER TABLE gone RENAME TO updates")

    asyncio.run(finish())
    assert [pending.update_id for pending in postbox.store.pending()] == [7]


def test_what_was_not_done_is_replayed_in_order_with_a_bot_to_answer_with(
    postbox: Postbox,
) -> None:
    bot = Bot(TOKEN)

    async def replay() -> int:
        for number in (12, 10, 11, 13):
            await postbox.inbox.put(message(number, f"Question {number}?"))
        await postbox.inbox.finish([11])
        postbox.passed_on()
        return await postbox.inbox.replay(bot)

    assert asyncio.run(replay()) == 3
    replayed = postbox.passed_on()
    assert [given.update_id for given in replayed] == [10, 12, 13]
    assert all(given.message and given.message.get_bot() is bot for given in replayed)
    assert list(postbox.stored()) == [10, 11, 12, 13]


def test_an_update_that_ended_the_process_again_and_again_is_given_up(postbox: Postbox) -> None:
    async def crash_often() -> list[int]:
        await postbox.inbox.put(message(7))
        return [await postbox.inbox.replay(Bot(TOKEN)) for _ in range(MOST_ATTEMPTS + 2)]

    assert asyncio.run(crash_often()) == [1] * MOST_ATTEMPTS + [0, 0]
    assert len(postbox.passed_on()) == 1 + MOST_ATTEMPTS
    assert postbox.stored() == {7: None}


def test_an_update_that_cannot_be_read_any_more_does_not_stop_the_bot_for_ever(
    postbox: Postbox,
) -> None:
    async def start() -> int:
        return await postbox.inbox.replay(Bot(TOKEN))

    postbox.store.take_in(6, ANN, '{"update_id": 6, "message": {"no": "message"}}')
    postbox.store.take_in(7, ANN, message(7).to_json())
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises((TypeError, KeyError)):
            asyncio.run(start())
    postbox.store.take_in(8, ANN, message(8).to_json())
    assert asyncio.run(start()) == 1
    assert [given.update_id for given in postbox.passed_on()] == [8]


@pytest.mark.parametrize(
    "content",
    [
        {"message": {**SENT, "text": "Who?", "entities": BOLD}},
        {"message": {**SENT, "rich_message": RICH}},
        {"message": {**SENT, "reply_to_message": {**SENT, "rich_message": RICH}, "text": "Who?"}},
        {"message": {**SENT, "text": "Who?", "invented": {"deep": [{"er": None}, 1.5, True]}}},
        {"message": {**SENT, "text": "Who?", "from": {**person(ANN), "invented": ["new"]}}},
        {"message": {**SENT, "document": FILE_SENT, "caption": "Look", "media_group_id": "7"}},
        {
            "message": {
                **SENT,
                "rich_message": RICH,
                "forward_origin": {
                    "type": "channel",
                    "date": 1_750_000_000,
                    "chat": CHANNEL,
                    "message_id": 3,
                    "author_signature": "Agnes",
                },
            }
        },
        {
            "message": {
                **SENT,
                "text": "\U0001f3ee من؟ \u202e",
                "quote": {"text": "lit the lamp", "position": 4, "is_manual": True},
                "link_preview_options": {"is_disabled": True},
            }
        },
        {"edited_message": {**SENT, "text": "Whom?", "edit_date": 1_760_000_009}},
        {
            "callback_query": {
                "id": "9",
                "from": person(ANN),
                "chat_instance": "1",
                "data": "undo:1",
                "message": {
                    **SENT,
                    "text": "Saved.",
                    "reply_markup": {
                        "inline_keyboard": [[{"text": "Undo", "callback_data": "undo:1"}]]
                    },
                },
            }
        },
        {
            "my_chat_member": {
                "chat": CHAT,
                "from": person(ANN),
                "date": 1_760_000_000,
                "old_chat_member": {"user": person(1), "status": "member"},
                "new_chat_member": {"user": person(1), "status": "kicked", "until_date": 0},
            }
        },
    ],
    ids=[
        "text",
        "rich message",
        "reply to a rich message",
        "unknown field",
        "unknown field within",
        "album",
        "rich forward",
        "quote",
        "edit",
        "button",
        "blocked",
    ],
)
def test_an_update_is_replayed_as_it_came_unknown_fields_and_all(
    postbox: Postbox, content: dict[str, Any]
) -> None:
    given = update(7, content, Bot(TOKEN))

    async def crash() -> None:
        await postbox.inbox.put(given)
        postbox.passed_on()
        await postbox.inbox.replay(Bot(TOKEN))

    asyncio.run(crash())
    (replayed,) = postbox.passed_on()
    assert replayed.to_dict() == given.to_dict()
    assert _is_within(content, json.loads(postbox.stored()[7]))


def test_the_words_of_a_rich_message_are_there_after_a_crash(postbox: Postbox) -> None:
    async def crash() -> None:
        await postbox.inbox.put(message(7, None, rich_message=RICH))
        postbox.passed_on()
        await postbox.inbox.replay(Bot(TOKEN))

    asyncio.run(crash())
    (replayed,) = postbox.passed_on()
    assert replayed.message
    words = text_of(replayed.message)
    assert "The lamp at Skerry Point" in words
    assert "Agnes Moray lit it." in words


def test_a_button_below_a_message_that_is_gone_comes_back_too(postbox: Postbox) -> None:
    pressed = {
        "id": "9",
        "from": person(ANN),
        "chat_instance": "1",
        "data": "undo:1",
        "message": {"message_id": 5, "date": 0, "chat": CHAT},
    }

    async def crash() -> None:
        await postbox.inbox.put(update(7, {"callback_query": pressed}))
        await postbox.inbox.replay(Bot(TOKEN))

    asyncio.run(crash())
    for given in postbox.passed_on():
        assert given.callback_query
        assert given.callback_query.message
        assert not given.callback_query.message.is_accessible


def test_many_updates_keep_their_order(postbox: Postbox) -> None:
    async def put() -> None:
        for number in range(1, 41):
            await postbox.inbox.put(message(number))

    asyncio.run(put())
    assert [given.update_id for given in postbox.passed_on()] == list(range(1, 41))
    assert postbox.store.pending()[0] == PendingUpdate(1, postbox.stored()[1], 0)


def _is_within(part: object, whole: object) -> bool:
    """Whether all that Telegram sent is in what was stored, which may hold defaults besides."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and _is_within(value, whole[key]) for key, value in part.items()
        )
    if isinstance(part, list):
        return (
            isinstance(whole, list)
            and len(part) == len(whole)
            and all(_is_within(*pair) for pair in zip(part, whole, strict=True))
        )
    return part == whole
