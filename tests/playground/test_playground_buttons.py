"""Keyboards, pressed buttons and what is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import Table, laid

from bot.playground.callbacks import Presses
from bot.playground.client import PlaygroundError
from bot.playground.refusals import ApiError

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def test_a_pressed_button_reaches_the_bot_and_its_answer_the_person(table: Table) -> None:
    ann = table.somebody()
    asked = ann.sends("a question")[0]
    message = table.says(
        ann,
        "an answer",
        reply_markup=keyboard({"text": "More", "callback_data": "more:1"}),
        reply_parameters={"message_id": asked["message_id"]},
    )
    table.forgets()
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(ann.presses(message, "More", 10)))
    thread.start()
    query = table.updates(timeout=10)[0]["callback_query"]
    assert query["from"]["id"] == ann.id
    assert query["data"] == "more:1"
    assert query["message"] == message
    assert query["message"]["reply_to_message"]["text"] == "a question"
    table.does("answerCallbackQuery", callback_query_id=query["id"], text="there", show_alert=True)
    thread.join()
    assert answers[0]["text"] == "there"
    assert answers[0]["show_alert"] is True
    assert answers[0]["person"] == ann.id
    table.forgets()


def test_a_query_is_answered_once_and_soon(table: Table) -> None:
    ann = table.somebody()
    message = table.says(ann, "x", reply_markup=keyboard({"text": "a", "callback_data": "b"}))
    query = ann.taps(message, "a")
    long = "400 Bad Request: MESSAGE_TOO_LONG"
    given = {"callback_query_id": query}
    assert table.refused("answerCallbackQuery", **given, text="x" * 201) == long
    assert table.does("answerCallbackQuery", **given, text="x" * 200) is True
    assert table.refused("answerCallbackQuery", **given) == TOO_OLD
    assert table.refused("answerCallbackQuery", callback_query_id="5") == TOO_OLD
    presses = Presses(lifetime=-1.0)
    with pytest.raises(ApiError, match="query is too old"):
        presses.answer(presses.add(1, 1, 1))
    table.forgets()


def test_only_buttons_that_are_there_can_be_pressed(table: Table) -> None:
    ann = table.somebody()
    message = table.says(ann, "x", reply_markup=keyboard({"text": "a", "callback_data": "b"}))
    path = f"chats/{ann.id}/messages/{message['message_id']}/press"
    with pytest.raises(PlaygroundError, match="no such button"):
        table.client.request("POST", path, json={"from": ann.id, "data": "forged"})
    with pytest.raises(LookupError, match="no button 'c'"):
        ann.presses(message, "c")
    assert table.updates() == []


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "b"},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "a", "url": "nowhere"},
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "a", "url": "ftp://x.org"},
            "inline keyboard button URL 'ftp://x.org' is invalid: Unsupported URL protocol",
        ),
        ({"text": "a", "pay": True}, "BUTTON_TYPE_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
def test_a_button_that_telegram_does_not_take_is_refused(
    table: Table, button: dict[str, Any], description: str
) -> None:
    ann = table.somebody()
    found = table.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard(button))
    assert found == f"400 Bad Request: {description}"


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("[1]", "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["bad"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
        (
            {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101},
            "reply markup is too long",
        ),
    ],
)
def test_a_keyboard_that_telegram_does_not_take_is_refused(
    table: Table, markup: object, description: str
) -> None:
    ann = table.somebody()
    found = table.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert found == f"400 Bad Request: {description}"


def test_data_of_64_bytes_and_other_buttons_are_kept(table: Table) -> None:
    buttons: list[dict[str, Any]] = [
        {"text": "a", "callback_data": "é" * 32},
        {"text": "b", "url": "https://x.org/"},
        {"text": "c", "copy_text": {"text": "copied"}},
        {"text": "d", "switch_inline_query_current_chat": ""},
    ]
    sent = table.says(table.somebody(), "x", reply_markup=keyboard(*buttons))
    assert sent["reply_markup"] == keyboard(*buttons)


def test_other_keyboards_are_shown_to_people_but_not_told_to_bots(table: Table) -> None:
    ann = table.somebody()
    keys = {"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True}
    assert "reply_markup" not in table.says(ann, "x", reply_markup=keys)
    shown = ann.messages()[-1]["reply_markup"]
    assert shown == {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "resize_keyboard": True}
