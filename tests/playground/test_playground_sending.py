"""What a bot may send, and in which words everything else is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import GROUP, Table, laid


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def test_a_text_is_sent_and_shown(table: Table) -> None:
    ann = table.somebody()
    sent = table.says(ann, "<b>Hello</b> example.org", parse_mode="HTML")
    assert sent["text"] == "Hello example.org"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "url", "offset": 6, "length": 11},
    ]
    assert sent["from"]["id"] == 4_200_000_001
    assert sent["chat"] == {
        "id": ann.id,
        "first_name": ann.first_name,
        "username": f"person_{ann.first_name.split()[1]}",
        "type": "private",
    }
    assert ann.messages()[-1] == sent


def test_parameters_come_in_a_form_in_json_or_in_the_query(table: Table) -> None:
    ann = table.somebody()
    path = f"/bot{table.playground.token}/SENDmessage"
    told: dict[str, Any] = {"chat_id": ann.id, "text": "é 😀", "disable_notification": True}
    answers = [
        table.http.post(path, json=told),
        table.http.post(path, data={**told, "chat_id": str(ann.id)}),
        table.http.post(path, files={name: (None, str(value)) for name, value in told.items()}),
        table.http.get(path, params=told),
        table.http.post(path, params=told),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["é 😀"] * 5


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "parse_mode": "rtf"}, "unsupported parse_mode"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 5, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 5",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 2}]},
            "receive an entity with incorrect offset -1",
        ),
        (
            {"text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        (
            {
                "text": "x",
                "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "nowhere"}],
            },
            "entity URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {
                "text": "x",
                "entities": [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 5}}],
            },
            "user not found",
        ),
        ({"text": "x", "message_thread_id": 1}, "message thread not found"),
        ({"text": "x", "business_connection_id": "b"}, "business connection not found"),
        ({"text": "x", "message_effect_id": "5"}, "EFFECT_ID_INVALID"),
        ({"text": "x", "allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
        (
            {"text": "x", "link_preview_options": {"is_disabled": "yes"}},
            'field "is_disabled" must be of type Boolean',
        ),
    ],
)
def test_a_text_that_telegram_does_not_take_is_refused(
    table: Table, parameters: dict[str, Any], description: str
) -> None:
    ann = table.somebody()
    found = table.refused("sendMessage", chat_id=ann.id, **parameters)
    assert found == f"400 Bad Request: {description}"
    assert len(ann.messages()) == 1


def test_characters_are_counted_after_parsing_and_not_in_bytes_or_units(table: Table) -> None:
    ann = table.somebody()
    text = "<b>" + "😀" * 4096 + "</b>"
    assert len(table.says(ann, text, parse_mode="HTML")["text"]) == 4096


def test_more_than_a_hundred_entities_lose_their_formatting_silently(table: Table) -> None:
    sent = table.says(table.somebody(), "<b>x</b> " * 130, parse_mode="HTML")
    assert len(sent["entities"]) == 100


@pytest.mark.parametrize(
    ("chat", "description"),
    [
        (None, "400 Bad Request: chat_id is empty"),
        ("", "400 Bad Request: chat_id is empty"),
        (0, "400 Bad Request: chat not found"),
        (987_654, "400 Bad Request: chat not found"),
        ("@nobody_here", "400 Bad Request: chat not found"),
    ],
)
def test_a_chat_that_is_not_there_is_refused(table: Table, chat: object, description: str) -> None:
    assert table.refused("sendMessage", chat_id=chat, text="x") == description


def test_a_bot_cannot_write_first(table: Table) -> None:
    stranger = table.stranger()
    refusal = "403 Forbidden: bot can't initiate conversation with a user"
    assert table.refused("sendMessage", chat_id=stranger.id, text="x") == refusal
    stranger.sends("hi")
    table.says(stranger, "hello")


def test_who_blocked_the_bot_gets_nothing_until_they_unblock_it(table: Table) -> None:
    ann = table.somebody()
    sent = table.says(ann, "before")
    ann.blocks()
    refusal = "403 Forbidden: bot was blocked by the user"
    for method, more in (
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"text": "x", "message_id": sent["message_id"]}),
        ("sendDocument", {"document": "x"}),
    ):
        assert table.refused(method, chat_id=ann.id, **more) == refusal
    ann.blocks(False)
    table.says(ann, "after")
    changes = [update["my_chat_member"] for update in table.updates()]
    statuses = [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    assert changes[0]["from"]["id"] == ann.id
    table.forgets()


def test_typing_is_shown_and_unknown_actions_are_refused(table: Table) -> None:
    ann = table.somebody()
    assert table.does("sendChatAction", chat_id=ann.id, action="typing") is True
    assert ann.waits_for_event("typing", 2)["action"] == "typing"
    refusal = "400 Bad Request: wrong parameter action in request"
    assert table.refused("sendChatAction", chat_id=ann.id, action="sleep") == refusal


def test_a_draft_is_shown_in_private_chats_only(table: Table) -> None:
    ann = table.somebody()
    assert table.does("sendMessageDraft", chat_id=ann.id, draft_id=1, text="half a sent") is True
    assert ann.waits_for_event("draft", 2)["text"] == "half a sent"
    assert ann.messages()[-1]["text"] == "/start"
    refusal = "400 Bad Request: draft_id must be non-zero"
    assert table.refused("sendMessageDraft", chat_id=ann.id, text="x") == refusal
    assert "private" in table.refused("sendMessageDraft", chat_id=GROUP, draft_id=1, text="x")


def test_private_messages_are_counted_together_and_those_of_a_group_apart(table: Table) -> None:
    ann, ben = table.somebody(), table.somebody()
    first = table.says(ann, "a")["message_id"]
    assert table.says(ben, "b")["message_id"] == first + 1
    assert table.says(ann, "c")["message_id"] == first + 2
    in_group = table.does("sendMessage", chat_id=GROUP, text="d")["message_id"]
    assert table.does("sendMessage", chat_id=GROUP, text="e")["message_id"] == in_group + 1
    assert table.says(ben, "f")["message_id"] == first + 3


def test_people_known_by_id_are_mentioned_and_others_are_plain_text(table: Table) -> None:
    ann = table.somebody()
    text = f'<a href="tg://user?id={ann.id}">Ann</a> <a href="tg://user?id=5">Nobody</a>'
    sent = table.says(ann, text, parse_mode="HTML")
    assert [entity["type"] for entity in sent["entities"]] == ["text_mention"]
    assert sent["entities"][0]["user"]["first_name"] == ann.first_name
