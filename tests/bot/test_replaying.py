"""What was not done comes back after a crash, as it came and in its order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from postbox import Postbox, opened
from recording_request import TOKEN
from telegram import Bot
from update_samples import ANN, message, person, update

from bot.contents import text_of
from bot.inbox import MOST_ATTEMPTS

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
BOLD = [{"type": "bold", "offset": 0, "length": 3}]
FILE_SENT = {"file_id": "f", "file_unique_id": "u", "file_name": "a.txt", "file_size": 9}


@pytest.fixture
def postbox(tmp_path: Path) -> Iterator[Postbox]:
    with opened(tmp_path) as made:
        yield made


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
